"""What the rules of a therapy ask for at one of its sessions."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.therapy import queries as therapies
from holdspace.frame.therapy.models import Therapy
from holdspace.frame.therapy.rules import State as TherapyState
from holdspace.hour.encounters.models import Session
from holdspace.hour.encounters.rules import Kind
from holdspace.hour.encounters.rules import State as SessionState
from holdspace.hour.measures.models import Answering, Rule
from holdspace.hour.measures.rules import Moment, Standing, State, When, is_due

COUNTED = (SessionState.BEGUN.value, SessionState.HELD.value)


@dataclass(frozen=True, slots=True)
class Due:
    """A questionnaire that a rule asks a participant to be given."""

    rule_id: UUID
    participant_id: UUID
    instrument: str


def due(by: Visitor, session: UUID, moment: Moment = Moment.BEFORE) -> list[Due]:
    """What the rules ask for at a session, and was not given for it yet; four questions."""
    asked = Session.objects.filter(pk=session, practice_id=by.practice).first()
    if asked is None:
        raise NotHere(subject=session)
    therapy = therapies.one(by, asked.therapy_id, Action.GIVE, Layer.SHARED)
    given, for_this = _given(asked)
    number, is_ending = _number(asked), _is_ending(asked, therapy)
    return [
        Due(rule.id, rule.participant_id, rule.instrument)
        for rule in _rules_on(asked)
        if (rule.participant_id, rule.instrument) not in for_this
        and is_due(
            When(rule.when),
            rule.every,
            moment,
            Standing(number, given[rule.participant_id, rule.instrument], is_ending),
        )
    ]


def _is_ending(session: Session, therapy: Therapy) -> bool:
    return session.kind == Kind.ENDING.value or therapy.state == TherapyState.ENDING.value


def _number(session: Session) -> int:
    held = Session.objects.filter(
        therapy_id=session.therapy_id, state__in=COUNTED, starts_at__lt=session.starts_at
    )
    return held.exclude(pk=session.id).count() + 1


def _rules_on(session: Session) -> list[Rule]:
    on: date = session.starts_at.astimezone(ZoneInfo(session.time_zone)).date()
    chosen = Rule.objects.filter(therapy_id=session.therapy_id, from_on__lte=on)
    chosen = chosen.filter(Q(to_on__isnull=True) | Q(to_on__gte=on))
    staying = Q(participant__to_on__isnull=True) | Q(participant__to_on__gte=on)
    return list(chosen.filter(staying).order_by("participant_id", "id"))


def _given(session: Session) -> tuple[Counter[tuple[UUID, str]], set[tuple[UUID, str]]]:
    """How often each was given in this therapy, and what was given for this very session."""
    rows = Answering.objects.filter(therapy_id=session.therapy_id)
    kept = rows.exclude(state=State.WITHDRAWN.value)
    times: Counter[tuple[UUID, str]] = Counter()
    for_this: set[tuple[UUID, str]] = set()
    for participant, instrument, of in kept.values_list(
        "participant_id", "instrument", "giving__session_id"
    ):
        times[participant, instrument] += 1
        if of == session.id:
            for_this.add((participant, instrument))
    return times, for_this
