"""Every score of a therapy with its facts, and the session it belongs to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.prepared import Many, One, prepared
from holdspace.hour.encounters.models import Session
from holdspace.hour.encounters.rules import TOOK_PLACE
from holdspace.hour.measures.models import Answering
from holdspace.hour.measures.rules import State
from holdspace.office.outcomes.queries.lines import known, with_number


@dataclass(frozen=True, slots=True)
class Scored:
    """One questionnaire that was answered: when, at which session, by whom, and what it came to."""

    id: UUID
    number: int
    ended_at: datetime
    total: float | None
    answered: int
    prorated: bool
    version: str
    thresholds: str
    answered_by: str


def scores(by: Visitor, therapy: UUID) -> dict[UUID, Scored]:
    """The scores of a therapy by their questionnaire, in order of time; one question.

    No answer is opened. NotHere for who may not read them.
    """
    rows = _scored(practice=by.practice, among=known(by, therapy))
    return {facts[0]: Scored(*facts) for facts in rows}


@prepared
def _scored(practice: One, among: Many) -> QuerySet[Answering, Any]:
    rows = Answering.objects.filter(
        practice_id=practice, therapy_id__in=among, state=State.FINISHED.value,
        ended_at__isnull=False,
    )  # fmt: skip
    return with_number(rows).order_by("ended_at", "id").values_list(
        "pk", "number", "ended_at", "total", "answered",
        "prorated", "instrument_version", "threshold_set", "answered_by",
    )  # fmt: skip


def held(by: Visitor, therapy: UUID) -> list[datetime]:
    """When the sessions of a therapy that were held began: the numbers on its time line."""
    return _held(among=known(by, therapy))


@prepared
def _held(among: Many) -> QuerySet[Session, datetime]:
    """Asked without the practice, or SQLite goes through all of its days."""
    rows = Session.objects.filter(therapy_id__in=among, state__in=TOOK_PLACE)
    return rows.order_by("starts_at", "id").values_list("starts_at", flat=True)
