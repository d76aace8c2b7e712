"""Falls of session ratings: at one and two deviations, by the stricter of two swings."""

import pytest

from holdspace.office.outcomes.statistics.alliance import (
    Fall,
    Swing,
    falls,
    level,
    own_swing,
    swing,
)
from holdspace.office.outcomes.statistics.indices import CannotCompare

USUAL = Swing(within=1.0, between=2.0)


def test_a_steady_alliance_has_no_falls() -> None:
    found = falls([30, 31, 30, 32, 31, 30], USUAL)
    assert (found.watch, found.rupture) == ((), ())


def test_a_deep_fall_is_one_at_both_thresholds() -> None:
    found = falls([30, 30, 30, 30, 25, 30], USUAL)
    assert found.rupture == (Fall(5, 30, 5, 2, 2, lowest=25, length=1, repaired=6),)
    assert found.watch == (Fall(5, 30, 5, 2, 1, lowest=25, length=1, repaired=6),)


def test_a_shallow_fall_is_one_to_watch_and_no_rupture() -> None:
    found = falls([30, 30, 30, 30, 27.5, 30], USUAL)
    assert len(found.watch) == 1
    assert found.rupture == ()


def test_a_fall_of_exactly_the_threshold_counts() -> None:
    assert len(falls([30, 26], USUAL).rupture) == 1
    assert falls([30, 26.01], USUAL).rupture == ()


def test_repair_must_come_within_three_sessions_and_near_the_level() -> None:
    repaired = falls([30, 30, 20, 24, 28, 28], USUAL).rupture
    assert [(one.length, one.lowest, one.repaired) for one in repaired] == [(2, 20, 5)]
    late = falls([30, 30, 20, 20, 20, 20, 30], USUAL).rupture
    assert [(one.length, one.repaired) for one in late] == [(4, None)]


def test_after_a_fall_without_repair_the_new_level_counts() -> None:
    found = falls([30, 30, 20, 20, 20, 20, 20, 20, 12], USUAL).rupture
    assert [(one.session, one.repaired) for one in found] == [(3, None), (9, None)]
    assert found[1].level == 20


def test_a_session_without_a_rating_is_passed_over() -> None:
    found = falls([30, None, 30, None, 20, None, None, None, 30], USUAL).rupture
    assert [(one.session, one.repaired) for one in found] == [(5, None)]
    assert falls([None, None], USUAL).watch == ()


def test_the_level_is_the_higher_of_median_and_newer_ratings() -> None:
    assert level([30, 30, 10]) == 30
    assert level([20, 20, 40]) == pytest.approx(28)


def test_own_swing_takes_over_from_the_pooled_one_with_four_ratings() -> None:
    calm = Swing(within=8.0, between=1.0)
    assert own_swing([30], calm) == 8
    assert own_swing([30, 30], calm) == pytest.approx(16 / 3)
    assert own_swing([30, 30, 30, 30], calm) == 1
    lively = own_swing([30, 20, 34, 22, 36], calm)
    assert lively == pytest.approx(1.4826 * 12 / 2**0.5)


def test_who_swings_more_than_others_must_fall_further() -> None:
    lively = [26, 30, 27, 32, 28, 34]
    calm = [level(lively)] * 6
    assert falls([*lively, level(lively) - 4.1], USUAL).rupture == ()
    assert len(falls([*calm, level(lively) - 4.1], USUAL).rupture) == 1


def test_the_pooled_swings_come_from_everybody() -> None:
    found = swing([[30, None, 32, 30], [20, 22], [None, 25]])
    assert found.within == pytest.approx(1.4826 * 0 / 2**0.5)
    assert found.between == pytest.approx(4.8888, abs=5e-5)


def test_ratings_without_difference_are_refused() -> None:
    with pytest.raises(CannotCompare, match="No client has two ratings"):
        swing([[30], [None, 30]])
    with pytest.raises(CannotCompare, match="never differ"):
        swing([[30, 30], [30]])
