"""What a model expects of one person: worked limits, whole scores, nominal coverage."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.office.outcomes.statistics.growth.design import Basis, CannotPredict, Design
from holdspace.office.outcomes.statistics.growth.fitting import Fit, Method, fit
from holdspace.office.outcomes.statistics.growth.prediction import (
    Course,
    Scale,
    boundary,
    effects,
    forecast,
    probability_of_recovery,
    recovery_score,
)
from holdspace.office.outcomes.statistics.growth.rows import sums
from tests.outcomes.courses import courses, known_of

NOTHING = Course()
PHQ9 = Scale(0, 27)
WHO5 = Scale(0, 100, lower_is_better=False)
AT = [2, 5, 8, 12]
KNOWN = Fit(
    Design(Basis.LOG_TIME), Method.REML, np.array([15.0, -2.2]), np.zeros((2, 2)),
    np.array([[12.96, -1.8], [-1.8, 2.21]]), 4.0, 0.0, 0, 0, 0,
)  # fmt: skip
# Limits of a new client, worked out with whole matrices: mean, standard deviation, 90th limit.
WORKED = {
    "nothing seen": (
        NOTHING,
        [13.4750762, 11.45923659, 10.42522861, 9.53320537],
        [5.24656757, 5.37499445, 5.57047762, 5.80177197],
        [20.19882309, 18.34756914, 17.56408292, 16.96847532],
    ),
    "the first score": (
        Course.first(20),
        [15.4972335, 13.19663503, 12.01656238, 10.99853134],
        [4.77384903, 5.03923338, 5.30063718, 5.58330229],
        [21.6151672, 19.65467246, 18.80960226, 18.15382113],
    ),
    "three scores": (
        Course([1, 2, 4], [20, 17, 18]),
        [16.79274613, 14.795558, 13.77111714, 12.88734731],
        [4.43236234, 4.59824521, 4.81469853, 5.06264731],
        [22.47304702, 20.68844634, 19.94140158, 19.3753909],
    ),
}


@pytest.mark.parametrize("seen", WORKED)
def test_the_limits_of_a_new_client_are_as_worked_out(seen: str) -> None:
    course, mean, deviation, limit = WORKED[seen]
    found = forecast(KNOWN, course, AT)
    assert found.mean == pytest.approx(mean, rel=1e-9)
    assert found.deviation == pytest.approx(deviation, rel=1e-8)
    assert found.mean + 1.2815515655446004 * found.deviation == pytest.approx(limit, rel=1e-8)


def test_four_in_five_stay_within_the_worked_out_limit() -> None:
    found = forecast(KNOWN, Course.first(20), AT)
    limit = found.mean + 0.8416212335729143 * found.deviation
    assert limit == pytest.approx([19.51500621, 17.43776085, 16.47769119, 15.6975571], rel=1e-8)


def test_a_boundary_is_rounded_up_to_whole_scores_within_the_scale() -> None:
    first = Course.first(20)
    assert boundary(KNOWN, first, AT, PHQ9, 0.9).tolist() == [22, 20, 19, 19]
    assert boundary(KNOWN, first, AT, PHQ9, 0.8).tolist() == [20, 18, 17, 16]
    assert boundary(KNOWN, first, AT, Scale(0, 19), 0.9).tolist() == [19, 19, 19, 19]


def test_where_higher_is_better_the_boundary_is_below() -> None:
    found = boundary(KNOWN, Course.first(20), AT, Scale(8, 100, lower_is_better=False), 0.9)
    assert found.tolist() == [9, 8, 8, 8]


@given(st.integers(0, 27), st.sampled_from([0.8, 0.84, 0.9]), st.integers(1, 40))
def test_a_worse_beginning_never_has_a_lower_boundary(first: int, share: float, at: int) -> None:
    lower, higher = (
        boundary(KNOWN, Course.first(y), at, PHQ9, share)[0] for y in (first, first + 1)
    )
    assert 0 <= lower <= higher <= 27


def test_a_boundary_follows_no_later_score() -> None:
    with pytest.raises(CannotPredict, match="first score alone"):
        boundary(KNOWN, Course([1, 2], [20, 24]), AT, PHQ9, 0.9)


@pytest.mark.parametrize("share", [0.4, 1.0])
def test_a_boundary_holds_a_share_of_at_least_a_half(share: float) -> None:
    with pytest.raises(CannotPredict, match="between a half and 1"):
        boundary(KNOWN, NOTHING, AT, PHQ9, share)


@pytest.mark.parametrize(
    ("course", "at"),
    [
        (Course([0], [12]), [3]),
        (Course([1], [12]), [0]),
        (Course([1], [12]), [float("nan")]),
        (Course([1, 2], [12]), [3]),
        (Course([1], [float("nan")]), [3]),
    ],
)
def test_a_time_without_a_score_or_logarithm_is_refused(course: Course, at: list[float]) -> None:
    with pytest.raises(CannotPredict):
        forecast(KNOWN, course, at)


def test_the_probability_of_recovery_is_that_of_the_forecast() -> None:
    score = recovery_score(20, case=10, change=6, scale=PHQ9)
    assert score == 9
    told = forecast(KNOWN, Course.first(20), [12])
    found = probability_of_recovery(told, score, PHQ9)[0]
    drawn = np.random.default_rng(1).normal(told.mean[0], told.deviation[0], 200_000)
    assert found == pytest.approx((np.round(drawn) <= 9).mean(), abs=0.005)


def test_where_higher_is_better_recovery_lies_above() -> None:
    score = recovery_score(30, case=50, change=10, scale=WHO5)
    assert score == 51
    told = forecast(KNOWN, Course.first(20), [12])
    drawn = np.random.default_rng(1).normal(told.mean[0], told.deviation[0], 200_000)
    found = probability_of_recovery(told, 12, WHO5)[0]
    assert found == pytest.approx((np.round(drawn) >= 12).mean(), abs=0.005)


def test_a_recovery_outside_the_scale_is_out_of_reach() -> None:
    score = recovery_score(4, case=10, change=6, scale=PHQ9)
    assert score == -2
    assert probability_of_recovery(forecast(KNOWN, NOTHING, AT), score, PHQ9).tolist() == [0] * 4


def test_effects_shrink_to_nought_where_nothing_was_seen() -> None:
    nobody = effects(KNOWN, NOTHING)
    assert nobody.mean.tolist() == [0, 0]
    assert nobody.covariance == pytest.approx(KNOWN.between)


def test_a_therapist_shifts_the_mean_and_an_unknown_one_adds_spread() -> None:
    found = fit(sums(courses(400, clusters=20)))
    known = {"severity": 0.0, "older": 0.0}
    unnamed = forecast(found, NOTHING, [6], known)
    means = [forecast(found, NOTHING, [6], known, str(who)) for who in range(20)]
    assert all(one.deviation[0] < unnamed.deviation[0] for one in means)
    assert np.std([one.mean[0] for one in means]) > 0.5
    with pytest.raises(CannotPredict, match="no therapist nobody"):
        forecast(found, NOTHING, [6], known, "nobody")


@pytest.mark.parametrize("seen", [0, 1, 3])
def test_one_in_ten_new_people_passes_a_limit_of_ninety_in_a_hundred(seen: int) -> None:
    """Trained on 4,000 courses; 2,500 or so new ones, so ± 0.02 is more than three errors."""
    found = fit(sums(courses(4000, seed=7, missing=0.0)))
    new = courses(4000, seed=8, missing=0.0)
    person, score = np.asarray(new.person), np.asarray(new.score)
    starts = np.flatnonzero(np.r_[True, person[1:] != person[:-1]])
    above = []
    for start, end in pairwise([*starts.tolist(), len(person)]):
        if end - start >= 6:
            course = Course(range(1, seen + 1), score[start : start + seen].tolist())
            told = forecast(found, course, [6], known_of(new, start))
            limit = told.mean[0] + 1.2815515655446004 * told.deviation[0]
            above.append(score[start + 5] > limit)
    assert len(above) > 1500
    assert np.mean(above) == pytest.approx(0.1, abs=0.02)
