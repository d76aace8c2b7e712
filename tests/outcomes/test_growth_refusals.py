"""Degenerate rows end in one clear sentence, or in the right singular fit; never a wrong number."""

import numpy as np
import pytest

from holdspace.office.outcomes.statistics.growth import search
from holdspace.office.outcomes.statistics.growth.design import Basis, CannotFit, Design
from holdspace.office.outcomes.statistics.growth.fitting import Method, deviance, fit
from holdspace.office.outcomes.statistics.growth.rows import Rows, sums
from holdspace.office.outcomes.statistics.growth.scaling import scaled
from tests.outcomes.courses import courses

PERSON = np.repeat(np.arange(10), 5)
SESSION = np.tile(np.arange(1.0, 6.0), 10)
SCORE = np.random.default_rng(5).normal(12, 4, 50)
PLAIN = Rows(PERSON, SESSION, SCORE)
NAN, INF = float("nan"), float("inf")


def with_(**changes: object) -> Rows:
    of: dict[str, object] = {"person": PERSON, "time": SESSION, "score": SCORE, **changes}
    return Rows(**of)  # type: ignore[arg-type]


def one_changed(values: np.ndarray, to: float) -> np.ndarray:
    return np.where(np.arange(len(values)) == 17, to, values)


REFUSED = {
    "all missing": (with_(score=np.full(50, NAN)), "There is no score"),
    "nothing": (Rows([], [], []), "There is no score"),
    "one client": (with_(person=np.zeros(50, int)), "One person alone"),
    "one session each": (Rows(np.arange(9), np.ones(9), SCORE[:9]), "from the same time"),
    "one session each, at other times": (
        Rows(np.arange(9), np.arange(1, 10), SCORE[:9]), "more scores than a course",
    ),
    "two sessions each": (
        Rows(np.repeat(np.arange(9), 2), np.tile([1, 2], 9), SCORE[:18]), "more scores than",
    ),
    "constant scores": (with_(score=np.full(50, 7.0)), "All scores are the same"),
    "constant by a hair": (with_(score=7.0 + 1e-9 * SCORE), "All scores are the same"),
    "one time": (with_(time=np.ones(50)), "from the same time"),
    "every course a line": (with_(score=1.0 * PERSON + PERSON * np.log(SESSION)), "exactly on"),
    "a score of 10⁹": (with_(score=one_changed(SCORE, 1e9)), "score 1,000,000,000 is larger"),
    "an endless score": (with_(score=one_changed(SCORE, INF)), "A score is missing or not finite"),
    "no time": (with_(time=one_changed(SESSION, NAN)), "A time is missing or not finite"),
    "session nought": (with_(time=SESSION - 1), "The time 0 has no logarithm"),
    "a late time": (with_(time=SESSION * 1e6), "time 5,000,000 is larger"),
    "words for scores": (with_(score=["much"] * 50), "A score is not a number"),
    "other lengths": (with_(score=SCORE[:9]), "different lengths"),
    "nobody's score": (with_(person=one_changed(PERSON * 1.0, NAN)), "whose a score is"),
    "a covariate that changes": (with_(covariates={"age": SESSION}), "age changes within"),
    "a covariate that is missing": (
        with_(covariates={"age": np.where(PERSON == 1, NAN, PERSON)}), "A age is missing",
    ),
    "a therapist who changes": (with_(cluster=SESSION), "The therapist changes"),
    "one covariate twice": (
        with_(covariates={"a": PERSON % 3, "b": PERSON % 3 * 2.0}), "repeat one another",
    ),
    "a covariate that is constant": (with_(covariates={"a": np.ones(50)}), "same for everybody"),
    "as many covariates as people": (
        with_(covariates={"a": PERSON.astype(str)}), "As much is known",
    ),
    "one therapist": (with_(cluster=np.zeros(50)), "One therapist alone"),
    "a therapist each": (with_(cluster=PERSON), "Every therapist has one person"),
    "a slope that nobody shows": (
        Rows(
            np.r_[np.repeat(np.arange(8), 5), np.arange(8, 16)],
            np.r_[np.tile(np.arange(1, 6), 8), np.ones(8)],
            SCORE[:48],
            {"late": np.r_[np.zeros(40), np.ones(8)]},
        ),
        "tell the slopes",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_no_model_is_made_of(case: str) -> None:
    rows, why = REFUSED[case]
    with pytest.raises(CannotFit, match=why) as refusal:
        fit(sums(rows))
    assert str(refusal.value).endswith(".")


def test_missing_scores_are_left_out_and_the_rest_is_fitted() -> None:
    gone = np.arange(50) % 7 == 0
    named = Rows(PERSON, SESSION, np.where(gone, NAN, SCORE), {"a": PERSON % 2}, PERSON % 3)
    short = Rows(
        PERSON[~gone], SESSION[~gone], SCORE[~gone], {"a": PERSON[~gone] % 2}, PERSON[~gone] % 3
    )
    assert fit(sums(named)).to_json() == fit(sums(short)).to_json()


def test_people_of_one_session_take_part_beside_others() -> None:
    rows = Rows(
        np.r_[PERSON, 50 + np.arange(30)], np.r_[SESSION, np.ones(30)], np.r_[SCORE, SCORE[:30]]
    )
    assert fit(sums(rows)).people == 40


@pytest.mark.parametrize("method", [Method.REML, Method.ML])
def test_people_who_differ_by_less_than_chance_give_a_singular_fit(method: Method) -> None:
    """Courses that are all alike but for noise: nothing better lies near what was found."""
    noise = np.random.default_rng(2).permuted(np.tile(np.linspace(-4, 4, 5), (10, 1)), axis=1)
    moments = sums(with_(score=12 - 2 * np.log(SESSION) + noise.ravel()))
    found = fit(moments, method)
    assert found.is_singular
    assert found.between[0, 0] == pytest.approx(0, abs=1e-6)


def test_a_search_that_finds_no_rest_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "AT_REST", -1.0)
    with pytest.raises(CannotFit, match="did not come to rest"):
        fit(sums(PLAIN))


@pytest.mark.parametrize("seed", range(12))
def test_no_fit_is_less_likely_than_one_of_fewer_effects(seed: int) -> None:
    """A false singular fit would be: with few people many fits are at the edge."""
    moments = sums(courses(8, seed, missing=0.4))
    whole = fit(moments, Method.ML)
    for factor in (np.diag([1.0, 0.0]), np.diag([0.3, 0.3]), np.diag([0.0, 0.5]), np.zeros((2, 2))):
        other = deviance(moments, [factor], Method.ML)
        assert -2 * whole.log_likelihood <= other + 1e-9


def test_a_big_scale_is_the_same_model() -> None:
    small, big = fit(sums(PLAIN)), fit(sums(with_(score=SCORE * 1e4)))
    assert big.coefficients == pytest.approx(small.coefficients * 1e4, rel=1e-8)
    assert big.residual == pytest.approx(small.residual * 1e4, rel=1e-8)


def test_days_counted_from_far_away_are_the_same_model() -> None:
    near, far = (fit(sums(with_(time=SESSION + by), Basis.TIME)) for by in (0, 1000))
    assert far.log_likelihood == pytest.approx(near.log_likelihood, rel=1e-6)


@pytest.mark.parametrize(
    ("rows", "method", "deepest"),
    [
        (courses(6, 295, clusters=3, missing=0.3), Method.ML, 138.0327172522),
        (courses(8, 409, missing=0.3), Method.REML, 182.4286237830),
    ],
)
def test_of_two_valleys_the_deeper_is_taken(rows: Rows, method: Method, deepest: float) -> None:
    """Found among some hundred small sets: from one start the search ends in the shallower."""
    found = fit(sums(rows), method)
    assert -2 * found.log_likelihood == pytest.approx(deepest, rel=1e-9)
    assert found.is_singular


@pytest.mark.parametrize("most", [1, 12])
def test_a_polishing_step_that_climbs_is_not_taken(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "POLISHES", most)
    moments = sums(courses(40))
    design = Design(moments.basis, moments.covariates)
    looked = search.Search(scaled(moments, design, is_reml=True).problem)
    for x in np.random.default_rng(1).normal(0, 3, (20, 3)):
        assert looked.look(looked._polished(x))[0] <= looked.look(x)[0] + 1e-9
