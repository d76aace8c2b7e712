"""What a fit expects at each session, in whole points, either way round."""

import numpy as np
import pytest

from holdspace.hour.measures.instruments import load
from holdspace.office.outcomes import forecasting
from holdspace.office.outcomes.criteria import Criterion, Which, criterion
from holdspace.office.outcomes.forecasting import (
    bounds,
    can_be_expected,
    chance_of_recovery,
    scale_of,
    track,
)
from holdspace.office.outcomes.rules import LAST_SESSION
from holdspace.office.outcomes.statistics.growth.design import Basis, Design
from holdspace.office.outcomes.statistics.growth.fitting import Fit, Method
from holdspace.office.outcomes.statistics.growth.prediction import Course

PHQ9, WELL_BEING, RATING = load("phq9"), load("rand36_ewb"), load("session_rating")


def a_fit(level: float, slope: float) -> Fit:
    return Fit(
        Design(Basis.LOG_TIME), Method.REML, np.array([level, slope]), np.eye(2) * 0.01,
        np.array([[16.0, 0.0], [0.0, 0.25]]), 2.0, -1.0, 120, 900, 5,
    )  # fmt: skip


FALLING, RISING, LEVEL = a_fit(16, -3), a_fit(40, 8), a_fit(16, 0)


def test_a_track_has_its_limits_in_order_and_in_whole_points() -> None:
    found = track(FALLING, scale_of(PHQ9), 16)
    for best, mean, watch, edge in zip(
        found.best, found.mean, found.watch, found.edge, strict=True
    ):
        assert best <= mean <= watch <= edge
        assert float(edge).is_integer()
    assert len(found.mean) == LAST_SESSION


def test_where_higher_is_better_the_edge_lies_below() -> None:
    found = track(RISING, scale_of(WELL_BEING), 40)
    assert found.edge[5] < found.watch[5] < found.mean[5] < found.best[5]


def test_limits_are_those_of_the_session_and_none_beyond_the_last() -> None:
    at_six = bounds(FALLING, PHQ9, 16, 6)
    assert at_six.edge == track(FALLING, scale_of(PHQ9), 16).edge[5]
    for beyond in (0, LAST_SESSION + 1):
        found = bounds(FALLING, PHQ9, 16, beyond)
        assert (found.edge, found.watch, found.half_by) == (None, None, at_six.half_by)


def test_half_have_changed_when_the_mean_has() -> None:
    found = bounds(FALLING, PHQ9, 16, 6)
    assert found.half_by is not None
    mean = track(FALLING, scale_of(PHQ9), 16).mean
    assert 16 - mean[found.half_by - 1] >= 6 > 16 - mean[found.half_by - 2]


def test_where_nobody_changes_half_never_have() -> None:
    found = bounds(LEVEL, PHQ9, 16, 6)
    assert found.half_by is None
    assert forecasting.bounds(RISING, RATING, 8, 2).half_by is None


def test_where_higher_is_better_half_rise() -> None:
    found = bounds(RISING, WELL_BEING, 30, 6)
    assert found.half_by is not None


@pytest.mark.parametrize(
    ("name", "is_so"), [("phq9", True), ("rand36_ewb", True), ("session_rating", False)]
)
def test_a_course_is_expected_on_validated_scales(name: str, is_so: bool) -> None:  # noqa: FBT001
    assert can_be_expected(load(name)) is is_so


def test_who_is_better_so_far_recovers_more_often() -> None:
    cut = criterion(PHQ9)
    assert cut is not None
    chances = [
        chance_of_recovery(FALLING, PHQ9, cut, Course((1, 2, 3), (16, 15, last)), 12)
        for last in (18, 14, 10)
    ]
    assert None not in chances
    assert chances == sorted(chances)  # type: ignore[type-var]


def test_without_a_rule_of_change_there_is_no_chance_to_name() -> None:
    cut = Criterion(Which.C, 5, "<", "nowhere", verified=False)
    assert chance_of_recovery(RISING, RATING, cut, Course((1,), (4,)), 5) is None


@pytest.mark.parametrize(
    ("operator", "value", "case"), [(">", 9.2, 10), ("<", 9.2, 9), (">=", 10, 10)]
)
def test_the_last_case_is_a_whole_score(operator: str, value: float, case: float) -> None:
    """Recovery begins one point beyond it."""
    name = WELL_BEING if operator == "<" else PHQ9
    whole = Criterion(Which.PUBLISHED, case, f"{operator[0]}=", "", verified=True)
    worked_out = Criterion(Which.C, value, operator, "", verified=True)
    seen = Course((1, 2), (20, 18))
    fit = RISING if operator == "<" else FALLING
    assert chance_of_recovery(fit, name, worked_out, seen, 9) == chance_of_recovery(
        fit, name, whole, seen, 9
    )
