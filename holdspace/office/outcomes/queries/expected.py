"""What is usual here: the course expected on an instrument, and how far ratings swing.

Each is the practice's own where it has answers enough, or else a stated reference.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.prepared import One, prepared
from holdspace.hour.measures.instruments import Instrument, library
from holdspace.hour.measures.shelves import Shelf
from holdspace.office.outcomes.models import ExpectedCourse
from holdspace.office.outcomes.signals import is_alliance
from holdspace.office.outcomes.statistics.alliance import Swing
from holdspace.office.outcomes.statistics.growth.fitting import Fit
from holdspace.office.outcomes.statistics.growth.reference import reference

Made = TypeVar("Made", bound=Fit | Swing)
# Our own assumption, in shares of the scale, until a practice has ratings enough: nobody's figures.
ASSUMED_WITHIN, ASSUMED_BETWEEN = 0.08, 0.12


@dataclass(frozen=True, slots=True)
class Usual(Generic[Made]):
    """A fit or a swing, from how many courses, as of when; without a moment, a reference."""

    made: Made
    courses: int = 0
    made_at: datetime | None = None
    source: str = ""  # of a stated reference
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Learned:
    """What is usual on each instrument, by its id."""

    courses: Mapping[str, Usual[Fit]]
    swings: Mapping[str, Usual[Swing]]

    def swing(self, instrument: Instrument) -> Usual[Swing]:
        """How far ratings swing; assumed where the practice does not know it yet."""
        return self.swings.get(instrument.id) or assumed(instrument)


def learned(by: Visitor) -> Learned:
    """What is usual in the visitor's practice: figures about nobody. One question."""
    courses, swings, shelf = dict(references()), {}, Shelf(by.practice)
    for row, instrument, count, made_at in _own(practice=by.practice):
        known = shelf.get(instrument)
        if known is not None and is_alliance(known):
            swings[instrument] = Usual(Swing(**_kept(row, made_at)), count, made_at)
        else:
            courses[instrument] = Usual(_fit(row, made_at), count, made_at)
    return Learned(courses, swings)


@prepared
def _own(practice: One) -> QuerySet[ExpectedCourse, tuple[UUID, str, int, datetime]]:
    rows = ExpectedCourse.objects.filter(practice_id=practice)
    return rows.values_list("pk", "instrument", "courses", "made_at")


@lru_cache(maxsize=256)
def _kept(row: UUID, made_at: datetime) -> Mapping[str, float]:  # noqa: ARG001 - another when made anew
    """What was worked out, read once for each time that it was."""
    found: Mapping[str, float] = ExpectedCourse.objects.values_list("fit", flat=True).get(pk=row)
    return found


@lru_cache(maxsize=256)
def _fit(row: UUID, made_at: datetime) -> Fit:
    return Fit.from_json(_kept(row, made_at))


@cache
def references() -> Mapping[str, Usual[Fit]]:
    """The courses that are expected where a practice has too few of its own; read once."""
    stated = ((name, reference(name)) for name in library())
    return {
        name: Usual(one.fit, one.fit.people, source=one.source, assumptions=one.assumptions)
        for name, one in stated
        if one is not None
    }


def assumed(instrument: Instrument) -> Usual[Swing]:
    """A swing by the breadth of the scale."""
    low, high = instrument.range
    within, between = ((high - low) * share for share in (ASSUMED_WITHIN, ASSUMED_BETWEEN))
    return Usual(Swing(within, between))
