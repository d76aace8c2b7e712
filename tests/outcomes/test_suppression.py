"""Small numbers are hidden, and cannot be worked out from what is shown."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from holdspace.office.outcomes.statistics.indices import CannotCompare
from holdspace.office.outcomes.statistics.suppression import suppress

TABLES = st.integers(1, 4).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(0, 30), min_size=columns, max_size=columns), min_size=1, max_size=4
    )
)


def sums(table: list[list[int]]) -> list[list[int]]:
    wider = [[*row, sum(row)] for row in table]
    return [*wider, [sum(column) for column in zip(*wider, strict=True)]]


def reach(shown: list[list[int | None]], row: int, column: int) -> tuple[float, float]:
    """What a hidden count may be, as far as anybody can tell from the shown ones."""
    places = np.arange(len(shown) * len(shown[0])).reshape(len(shown), -1)
    lines = [*places, *places.T]
    equations = np.zeros((len(lines), places.size))
    for equation, line in zip(equations, lines, strict=True):
        equation[line[:-1]], equation[line[-1]] = 1, -1
    known = [count for each in shown for count in each]
    bounds = [(0, None) if count is None else (count, count) for count in known]
    aim = np.zeros(places.size)
    aim[places[row, column]] = 1
    found = [
        linprog(sign * aim, A_eq=equations, b_eq=np.zeros(len(lines)), bounds=bounds)
        for sign in (1, -1)
    ]
    low, high = (None if each.fun is None else float(each.fun) for each in found)
    return low or 0.0, np.inf if high is None else -high


def test_a_table_without_small_numbers_is_shown_whole() -> None:
    assert suppress([[10, 20], [30, 40]]) == [[10, 20, 30], [30, 40, 70], [40, 60, 100]]


def test_a_small_number_takes_others_with_it() -> None:
    shown = suppress([[3, 20, 30], [40, 50, 60], [70, 80, 90]])
    assert shown[0][:2] == [None, None]
    assert shown[1][:2] == [None, None]
    assert shown[2] == [70, 80, 90, 240]
    assert [row[3] for row in shown] == [53, 150, 240, 443]


def test_noughts_that_stand_together_do_not_tell_on_each_other() -> None:
    shown = suppress([[0, 0, 30], [40, 50, 60], [70, 80, 90]])
    assert shown[0] == [None, None, None, 30]


def test_noughts_may_be_shown_where_they_tell_nothing() -> None:
    assert suppress([[0, 20], [30, 40]], show_nought=True)[0] == [0, 20, 20]


def test_one_row_of_counts_hides_two_of_them() -> None:
    (row, _) = suppress([[3, 9, 20, 30]])
    assert row == [None, None, 20, 30, 62]


def test_of_nobody_nothing_is_shown() -> None:
    assert suppress([[0]]) == [[None, None], [None, None]]


@given(TABLES)
@example([[0, 0, 0, 0], [0, 0, 0, 5], [0, 0, 6, 0]])
@example([[0, 0, 0, 0], [5, 0, 0, 0], [6, 0, 0, 5]])
@settings(max_examples=40, deadline=None)
def test_what_is_hidden_cannot_be_worked_out(table: list[list[int]]) -> None:
    shown, true = suppress(table), sums(table)
    for row, counts in enumerate(true):
        for column, count in enumerate(counts):
            if shown[row][column] is not None:
                assert shown[row][column] == count
                assert count >= 5
                continue
            low, high = reach(shown, row, column)
            assert low <= count <= high
            assert high - low >= 1


@pytest.mark.parametrize("table", [[], [[]], [[1, 2], [3]]])
def test_a_table_has_rows_of_one_length(table: list[list[int]]) -> None:
    with pytest.raises(CannotCompare, match="rows of one length"):
        suppress(table)


def test_a_count_is_not_below_nought() -> None:
    with pytest.raises(CannotCompare, match="not below 0"):
        suppress([[5, -1]])
