"""What happened in somebody's life, put on the time line and taken back again."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.lines import did
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.people.rules import CannotBe
from holdspace.frame.therapy import queries as therapies
from holdspace.frame.therapy.rules import a_day, some_words
from holdspace.office.outcomes import queries
from holdspace.office.outcomes.models import LifeEvent
from holdspace.office.outcomes.rules import LONGEST_EVENT


@dataclass(frozen=True, slots=True)
class Happened:
    """What, on which day, to whom; without a participant, to all."""

    on: date
    words: str
    participant: UUID | None = None


def note_event(therapy: UUID, happened: Happened, *, by: Visitor, at: datetime) -> LifeEvent:
    """Put an event on the time line."""
    therapies.one(by, therapy, Action.WRITE)
    if happened.participant is not None:
        place = therapies.one_participant(by, happened.participant, Action.WRITE)
        if place.therapy_id != therapy:
            raise NotHere(subject=happened.participant)
    words = some_words(happened.words, "words", LONGEST_EVENT)
    if not words:
        raise CannotBe(_("Please say what happened, in a few words."), "words")
    a_day(happened.on, "on", latest=timezone.localdate(at))
    row = LifeEvent(
        practice_id=by.practice, therapy_id=therapy, participant_id=happened.participant,
        on=happened.on, words=words, noted_at=at, noted_by_id=by.id,
    )  # fmt: skip
    with transaction.atomic():
        row.save()
        did(by, "noted", "life event", [therapy, row.id], at=at, layer=Layer.RECORD)
    return row


def void_event(event: UUID, *, by: Visitor, at: datetime) -> LifeEvent:
    """Take an event back, as one that was noted by mistake; the row stays. Twice is once."""
    found = queries.event(by, event, Action.WRITE)
    if found.voided_at is not None:
        return found
    with transaction.atomic():
        found.voided_at, found.voided_by_id = at, by.id
        found.save(update_fields=["voided_at", "voided_by"])
        did(by, "voided", "life event", [found.therapy_id, event], at=at, layer=Layer.RECORD)
    return found
