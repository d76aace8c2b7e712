"""What the tests of the diary plan with."""

from datetime import UTC, datetime, timedelta
from typing import Any

from holdspace.frame.practice.rules import PlaceKind
from holdspace.frame.therapy.models import Therapy
from holdspace.hour.encounters import actions
from holdspace.hour.encounters.models import Series, Session
from holdspace.hour.encounters.recurrence import Every, Rule
from tests.cast import NOW, Cast

TUESDAY = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
WEEKLY = Rule(Every.WEEK, count=4)


def slot(starts_at: datetime = TUESDAY, minutes: int = 50, **more: Any) -> actions.Slot:
    return actions.Slot(starts_at, minutes, **more)


def video(starts_at: datetime = TUESDAY, minutes: int = 50) -> actions.Slot:
    return slot(starts_at, minutes, place=PlaceKind.VIDEO)


def planned(cast: Cast, therapy: str = "amara", who: str = "mira", **more: Any) -> Session:
    found: Therapy = getattr(cast, therapy)
    return actions.plan(found.id, slot(**more), by=cast.visitor(who), at=NOW)


def series(cast: Cast, rule: Rule = WEEKLY, therapy: str = "amara") -> Series:
    found: Therapy = getattr(cast, therapy)
    return actions.plan_series(found.id, slot(), rule, by=cast.visitor("mira"), at=NOW)


def of_series(made: Series) -> list[Session]:
    return list(Session.objects.filter(series=made).order_by("starts_at"))


def starts(sessions: list[Session]) -> list[str]:
    return [f"{one.starts_at:%m-%d %H:%M}" for one in sessions]


def week(number: int) -> datetime:
    """The Tuesday so many weeks on, by the clock of London in winter."""
    return TUESDAY + timedelta(weeks=number)
