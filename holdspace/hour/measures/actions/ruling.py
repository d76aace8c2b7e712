"""Agreeing that a measure is given again and again, and ending that."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.lines import did
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.therapy import queries as therapies
from holdspace.frame.therapy.models import Participant, Therapy
from holdspace.hour.measures.models import Rule
from holdspace.hour.measures.rules import EVERY_AT_MOST, When
from holdspace.hour.measures.shelves import Shelf


class CannotRule(Exception):
    """A rule cannot stand; the message says why."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Who is given what, when, from which day on."""

    therapy: UUID
    participant: UUID
    instrument: str
    when: When
    from_on: date
    every: int = 1


def participant_of(therapy: Therapy, participant: UUID) -> Participant:
    """Somebody who takes part in this therapy, or NotHere."""
    found = Participant.objects.filter(pk=participant, therapy=therapy, to_on=None).first()
    if found is None:
        raise NotHere(subject=participant)
    return found


def add_rule(ruling: Ruling, *, by: Visitor, at: datetime) -> Rule:
    """Begin a rule; one instrument follows one rule for each participant."""
    therapy = therapies.one(by, ruling.therapy, Action.GIVE, Layer.ADMIN)
    participant = participant_of(therapy, ruling.participant)
    _refuse_what_cannot_be(ruling, Shelf(by.practice))
    with transaction.atomic():
        if Rule.objects.filter(
            participant=participant, instrument=ruling.instrument, to_on=None
        ).exists():
            raise CannotRule(_("There is a rule for this already. End it first."))
        rule = Rule.objects.create(
            practice_id=by.practice,
            therapy=therapy,
            participant=participant,
            instrument=ruling.instrument,
            when=ruling.when.value,
            every=ruling.every,
            from_on=ruling.from_on,
        )
        did(by, "added", "measure rule", [therapy.id, rule.id], at=at, layer=Layer.ADMIN)
    return rule


def _refuse_what_cannot_be(ruling: Ruling, shelf: Shelf) -> None:
    if ruling.instrument not in shelf:
        raise CannotRule(_("There is no such questionnaire."))
    if not shelf[ruling.instrument].is_worded:
        raise CannotRule(_("Its words are not here, so it cannot be given."))
    if not 1 <= ruling.every <= EVERY_AT_MOST:
        raise CannotRule(_("Every how many sessions? From 1 to %s.") % EVERY_AT_MOST)


def end_rule(rule: UUID, *, by: Visitor, at: datetime) -> Rule:
    """End a rule today; ending it twice changes nothing."""
    found = Rule.objects.filter(pk=rule, practice_id=by.practice).first()
    if found is None:
        raise NotHere(subject=rule)
    therapies.one(by, found.therapy_id, Action.GIVE, Layer.ADMIN)
    if found.to_on is not None:
        return found
    with transaction.atomic():
        found.to_on = max(at.date(), found.from_on)
        found.save(update_fields=["to_on"])
        did(by, "ended", "measure rule", [found.therapy_id, rule], at=at, layer=Layer.ADMIN)
    return found
