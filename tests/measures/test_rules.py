"""When measures are due, and how long a wrong PIN waits."""

from datetime import timedelta

import pytest

from holdspace.hour.measures.rules import (
    LONGEST_WAIT,
    PIN_TRIES,
    CannotMove,
    Moment,
    Standing,
    State,
    When,
    is_due,
    is_pin,
    may_try_again_at,
    move,
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
