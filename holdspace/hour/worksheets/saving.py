"""What a page sends and is told while a sheet is filled in: by its script field by field, or whole.

The therapist's page, the turned screen and the client's page send the same.
"""

import json
import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.ui.errors import hear_out
from holdspace.hour.worksheets import actions, content, drawn, queries, rules
from holdspace.hour.worksheets.content import Change
from holdspace.hour.worksheets.definitions import Definition, Language, Type
from holdspace.hour.worksheets.forms import SheetForm, as_typed, base_of, page_of
from holdspace.hour.worksheets.models import Worksheet
from holdspace.hour.worksheets.typed import CannotKeep
from holdspace.hour.worksheets.wording import written

OK, CONFLICT, TOO_LARGE, NOT_KEPT, LOCKED = 200, 409, 413, 422, 423
MOST_CHANGES: Final = 200
_NUMBER: Final = 1_000_000_000

Told = tuple[int, dict[str, Any]]


# ------------------------------------------------------------------ by the page's script


def save_typed(
    request: HttpRequest, sheet: UUID, *, by: Visitor, at: datetime, language: Language
) -> Told:
    """Keep what the script sent, and answer with what came of each field."""
    longest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or math.inf
    if int(request.META.get("CONTENT_LENGTH") or 0) > longest:
        hear_out(request)
        return TOO_LARGE, {"message": _("This is too long to be saved at once.")}
    try:
        page, changes = _sent(request.body)
    except CannotKeep as why:
        return NOT_KEPT, {"message": str(why)}
    try:
        done = actions.save(sheet, changes, page=page, by=by, at=at)
    except rules.NoLongerOpen as locked:
        return LOCKED, {"message": str(locked)}
    now = queries.one(by, sheet, Action.FILL)
    form = queries.form_of(now)
    told = {
        "version": done.version, "said": said(done.saved_at), "wrong": done.wrong,
        "collisions": {
            one.path: {
                "theirs": as_typed(one.theirs),
                "words": written(content.place_of(form, one.path).field, one.theirs, language),
            }
            for one in done.collisions
        },
        "drawn": drawn.drawing(form, now.content, language),
    }  # fmt: skip
    return CONFLICT if done.collisions else NOT_KEPT if done.wrong else OK, told


def _sent(body: bytes) -> tuple[str, list[Change]]:
    """The page's name and its changes; raises CannotKeep for anything else."""
    try:
        sent = json.loads(body)
        changes = [
            Change(str(one["path"]), one["said"], _version(one["base"])) for one in sent["changes"]
        ]
        page = rules.page_name(sent["page"])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        page, changes = "", []
    if not page or len(changes) > MOST_CHANGES:
        raise CannotKeep(_("This is not in the shape of the form."))
    return page, changes


def _version(value: object) -> int:
    if not isinstance(value, int) or not 0 <= value < _NUMBER:
        raise ValueError
    return value


def news(sheet: Worksheet, since: int, language: Language) -> dict[str, Any]:
    """What was written after a version: each place as its control holds it, and the drawing."""
    if sheet.version <= since:
        return {"version": sheet.version, "state": sheet.state}
    form = queries.form_of(sheet)
    newer = {p: cell["value"] for p, cell in sheet.content.items() if cell["version"] > since}
    return {
        "version": sheet.version, "state": sheet.state, "said": said(sheet.saved_at),
        "cells": {
            path: as_typed(value) for path, value in newer.items() if not _is_rows(form, path)
        },
        "rows": {path: value for path, value in newer.items() if _is_rows(form, path)},
        "drawn": drawn.drawing(form, sheet.content, language),
    }  # fmt: skip


def _is_rows(form: Definition, path: str) -> bool:
    return content.place_of(form, path).field.type is Type.ROWS


def said(saved_at: datetime) -> str:
    """When a sheet was last sealed and saved, as the page says it."""
    moment = formats.time_format(timezone.localtime(saved_at), "H:i:s")
    return _("Sealed and saved %(moment)s") % {"moment": moment}


# ------------------------------------------------------------------ as an ordinary form


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a whole form: shown again where something is wrong, else gone on from."""

    form: SheetForm
    status: int
    version: int

    @property
    def is_kept(self) -> bool:
        return self.status == OK


def save_whole(
    posted: QueryDict, sheet: Worksheet, *, by: Visitor, at: datetime, language: Language
) -> Sent:
    """Keep a whole form that was sent, and do with its rows what its button says.

    Only what differs from what the page had before it counts as written. Raises NoLongerOpen.
    """
    definition, base = queries.form_of(sheet), base_of(posted)
    form = SheetForm(definition, sheet.content, language, posted)
    if not form.is_valid():
        return Sent(form, NOT_KEPT, base)
    before = queries.before(by, sheet, base, list(form.fields))
    page = page_of(posted)
    done = actions.save(sheet.id, form.changes(before, base), page=page, by=by, at=at)
    for path, why in done.wrong.items():
        form.add_error(path, why)
    for one in done.collisions:
        field = content.place_of(definition, one.path).field
        form.theirs[one.path] = written(field, one.theirs, language) or "–"
    if form.errors or form.theirs:
        return Sent(form, CONFLICT if form.theirs else NOT_KEPT, done.version)
    _move_rows(posted.get("do", ""), definition, sheet.id, page, by=by, at=at)
    return Sent(form, OK, done.version)


def _move_rows(
    button: str, definition: Definition, sheet: UUID, page: str, *, by: Visitor, at: datetime
) -> None:
    """`drop steps.r1`, `raise steps.r1`; any other button does nothing with rows."""
    verbs = {"drop": actions.drop_row, "raise": actions.raise_row}
    verb, _space, place = button.partition(" ")
    field, _dot, row = place.partition(".")
    of_rows = {one.id for one in definition.fields if one.type is Type.ROWS}
    if verb in verbs and field in of_rows:
        verbs[verb](sheet, field, row, page=page, by=by, at=at)
