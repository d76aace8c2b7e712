"""Today is full whatever the hour: by day, near midnight, and when the clock changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from holdspace.front.sample.days import Hours, course_of, is_away
from holdspace.front.sample.reading import story

LONDON = ZoneInfo("Europe/London")
OFFSETS = [-60, 0, 90, 240, 360, 480]
DAYS = [date(2026, 11, 23), date(2026, 3, 29), date(2026, 10, 25), date(2028, 2, 29)]
CLOCKS = [(0, 0), (0, 10), (1, 30), (8, 0), (10, 12), (13, 0), (19, 0), (21, 0), (23, 40)]


def at(day: date, hour: int, minute: int) -> Hours:
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)
    return Hours(local.astimezone(UTC), LONDON)


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("clock", [*CLOCKS, (23, 59)], ids=str)
def test_everything_of_today_begins_today_and_in_its_order(
    day: date, clock: tuple[int, int]
) -> None:
    hours = at(day, *clock)
    starts = [hours.planned(offset) for offset in OFFSETS]
    assert starts == sorted(starts)
    assert {start.astimezone(LONDON).date() for start in starts} == {day}


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("clock", CLOCKS, ids=str)
def test_what_is_planned_lies_after_now_and_what_is_done_before(
    day: date, clock: tuple[int, int]
) -> None:
    hours = at(day, *clock)
    assert all(hours.planned(offset) > hours.at for offset in OFFSETS[2:])
    assert hours.really(-10) < hours.really(0) == hours.at - timedelta(minutes=12)
    assert hours.planned(-60) < hours.planned(0)


def test_by_day_every_session_has_its_own_length_and_no_two_meet() -> None:
    hours = at(DAYS[0], 10, 12)
    ends = [hours.planned_end(o, m, is_begun=o == 0) for o, m in zip(OFFSETS, LENGTHS, strict=True)]
    starts = [hours.planned(offset) for offset in OFFSETS]
    lengths = [(end - start).seconds // 60 for start, end in zip(starts, ends, strict=True)]
    assert lengths == LENGTHS
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))


LENGTHS = [50, 50, 75, 50, 50, 90]


def test_in_the_evening_gaps_go_first_and_hours_stay_whole() -> None:
    hours = at(DAYS[0], 18, 0)
    assert hours.planned_end(90, 75, is_begun=False) - hours.planned(90) >= timedelta(minutes=74)
    assert hours.planned(480) + timedelta(minutes=90) <= at(DAYS[0], 23, 59).at + timedelta(
        minutes=1
    )


def test_the_session_that_goes_on_keeps_its_hour_even_at_midnight() -> None:
    hours = at(DAYS[0], 23, 40)
    assert hours.planned_end(0, 50, is_begun=True) - hours.planned(0) == timedelta(minutes=50)


@pytest.mark.parametrize("key", ["amara", "reyes", "theo", "grief"])
def test_the_series_of_what_today_names_lies_on_todays_weekday(key: str) -> None:
    saturday = date(2026, 11, 28)
    course = course_of(story().therapies[key], saturday, is_today=True)
    assert {day.weekday() for day in course.days} == {5}
    assert saturday not in course.days
    assert min(abs((day - saturday).days) for day in course.days) in {7, 14}


def test_a_therapy_that_ended_has_no_day_after_that() -> None:
    today = date(2026, 11, 23)
    assert max(course_of(story().therapies["dev"], today, is_today=False).days) <= (
        today - timedelta(weeks=52)
    )


@pytest.mark.parametrize(
    ("day", "away"),
    [("2025-12-25", True), ("2026-01-01", True), ("2026-04-05", True), ("2026-08-10", True),
     ("2026-06-10", False), ("2026-11-20", False)],
)  # fmt: skip
def test_there_are_holidays_but_none_near_today(day: str, away: bool) -> None:  # noqa: FBT001
    assert is_away("mira", date.fromisoformat(day), date(2026, 11, 23)) is away
    assert not is_away("mira", date(2026, 12, 25), date(2026, 12, 25))
