"""What a session can be, and when something is free."""

from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.hour.encounters.rules import (
    MOVES,
    Attended,
    CannotMove,
    Holder,
    OutOfReach,
    State,
    Taken,
    WhoCancelled,
    absence,
    check_begin,
    check_real,
    check_slot,
    conflicts,
    free_times,
    move,
    overlap,
    real_end,
    state_after,
)

TEN = datetime(2026, 3, 2, 10, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
ROOM, MEMBER = UUID(int=1), UUID(int=2)


def later(minutes: int) -> datetime:
    return TEN + timedelta(minutes=minutes)


def taken(start: int, end: int, holder: UUID = ROOM) -> Taken:
    return Taken(later(start), later(end), Holder.ROOM, holder)


def test_only_the_moves_of_the_table_are_made() -> None:
    for state, to in product(State, State):
        if to in MOVES[state]:
            assert move(state, to) is to
        else:
            with pytest.raises(CannotMove, match="cannot become"):
                move(state, to)


@pytest.mark.parametrize("minutes", [1, 7, 50, 180, 1440])
def test_a_session_of_any_sensible_length_may_be_planned(minutes: int) -> None:
    check_slot(TEN, minutes, at=TEN)


@pytest.mark.parametrize("minutes", [-5, 0, 1441])
def test_a_session_of_no_length_or_of_days_may_not(minutes: int) -> None:
    with pytest.raises(OutOfReach, match="24 hours"):
        check_slot(TEN, minutes, at=TEN)


def test_a_session_lies_within_five_years() -> None:
    check_slot(TEN + timedelta(days=1820), 50, at=TEN)
    check_slot(TEN - timedelta(days=1820), 50, at=TEN)
    with pytest.raises(OutOfReach, match="five years ahead"):
        check_slot(TEN + timedelta(days=1831), 50, at=TEN)
    with pytest.raises(OutOfReach, match="five years back"):
        check_slot(TEN - timedelta(days=1831), 50, at=TEN)


def test_a_session_is_begun_on_its_day() -> None:
    check_begin(TEN, later(50), at=later(-60))
    with pytest.raises(OutOfReach, match="planned for later"):
        check_begin(TEN, later(50), at=later(-60 * 13))
    with pytest.raises(OutOfReach, match="long past"):
        check_begin(TEN, later(50), at=later(60 * 14))


def test_real_times_have_been_and_are_in_order() -> None:
    check_real(TEN, later(50), at=later(60))
    check_real(TEN, None, at=later(60))
    for began, ended, why in [
        (TEN, later(50), "still to come"),
        (later(-50), later(-51), "before it began"),
        (later(-1441), TEN, "24 hours"),
        (TEN.replace(year=1926), None, "five years back"),
    ]:
        with pytest.raises(OutOfReach, match=why):
            check_real(began, ended, at=TEN)


def test_a_session_that_was_left_open_ended_as_planned() -> None:
    assert real_end(TEN, later(50), at=later(61)) == later(61)
    assert real_end(TEN, later(50), at=later(600)) == later(50)
    assert real_end(later(55), later(50), at=later(600)) == later(55)


def test_cancelling_in_time_depends_on_what_the_practice_chose() -> None:
    told = TEN - timedelta(hours=24)
    assert absence(WhoCancelled.CLIENT, TEN, told, 24) is Attended.CANCELLED_WITH_NOTICE
    assert absence(WhoCancelled.CLIENT, TEN, told, 48) is Attended.CANCELLED_LATE
    assert absence(WhoCancelled.THERAPIST, TEN, TEN, 24) is Attended.THERAPIST_CANCELLED
    assert absence(WhoCancelled.HOLIDAY, TEN, TEN, 24) is Attended.HOLIDAY


def test_a_session_to_which_nobody_came_was_not_held() -> None:
    gone, here = Attended.DID_NOT_COME, Attended.LATE
    assert state_after(State.BEGUN, [gone, gone], is_over=True) is State.NOT_HELD
    assert state_after(State.NOT_HELD, [gone], is_over=True) is State.NOT_HELD
    assert state_after(State.BEGUN, [gone, here], is_over=True) is State.BEGUN
    assert state_after(State.HELD, [], is_over=True) is State.HELD


def test_a_session_to_which_somebody_came_after_all_was_held() -> None:
    assert state_after(State.NOT_HELD, [Attended.ATTENDED], is_over=True) is State.HELD
    assert state_after(State.NOT_HELD, [Attended.EXPECTED], is_over=False) is State.PLANNED


def test_one_session_may_begin_as_another_ends() -> None:
    assert not overlap(TEN, later(50), taken(50, 100))
    assert not overlap(TEN, later(50), taken(-50, 0))
    assert overlap(TEN, later(51), taken(50, 100))
    assert overlap(TEN, later(50), taken(10, 20))


@given(st.tuples(*[st.integers(-300, 300)] * 4))
def test_overlapping_is_the_same_both_ways(ends: tuple[int, int, int, int]) -> None:
    a, b, c, d = ends
    one, other = taken(a, max(a + 1, b)), taken(c, max(c + 1, d))
    assert overlap(one.start, one.end, other) == overlap(other.start, other.end, one)


def test_each_thing_in_the_way_is_named_once() -> None:
    both = [taken(30, 40), taken(0, 10), taken(0, 50, MEMBER), taken(90, 99, UUID(int=3))]
    assert [one.holder_id for one in conflicts(both, TEN, later(50))] == [ROOM, MEMBER]


def test_the_nearest_free_time_is_offered() -> None:
    free = free_times([taken(0, 50)], TEN, 50, LONDON, at=later(-600))
    assert free == [later(50), later(-60), later(60)]


def test_what_is_past_is_not_offered() -> None:
    assert free_times([taken(0, 50)], TEN, 50, LONDON, at=later(55))[0] == later(60)


def test_a_full_day_leads_to_the_next() -> None:
    free = free_times([taken(-180, 840)], TEN, 50, LONDON, at=later(-600))
    assert free[0] == TEN + timedelta(days=1)


def test_nothing_is_offered_where_nothing_is_free() -> None:
    assert free_times([taken(-600, 60 * 24 * 30)], TEN, 50, LONDON, at=TEN) == []


def test_a_time_in_the_night_is_offered_by_day() -> None:
    night = [Taken(later(780), later(830), Holder.ROOM, ROOM)]
    free = free_times(night, later(780), 180, LONDON, at=TEN)
    assert f"{free[0]:%H:%M}" == "17:00"


@given(st.lists(st.tuples(st.integers(-600, 2000), st.integers(1, 300)), max_size=12))
def test_what_is_offered_is_free_and_within_working_hours(spans: list[tuple[int, int]]) -> None:
    full = [taken(start, start + length) for start, length in spans]
    for start in free_times(full, TEN, 50, LONDON, at=TEN):
        assert not conflicts(full, start, start + timedelta(minutes=50))
        assert 8 <= start.hour < 20
        assert start >= TEN
