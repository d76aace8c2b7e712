"""How a day is laid out."""

from datetime import timedelta

import pytest

from holdspace.front.desk.rules import Moment, gap, is_warm, moment, next_free
from tests.cast import NOW

END = NOW + timedelta(minutes=50)


@pytest.mark.parametrize(
    ("state", "minutes", "expected"),
    [
        ("planned", -1, Moment.TO_COME),
        ("planned", 0, Moment.NOW),
        ("planned", 50, Moment.TO_COME),
        ("begun", 90, Moment.NOW),
        ("held", 10, Moment.DONE),
        ("not held", 10, Moment.DONE),
    ],
)
def test_a_session_stands_somewhere_in_the_day(state: str, minutes: int, expected: Moment) -> None:
    assert moment(state, NOW, END, NOW + timedelta(minutes=minutes)) is expected


def test_a_quarter_of_an_hour_is_worth_a_line() -> None:
    found = gap((NOW, END), END + timedelta(minutes=15))
    assert found is not None
    assert (found.starts_at, found.minutes) == (END, 15)


def test_less_is_not_and_before_the_first_there_is_none() -> None:
    assert gap((NOW, END), END + timedelta(minutes=14)) is None
    assert gap(None, NOW) is None


def test_the_edge_warms_ten_minutes_before_the_end() -> None:
    assert not is_warm(END, END - timedelta(minutes=11))
    assert is_warm(END, END - timedelta(minutes=10))
    assert not is_warm(None, END)


def test_who_waits_next() -> None:
    assert next_free([(NOW, END), (END, END)], NOW) == END
    assert next_free([(NOW, END)], NOW) is None
