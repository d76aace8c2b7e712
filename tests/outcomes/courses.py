"""Courses for the tests of the growth model: published data, simulated ones, dense matrices."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from holdspace.office.outcomes.statistics.growth.design import Basis, Floats
from holdspace.office.outcomes.statistics.growth.fitting import Fit
from holdspace.office.outcomes.statistics.growth.moments import Moments
from holdspace.office.outcomes.statistics.growth.rows import Rows, sums
from holdspace.office.outcomes.statistics.growth.search import root

PUBLISHED: Final = Path(__file__).parent / "data" / "mixed-models"
LEVEL_OF: Final = {"severity": 0.75, "older": 0.3}
SLOPE_OF: Final = {"severity": -0.18, "older": 0.1}


def columns(name: str) -> dict[str, Any]:
    """A published file as arrays: numbers where every value is one, words otherwise."""
    with (PUBLISHED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    found = {}
    for key in lines[0]:
        words = np.asarray([line[key] for line in lines])
        try:
            found[key] = words.astype(float)
        except ValueError:
            found[key] = words
    return found


def published(
    name: str, person: str, time: str | None, score: str, cluster: str | None = None
) -> Moments:
    """The sums of a published file; without a time there is only a level."""
    of = columns(name)
    times = of[time] if time else np.zeros(len(of[score]))
    basis = Basis.TIME if time else Basis.LEVEL
    return sums(Rows(of[person], times, of[score], cluster=cluster and of[cluster]), basis)


def courses(people: int, seed: int = 11, *, clusters: int = 0, missing: float = 0.2) -> Rows:
    """Courses like those of PHQ-9 in log(session), with covariates and missing forms."""
    rng = np.random.default_rng(seed)
    n = np.clip(2 + rng.geometric(0.2, people), 3, 14)
    person = np.repeat(np.arange(people), n)
    session = np.concatenate([np.arange(1.0, k + 1) for k in n])
    known = {"severity": rng.normal(0, 5, people), "older": rng.integers(0, 2, people) * 1.0}
    u = rng.normal(size=(people, 2)) @ np.array([[3.6, -0.5], [0.0, 1.4]])
    of = rng.integers(0, max(clusters, 1), people)
    v = rng.normal(size=(max(clusters, 1), 2))[of] * np.array([0.9, 0.6]) * bool(clusters)
    level = 15 + sum(LEVEL_OF[name] * known[name] for name in known) + u[:, 0] + v[:, 0]
    slope = -2.2 + sum(SLOPE_OF[name] * known[name] for name in known) + u[:, 1] + v[:, 1]
    noise = rng.normal(0, 4, len(person))
    score = level[person] + slope[person] * np.log(session) + noise
    keep = (rng.random(len(person)) > missing) | (session == 1)
    return Rows(
        person[keep], session[keep], score[keep],
        {name: values[person][keep] for name, values in known.items()},
        cluster=of[person][keep] if clusters else None,
    )  # fmt: skip


def part(rows: Rows, which: Any) -> Rows:
    """Some of the rows: a mask, or places in any order."""
    cluster = None if rows.cluster is None else np.asarray(rows.cluster)[which]
    return Rows(
        np.asarray(rows.person)[which], np.asarray(rows.time)[which], np.asarray(rows.score)[which],
        {name: np.asarray(values)[which] for name, values in rows.covariates.items()}, cluster,
    )  # fmt: skip


class Dense:
    """The same model by matrices as large as the data: slow, plain, and nobody's shortcut."""

    def __init__(self, rows: Rows, factors: list[Floats], *, is_reml: bool) -> None:
        self.y = np.asarray(rows.score)
        self.t = np.column_stack([np.ones(len(self.y)), np.log(np.asarray(rows.time))])
        w = [np.ones(len(self.y)), *(np.asarray(c) for c in rows.covariates.values())]
        self.x = np.column_stack([c * self.t[:, i] for c in w for i in (0, 1)])
        self.squares = [factor @ factor.T for factor in factors]
        self.z = [self._of(rows.person), *([] if len(factors) < 2 else [self._of(rows.cluster)])]
        pairs = zip(self.z, self.squares, strict=True)
        v = np.eye(len(self.y)) + sum(z @ self._many(z, square) @ z.T for z, square in pairs)
        self.inverse = np.linalg.inv(v)
        xx = self.x.T @ self.inverse @ self.x
        self.beta = np.linalg.solve(xx, self.x.T @ self.inverse @ self.y)
        self.rest = self.y - self.x @ self.beta
        n, p = self.x.shape
        freedom = n - p if is_reml else n
        self.variance = float(self.rest @ self.inverse @ self.rest) / freedom
        log_det = np.linalg.slogdet(v)[1] + (np.linalg.slogdet(xx)[1] if is_reml else 0)
        self.deviance = log_det + freedom * (1 + np.log(2 * np.pi * self.variance))
        self.covariance = np.linalg.inv(xx) * self.variance

    def _of(self, labels: Any) -> Floats:
        _, codes = np.unique(np.asarray(labels).astype(str), return_inverse=True)
        z = np.zeros((len(self.y), 2 * (codes.max() + 1)))
        for i in (0, 1):
            z[np.arange(len(self.y)), 2 * codes + i] = self.t[:, i]
        return np.asarray(z, dtype=float)

    @staticmethod
    def _many(z: Floats, square: Floats) -> Floats:
        return np.asarray(np.kron(np.eye(z.shape[1] // 2), square), dtype=float)

    def effects(self, level: int) -> Floats:
        """The effects of persons (0) or therapists (1), in the order of their sorted labels."""
        z, square = self.z[level], self.squares[level]
        found = self._many(z, square) @ z.T @ self.inverse @ self.rest
        return np.asarray(found, dtype=float).reshape(-1, 2)


def relative(fit: Fit) -> list[Floats]:
    """Λ, and Π at three levels."""
    levels = [fit.between, fit.between_clusters]
    return [root(g / fit.residual**2) for g in levels if g is not None]


def known_of(rows: Rows, at: int) -> Mapping[str, Any]:
    """The covariates of the person of a row."""
    return {name: np.asarray(values)[at] for name, values in rows.covariates.items()}
