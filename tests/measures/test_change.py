"""Reliable change against published figures, and each instrument's own rule."""

import math
from collections.abc import Mapping
from typing import Any

import pytest

from holdspace.hour.measures.change import (
    Z_95_ROUNDED,
    CutPoints,
    Kind,
    Norm,
    change,
    cut_points,
    reliable_change_index,
    reliable_points,
    s_diff,
    s_prediction,
    standard_error,
)
from holdspace.hour.measures.instruments import Direction, load
from tests.measures.vectors_of import vectors_of

CLINICAL, FUNCTIONAL = Norm(40, 7.5), Norm(60, 7.5)
BAUER_CLINICAL, BAUER_FUNCTIONAL = Norm(68.35, 22.33, 0.93), Norm(50, 22, 0.93)


def test_c1_the_three_cut_offs_when_higher_is_better() -> None:
    points = cut_points(CLINICAL, FUNCTIONAL, direction=Direction.HIGHER_BETTER)
    assert points == CutPoints(a=55, b=45, c=50)


def test_c1_the_three_cut_offs_when_lower_is_better() -> None:
    points = cut_points(CLINICAL, FUNCTIONAL, direction=Direction.HIGHER_WORSE)
    assert points == CutPoints(a=25, b=75, c=50)


def test_c2_the_example_of_jacobson_and_truax() -> None:
    assert standard_error(7.5, 0.8) == pytest.approx(3.3541, abs=5e-5)
    assert s_diff(7.5, 0.8) == pytest.approx(4.7434, abs=5e-5)
    index = reliable_change_index(32.5, 47.5, sd=7.5, reliability=0.8)
    assert index == pytest.approx(3.1623, abs=5e-5)


def test_c3_the_points_of_reliable_change_by_either_z() -> None:
    assert reliable_points(7.5, 0.8) == pytest.approx(9.296925484568424, rel=1e-14)
    rounded = reliable_points(7.5, 0.8, z=Z_95_ROUNDED)
    assert rounded == pytest.approx(9.297096320895035, rel=1e-14)


def test_c4_cut_off_c_is_the_same_for_observed_and_true_scores() -> None:
    seen = cut_points(BAUER_CLINICAL, BAUER_FUNCTIONAL, direction=Direction.HIGHER_WORSE)
    true = cut_points(
        BAUER_CLINICAL.true(), BAUER_FUNCTIONAL.true(), direction=Direction.HIGHER_WORSE
    )
    assert seen.c == pytest.approx(59.106699751860, rel=1e-13)
    assert true.c == pytest.approx(seen.c, rel=1e-13)
    assert true.a == pytest.approx(25.281455701405, rel=1e-13)


def test_c5_the_three_standard_errors() -> None:
    assert standard_error(5, 0.8) == pytest.approx(2.23606798, abs=5e-9)
    assert s_diff(5, 0.8) == pytest.approx(3.16227766, abs=5e-9)
    assert s_prediction(5, 0.8) == pytest.approx(3.0, abs=5e-9)


@pytest.mark.parametrize(
    ("difference", "index"),
    [(-8, -2.52982213), (-4, -1.26491106), (0, 0), (4, 1.26491106), (8, 2.52982213)],
)
def test_c6_the_index_keeps_the_sign(difference: float, index: float) -> None:
    found = reliable_change_index(20, 20 + difference, sd=5, reliability=0.8)
    assert found == pytest.approx(index, abs=5e-9)


@pytest.mark.parametrize(("sd", "reliability"), [(0, 0.8), (-1, 0.8), (5, -0.1), (5, 1)])
def test_an_impossible_spread_or_reliability_is_refused(sd: float, reliability: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        standard_error(sd, reliability)


@pytest.mark.parametrize("case", vectors_of("change"))
def test_a_change_is_judged_by_the_rule_of_its_instrument(case: Mapping[str, Any]) -> None:
    found = change(load(case["instrument"]), case["first"], case["last"])
    assert found.kind == case["kind"]
    assert found.room_to_improve is case["room"]
    assert found.rule is load(case["instrument"]).reliable_change


def test_a_change_says_by_how_much_and_who_says_so() -> None:
    found = change(load("phq9"), 15, 9)
    assert found.difference == -6
    assert found.rule is not None
    assert "NCT05134103" in found.rule.source
    assert found.thresholds == "phq9-2026-11"


def test_no_difference_is_no_reliable_change() -> None:
    assert change(load("rand36_ewb"), 50, 50).kind is Kind.NO_RELIABLE_CHANGE


def test_a_derived_rule_is_what_the_formula_gives() -> None:
    rule = load("rand36_ewb").reliable_change
    assert rule is not None
    assert rule.derived is not None
    derived = rule.derived
    points = reliable_points(derived.sd, derived.reliability, z=derived.z)
    assert math.isclose(rule.points, points, abs_tol=0.005)
