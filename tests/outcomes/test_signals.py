"""What scores show, and what they do not: pure, on made-up courses."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.hour.measures.change import change
from holdspace.hour.measures.instruments import Direction, library, load
from holdspace.office.outcomes.criteria import Criterion, Which, by_norms, criterion, sides_of
from holdspace.office.outcomes.rules import KIND_OF, RANK, Finding, tone
from holdspace.office.outcomes.signals import (
    Bounds,
    Line,
    derived,
    is_alliance,
    of_alliance,
    of_missing,
)
from holdspace.office.outcomes.statistics.alliance import Swing

PHQ9, RATING = load("phq9"), load("session_rating")
WELL_BEING = load("rand36_ewb")
USUAL = Swing(0.8, 1.0)


def line(*totals: float, bounds: Bounds | None = None, session: int | None = None) -> Line:
    compared = change(PHQ9, totals[0], totals[-1]) if len(totals) > 1 else None
    at = session or len(totals)
    return Line(PHQ9, totals, at, compared, criterion(PHQ9), bounds)


def findings(one: Line) -> list[Finding]:
    return [signal.finding for signal in derived(one)]


@pytest.mark.parametrize(
    ("totals", "found"),
    [
        ((14, 20), [Finding.WORSE]),
        ((14, 19), []),
        ((20, 14), [Finding.BETTER]),
        ((16, 10), [Finding.BETTER]),  # still a case
        ((15, 9), [Finding.RECOVERED]),
        ((9, 3), [Finding.BETTER]),  # was never on the other side
        ((14,), []),
    ],
)
def test_change_is_judged_by_the_published_rule(
    totals: tuple[float, ...], found: list[Finding]
) -> None:
    assert findings(line(*totals)) == found


def test_without_a_cut_off_better_is_no_more_than_better() -> None:
    assert findings(replace(line(20, 3), criterion=None)) == [Finding.BETTER]


def test_one_score_alone_is_no_change() -> None:
    assert findings(replace(line(20), change=change(PHQ9, None, 20))) == []
    assert findings(replace(line(20), change=change(PHQ9, 20, None))) == []


@pytest.mark.parametrize(
    ("last", "found"),
    [(16, []), (17, [Finding.WATCH]), (18, [Finding.WATCH]), (19, [Finding.NOT_ON_TRACK])],
)
def test_a_course_is_held_against_those_who_began_alike(last: float, found: list[Finding]) -> None:
    assert findings(line(14, last, bounds=Bounds(edge=18, watch=16, half_by=None))) == found


def test_where_higher_is_better_lower_is_off_the_course() -> None:
    bounds = Bounds(edge=30, watch=35, half_by=None)
    low = Line(WELL_BEING, (40, 28), 2, None, None, bounds)
    assert findings(low) == [Finding.NOT_ON_TRACK]
    assert findings(replace(low, totals=(40, 33))) == [Finding.WATCH]
    assert findings(replace(low, totals=(40, 41))) == []


def test_nothing_is_said_of_a_course_at_its_first_session() -> None:
    assert findings(line(14, 25, bounds=Bounds(18, 16, None), session=1)) == [Finding.WORSE]


@pytest.mark.parametrize(
    ("session", "last", "half_by", "found"),
    [
        (8, 14, 8, [Finding.NO_CHANGE]),
        (7, 14, 8, []),
        (8, 8, 8, [Finding.RECOVERED]),
        (8, 14, None, []),
    ],
)
def test_no_change_is_named_when_half_had_changed(
    session: int, last: float, half_by: int | None, found: list[Finding]
) -> None:
    bounds = Bounds(27, 27, half_by)
    assert findings(line(15, last, bounds=bounds, session=session)) == found


def test_who_has_no_room_to_improve_is_not_asked_to() -> None:
    assert findings(line(4, 4, bounds=Bounds(27, 27, 2), session=9)) == []


def test_what_is_not_validated_is_compared_with_nobody() -> None:
    ours = replace(PHQ9, validated=False)
    assert derived(replace(line(5, 20), instrument=ours)) == []


@pytest.mark.parametrize(("times", "is_said"), [(0, False), (1, False), (2, True), (5, True)])
def test_two_in_a_row_without_an_answer_are_said(times: int, is_said: bool) -> None:  # noqa: FBT001
    assert (of_missing(times) is not None) is is_said


# ------------------------------------------------------------------ ratings


def fall(*ratings: float | None) -> Finding | None:
    signal = of_alliance(ratings, USUAL)
    return signal.finding if signal else None


@pytest.mark.parametrize(
    ("ratings", "found"),
    [
        ((9, 9, 9, 9, 6.5), Finding.RUPTURE),
        ((9, 9, 9, 9, 7.8), Finding.DROP),
        ((9, 9, 9, 9, 8.5), None),
        ((9, 9, 9, 9, 6.5, 9), Finding.REPAIR),
        ((9, 9, 9, 9, 6.5, 9, 9), None),  # made good, and long said
        ((9, 9, 9, 9, 7.8, 9), Finding.REPAIR),
        ((9, 9, 9, 9, 6.5, 6.5, 6.5, 6.5), None),  # it has been said three times
        ((9,), None),
        ((9, 9, None, 9, 6), Finding.RUPTURE),
    ],
)
def test_a_fall_is_said_while_it_stands_and_its_return_once(
    ratings: tuple[float | None, ...], found: Finding | None
) -> None:
    assert fall(*ratings) is found


def test_a_session_rating_is_about_the_relationship() -> None:
    assert is_alliance(RATING)
    assert not is_alliance(PHQ9)


# ------------------------------------------------------------------ criteria


def test_a_published_cut_off_comes_before_one_worked_out() -> None:
    found = criterion(PHQ9)
    assert found is not None
    assert (found.which, found.value, found.operator) == (Which.PUBLISHED, 10, ">=")


def test_a_functional_cut_off_is_turned_round() -> None:
    found = criterion(load("pcl5"))
    assert found is not None
    assert (found.value, found.operator) == (28, ">")
    assert found.is_crossed(29, 28)
    assert not found.is_crossed(28, 20)


def test_criterion_c_is_weighted_by_the_spreads() -> None:
    found = by_norms(PHQ9)
    assert found is not None
    assert found.which is Which.C
    assert found.value == pytest.approx((4.25 * 2.7 + 3.5 * 16.65) / (4.25 + 3.5))


def test_norms_that_do_not_overlap_give_criterion_b_by_the_functional_deviation() -> None:
    apart = tuple(replace(one, sd=1.0) for one in PHQ9.spread)
    found = by_norms(replace(PHQ9, spread=apart, cutoffs=()))
    assert found is not None
    assert (found.which, found.value, found.operator) == (Which.B, 2.7 + 2, ">")


def test_without_a_functional_norm_criterion_a_remains() -> None:
    clinical = tuple(one for one in PHQ9.spread if one.population.startswith("UK"))
    found = criterion(replace(PHQ9, spread=clinical, cutoffs=()))
    assert found is not None
    assert found.which is Which.A
    assert found.value == pytest.approx(16.65 - 8.5)


def test_where_higher_is_better_the_other_side_is_beyond() -> None:
    turned = replace(PHQ9, direction=Direction.HIGHER_BETTER, cutoffs=())
    found = by_norms(turned)
    assert found is not None
    assert found.operator == "<"


def test_a_cut_off_for_some_ages_or_one_sex_is_not_applied() -> None:
    of_some = tuple(replace(one, ages=(12, 17)) for one in PHQ9.cutoffs)
    found = criterion(replace(PHQ9, cutoffs=of_some))
    assert found is not None
    assert found.which is Which.C


def test_an_instrument_without_norms_has_no_criterion() -> None:
    assert criterion(WELL_BEING) is None


def test_the_sides_are_populations_that_the_library_knows() -> None:
    for name, sides in sides_of().items():
        known = {one.population for one in library()[name].spread}
        assert set(sides.values()) <= known


# ------------------------------------------------------------------ the table


def test_every_finding_has_its_kind_and_its_place() -> None:
    assert set(KIND_OF) == set(RANK) == set(Finding)
    assert [tone(one) for one in (Finding.SAFETY, Finding.WATCH, Finding.BETTER)] == [
        "look", "soon", "",
    ]  # fmt: skip


@given(st.lists(st.integers(0, 27), min_size=2, max_size=12), st.integers(0, 27))
def test_a_worse_last_score_never_takes_a_signal_about_the_course_away(
    totals: list[int], edge: int
) -> None:
    bounds = Bounds(edge, max(edge - 2, 0), None)

    def is_off(last: int) -> bool:
        found = findings(line(*totals[:-1], last, bounds=bounds, session=len(totals)))
        return Finding.NOT_ON_TRACK in found

    assert is_off(27) or not any(is_off(last) for last in range(27))
    assert all(is_off(high) for low in range(27) if is_off(low) for high in range(low, 28))


def test_a_criterion_is_crossed_one_way_only() -> None:
    cut = Criterion(Which.PUBLISHED, 10, ">=", "somewhere", verified=True)
    assert cut.is_crossed(10, 9)
    assert not cut.is_crossed(9, 10)
