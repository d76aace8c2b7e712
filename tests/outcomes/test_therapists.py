"""Therapists' means, and how little few clients can tell."""

import numpy as np
import pytest

from holdspace.office.outcomes.statistics.indices import CannotCompare
from holdspace.office.outcomes.statistics.therapists import (
    between,
    clients_for,
    design_effect,
    reliability,
)


@pytest.mark.parametrize(
    ("n", "expected"),
    [(10, 0.344828), (20, 0.512821), (30, 0.612245), (50, 0.724638), (76, 0.8), (100, 0.840336)],
)
def test_c18_the_reliability_of_a_mean(n: int, expected: float) -> None:
    """λ = nρ/(1+(n−1)ρ) with ρ = .05, the share that Wampold & Brown 2005 found."""
    assert reliability(n, 0.05) == pytest.approx(expected, abs=5e-7)


def test_76_clients_make_a_mean_reliable() -> None:
    assert clients_for(0.8, 0.05) == pytest.approx(76)


def test_variances_grow_with_clients_of_one_therapist() -> None:
    assert design_effect(21, 0.05) == pytest.approx(2)


def test_the_share_between_therapists_is_that_of_the_analysis_of_variance() -> None:
    """Shrout & Fleiss, Psychol Bull 1979;86:420-428, table 4: ICC(1,1) of four judges is .17."""
    six = {
        "1": [9, 2, 5, 8],
        "2": [6, 1, 3, 2],
        "3": [8, 4, 6, 8],
        "4": [7, 1, 2, 6],
        "5": [10, 5, 6, 9],
        "6": [6, 2, 4, 7],
    }
    assert between(six).share == pytest.approx(0.17, abs=5e-3)


def test_few_clients_are_pulled_further_to_the_mean_of_all() -> None:
    found = between({"many": [4.0, 6.0] * 20, "few": [4.0, 6.0], "low": [0.0, 2.0] * 20})
    many, few = found.therapists["many"], found.therapists["few"]
    assert (many.mean, few.mean) == (5, 5)
    assert 0 < few.effect < many.effect < many.mean - found.mean
    assert few.reliability < many.reliability
    assert few.error > many.error


def test_where_nobody_differs_everybody_is_at_the_mean() -> None:
    found = between({"A": [1.0, 5.0], "B": [2.0, 4.0]})
    assert found.share == 0
    assert [one.effect for one in found.therapists.values()] == [0, 0]
    assert between({"A": [3.0, 3.0], "B": [3.0]}).share == 0


def test_where_clients_of_one_are_all_alike_their_mean_is_taken_whole() -> None:
    found = between({"A": [1.0, 1.0], "B": [3.0, 3.0], "nobody": []})
    assert found.share == 1
    assert [round(one.effect, 6) for one in found.therapists.values()] == [-1, 1]


def test_a_known_share_is_taken_as_given() -> None:
    found = between({"A": [1.0, 5.0], "B": [2.0, 9.0]}, share=0.05)
    assert found.share == 0.05
    assert found.therapists["A"].reliability == pytest.approx(reliability(2, 0.05))


def test_shrunken_effects_are_nearer_to_the_truth() -> None:
    random = np.random.default_rng(7)
    true = {str(n): float(random.normal(0, 1)) for n in range(60)}
    seen = {name: random.normal(value, 4, random.integers(2, 40)) for name, value in true.items()}
    found = between(seen)
    shrunk = [one.effect - true[name] for name, one in found.therapists.items()]
    plain = [one.mean - found.mean - true[name] for name, one in found.therapists.items()]
    assert np.square(shrunk).mean() < np.square(plain).mean()
    assert found.share == pytest.approx(1 / 17, abs=0.05)


def test_too_few_to_tell_says_so() -> None:
    with pytest.raises(CannotCompare, match="Two therapists are needed"):
        between({"A": [1.0, 2.0]})
    with pytest.raises(CannotCompare, match="one of them with two clients"):
        between({"A": [1.0], "B": [2.0]})
    with pytest.raises(CannotCompare, match="A mean needs a client"):
        reliability(0, 0.05)
    with pytest.raises(CannotCompare, match="above 0 and below 1"):
        clients_for(1, 0.05)
