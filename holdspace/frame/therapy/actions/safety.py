"""Changing what is known about safety: opened, added to, closed, opened again; never rewritten."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from holdspace.cellar.access import lines
from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.people.rules import CannotBe
from holdspace.frame.therapy import queries, safety
from holdspace.frame.therapy.models import SafetyEntry, SafetyItem, SafetyStep
from holdspace.frame.therapy.safety import (
    Calming,
    Channel,
    Enquiry,
    EntryKind,
    Result,
    Source,
    Step,
)


def open_safety(therapy: UUID, enquiry: Enquiry, *, by: Visitor, at: datetime) -> SafetyItem:
    """Something about safety came up: it stays open until somebody closes it."""
    words = safety.some_enquiry(enquiry.words)
    with transaction.atomic():
        item = _opened(therapy, enquiry.participant, enquiry.source, by=by, at=at)
        _add(item, EntryKind.ENQUIRY, words, by=by, at=at)
    return item


def begin_crisis(
    therapy: UUID, participant: UUID | None = None, *, by: Visitor, at: datetime
) -> SafetyItem:
    """A crisis begins, or goes on where one is under way: what is done is written line by line."""
    queries.one(by, therapy, Action.WRITE)
    under_way = [item for item in queries.open_safety(by, [therapy]) if item.in_crisis]
    if under_way:
        return under_way[0]
    with transaction.atomic():
        return _opened(therapy, participant, Source.CRISIS, by=by, at=at)


def _opened(
    therapy: UUID, participant: UUID | None, source: Source, *, by: Visitor, at: datetime
) -> SafetyItem:
    queries.one(by, therapy, Action.WRITE)
    item = SafetyItem(
        practice_id=by.practice, therapy_id=therapy, source=source, opened_at=at,
        participant_id=_whose(by, therapy, participant), opened_by_id=by.id,
        in_crisis=source is Source.CRISIS,
    )  # fmt: skip
    item.save(force_insert=True)
    lines.did(by, "opened", "safety item", [therapy, item.id], at=at, layer=Layer.RECORD)
    return item


def _whose(by: Visitor, therapy: UUID, participant: UUID | None) -> UUID | None:
    """Whom it is about; where one alone takes part, them."""
    here = [one.id for one in queries.here(by, therapy)]
    if participant is not None and participant not in here:
        raise NotHere(subject=participant)
    return here[0] if len(here) == 1 else participant


def add_to_safety(
    item: UUID, words: Mapping[str, str], *, by: Visitor, at: datetime
) -> SafetyEntry:
    """More was asked and heard; what was written before stays as it is."""
    kept = safety.some_enquiry(words)
    return _added(item, EntryKind.ENQUIRY, kept, by=by, at=at)


def add_line(item: UUID, words: str, *, by: Visitor, at: datetime) -> SafetyEntry:
    """A line of what was done and why, with the time it was written."""
    return _added(item, EntryKind.LINE, {"line": safety.a_reason(words, "line")}, by=by, at=at)


def log_contact(
    item: UUID, whom: str, channel: Channel, result: Result, *, by: Visitor, at: datetime
) -> SafetyEntry:
    """Somebody was tried to be reached, and what came of it."""
    words = {"whom": safety.a_reason(whom, "whom"), "channel": str(channel), "result": str(result)}
    return _added(item, EntryKind.CONTACT, words, by=by, at=at)


def calm(item: UUID, calming: Calming, *, by: Visitor, at: datetime) -> SafetyItem:
    """A crisis is over for now. The item stays open, with the follow-up as a step of its own."""
    kept = safety.some_calming(calming, at=at)
    with transaction.atomic():
        found = _locked(item, by)
        if not found.in_crisis:
            raise CannotBe(_("This is already over."))
        found.in_crisis, found.for_supervision = False, kept.for_supervision
        found.save()
        words = {"words": kept.words, "handed_to": kept.handed_to}
        _add(found, EntryKind.CALMED, words, by=by, at=at)
        if kept.follow_up_at is not None:
            _set(found, Step(words=_("Follow-up"), owner=by.id, due_at=kept.follow_up_at))
        _did(by, "calmed", found, at=at)
    return found


def close_safety(item: UUID, because: str, *, by: Visitor, at: datetime) -> SafetyItem:
    """It need not be carried any further, and why."""
    reason = safety.a_reason(because, "because")
    with transaction.atomic():
        found = _locked(item, by)
        if found.closed_at is not None or found.in_crisis:
            msg = _("This cannot be closed now: it is closed already, or under way.")
            raise CannotBe(msg, "because")
        found.closed_at, found.closed_by_id = at, by.id
        found.save()
        _add(found, EntryKind.CLOSED, {"because": reason}, by=by, at=at)
        _did(by, "closed", found, at=at)
    return found


def reopen_safety(item: UUID, because: str, *, by: Visitor, at: datetime) -> SafetyItem:
    """It is carried on after all."""
    reason = safety.a_reason(because, "because")
    with transaction.atomic():
        found = _locked(item, by)
        if found.closed_at is None:
            raise CannotBe(_("This is open."), "because")
        found.closed_at, found.closed_by_id = None, None
        found.save()
        _add(found, EntryKind.REOPENED, {"because": reason}, by=by, at=at)
        _did(by, "reopened", found, at=at)
    return found


def set_step(item: UUID, step: Step, *, by: Visitor, at: datetime) -> SafetyStep:
    """Somebody will do something by a time."""
    kept = safety.a_step(step, at=at)
    with transaction.atomic():
        found = _locked(item, by)
        seats = queries.therapists(by, [found.therapy_id])
        if kept.owner not in {seat.member_id for seat in seats}:
            raise NotHere(subject=kept.owner)
        made = _set(found, kept)
        lines.did(by, "set", "safety step", [found.therapy_id, item], at=at, layer=Layer.RECORD)
    return made


def finish_step(step: UUID, *, by: Visitor, at: datetime) -> SafetyStep:
    """It was done. Saying so again changes nothing."""
    found = queries.one_step(by, step, Action.WRITE)
    if found.done_at is not None:
        return found
    with transaction.atomic():
        found.done_at, found.done_by_id = at, by.id
        found.save(update_fields=["done_at", "done_by"])
        subjects = [found.item.therapy_id, found.item_id]
        lines.did(by, "finished", "safety step", subjects, at=at, layer=Layer.RECORD)
    return found


def _locked(item: UUID, by: Visitor) -> SafetyItem:
    queries.one_safety(by, item, Action.WRITE)
    return SafetyItem.objects.select_for_update().get(pk=item)


def _added(
    item: UUID, kind: EntryKind, words: Mapping[str, str], *, by: Visitor, at: datetime
) -> SafetyEntry:
    with transaction.atomic():
        found = _locked(item, by)
        if found.closed_at is not None:
            raise CannotBe(_("This is closed. Open it again first."))
        entry = _add(found, kind, words, by=by, at=at)
        _did(by, "added to", found, at=at)
    return entry


def _add(
    item: SafetyItem, kind: EntryKind, words: Mapping[str, str], *, by: Visitor, at: datetime
) -> SafetyEntry:
    entry = SafetyEntry(
        practice_id=item.practice_id, item=item, scope=item.seal_scope(), kind=kind,
        words=dict(words), at=at, by_id=by.id,
    )  # fmt: skip
    entry.save(force_insert=True)
    return entry


def _set(item: SafetyItem, step: Step) -> SafetyStep:
    made = SafetyStep(
        practice_id=item.practice_id, item=item, scope=item.seal_scope(), words=step.words,
        owner_id=step.owner, due_at=step.due_at,
    )  # fmt: skip
    made.save(force_insert=True)
    return made


def _did(by: Visitor, act: str, item: SafetyItem, *, at: datetime) -> None:
    lines.did(by, act, "safety item", [item.therapy_id, item.id], at=at, layer=Layer.RECORD)
