"""When measures are due, and how long a wrong PIN waits."""

from datetime import timedelta

import pytest

from holdspace.frame.practice.rules import is_pin
from holdspace.frame.therapy.rules import LONGEST_WAIT, PIN_TRIES, may_try_again_at
from holdspace.hour.measures.rules import (
    CannotMove,
    Moment,
    NotWeeks,
    Standing,
    State,
    When,
    is_due,
    move,
    remind_at,
    week_of,
    weeks_from,
)
from tests.cast import NOW


def test_a_finished_questionnaire_does_not_move() -> None:
    assert move(State.WAITING, State.BEGUN) is State.BEGUN
    with pytest.raises(CannotMove, match="finished cannot become begun"):
        move(State.FINISHED, State.BEGUN)


@pytest.mark.parametrize(
    ("when", "every", "standing", "before", "after"),
    [
        (When.EACH_SESSION, 1, Standing(7, 6, is_ending=False), True, False),
        (When.AFTER_EACH_SESSION, 1, Standing(7, 6, is_ending=False), False, True),
        (When.EVERY_N, 4, Standing(1, 0, is_ending=False), True, False),
        (When.EVERY_N, 4, Standing(4, 1, is_ending=False), False, False),
        (When.EVERY_N, 4, Standing(5, 1, is_ending=False), True, False),
        (When.ONCE, 1, Standing(3, 0, is_ending=False), True, False),
        (When.ONCE, 1, Standing(3, 1, is_ending=False), False, False),
        (When.AT_START_AND_END, 1, Standing(1, 0, is_ending=False), True, False),
        (When.AT_START_AND_END, 1, Standing(2, 1, is_ending=False), False, False),
        (When.AT_START_AND_END, 1, Standing(9, 1, is_ending=True), True, False),
        (When.AT_START_AND_END, 1, Standing(9, 2, is_ending=True), False, False),
    ],
)
def test_a_rule_says_when(
    when: When, every: int, standing: Standing, *, before: bool, after: bool
) -> None:
    assert is_due(when, every, Moment.BEFORE, standing) is before
    assert is_due(when, every, Moment.AFTER, standing) is after


@pytest.mark.parametrize(
    ("week", "last_week", "is_asked"),
    [(0, None, True), (1, 0, False), (6, 0, True), (7, 6, False), (20, 0, True), (20, 12, False)],
)
def test_a_rule_by_weeks_asks_once_for_the_newest_that_has_come(
    week: int, last_week: int | None, *, is_asked: bool
) -> None:
    standing = Standing(3, 1, is_ending=False, week=week, last_week=last_week)
    assert is_due(When.AT_WEEKS, 1, Moment.BEFORE, standing, (0, 6, 12)) is is_asked
    assert not is_due(When.AT_WEEKS, 1, Moment.AFTER, standing, (0, 6, 12))


def test_a_rule_by_weeks_waits_for_its_first() -> None:
    standing = Standing(1, 0, is_ending=False, week=2)
    assert not is_due(When.AT_WEEKS, 1, Moment.BEFORE, standing, (6,))


def test_a_session_a_day_early_belongs_to_its_week() -> None:
    began = NOW.date()
    assert [week_of(began + timedelta(days=day), began) for day in (0, 3, 4, 41, 45, 46)] == [
        0, 0, 1, 6, 6, 7,
    ]  # fmt: skip


def test_weeks_are_read_as_people_write_them() -> None:
    assert weeks_from("12, 0 6,6") == (0, 6, 12)


@pytest.mark.parametrize(
    "text", ["", "one", "-1", "521", "0000", "１", " ".join(map(str, range(13)))]
)
def test_what_is_no_list_of_weeks(text: str) -> None:
    with pytest.raises(NotWeeks):
        weeks_from(text)


@pytest.mark.parametrize(
    ("session", "ends", "wanted"),
    [(None, 14, 3), (None, 2, None), (9, 14, 8), (1, 14, None), (0.1, 14, None), (30, 14, None)],
)
def test_one_is_reminded_a_day_before_the_session_or_after_three(
    session: float | None, ends: float, wanted: float | None
) -> None:
    starts = None if session is None else NOW + timedelta(days=session)
    when = remind_at(NOW, starts, NOW + timedelta(days=ends))
    assert when == (None if wanted is None else NOW + timedelta(days=wanted))


@pytest.mark.parametrize("text", ["123", "1234567890123", "12a4", "", "１２３４"])
def test_what_is_no_pin(text: str) -> None:
    assert not is_pin(text)
    assert is_pin("0042")


def test_a_wrong_pin_waits_longer_each_time() -> None:
    assert may_try_again_at(0, None) is None
    assert may_try_again_at(PIN_TRIES - 1, NOW) is None
    assert may_try_again_at(PIN_TRIES, NOW) == NOW + timedelta(minutes=5)
    assert may_try_again_at(PIN_TRIES + 2, NOW) == NOW + timedelta(minutes=20)
    assert may_try_again_at(99, NOW) == NOW + LONGEST_WAIT
