"""States of a sheet and their moves; what of its past stays."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from holdspace.hour.worksheets.rules import (
    MOVES,
    CannotMove,
    Saved,
    State,
    move,
    page_name,
    thinned,
    together,
)
from tests.cast import NOW


def test_a_sheet_is_kept_gone_on_with_and_put_away() -> None:
    assert move(State.OPEN, State.KEPT) is State.KEPT
    assert move(State.KEPT, State.OPEN) is State.OPEN
    assert move(State.KEPT, State.PUT_AWAY) is State.PUT_AWAY
    assert set(MOVES) == set(State)


def test_what_was_put_away_stays_away() -> None:
    with pytest.raises(CannotMove, match="put away cannot become open"):
        move(State.PUT_AWAY, State.OPEN)


def saved(minutes: float, page: str = "a", *, stays: bool = False, **changed: list[Any]) -> Saved:
    return Saved(uuid4(), page, NOW + timedelta(minutes=minutes), changed, stays)


def went(versions: list[Saved]) -> list[UUID]:
    return [gone for ids, _changed in thinned(versions).values() for gone in ids]


def test_saves_of_one_page_within_five_minutes_become_one() -> None:
    one, two, late = saved(0, x=[None, "a"]), saved(1, x=["a", "b"], y=[None, 1]), saved(7)
    found = thinned([one, two, late])
    assert found == {two.id: ([one.id], {"x": [None, "b"], "y": [None, 1]})}


def test_what_another_page_saved_between_stays_apart() -> None:
    assert went([saved(0), saved(1, "b"), saved(2)]) == []


def test_what_was_kept_aside_or_as_a_whole_stays() -> None:
    assert went([saved(0), saved(1, stays=True), saved(2)]) == []


def test_nothing_is_thinned_to_nothing() -> None:
    assert thinned([]) == {}


def test_changes_together_go_from_the_first_to_the_last() -> None:
    assert together([{"x": [1, 2]}, {"x": [2, 3], "y": [0, 1]}]) == {"x": [1, 3], "y": [0, 1]}


@pytest.mark.parametrize("said", [None, 7, "", "x" * 37, "ü", "a\0b"])
def test_a_page_that_says_no_name_has_none(said: object) -> None:
    assert page_name(said) == ""
    assert page_name("a-page") == "a-page"
