"""Limits of funnel plots: the published formulas, exact ones for small numbers, over-dispersion."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from holdspace.office.outcomes.statistics.funnel import (
    Unit,
    exact_limit,
    funnel,
    limits,
    observed_over_expected,
    over_dispersion,
    z_score,
)
from holdspace.office.outcomes.statistics.indices import CannotCompare


def test_c19_limits_around_a_half_with_fifty_people() -> None:
    """Spiegelhalter 2005: p ± z √(p(1-p)/n) with z 1.96 and 3.09."""
    found = limits(0.5, 50)
    assert (found.low_95, found.high_95) == pytest.approx((0.361407, 0.638593), abs=5e-7)
    assert found.low_998 == pytest.approx(0.281504, abs=5e-7)


def test_small_numbers_have_exact_limits() -> None:
    """The interpolated quantile lies between the two counts around it."""
    found = exact_limit(0.1, 30, 0.025)
    count = int(binom.ppf(0.025, 30, 0.1))
    assert (count - 1) / 30 <= found <= count / 30
    assert limits(0.1, 30).low_95 == pytest.approx(found, abs=1e-4)
    assert limits(0.1, 30).low_998 == 0


def test_exact_and_normal_limits_meet_where_there_are_many() -> None:
    assert exact_limit(0.5, 4000, 0.975) == pytest.approx(limits(0.5, 4000).high_95, abs=2e-4)


@pytest.mark.parametrize("centre", [0.0, 1.0])
def test_of_none_or_all_there_is_no_doubt(centre: float) -> None:
    found = limits(centre, 30)
    assert (found.low_95, found.high_998) == (centre, centre)
    assert z_score(Unit("A", 3, 10), centre) == 0


@given(st.floats(0, 1), st.integers(1, 500), st.floats(0, 9))
def test_limits_lie_around_the_centre_and_within_what_can_be(
    centre: float, n: int, dispersion: float
) -> None:
    found = limits(centre, n, dispersion=dispersion)
    close = 1 / n + 1e-9  # exact limits of few people stand on either side to within one person
    assert 0 <= found.low_998 <= found.low_95 <= centre + close
    assert centre - close <= found.high_95 <= found.high_998 <= 1


def test_over_dispersion_widens_the_limits_by_its_root() -> None:
    plain, wide = limits(0.5, 400), limits(0.5, 400, dispersion=4)
    assert wide.high_95 - 0.5 == pytest.approx(2 * (plain.high_95 - 0.5))
    assert limits(0.5, 400, dispersion=0.3) == plain


def test_over_dispersion_is_the_mean_square_without_the_extremes() -> None:
    scores = [-1.0, 0, 1, 2, 30]
    assert over_dispersion(scores, winsorised=0) == pytest.approx(906 / 5)
    low, high = np.quantile(scores, [0.2, 0.8])
    pulled = np.clip(scores, low, high)
    assert over_dispersion(scores, winsorised=0.2) == pytest.approx(float(np.mean(pulled**2)))
    assert over_dispersion([]) == 1


def test_a_funnel_shows_units_in_the_order_given_and_marks_the_small_ones() -> None:
    found = funnel([Unit("B", 30, 60), Unit("A", 5, 10), Unit("none", 0, 0), Unit("C", 20, 50)])
    assert found.centre == pytest.approx(55 / 120)
    assert [point.unit.name for point in found.points] == ["B", "A", "C"]
    assert [point.shown for point in found.points] == [True, False, True]
    assert [point.share for point in found.points] == [0.5, 0.5, 0.4]


def test_scores_in_a_funnel_are_shrunk_by_over_dispersion() -> None:
    units = [Unit(str(n), events, 100) for n, events in enumerate([20, 80, 30, 70, 50])]
    found = funnel(units, centre=0.5, winsorised=0.1)
    assert found.dispersion > 1
    assert found.points[0].z == pytest.approx(z_score(units[0], 0.5) / found.dispersion**0.5)
    assert found.points[0].limits == limits(0.5, 100, dispersion=found.dispersion)


def test_observed_over_expected_has_limits_around_1() -> None:
    ratio, found = observed_over_expected(12, 9)
    assert ratio == pytest.approx(4 / 3)
    assert (found.low_95, found.high_95) == pytest.approx((1 - 1.96 / 3, 1 + 1.96 / 3))
    assert found.low_998 == 0
    assert observed_over_expected(12, 9, dispersion=4)[1].high_95 == pytest.approx(1 + 2 * 1.96 / 3)


def test_what_cannot_be_compared_says_so() -> None:
    with pytest.raises(CannotCompare, match="at least one person"):
        limits(0.5, 0)
    with pytest.raises(CannotCompare, match="share from 0 to 1"):
        limits(1.2, 10)
    with pytest.raises(CannotCompare, match="nobody to compare"):
        funnel([Unit("A", 0, 0)])
    with pytest.raises(CannotCompare, match="more events than people"):
        funnel([Unit("A", 3, 2)])
    with pytest.raises(CannotCompare, match="less than half"):
        over_dispersion([1.0], winsorised=0.5)
    with pytest.raises(CannotCompare, match="expected count must be above 0"):
        observed_over_expected(1, 0)
