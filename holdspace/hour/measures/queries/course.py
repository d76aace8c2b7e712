"""The courses of measures: what each participant answered over time, and what changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.prepared import Many, One, prepared
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.therapy import queries as therapies
from holdspace.hour.measures.change import Change, change
from holdspace.hour.measures.instruments import Direction, Instrument, library
from holdspace.hour.measures.models import Answering
from holdspace.hour.measures.queries.reach import visible_to
from holdspace.hour.measures.rules import State
from holdspace.hour.measures.scoring import band_of
from holdspace.hour.measures.sentences import course_sentence

RATING = "session_rating"
Points = tuple[tuple[datetime, float | None], ...]


@dataclass(frozen=True, slots=True)
class Course:
    """One participant's answers to one instrument; a point without a total is a gap."""

    participant_id: UUID
    instrument: Instrument
    points: Points
    scored: Sequence[float]  # the totals there are
    rows: Sequence[UUID]  # the questionnaires behind the points
    change: Change | None

    @property
    def name(self) -> str:
        return self.instrument.short_name

    @property
    def direction(self) -> Direction:
        return self.instrument.direction

    @property
    def range(self) -> tuple[float, float]:
        return self.instrument.range

    @property
    def totals(self) -> list[float | None]:
        return [total for _, total in self.points]

    @property
    def latest(self) -> UUID:
        return self.rows[-1]

    @property
    def last(self) -> float | None:
        """The newest total there is."""
        return self.scored[-1] if self.scored else None

    @property
    def band(self) -> str | None:
        return band_of(self.instrument, self.last)

    @property
    def sentence(self) -> str:
        """What it shows, in words: also the chart's accessible name."""
        return course_sentence(self.instrument, self.change, self.last)


def courses(by: Visitor, of: Iterable[UUID]) -> dict[UUID, list[Course]]:
    """The courses of therapies, each participant's own, in one question; no answer is opened."""
    wanted = therapies.reached(by, of, layer=Layer.SHARED)
    rows = _finished(practice=by.practice, among=wanted)
    by.opened.note(wanted)
    gathered: dict[tuple[UUID, UUID, str], list[tuple[UUID, datetime, float | None]]] = {}
    for therapy, participant, instrument, row, ended_at, total in rows:
        gathered.setdefault((therapy, participant, instrument), []).append((row, ended_at, total))
    found: dict[UUID, list[Course]] = {}
    for (therapy, participant, instrument), answers in gathered.items():
        if instrument in library():
            made = _course(participant, library()[instrument], answers)
            found.setdefault(therapy, []).append(made)
    return found


@prepared
def _finished(practice: One, among: Many) -> QuerySet[Answering, Any]:
    finished = Answering.objects.filter(
        practice_id=practice, therapy_id__in=among, state=State.FINISHED.value,
        ended_at__isnull=False,
    )  # fmt: skip
    return finished.order_by("ended_at", "id").values_list(
        "therapy_id", "participant_id", "instrument", "id", "ended_at", "total"
    )


def _course(
    participant: UUID,
    instrument: Instrument,
    answers: Sequence[tuple[UUID, datetime, float | None]],
) -> Course:
    scored = [total for *_, total in answers if total is not None]
    return Course(
        participant_id=participant,
        instrument=instrument,
        points=tuple((ended_at, total) for _, ended_at, total in answers),
        scored=scored,
        rows=tuple(row for row, *_ in answers),
        change=change(instrument, scored[0], scored[-1]) if len(scored) > 1 else None,
    )


def main_course(found: Sequence[Course]) -> Course | None:
    """The one that a small place shows: of the validated ones the longest, else the newest."""
    validated = [course for course in found if course.instrument.validated]
    return max(
        validated,
        key=lambda course: (len(course.scored), course.points[-1][0]),
        default=None,
    )


def rating_after(by: Visitor, therapy: UUID) -> Answering | None:
    """The newest rating of a session in this therapy."""
    chosen = visible_to(by).filter(
        therapy_id=therapy, instrument=RATING, state=State.FINISHED.value
    )
    return chosen.order_by("-ended_at").first()
