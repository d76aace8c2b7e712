"""Where scores lie on the time line of a therapy, and what was asked and not answered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.prepared import Many, One, prepared
from holdspace.frame.therapy import queries as therapies
from holdspace.hour.encounters.models import Session
from holdspace.hour.encounters.rules import TOOK_PLACE
from holdspace.hour.encounters.rules import State as Held
from holdspace.hour.measures.models import Answering
from holdspace.hour.measures.queries import Course
from holdspace.hour.measures.rules import Respondent, State

NOT_ANSWERED = (State.WAITING.value, State.BEGUN.value, State.DECLINED.value)
Key = tuple[UUID, UUID, str]  # therapy, participant, instrument


@dataclass(frozen=True, slots=True)
class Left:
    """A questionnaire that was given and not answered."""

    id: UUID
    given_at: datetime
    ends_at: datetime
    is_declined: bool
    session_state: str | None  # of the session it was given for
    session_ends_at: datetime | None

    def is_over(self, at: datetime) -> bool:
        """Whether it was declined, or its time has passed: with the session it was asked before,
        or with its link. A session that was cancelled asks for nothing.
        """
        if self.session_state in (Held.NOT_HELD, Held.WITHDRAWN):
            return False
        ends_at = self.ends_at
        if self.session_ends_at is not None and self.given_at < self.session_ends_at:
            ends_at = min(ends_at, self.session_ends_at)
        return self.is_declined or ends_at <= at


def known(by: Visitor, therapy: UUID) -> list[UUID]:
    """A therapy, for who may read its record; NotHere for anybody else. It asks nothing more."""
    found = therapies.reached(by, [therapy])
    if not found:
        raise NotHere(subject=therapy)
    return found


def numbers(by: Visitor, found: Mapping[UUID, Sequence[Course]]) -> dict[UUID, int]:
    """At which session the first and the newest score of each course were given, by answering.

    The one it was given for, or else the next after it was answered: one more than were held
    before. One question, for those who may read the record.
    """
    readable = therapies.reached(by, found)
    ends = [row for therapy in readable for course in found[therapy] for row in _ends(course)]
    return dict(_numbered(practice=by.practice, among=ends)) if ends else {}


def _ends(course: Course) -> tuple[UUID, ...]:
    """The questionnaires behind the first and the newest total."""
    scored = scored_rows(course)
    return (scored[0], scored[-1]) if scored else ()


def scored_rows(course: Course) -> list[UUID]:
    """The questionnaires that have a total."""
    return [
        row for row, (_, total) in zip(course.rows, course.points, strict=True) if total is not None
    ]


@prepared
def _numbered(practice: One, among: Many) -> QuerySet[Answering, tuple[UUID, int]]:
    rows = Answering.objects.filter(practice_id=practice, pk__in=among)
    return with_number(rows).values_list("pk", "number")


def with_number(rows: QuerySet[Answering]) -> QuerySet[Any]:
    """The same questionnaires, each with the number of its session."""
    before = Session.objects.filter(
        therapy=OuterRef("therapy_id"), starts_at__lt=OuterRef("asked_for"), state__in=TOOK_PLACE
    )
    counted = before.order_by().values("therapy").annotate(n=Count("pk")).values("n")
    placed = rows.annotate(asked_for=Coalesce("giving__session__starts_at", "ended_at"))
    return placed.annotate(number=Coalesce(Subquery(counted), 0) + 1)


def unanswered(by: Visitor, of: Iterable[UUID]) -> dict[Key, list[Left]]:
    """What clients were given about themselves and did not answer, in order of time."""
    readable = therapies.reached(by, of)
    found: dict[Key, list[Left]] = {}
    for therapy, participant, instrument, state, *rest in _left(
        practice=by.practice, among=readable
    ):
        row, given_at, ends_at, session_state, session_ends_at = rest
        is_declined = state == State.DECLINED
        left = Left(row, given_at, ends_at, is_declined, session_state, session_ends_at)
        found.setdefault((therapy, participant, instrument), []).append(left)
    return found


@prepared
def _left(practice: One, among: Many) -> QuerySet[Answering, Any]:
    rows = Answering.objects.filter(
        practice_id=practice, therapy_id__in=among, state__in=NOT_ANSWERED,
        giving__withdrawn_at__isnull=True,
        respondent=Respondent.CLIENT.value,
    )  # fmt: skip
    return rows.order_by("giving__given_at", "id").values_list(
        "therapy_id", "participant_id", "instrument", "state", "id", "giving__given_at",
        "giving__ends_at", "giving__session__state", "giving__session__ends_at",
    )  # fmt: skip
