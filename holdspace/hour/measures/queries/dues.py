"""What the rules of a therapy ask for at one of its sessions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, QuerySet
from django.db.models.functions import Coalesce

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.prepared import Many, prepared
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.therapy import queries as therapies
from holdspace.frame.therapy.rules import State as TherapyState
from holdspace.hour.encounters import queries as encounters
from holdspace.hour.encounters.models import Session
from holdspace.hour.encounters.rules import Kind
from holdspace.hour.measures.models import Answering, Rule
from holdspace.hour.measures.rules import Moment, Respondent, Standing, State, When, is_due, week_of


@dataclass(frozen=True, slots=True)
class Due:
    """A questionnaire that a rule asks a participant to be given."""

    rule_id: UUID
    participant_id: UUID
    instrument: str
    about_id: UUID | None = None  # nobody: about themselves

    @property
    def whose(self) -> "Whose":
        return self.participant_id, self.about_id or self.participant_id, self.instrument


Whose = tuple[UUID, UUID, str]  # who is asked, about whom, what


def due(by: Visitor, session: UUID, moment: Moment = Moment.BEFORE) -> list[Due]:
    """What the rules ask for at a session, and was not given for it yet; NotHere for a stranger."""
    asked = Session.objects.filter(pk=session, practice_id=by.practice)
    found = asked.select_related("therapy").first()
    if found is None:
        raise NotHere(subject=session)
    therapies.one(by, found.therapy_id, Action.GIVE, Layer.SHARED)
    numbers = encounters.numbers(by, [session])
    return dues(by, [found], numbers, moment).get(session, [])


def dues(
    by: Visitor,
    sessions: Iterable[Session],
    numbers: Mapping[UUID, int],
    moment: Moment = Moment.BEFORE,
) -> dict[UUID, list[Due]]:
    """What is due at each of some sessions, of which the numbers are known; three questions."""
    asked = list(sessions)
    among = therapies.reached(
        by, {session.therapy_id for session in asked}, Action.GIVE, Layer.SHARED
    )
    rules = _rules(among=among)
    if not rules:
        return {}
    times = {row[:4]: row[4:] for row in _times_given(among=among)}
    given = set(_given_for(among=[session.id for session in asked]))
    found: dict[UUID, list[Due]] = {}
    for session in asked:
        known = _Known(session, numbers.get(session.id, 1), times)
        for rule, wanted in _wanted(rules, session):
            key = (session.id, *wanted.whose)
            standing = known.standing(wanted.whose)
            if key not in given and is_due(
                When(rule.when), rule.every, moment, standing, rule.weeks
            ):
                found.setdefault(session.id, []).append(wanted)
                given.add(key)
    return found


def _wanted(rules: Iterable[Rule], session: Session) -> Iterator[tuple[Rule, Due]]:
    """Every questionnaire that a rule in force names, with that rule."""
    for rule in rules:
        if _applies(rule, session):
            for instrument in rule.instruments:
                yield rule, Due(rule.id, rule.participant_id, instrument, rule.about_id)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a session, and of what was given in its therapy before."""

    session: Session
    number: int
    times: Mapping[tuple[UUID, UUID, UUID, str], tuple[int, datetime]]

    def standing(self, whose: Whose) -> Standing:
        therapy = self.session.therapy
        times, last = self.times.get((therapy.id, *whose), (0, None))
        return Standing(
            number=self.number,
            times_given=times,
            is_ending=self.session.kind == Kind.ENDING or therapy.state == TherapyState.ENDING,
            week=self._week(self.session.starts_at),
            last_week=None if last is None else self._week(last),
        )

    def _week(self, moment: datetime) -> int:
        return week_of(_day(self.session, moment), self.session.therapy.started_on)


def _day(session: Session, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(session.time_zone)).date()


def _applies(rule: Rule, session: Session) -> bool:
    """Whether a rule is in force on the day of a session, and its participant still takes part."""
    if rule.therapy_id != session.therapy_id:
        return False
    on = _day(session, session.starts_at)
    ends = [rule.to_on, rule.participant.to_on]
    if rule.about is not None:
        ends.append(rule.about.to_on)
    return rule.from_on <= on and all(end is None or end >= on for end in ends)


@prepared
def _rules(among: Many) -> QuerySet[Rule]:
    of = Rule.objects.filter(therapy_id__in=among).select_related("participant", "about", "battery")
    return of.order_by("participant_id", "about_id", "id")


@prepared
def _times_given(among: Many) -> QuerySet[Answering, Any]:
    """How often each questionnaire was given to each in these therapies, and for when last."""
    kept = Answering.objects.filter(therapy_id__in=among).exclude(state=State.WITHDRAWN.value)
    kept = kept.exclude(respondent=Respondent.THERAPIST.value)  # nobody was asked
    grouped = kept.order_by().values_list(
        "therapy_id", "giving__participant_id", "participant_id", "instrument"
    )
    given_for = Coalesce("giving__session__starts_at", "giving__given_at")
    return grouped.annotate(times=Count("id"), last=Max(given_for))


@prepared
def _given_for(among: Many) -> QuerySet[Answering, Any]:
    """What was given for these very sessions."""
    kept = Answering.objects.filter(giving__session_id__in=among)
    kept = kept.exclude(state=State.WITHDRAWN.value)
    return kept.values_list(
        "giving__session_id", "giving__participant_id", "participant_id", "instrument"
    )
