"""What becomes of a sheet: kept, gone on with, put away; lent by its client, and taken back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from holdspace.cellar.access import lines
from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.ledger.entry import ActorKind
from holdspace.cellar.vault.layers import Layer
from holdspace.hour.worksheets import rules
from holdspace.hour.worksheets.actions.writing import Writer, keep_version, locked, subjects
from holdspace.hour.worksheets.models import Worksheet, WorksheetVersion
from holdspace.hour.worksheets.rules import By, State
from holdspace.hour.worksheets.typed import CannotKeep


def keep(sheet_id: UUID, *, by: Visitor, at: datetime) -> Worksheet:
    """Let a sheet stand as it is; its versions are thinned. Raises CannotMove."""
    with transaction.atomic():
        sheet = _moved(sheet_id, State.KEPT, by)
        sheet.kept_at, sheet.kept_by_id = at, by.id
        sheet.save()
        _thin(sheet)
        version = keep_version(sheet, {}, Writer(By.MEMBER, member=by.id), "", at)
        version.is_kept = True
        version.save()
        lines.did(by, "kept", "form", subjects(sheet), at=at, layer=Layer(sheet.layer))
    return sheet


def go_on(sheet_id: UUID, *, by: Visitor, at: datetime) -> Worksheet:
    """Open a kept sheet again; how it stood stays among its versions. Raises CannotMove."""
    with transaction.atomic():
        sheet = _moved(sheet_id, State.OPEN, by)
        sheet.kept_at = sheet.kept_by_id = None
        sheet.save()
        lines.did(by, "went on with", "form", subjects(sheet), at=at, layer=Layer(sheet.layer))
    return sheet


def put_away(sheet_id: UUID, reason: str, *, by: Visitor, at: datetime) -> Worksheet:
    """Put a sheet away for a reason: it stays to be read, and is changed no more.

    Raises CannotMove, CannotKeep.
    """
    if not reason.strip():
        raise CannotKeep(_("Say why: the sheet stays to be read, with the reason on it."), "reason")
    if len(reason) > rules.LONGEST_REASON or "\0" in reason:
        raise CannotKeep(_("Say it in fewer words, without signs that have no shape."), "reason")
    with transaction.atomic():
        sheet = _moved(sheet_id, State.PUT_AWAY, by)
        sheet.put_away_at, sheet.put_away_by_id = at, by.id
        sheet.put_away_because = reason
        sheet.save()
        lines.did(by, "put away", "form", subjects(sheet), at=at, layer=Layer(sheet.layer))
    return sheet


def _moved(sheet_id: UUID, to: State, by: Visitor) -> Worksheet:
    sheet = locked(sheet_id, by, Action.FILL)
    if by.kind is ActorKind.LINK or by.narrowed_to is not None:
        raise NotHere("only on a member's own screen", sheet_id)
    sheet.state = rules.move(State(sheet.state), to).value
    return sheet


def _thin(sheet: Worksheet) -> None:
    """A save for each field was for the writing; of a kept sheet its course is kept."""
    rows = {
        row.id: row
        for row in WorksheetVersion.objects.filter(worksheet=sheet).order_by("saved_at", "id")
    }
    saved = [
        rules.Saved(row.id, row.page, row.saved_at, row.changed,
                    stays=row.is_kept or row.lost_to is not None)
        for row in rows.values()
    ]  # fmt: skip
    for stays, (gone, changed) in rules.thinned(saved).items():
        WorksheetVersion.objects.filter(pk__in=gone).delete()
        rows[stays].changed = changed
        rows[stays].save()


def show(sheet_id: UUID, *, by: Visitor, at: datetime) -> Worksheet:
    """Note that a client has a sheet before them, the first time."""
    with transaction.atomic():
        sheet = locked(sheet_id, by, Action.READ)
        if sheet.shared_on is None:
            sheet.shared_on = at.date()
            sheet.save(update_fields=["shared_on"])
            lines.did(by, "shown", "form", subjects(sheet), at=at, layer=Layer(sheet.layer))
    return sheet


def lend(sheet_id: UUID, *, by: Visitor, at: datetime) -> Worksheet:
    """A client lets their therapist read a sheet of their own."""
    return _lent(sheet_id, at, by=by, at=at)


def take_back(sheet_id: UUID, *, by: Visitor, at: datetime) -> Worksheet:
    """A client takes a sheet of their own back: from now on the therapist does not read it."""
    return _lent(sheet_id, None, by=by, at=at)


def _lent(sheet_id: UUID, since: datetime | None, *, by: Visitor, at: datetime) -> Worksheet:
    with transaction.atomic():
        sheet = locked(sheet_id, by, Action.FILL)
        if by.kind is not ActorKind.LINK or sheet.layer != Layer.CLIENT:
            raise NotHere("only its client lends a sheet", sheet_id)
        if (sheet.lent_at is None) is not (since is None):
            sheet.lent_at = since
            sheet.save()
            act = "took back" if since is None else "lent"
            lines.did(by, act, "form", subjects(sheet), at=at, layer=Layer.CLIENT)
    return sheet
