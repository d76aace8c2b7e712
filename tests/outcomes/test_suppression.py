"""Small numbers are hidden, and cannot be worked out from what is shown."""

from collections.abc import Collection, Mapping
from itertools import product

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from holdspace.office.outcomes.statistics.indices import CannotCompare
from holdspace.office.outcomes.statistics.suppression import suppress, together

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


# The same eleven people by how they did and by where they were seen.
CUT_TWICE = {
    ("better", "town"): 9,
    ("better", "coast"): 6,
    ("same", "town"): 2,
    ("same", "coast"): 8,
}


def cut(at: int, word: str) -> list[tuple[str, str]]:
    return [cell for cell in CUT_TWICE if cell[at] == word]


def test_two_cuts_of_the_same_people_do_not_tell_a_cell_that_neither_shows() -> None:
    """Eleven in town and nine better in town leave two; no table by itself shows these."""
    counts: dict[str, Collection[tuple[str, str]]] = {
        "better": cut(0, "better"), "town": cut(1, "town"), "better in town": [("better", "town")],
    }  # fmt: skip
    assert together(CUT_TWICE, {"town": cut(1, "town"), "better": cut(0, "better")}) == {
        "town": 11, "better": 15,
    }  # fmt: skip
    assert together(CUT_TWICE, counts) == {"better": 15, "town": 11, "better in town": None}


def test_a_total_beside_a_table_does_not_tell_what_the_table_leaves_out() -> None:
    cells = {"planned": 20, "unplanned": 3, "ongoing": 30}
    counts = {**{name: [name] for name in cells}, "all": list(cells)}
    shown = together(cells, counts, last=("all",))
    assert shown == {"planned": None, "unplanned": None, "ongoing": 30, "all": 53}
    alone = together(cells, {name: [name] for name in cells})
    assert alone == {"planned": 20, "unplanned": None, "ongoing": 30}


def test_quarters_beside_the_year_do_not_tell_a_small_quarter() -> None:
    quarters = {f"Q{n}": count for n, count in enumerate((12, 3, 15, 20), start=1)}
    counts = {**{name: [name] for name in quarters}, "year": list(quarters)}
    assert together(quarters, counts) == {"Q1": None, "Q2": None, "Q3": 15, "Q4": 20, "year": 50}


def test_a_number_of_nobody_at_all_is_known_to_be_nought() -> None:
    assert together({"a": 7}, {"a": ["a"], "none": []}) == {"a": 7, "none": 0}


def test_what_is_to_be_hidden_last_is_hidden_where_nothing_else_helps() -> None:
    cells = {"a": 2, "b": 4}
    assert together(cells, {"both": ["a", "b"]}, last=("both",)) == {"both": 6}
    told = {"both": ["a", "b"], "again": ["a", "b"], "b": ["b"]}
    assert together({"a": 2, "b": 9}, told, last=("both", "again"))["b"] is None


SMALL = st.lists(st.integers(0, 5), min_size=2, max_size=4)
SOME = st.lists(st.frozensets(st.integers(0, 3), min_size=1), min_size=1, max_size=5, unique=True)
THREE = 3  # instead of five: everything that agrees can then be written down


def agreeing(
    cells: list[int], counts: Mapping[int, frozenset[int]], shown: Mapping[int, int | None]
) -> list[tuple[int, ...]]:
    """Everything that the cells may be, up to where a number is no longer small."""
    most = [
        min([n for name, n in shown.items() if n is not None and cell in counts[name]] or [THREE])
        for cell in range(len(cells))
    ]
    return [
        guess
        for guess in product(*(range(n + 1) for n in most))
        if all(n is None or sum(guess[c] for c in counts[name]) == n for name, n in shown.items())
    ]


@given(SMALL, SOME, st.booleans())
@settings(max_examples=120, deadline=None)
def test_no_small_number_is_told_by_everything_that_is_shown(
    cells: list[int],
    sums: list[frozenset[int]],
    show_nought: bool,  # noqa: FBT001 - a case
) -> None:
    """Every way to fill the cells that agrees with the page is looked at, one by one."""
    there = frozenset(range(len(cells)))
    counts = {name: of & there for name, of in enumerate(sums)}
    shown = together(dict(enumerate(cells)), counts, fewest=THREE, show_nought=show_nought)
    guesses = agreeing(cells, counts, shown)
    least = 1 if show_nought else 0
    secret = [frozenset({c}) for c, n in enumerate(cells) if 1 <= n < THREE]
    for name, of in counts.items():
        n = sum(cells[c] for c in of)
        assert shown[name] in {None, n}
        if of and least <= n < THREE:
            assert shown[name] is None
            secret.append(of)
    for of in secret:
        assert max(sum(guess[c] for c in of) for guess in guesses) >= THREE


@given(SMALL, SOME)
@settings(max_examples=60, deadline=None)
def test_what_is_hidden_though_large_is_not_told_either(
    cells: list[int], sums: list[frozenset[int]]
) -> None:
    counts = {name: of & frozenset(range(len(cells))) for name, of in enumerate(sums)}
    shown = together(dict(enumerate(cells)), counts, fewest=THREE)
    guesses = agreeing(cells, counts, shown)
    hidden = [of for name, of in counts.items() if of and shown[name] is None]
    for of in hidden:
        assert len({sum(guess[c] for c in of) for guess in guesses}) > 1


@pytest.mark.parametrize("table", [[], [[]], [[1, 2], [3]]])
def test_a_table_has_rows_of_one_length(table: list[list[int]]) -> None:
    with pytest.raises(CannotCompare, match="rows of one length"):
        suppress(table)


def test_a_count_is_not_below_nought() -> None:
    with pytest.raises(CannotCompare, match="not below 0"):
        suppress([[5, -1]])
