"""What summaries are worked out from: sessions, places at them, endings, scores.

The house asks for itself here, and nobody is shown what it reads; pages ask `queries.service`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from holdspace.cellar.ledger import queries as ledger
from holdspace.frame.practice.models import Practice
from holdspace.frame.therapy.models import Frame, Therapist, Therapy
from holdspace.hour.encounters.models import Attendance, Session
from holdspace.hour.encounters.rules import Kind
from holdspace.hour.encounters.rules import State as SessionState
from holdspace.hour.measures.models import Answering, LocalFile
from holdspace.hour.measures.rules import FileKind, State
from holdspace.office.outcomes.one_therapy import Attending, attending

Course = tuple[UUID, str, str]  # participant, instrument, respondent
Scored = list[tuple[datetime, float]]


@dataclass(frozen=True, slots=True)
class Facts:
    """One therapy in numbers, before anything is concluded from them."""

    therapy: Therapy
    member: UUID | None
    agreed: int | None
    held: int
    last_ones: int
    attending: Attending
    courses: dict[Course, Scored]


def practices() -> list[UUID]:
    """Every practice of the house."""
    return list(Practice.objects.order_by("id").values_list("id", flat=True))


def therapies_after(practice: UUID, reached: UUID | None, limit: int) -> list[UUID]:
    """The next therapies of a practice in the order of their ids, to go through all of them."""
    chosen = Therapy.objects.filter(practice_id=practice)
    if reached is not None:
        chosen = chosen.filter(pk__gt=reached)
    return list(chosen.order_by("pk").values_list("pk", flat=True)[:limit])


def therapies_changed(practice: UUID, since: datetime) -> list[UUID]:
    """The therapies that something was done in since then: every act names its therapy.

    And those with answers to an instrument of the practice's own that was loaded since, with a
    rule that may be another one.
    """
    named = {*ledger.acted_on(practice, since), *_answered_by_new_rules(practice, since)}
    chosen = Therapy.objects.filter(practice_id=practice, pk__in=named)
    return sorted(chosen.values_list("pk", flat=True))


def _answered_by_new_rules(practice: UUID, since: datetime) -> Iterable[UUID]:
    loaded = LocalFile.objects.filter(
        practice_id=practice, kind=FileKind.DEFINITION.value, loaded_at__gte=since
    )
    names = list(loaded.values_list("instrument", flat=True))
    rows = Answering.objects.filter(practice_id=practice, instrument__in=names)
    return rows.order_by().values_list("therapy_id", flat=True).distinct()


def leads(among: Iterable[UUID]) -> dict[UUID, UUID]:
    """Who leads each therapy: of the seats still held, else of those given up last, the lead's."""
    seats = Therapist.objects.filter(therapy_id__in=among).values_list(
        "therapy_id", "member_id", "is_lead", "to_on", "from_on", "id"
    )
    best: dict[UUID, tuple[object, ...]] = {}
    for therapy, member, is_lead, to_on, from_on, seat in seats:
        rank = (to_on is None, to_on or from_on, is_lead, from_on, seat, member)
        best[therapy] = max(best.get(therapy, rank), rank)
    return {therapy: rank[-1] for therapy, rank in best.items()}  # type: ignore[misc]


def facts(practice: UUID, among: Sequence[UUID]) -> list[Facts]:
    """What is so of these therapies; six questions."""
    members, agreed = leads(among), _agreed(among)
    sessions, places, courses = _sessions(among), _places(among), _courses(among)
    return [
        Facts(
            therapy, members.get(therapy.id), agreed.get(therapy.id),
            *sessions.get(therapy.id, (0, 0)),
            attending(places[therapy.id]), courses[therapy.id],
        )
        for therapy in Therapy.objects.filter(practice_id=practice, pk__in=among)
    ]  # fmt: skip


def _agreed(among: Iterable[UUID]) -> dict[UUID, int | None]:
    """How many sessions the frame in force agreed on."""
    frames = Frame.objects.filter(therapy_id__in=among, to_on=None)
    return dict(frames.values_list("therapy_id", "sessions_agreed"))


def _sessions(among: Iterable[UUID]) -> dict[UUID, tuple[int, int]]:
    """Sessions that were held, and how many of them were meant as an ending."""
    held = Session.objects.filter(therapy_id__in=among, state=SessionState.HELD.value)
    rows = held.values_list("therapy_id").annotate(
        held=Count("id"), last=Count("id", filter=Q(kind=Kind.ENDING.value))
    )
    return {therapy: (count, last) for therapy, count, last in rows.order_by()}


def _places(among: Iterable[UUID]) -> dict[UUID, dict[str, int]]:
    """How often each state of attendance occurs in each therapy."""
    kept = Attendance.objects.filter(session__therapy_id__in=among).exclude(
        session__state=SessionState.WITHDRAWN.value
    )
    rows = kept.order_by().values_list("session__therapy_id", "state").annotate(times=Count("id"))
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    for therapy, state, times in rows:
        found[therapy][state] = times
    return found


def _courses(among: Iterable[UUID]) -> dict[UUID, dict[Course, Scored]]:
    """The totals of each course in order of time."""
    finished = Answering.objects.filter(
        therapy_id__in=among, state=State.FINISHED.value, ended_at__isnull=False,
        total__isnull=False,
    )  # fmt: skip
    rows: Any = finished.order_by("ended_at", "id").values_list(
        "therapy_id", "participant_id", "instrument", "respondent", "ended_at", "total"
    )
    found: dict[UUID, dict[Course, Scored]] = defaultdict(dict)
    for therapy, participant, instrument, respondent, ended_at, total in rows:
        course = found[therapy].setdefault((participant, instrument, respondent), [])
        course.append((ended_at, total))
    return found
