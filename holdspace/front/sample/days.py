"""When sessions lie: the weeks behind and ahead, and a Today that is full at any hour.

All of it is laid around one moment. Today's times are minutes from the start of the session that
has just begun; where the day would run over midnight, first the gaps are drawn closer, then the
hours made shorter, so that everything still begins on the same date and in the same order.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateutil.easter import easter

from holdspace.hour.encounters import recurrence
from holdspace.hour.encounters.recurrence import Every, Rule, moment

WEEKS_BEHIND: Final = 78
WEEKS_AHEAD: Final = 12
BEGAN_AGO: Final = timedelta(minutes=12)
# The day of the therapist whose day it is, in minutes from the current session's start.
_STARTS_FIRST: Final = -60
_CURRENT_ENDS: Final = 50
_STRETCHES: Final = (
    (50, 90, False), (90, 165, True), (165, 240, False), (240, 290, True),
    (290, 360, False), (360, 410, True), (410, 480, False),
)  # fmt: skip
_LAST_MINUTES: Final = 90
_WEEKDAYS: Final = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
# Each member's two or three weeks in summer, as (month, day) from and to.
_SUMMERS: Final[dict[str, tuple[tuple[int, int], tuple[int, int]]]] = {
    "mira": ((8, 3), (8, 20)), "ines": ((8, 10), (8, 25)), "tomasz": ((7, 20), (8, 2)),
    "noor": ((8, 1), (8, 15)), "jonas": ((8, 17), (8, 31)),
}  # fmt: skip
_NEAR: Final = (timedelta(days=42), timedelta(days=14))  # nobody is away so near to now


@dataclass(frozen=True, slots=True)
class Course:
    """A therapy's series: its rule, its first day, and every day it names but today."""

    rule: Rule
    first: date
    days: tuple[date, ...]


def course_of(therapy: dict[str, Any], today: date, *, is_today: bool) -> Course:
    """The series of a therapy; one that Today names lies on the weekday that is today."""
    frame, weeks = therapy["frame"], min(WEEKS_BEHIND, therapy["started_weeks_ago"])
    weekdays = tuple(_WEEKDAYS.index(day) for day in frame["weekdays"])
    first = today - timedelta(weeks=weeks)
    if is_today:
        weekdays = (today.weekday(),)
        first = today - timedelta(weeks=weeks // frame["every"] * frame["every"])
    while first.weekday() not in weekdays:
        first += timedelta(days=1)
    ended = therapy["ended_weeks_ago"]
    ahead = WEEKS_AHEAD if ended is None else -ended
    rule = Rule(
        Every.WEEK, frame["every"], weekdays, until=max(first, today + timedelta(weeks=ahead))
    )
    days = tuple(day for day in recurrence.days(rule, first) if day != today)
    return Course(rule, first, days)


def is_away(member: str, day: date, today: date) -> bool:
    """Whether the practice is closed, or this member on holiday; never near today."""
    behind, ahead = _NEAR
    if today - behind <= day <= today + ahead:
        return False
    if (day.month, day.day) >= (12, 23) or (day.month, day.day) <= (1, 2):
        return True
    if timedelta(-3) <= day - easter(day.year) <= timedelta(4):
        return True
    since, until = _SUMMERS[member]
    return since <= (day.month, day.day) <= until


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of today, around a moment, in a time zone."""

    at: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        return self.at.astimezone(self.zone).date()

    def on(self, day: date, clock: str) -> datetime:
        """A time of the clock on another day."""
        return moment(day, time.fromisoformat(clock), self.zone)

    def planned(self, offset: int) -> datetime:
        """Where that lies which is so many minutes from the current session's start."""
        minute = _place(offset, list(self._knots()))
        return self._midnight() + timedelta(minutes=min(int(minute), self._length() - 1))

    def planned_end(self, offset: int, minutes: int, *, is_begun: bool) -> datetime:
        """The session that goes on has its whole hour; the others what the day leaves them."""
        start = self.planned(offset)
        if is_begun:
            return start + timedelta(minutes=minutes)
        end = self._midnight() + timedelta(
            minutes=int(_place(offset + minutes, list(self._knots())))
        )
        return max(end, start + timedelta(minutes=5))

    def really(self, offset: int) -> datetime:
        """When something of today really was: exactly, whatever the plan."""
        return self.at.astimezone(UTC) - BEGAN_AGO + timedelta(minutes=offset)

    def _midnight(self) -> datetime:
        return moment(self.today, time.min, self.zone)

    def _length(self) -> int:
        """Minutes of today: 1380 or 1500 where the clock changes."""
        tomorrow = moment(self.today + timedelta(days=1), time.min, self.zone)
        return (tomorrow - self._midnight()) // timedelta(minutes=1)

    def _knots(self) -> Iterator[tuple[float, float]]:
        """Minutes from the current start, and the minutes of the day where they come to lie."""
        now = (self.at - self._midnight()) // timedelta(minutes=1)
        current = max((now - BEGAN_AGO // timedelta(minutes=1)) // 5 * 5, 1)
        yield _STARTS_FIRST, max(current + _STARTS_FIRST, 0)
        yield 0, current
        soon = max(now - current + 1, 1)  # what is planned lies after now
        yield soon, current + soon
        stretches = ((soon, _CURRENT_ENDS, True), *_STRETCHES)
        sessions, gaps = _drawn_in(stretches, current + soon, self._length())
        place: float = current + soon
        for since, until, is_session in stretches:
            place += (until - since) * (sessions if is_session else gaps)
            yield until, place


def _drawn_in(
    stretches: tuple[tuple[int, int, bool], ...], since: int, length: int
) -> tuple[float, float]:
    """By what sessions and gaps are multiplied so that the last one fits into the day."""
    hours = sum(until - start for start, until, is_session in stretches if is_session)
    gaps = sum(until - start for start, until, is_session in stretches if not is_session)
    left = length - _LAST_MINUTES - since
    if left >= hours:
        return 1, min(1, (left - hours) / gaps)
    return min(1, max(0, length - 1 - since) / hours), 0


def _place(offset: int, knots: list[tuple[float, float]]) -> float:
    """Between two knots in proportion; before the first and after the last, minute by minute."""
    for (since, start), (until, end) in pairwise(knots):
        if since <= offset <= until and until > since:
            return start + (offset - since) * (end - start) / (until - since)
    near = knots[0] if offset < knots[0][0] else knots[-1]
    return near[1] + offset - near[0]
