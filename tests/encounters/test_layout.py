"""How sessions lie on the calendar's page."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.hour.encounters import week
from holdspace.hour.encounters.layout import classes, hours_shown, lanes, shown
from tests.cast import TODAY, Cast, a_session

SPANS = st.lists(
    st.tuples(st.integers(0, 1400), st.integers(15, 300)).map(lambda one: (one[0], sum(one))),
    max_size=8,
)


def test_sessions_that_overlap_lie_side_by_side() -> None:
    assert lanes([(600, 650), (620, 670), (650, 700), (700, 750)]) == [
        (0, 2), (1, 2), (0, 2), (0, 1),
    ]  # fmt: skip


@given(SPANS)
def test_no_two_that_overlap_share_a_lane_while_there_is_room(spans: list[tuple[int, int]]) -> None:
    found = lanes(spans)
    for number, (one, lane) in enumerate(zip(spans, found, strict=True)):
        for other, beside in zip(spans[:number], found[:number], strict=True):
            if one[0] < other[1] and other[0] < one[1]:
                assert lane[1] == beside[1]
                assert lane != beside or lane[1] == 4


@pytest.mark.parametrize(
    ("span", "drawn"),
    [((600, 607), (600, 615)), ((1430, 1440), (1425, 1440)), ((1380, 1500), (1380, 1440))],
)
def test_a_session_is_drawn_within_its_day_and_high_enough(
    span: tuple[int, int], drawn: tuple[int, int]
) -> None:
    assert shown(span) == drawn


def test_the_hours_of_a_page_hold_every_session() -> None:
    assert hours_shown([]) == (8, 11)
    assert hours_shown([(30, 60), (1400, 1440)]) == (0, 24)
    assert hours_shown([(1140, 1190)]) == (8, 12)


def test_a_block_is_placed_by_classes() -> None:
    assert classes((607, 657), (0, 1)) == "h10 m5 d50 lane-0-of-1"
    assert classes((0, 1440), (1, 2)) == "h0 m0 d1440 lane-1-of-2"
    assert classes((600, 845), (0, 1)) == "h10 m0 d270 lane-0-of-1"


def test_a_session_at_midnight_lies_on_its_own_day(cast: Cast) -> None:
    session = a_session(cast.reyes, datetime(2026, 3, 4, 0, 0, tzinfo=UTC))
    blocks = week.blocks_of([session], ZoneInfo("Europe/London"), {})
    sheet = week.by_days(week.days_of(TODAY, "week"), blocks)
    assert (sheet.first_hour, sheet.hours) == (0, 19)
    assert [len(column.blocks) for column in sheet.columns] == [0, 0, 1, 0, 0]
