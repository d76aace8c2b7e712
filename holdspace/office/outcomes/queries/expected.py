"""Which course is expected on each instrument: the practice's own, or else a stated reference."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet

from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.prepared import One, prepared
from holdspace.hour.measures.instruments import Instrument
from holdspace.office.outcomes import forecasting
from holdspace.office.outcomes.models import ExpectedCourse
from holdspace.office.outcomes.signals import Bounds
from holdspace.office.outcomes.statistics.growth.fitting import Fit


@dataclass(frozen=True, slots=True)
class Expectation:
    """A fitted course, from how many courses, and as of when; without a moment, a reference."""

    fit: Fit
    courses: int
    made_at: datetime | None = None
    source: str = ""
    verified: bool = True

    @property
    def is_own(self) -> bool:
        return self.made_at is not None

    def bounds(self, instrument: Instrument, first: float, session: int) -> Bounds | None:
        """The limits at a session, of those who began at `first`."""
        return forecasting.bounds(self.fit, instrument, first, session)


def expectations(by: Visitor) -> Mapping[str, Expectation]:
    """What is expected on each instrument: figures about nobody, for members of the practice."""
    return dict(references()) | {
        instrument: Expectation(_fit(row, made_at), courses, made_at)
        for row, instrument, courses, made_at in _own(practice=by.practice)
    }


@prepared
def _own(practice: One) -> QuerySet[ExpectedCourse, tuple[UUID, str, int, datetime]]:
    rows = ExpectedCourse.objects.filter(practice_id=practice)
    return rows.values_list("pk", "instrument", "courses", "made_at")


@lru_cache(maxsize=256)
def _fit(row: UUID, made_at: datetime) -> Fit:  # noqa: ARG001 - a fit that is made anew is another
    """The fit itself, read once for each time that it was made."""
    return Fit.from_json(ExpectedCourse.objects.values_list("fit", flat=True).get(pk=row))


def references() -> Mapping[str, Expectation]:
    return {}
