"""A practice's scores as rows that may be exported: no names, no words, no ids that leave.

The house asks for itself, for a command that whoever holds the root key gives; what leaves is made
by `statistics.growth.parquet`, which turns dates into weeks and merges what is rare.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from holdspace.frame.practice.models import Practice
from holdspace.frame.therapy.models import Therapy
from holdspace.hour.encounters.models import Session
from holdspace.hour.encounters.rules import State as SessionState
from holdspace.hour.measures.models import Answering
from holdspace.hour.measures.rules import State
from holdspace.office.outcomes.queries.summary import leads
from holdspace.office.outcomes.statistics.growth.parquet import Outcome


def practices() -> list[UUID]:
    """Every practice of the house."""
    return list(Practice.objects.order_by("id").values_list("id", flat=True))


def outcomes(practice: UUID, *, with_therapists: bool = False) -> Iterator[Outcome]:
    """Every score with the number of the session it was given for, and words from short lists.

    A course is its last lead therapist's.
    """
    known = _known(practice)
    whose = leads(known) if with_therapists else {}
    began = _sessions(practice)
    finished = Answering.objects.filter(
        practice_id=practice, state=State.FINISHED.value, ended_at__isnull=False,
        total__isnull=False,
    )  # fmt: skip
    rows: Any = finished.order_by("ended_at", "id").values_list(
        "therapy_id", "participant_id", "respondent", "instrument", "ended_at", "total"
    )
    for therapy, participant, respondent, instrument, ended_at, total in rows.iterator():
        yield Outcome(
            course=(participant, respondent),
            instrument=instrument,
            session=1 + bisect_left(began[therapy], ended_at),
            on=ended_at.date(),
            score=total,
            known={**known[therapy], "respondent": respondent},
            therapist=whose.get(therapy),
        )


def _known(practice: UUID) -> dict[UUID, dict[str, str]]:
    rows = Therapy.objects.filter(practice_id=practice).values_list("id", "service", "unit")
    return {therapy: {"service": service, "unit": unit} for therapy, service, unit in rows}


def _sessions(practice: UUID) -> dict[UUID, list[datetime]]:
    """When the sessions that were held began: an answer belongs to the one that came after it."""
    held = Session.objects.filter(practice_id=practice, state=SessionState.HELD.value)
    found: dict[UUID, list[datetime]] = defaultdict(list)
    for therapy, starts_at in held.order_by("starts_at").values_list("therapy_id", "starts_at"):
        found[therapy].append(starts_at)
    return found
