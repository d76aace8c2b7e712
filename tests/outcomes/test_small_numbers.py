"""A practice's numbers of change: small ones are not told, nor by the tables beside them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdspace.hour.measures.instruments import load
from holdspace.office.outcomes.many_courses import POSSIBLE, Change, Outcome, Side, judge
from holdspace.office.outcomes.shown.small_numbers import Sum, in_all, of_change

NOTHING = judge(load("phq9"), [])


def change(*counts: int) -> Change:
    """Courses by their cells, in the order of what is possible."""
    return Change(
        sum(counts), NOTHING.cutoff, NOTHING.rule, 0, 0,
        dict(zip(POSSIBLE, counts, strict=True)), None,
    )  # fmt: skip


@given(st.lists(st.integers(0, 12), min_size=8, max_size=8))
@settings(max_examples=30, deadline=None)
def test_how_many_courses_there_are_is_always_told_where_they_are_five(counts: list[int]) -> None:
    shown = of_change(change(*counts), whole=True)
    assert shown[Sum.ALL] == (sum(counts) if sum(counts) >= 5 else None)


def test_who_is_no_longer_a_case_does_not_tell_on_who_recovered() -> None:
    """Twelve are no longer cases and ten of them recovered: two people would be left."""
    shown = of_change(change(10, 6, 6, 20, 7, 2, 9, 8), whole=True)
    assert (shown[Side.NO_LONGER], shown[Outcome.RECOVERED]) in {(12, None), (None, 10)}


def test_large_numbers_are_told_whole_and_ones_own_always() -> None:
    large, own = change(9, 8, 8, 8, 8, 8, 8, 8), change(1, 0, 0, 0, 0, 0, 0, 0)
    assert None not in of_change(large, whole=True).values()
    assert of_change(own, whole=False)[Outcome.RECOVERED] == 1


def test_nobody_can_be_where_nothing_is_published() -> None:
    rating = judge(load("session_rating"), [(0, 20, 40)] * 6)
    shown = of_change(rating, whole=True)
    assert (shown[Outcome.NOT_KNOWN], shown[Outcome.RECOVERED]) == (6, 0)
    assert rating.outcomes == [Outcome.NOT_KNOWN]


@pytest.mark.parametrize("counts", [[0, 0, 5], [4, 1, 0], [30, 4, 1], [9, 9, 9]])
def test_a_total_stays_and_no_small_part_follows_from_it(counts: list[int]) -> None:
    shown = in_all(counts, whole=True)
    assert all(n is None or n >= 5 for n in shown)
    assert shown.count(None) != 1
    assert in_all(counts, whole=False) == counts
