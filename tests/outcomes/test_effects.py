"""Effect sizes against published examples."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.hour.measures.instruments import Direction
from holdspace.office.outcomes.statistics.effects import (
    Standard,
    Summary,
    benchmark,
    correction,
    independent,
    paired,
    severity_adjusted,
    standardised,
)
from holdspace.office.outcomes.statistics.indices import CannotCompare, Scores
from holdspace.office.outcomes.statistics.table import Wide, scores
from tests.outcomes.files import claus, pairs, published

LOWER, HIGHER = Direction.HIGHER_WORSE, Direction.HIGHER_BETTER
TIMES = ("bdi.pre", "bdi.2m", "bdi.4m", "bdi.6m", "bdi.8m")


def both(score: str) -> tuple[Scores, Scores]:
    people = claus(score)
    return np.array([p.pre for p in people]), np.array([p.post for p in people])


def test_c15_from_first_to_last_in_england() -> None:
    """NHS 2022-23: PHQ-9 15.4 (5.5) to 9.4, GAD-7 14.0 (4.5) to 8.4."""
    assert standardised(15.4, 9.4, 5.5, direction=LOWER) == pytest.approx(1.0909, abs=5e-5)
    assert standardised(14.0, 8.4, 4.5, direction=LOWER) == pytest.approx(1.2444, abs=5e-5)


def test_c16_two_groups() -> None:
    """Borenstein et al. 2009, chapter 4."""
    found = independent(Summary(50, 103, 5.5), Summary(50, 100, 4.5))
    assert found.deviation == pytest.approx(5.0249, abs=5e-5)
    assert found.d == pytest.approx(0.5970, abs=5e-5)
    assert found.variance == pytest.approx(0.0418, abs=5e-5)
    assert found.variance**0.5 == pytest.approx(0.2044, abs=5e-5)
    assert correction(98) == pytest.approx(0.9923, abs=5e-5)
    assert found.g == pytest.approx(0.5924, abs=5e-5)
    assert found.variance_g == pytest.approx(0.0411, abs=5e-5)
    assert found.variance_g**0.5 == pytest.approx(0.2028, abs=5e-5)
    assert (found.low, found.high) == pytest.approx((0.1950, 0.9898), abs=5e-4)


def test_each_deviation_gives_its_own_effect() -> None:
    pre, post = both("bdi")
    change = pre - post
    expected = {
        Standard.FIRST: pre.std(ddof=1),
        Standard.AVERAGE: ((pre.var(ddof=1) + post.var(ddof=1)) / 2) ** 0.5,
        Standard.CHANGE: change.std(ddof=1),
        Standard.WITHIN: change.std(ddof=1) / (2 * (1 - np.corrcoef(pre, post)[0, 1])) ** 0.5,
    }
    for by, deviation in expected.items():
        found = paired(pre, post, direction=LOWER, by=by)
        assert found.d == pytest.approx(change.mean() / deviation, rel=1e-12)
        assert found.g == pytest.approx(found.d * correction(39), rel=1e-12)
        assert found.low < found.g < found.high


def test_the_variance_of_a_paired_effect_is_borensteins() -> None:
    """V = (1/n + d²/2n) 2(1 - r), with the deviation within."""
    pre, post = both("bdi")
    found = paired(pre, post, direction=LOWER, by=Standard.WITHIN)
    r = np.corrcoef(pre, post)[0, 1]
    assert found.variance == pytest.approx((1 / 40 + found.d**2 / 80) * 2 * (1 - r), rel=1e-12)


def test_higher_scores_are_better_where_the_measure_says_so() -> None:
    pre, post = both("who")
    up, down = (paired(pre, post, direction=each) for each in (HIGHER, LOWER))
    assert up.d == -down.d
    assert up.d > 0


def test_beat_the_blues_has_its_published_means_and_effects() -> None:
    """Everitt & Hothorn, A Handbook of Statistical Analyses Using R: independence model of BDI.

    Coefficients 3.569, 0.582 (BDI before), -3.237 (BtheB), 1.458 (over six months), -3.741 (drug).
    """
    table = scores(
        published("beat_the_blues"), Wide("rownames", TIMES, "treatment", ("length", "drug"))
    )
    assert table.faults == ()
    first = {one.person: one.score for one in table.scores if one.time == "bdi.pre"}
    after = [one for one in table.scores if one.time != "bdi.pre" and one.score is not None]
    design = np.array(
        [
            (1, first[o.person], o.group == "BtheB", o.also[0] == ">6m", o.also[1] == "Yes")
            for o in after
        ],
        float,
    )
    fitted = np.linalg.lstsq(design, np.array([one.score for one in after], float), rcond=None)[0]
    assert len(after) == 280
    assert fitted.tolist() == pytest.approx([3.569, 0.582, -3.237, 1.458, -3.741], abs=5e-4)


def test_beat_the_blues_did_more_than_usual_treatment() -> None:
    people = pairs("beat_the_blues", Wide("rownames", TIMES[:2], "treatment"), *TIMES[:2])
    usual, blues = (
        Summary(len(last), float(np.mean(last)), float(np.std(last, ddof=1)))
        for last in ([p.post for p in people if p.group == group] for group in ("TAU", "BtheB"))
    )
    assert (usual.n, blues.n) == (45, 52)
    assert (usual.mean, usual.sd) == pytest.approx((19.47, 11.08), abs=5e-3)
    assert (blues.mean, blues.sd) == pytest.approx((14.71, 10.12), abs=5e-3)
    assert independent(usual, blues).g > 0.4


def test_beside_its_own_people_nothing_is_adjusted() -> None:
    pre, post = both("bdi")
    own = severity_adjusted(pre, post, benchmark(pre, post), direction=LOWER)
    assert own.d == pytest.approx(paired(pre, post, direction=LOWER).d, rel=1e-12)


def test_who_begins_milder_is_not_held_to_have_done_less() -> None:
    pre = np.array([10.0, 15, 20, 25, 30])
    against = benchmark(pre, 0.5 * pre + np.array([1.0, -1, 0, -1, 1]))
    milder = np.array([6.0, 8, 10, 12])
    as_expected = against.intercept + against.slope * milder + np.array([0.5, -0.5, 0.5, -0.5])
    adjusted = severity_adjusted(milder, as_expected, against, direction=LOWER)
    assert adjusted.d == pytest.approx((20 - 10) / pre.std(ddof=1), rel=1e-12)
    assert adjusted.low < adjusted.g < adjusted.high


def test_effects_without_spread_or_people_are_refused() -> None:
    same = np.array([1.0, 2, 3])
    with pytest.raises(CannotCompare, match="must be above 0"):
        paired(same, same - 1, direction=LOWER, by=Standard.CHANGE)
    with pytest.raises(CannotCompare, match="must be above 0"):
        paired(np.array([1.0, 2]), np.array([1.1, 2.1]), direction=LOWER, by=Standard.WITHIN)
    with pytest.raises(CannotCompare, match="must be above 0"):
        paired(same, 2 * same, direction=LOWER, by=Standard.WITHIN)
    with pytest.raises(CannotCompare, match="at least two people"):
        independent(Summary(1, 3, 1), Summary(9, 3, 1))
    with pytest.raises(CannotCompare, match="must be above 0"):
        standardised(3, 2, 0, direction=LOWER)


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=2),
    st.sampled_from(Standard),
)
def test_an_effect_is_a_number_within_its_interval_or_refused(
    both: list[tuple[int, int]], by: Standard
) -> None:
    pre, post = (np.array(each, float) for each in zip(*both, strict=True))
    try:
        found = paired(pre, post, direction=LOWER, by=by)
    except CannotCompare:
        return
    assert found.low <= found.g <= found.high
    assert np.isfinite([found.low, found.high]).all()
