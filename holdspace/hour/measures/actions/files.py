"""Loading an instrument of the practice's own, or words it is licensed to use; taking them away."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from holdspace.cellar.access.gate import NotHere, check
from holdspace.cellar.access.lines import did
from holdspace.cellar.access.table import Action, Relation
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.hour.measures.checking import Looked, look
from holdspace.hour.measures.instruments import library
from holdspace.hour.measures.models import Answering, LocalFile
from holdspace.hour.measures.rules import OPEN, FileKind, State
from holdspace.hour.measures.shelves import Shelf


class CannotLoad(Exception):
    """A file cannot be loaded; the message says why."""


def load_file(text: str, *, by: Visitor, at: datetime) -> LocalFile:
    """Load a definition or words; a newer version takes the place of the one before."""
    check(by, Action.CONFIGURE, Layer.ADMIN, {Relation.SAME_PRACTICE})
    looked = look(text, Shelf(by.practice), library())
    if looked.faults:
        first = looked.faults[0]
        raise CannotLoad(
            _("Line %(line)s: %(fault)s") % {"line": first.line, "fault": first.sentence}
        )
    with transaction.atomic():
        file = _new(looked, text, by, at)
        _refuse_another_text(file)
        before = LocalFile.objects.filter(
            practice_id=by.practice, kind=file.kind, instrument=file.instrument,
            language=file.language, taken_at=None,
        )  # fmt: skip
        before.update(taken_at=at, taken_by_id=by.id)
        file.save(force_insert=True)
        did(by, "loaded", "instrument file", [file.id], at=at, layer=Layer.ADMIN)
    return file


def _new(looked: Looked, text: str, by: Visitor, at: datetime) -> LocalFile:
    raw = looked.raw
    is_words = looked.kind is FileKind.WORDS
    return LocalFile(
        practice_id=by.practice,
        kind=looked.kind.value,
        instrument=raw["words_for"] if is_words else raw["id"],
        version=str(raw["version"]),
        language=raw["language"] if is_words else "",
        text=text,
        loaded_at=at,
        loaded_by_id=by.id,
    )


def _refuse_another_text(file: LocalFile) -> None:
    """What was answered by a version is read by that version for ever, so it cannot change."""
    if file.kind != FileKind.DEFINITION:
        return
    same = LocalFile.objects.filter(
        practice_id=file.practice_id, kind=file.kind, instrument=file.instrument,
        version=file.version,
    )  # fmt: skip
    if any(each.text != file.text for each in same):
        raise CannotLoad(_("This version was loaded with other contents: give it a new number."))


def take_away(file: UUID, *, by: Visitor, at: datetime) -> LocalFile:
    """Take a file off the shelf: what waits is withdrawn, what was answered stays readable."""
    check(by, Action.CONFIGURE, Layer.ADMIN, {Relation.SAME_PRACTICE})
    with transaction.atomic():
        chosen = LocalFile.objects.select_for_update().filter(pk=file, practice_id=by.practice)
        found = chosen.first()
        if found is None:
            raise NotHere(subject=file)
        if found.taken_at is None:
            found.taken_at, found.taken_by_id = at, by.id
            found.save(update_fields=["taken_at", "taken_by"])
            _withdraw_what_waits(found)
            did(by, "took away", "instrument file", [found.id], at=at, layer=Layer.ADMIN)
    return found


def _withdraw_what_waits(file: LocalFile) -> None:
    """Without its words, or without itself, an instrument cannot be asked any more."""
    if Shelf(file.practice_id).gives(file.instrument):
        return
    waiting = Answering.objects.filter(
        practice_id=file.practice_id, instrument=file.instrument, state__in=OPEN
    )
    waiting.update(state=State.WITHDRAWN.value)
