"""The sums' likelihood, gradient and effects against matrices as large as the data."""

import numpy as np
import pytest

from holdspace.office.outcomes.statistics.growth.design import Design
from holdspace.office.outcomes.statistics.growth.fitting import Method, deviance, fit
from holdspace.office.outcomes.statistics.growth.prediction import Course, effects, forecast
from holdspace.office.outcomes.statistics.growth.rows import sums
from holdspace.office.outcomes.statistics.growth.scaling import scaled
from holdspace.office.outcomes.statistics.growth.search import Search
from tests.outcomes.courses import Dense, courses, known_of, relative

TWO = [np.array([[0.9, 0.0], [-0.15, 0.4]])]
THREE = [*TWO, np.array([[0.2, 0.0], [0.05, 0.12]])]
CASES = pytest.mark.parametrize(
    ("factors", "method"),
    [(TWO, Method.REML), (TWO, Method.ML), (THREE, Method.REML), (THREE, Method.ML)],
    ids=["two REML", "two ML", "three REML", "three ML"],
)


@CASES
def test_the_deviance_is_that_of_whole_matrices(factors: list[np.ndarray], method: Method) -> None:
    rows = courses(60, clusters=8 * (len(factors) > 1))
    dense = Dense(rows, factors, is_reml=method is Method.REML)
    assert deviance(sums(rows), factors, method) == pytest.approx(dense.deviance, rel=1e-12)


@CASES
def test_a_fit_is_that_of_whole_matrices(factors: list[np.ndarray], method: Method) -> None:
    rows = courses(60, clusters=8 * (len(factors) > 1))
    found = fit(sums(rows), method)
    dense = Dense(rows, relative(found), is_reml=method is Method.REML)
    assert found.coefficients == pytest.approx(dense.beta, rel=1e-9, abs=1e-9)
    assert found.covariance == pytest.approx(dense.covariance, rel=1e-9, abs=1e-9)
    assert found.residual**2 == pytest.approx(dense.variance, rel=1e-9)
    assert -2 * found.log_likelihood == pytest.approx(dense.deviance, rel=1e-12)


@CASES
def test_the_gradient_is_that_of_differences(factors: list[np.ndarray], method: Method) -> None:
    rows = courses(300, clusters=30 * (len(factors) > 1))
    moments = sums(rows)
    design = Design(moments.basis, moments.covariates)
    search = Search(scaled(moments, design, is_reml=method is Method.REML).problem)
    x = np.concatenate([factor[np.tril_indices(2)] for factor in factors])
    step = 1e-6 * np.eye(len(x))
    told = [(search.look(x + e)[0] - search.look(x - e)[0]) / 2e-6 for e in step]
    assert search.look(x)[1] == pytest.approx(told, rel=1e-5, abs=1e-5)


def test_the_effects_of_persons_and_therapists_are_those_of_whole_matrices() -> None:
    rows = courses(60, clusters=8)
    found = fit(sums(rows))
    dense = Dense(rows, relative(found), is_reml=True)
    assert found.clusters is not None
    of_therapists = [found.clusters[label].effect for label in sorted(found.clusters)]
    assert np.asarray(of_therapists) == pytest.approx(dense.effects(1), abs=1e-9)
    people, of = np.asarray(rows.person), sorted(map(str, range(60)))
    for person in (0, 7, 59):
        own = people == person
        course = Course(np.asarray(rows.time)[own], np.asarray(rows.score)[own])
        cluster = str(np.asarray(rows.cluster)[own][0])
        mine = effects(found, course, known_of(rows, int(own.argmax())), cluster)
        assert mine.mean == pytest.approx(dense.effects(0)[of.index(str(person))], abs=1e-9)


def test_a_forecast_is_that_of_whole_matrices() -> None:
    rows = courses(60)
    found = fit(sums(rows))
    square, variance = relative(found)[0] @ relative(found)[0].T, found.residual**2
    known = {"severity": 2.0, "older": 1.0}
    a = np.kron([[1.0, 2.0, 1.0]], np.eye(2))
    seen, new = (np.column_stack([np.ones(3), np.log(t)]) for t in ([1, 2, 4], [5, 8, 12]))
    back = new @ square @ seen.T @ np.linalg.inv(np.eye(3) + seen @ square @ seen.T)
    beta = found.coefficients
    mean = new @ a @ beta + back @ (np.array([20.0, 17.0, 18.0]) - seen @ a @ beta)
    left = (new - back @ seen) @ a
    around = variance * (np.eye(3) + new @ square @ new.T - back @ seen @ square @ new.T)
    around += left @ found.covariance @ left.T
    told = forecast(found, Course([1, 2, 4], [20, 17, 18]), [5, 8, 12], known)
    assert told.mean == pytest.approx(mean, rel=1e-10)
    assert told.deviation == pytest.approx(np.sqrt(np.diag(around)), rel=1e-10)
