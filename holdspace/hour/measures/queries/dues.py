"""What the rules of a therapy ask for at one of its sessions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet

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
from holdspace.hour.measures.rules import Moment, Standing, State, When, is_due
from holdspace.hour.measures.shelves import Shelf


@dataclass(frozen=True, slots=True)
class Due:
    """A questionnaire that a rule asks a participant to be given."""

    rule_id: UUID
    participant_id: UUID
    instrument: str


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
    shelf = Shelf(by.practice)
    rules = [rule for rule in _rules(among=among) if shelf.gives(rule.instrument)]
    if not rules:
        return {}
    times = {row[:3]: row[3] for row in _times_given(among=among)}
    given = set(_given_for(among=[session.id for session in asked]))
    found: dict[UUID, list[Due]] = {}
    for session in asked:
        for rule in rules:
            whose = (rule.participant_id, rule.instrument)
            standing = Standing(
                numbers.get(session.id, 1), times.get((session.therapy_id, *whose), 0),
                _is_ending(session),
            )  # fmt: skip
            if (
                _applies(rule, session)
                and (session.id, *whose) not in given
                and is_due(When(rule.when), rule.every, moment, standing)
            ):
                found.setdefault(session.id, []).append(Due(rule.id, *whose))
    return found


def _is_ending(session: Session) -> bool:
    return session.kind == Kind.ENDING or session.therapy.state == TherapyState.ENDING


def _applies(rule: Rule, session: Session) -> bool:
    """Whether a rule is in force on the day of a session, and its participant still takes part."""
    if rule.therapy_id != session.therapy_id:
        return False
    on: date = session.starts_at.astimezone(ZoneInfo(session.time_zone)).date()
    ends = (rule.to_on, rule.participant.to_on)
    return rule.from_on <= on and all(end is None or end >= on for end in ends)


@prepared
def _rules(among: Many) -> QuerySet[Rule]:
    of = Rule.objects.filter(therapy_id__in=among).select_related("participant")
    return of.order_by("participant_id", "id")


@prepared
def _times_given(among: Many) -> QuerySet[Answering, tuple[UUID, UUID, str, int]]:
    """How often each questionnaire was given to each in these therapies."""
    kept = Answering.objects.filter(therapy_id__in=among).exclude(state=State.WITHDRAWN.value)
    grouped = kept.order_by().values_list("therapy_id", "participant_id", "instrument")
    return grouped.annotate(times=Count("id"))


@prepared
def _given_for(among: Many) -> QuerySet[Answering, tuple[UUID, UUID, str]]:
    """What was given for these very sessions."""
    kept = Answering.objects.filter(giving__session_id__in=among)
    kept = kept.exclude(state=State.WITHDRAWN.value)
    return kept.values_list("giving__session_id", "participant_id", "instrument")
