"""The courses of measures: what each participant answered over time, and what changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, F, QuerySet, When

from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.prepared import Many, One, prepared
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.therapy import queries as therapies
from holdspace.hour.measures.change import Change, change
from holdspace.hour.measures.instruments import Direction, Instrument
from holdspace.hour.measures.models import Answering
from holdspace.hour.measures.queries.reach import visible_to
from holdspace.hour.measures.rules import Respondent, State
from holdspace.hour.measures.scoring import band_of
from holdspace.hour.measures.sentences import course_sentence
from holdspace.hour.measures.shelves import Shelf

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
    version: int | None = None  # of somebody's own words
    respondent: Respondent = Respondent.CLIENT
    informant_id: UUID | None = None  # another participant who answered

    @property
    def is_own(self) -> bool:
        """Whether whom it is about answered."""
        return self.respondent is Respondent.CLIENT

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
    by.opened.note(wanted)
    return courses_in(by.practice, wanted)


def courses_in(practice: UUID, among: Sequence[UUID]) -> dict[UUID, list[Course]]:
    """The courses of therapies that the caller has found."""
    rows = _finished(practice=practice, among=among)
    gathered: dict[tuple[Any, ...], list[tuple[UUID, datetime, float | None]]] = {}
    for *whose, row, ended_at, total in rows:
        gathered.setdefault(tuple(whose), []).append((row, ended_at, total))
    found: dict[UUID, list[Course]] = {}
    shelf = Shelf(practice)
    for (therapy, *key), answers in gathered.items():
        whose = _Whose(*key)
        known = shelf.ever(whose.instrument)
        if known is not None:
            found.setdefault(therapy, []).append(_course(whose, known, answers))
    for some in found.values():
        some.sort(key=lambda course: not course.is_own)  # how others see it comes after
    return found


@prepared
def _finished(practice: One, among: Many) -> QuerySet[Answering, Any]:
    finished = Answering.objects.filter(
        practice_id=practice, therapy_id__in=among, state=State.FINISHED.value,
        ended_at__isnull=False,
    )  # fmt: skip
    informant = Case(When(giving__about__isnull=False, then=F("giving__participant_id")))
    return finished.order_by("ended_at", "id").values_list(
        "therapy_id", "participant_id", "instrument", "own_words__version", "respondent",
        informant, "id", "ended_at", "total",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Whose:
    """What keeps courses apart: other words of somebody's own, and who saw it so."""

    participant: UUID
    instrument: str
    version: int | None
    respondent: str
    informant: UUID | None


def _course(
    whose: _Whose, instrument: Instrument, answers: Sequence[tuple[UUID, datetime, float | None]]
) -> Course:
    scored = [total for *_, total in answers if total is not None]
    return Course(
        participant_id=whose.participant,
        instrument=instrument,
        version=whose.version,
        respondent=Respondent(whose.respondent),
        informant_id=whose.informant,
        points=tuple((ended_at, total) for _, ended_at, total in answers),
        scored=scored,
        rows=tuple(row for row, *_ in answers),
        change=change(instrument, scored[0], scored[-1]) if len(scored) > 1 else None,
    )


def main_course(found: Sequence[Course]) -> Course | None:
    """The one that a small place shows: of their own and validated ones the longest."""
    validated = [course for course in found if course.instrument.validated and course.is_own]
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
