"""Agreeing that a measure is given again and again, and ending that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.lines import did
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.people.rules import age_on
from holdspace.frame.therapy import queries as therapies
from holdspace.frame.therapy.models import Participant, Therapy
from holdspace.frame.therapy.rules import Part
from holdspace.hour.measures.models import Rule
from holdspace.hour.measures.personal import catalogue, frames, may_answer
from holdspace.hour.measures.queries.batteries import battery
from holdspace.hour.measures.queries.own import words_for
from holdspace.hour.measures.queries.shelf import offered
from holdspace.hour.measures.rules import (
    EVERY_AT_MOST,
    WEEKS_AT_MOST,
    Respondent,
    When,
    are_weeks,
    respondent_of,
)

CLIENTS: Final = (Part.CLIENT, Part.CHILD, Part.PARTNER)  # who is there for themselves


class CannotRule(Exception):
    """A rule cannot stand; the message says why."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Who is given what, when, from which day on. A battery stands in place of an instrument."""

    therapy: UUID
    participant: UUID
    instrument: str
    when: When
    from_on: date
    every: int = 1
    weeks: tuple[int, ...] = ()
    battery: UUID | None = None
    about: UUID | None = None  # another participant, whom they are asked about


def participant_of(therapy: Therapy, participant: UUID) -> Participant:
    """Somebody who takes part in this therapy, or NotHere."""
    found = Participant.objects.filter(pk=participant, therapy=therapy, to_on=None).first()
    if found is None:
        raise NotHere(subject=participant)
    return found


def about_whom(therapy: Therapy, asked: UUID, about: UUID | None) -> Participant | None:
    """Whom somebody is asked about, if that is another; NotHere for who takes no part."""
    return None if about is None or about == asked else participant_of(therapy, about)


def refuse_wording(
    instruments: Sequence[str], respondent: Respondent, refusal: type[Exception]
) -> None:
    """Raise the refusal where an instrument is worded for somebody else to answer."""
    for name in instruments:
        if not may_answer(name, respondent):
            said = {"name": catalogue()[name].short_name}
            raise refusal(_("%(name)s is not worded for this person to answer.") % said)


def add_rule(ruling: Ruling, *, by: Visitor, at: datetime) -> Rule:
    """Begin a rule; one instrument follows one rule for each participant."""
    therapy = therapies.one(by, ruling.therapy, Action.GIVE, Layer.ADMIN)
    participant = participant_of(therapy, ruling.participant)
    about = about_whom(therapy, ruling.participant, ruling.about)
    chosen = battery(by, ruling.battery) if ruling.battery else None
    _refuse_what_cannot_be(ruling)
    asked = [ruling.instrument] if chosen is None else chosen.instruments
    respondent = respondent_of(Part(participant.part)) if about else Respondent.CLIENT
    refuse_wording(asked, respondent, CannotRule)
    with transaction.atomic():
        if Rule.objects.filter(
            participant=participant,
            about=about,
            instrument=ruling.instrument,
            battery=chosen,
            to_on=None,
        ).exists():
            raise CannotRule(_("There is a rule for this already. End it first."))
        rule = Rule.objects.create(
            practice_id=by.practice,
            therapy=therapy,
            participant=participant,
            about=about,
            instrument=ruling.instrument,
            battery=chosen,
            when=ruling.when.value,
            every=ruling.every,
            weeks=list(ruling.weeks),
            from_on=ruling.from_on,
        )
        did(by, "added", "measure rule", [therapy.id, rule.id], at=at, layer=Layer.ADMIN)
    return rule


def add_offered_rules(therapy: UUID, *, by: Visitor, at: datetime) -> list[Rule]:
    """Begin what is offered for a therapy's way of working, for each client it is made for."""
    found = therapies.one(by, therapy, Action.GIVE, Layer.ADMIN)
    with transaction.atomic():
        wanted = offered(by, found)
        return [
            add_rule(
                Ruling(
                    therapy, who.id, offer.instrument.id, offer.when, at.date(), weeks=offer.weeks
                ),
                by=by,
                at=at,
            )
            for who in therapies.participants(by, [therapy], on=at.date())
            if who.part in CLIENTS
            for offer in wanted
            if offer.fits(age_on(who.person.birth_date, at.date()))
        ]


def _refuse_what_cannot_be(ruling: Ruling) -> None:
    is_known = ruling.instrument in catalogue() if ruling.battery is None else not ruling.instrument
    if not is_known:
        raise CannotRule(_("There is no such questionnaire."))
    if (ruling.when is When.AT_WEEKS) is not bool(ruling.weeks):
        raise CannotRule(_("In which weeks? Write them where it is asked in chosen weeks."))
    if ruling.weeks and not are_weeks(ruling.weeks):
        raise CannotRule(_("At most %s weeks, none beyond ten years.") % WEEKS_AT_MOST)
    if ruling.instrument in frames() and not words_for(
        ruling.about or ruling.participant, [ruling.instrument]
    ):
        raise CannotRule(_("Put the personal questions into words first."))
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
