"""Exact ML and REML fits of the growth model from sums, at two or three levels."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from holdspace.office.outcomes.statistics.growth.design import (
    Design,
    Floats,
)  # fmt: skip
from holdspace.office.outcomes.statistics.growth.likelihood import Point, evaluate
from holdspace.office.outcomes.statistics.growth.moments import Moments
from holdspace.office.outcomes.statistics.growth.scaling import Scaled, scaled
from holdspace.office.outcomes.statistics.growth.search import Search, root


class Method(StrEnum):
    """Restricted or full maximum likelihood, or not fitted but stated (see `reference`)."""

    REML = "REML"
    ML = "ML"
    STATED = "stated"


@dataclass(frozen=True, slots=True)
class Cluster:
    """What is known of one therapist: the effect on level and slope, and its variance."""

    effect: tuple[float, ...]
    covariance: tuple[tuple[float, ...], ...]  # given the coefficients


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A fitted growth model, in the units of the scores.

    `covariance` (p × p) is of the coefficients, `between` (q × q) of persons' effects about their
    means, `between_clusters` (q × q) of therapists'. `residual` is a standard deviation.
    """

    design: Design
    method: Method
    coefficients: Floats
    covariance: Floats
    between: Floats
    residual: float
    log_likelihood: float
    people: int
    scores: int
    iterations: int
    between_clusters: Floats | None = None
    clusters: Mapping[str, Cluster] | None = None

    @property
    def standard_errors(self) -> Floats:
        """Of the coefficients."""
        return np.sqrt(np.diag(self.covariance))

    @property
    def factor(self) -> Floats:
        """θ, lme4's relative factor Λ: lower triangular, with `between` = residual² Λ Λ'."""
        return root(self.between / self.residual**2)

    @property
    def is_singular(self) -> bool:
        """Whether some way of differing between persons (or therapists) was found to be nought."""
        levels = [self.between, self.between_clusters]
        return any(_is_singular(level) for level in levels if level is not None)

    def to_json(self) -> dict[str, Any]:
        """As plain values; numbers keep every digit."""
        named = ("coefficients", "covariance", "between", "between_clusters")
        arrays = {name: getattr(self, name) for name in named}
        plain = ("residual", "log_likelihood", "people", "scores", "iterations")
        clusters = self.clusters
        return {
            "design": self.design.to_json(),
            "method": self.method.value,
            **{name: None if a is None else a.tolist() for name, a in arrays.items()},
            **{name: getattr(self, name) for name in plain},
            "clusters": clusters and {label: asdict(c) for label, c in clusters.items()},
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """From what `to_json` gave."""
        clusters, over = kept["clusters"], kept["between_clusters"]
        three = ("coefficients", "covariance", "between")
        arrays: dict[str, Any] = {name: np.asarray(kept[name]) for name in three}
        plain = ("residual", "log_likelihood", "people", "scores", "iterations")
        return cls(
            design=Design.from_json(kept["design"]),
            method=Method(kept["method"]),
            **arrays,
            **{name: kept[name] for name in plain},
            between_clusters=None if over is None else np.asarray(over),
            clusters=clusters and {label: _cluster(**c) for label, c in clusters.items()},
        )


def spread(covariance: Floats) -> tuple[Floats, list[list[float | None]]]:
    """Standard deviations, and correlations (None where one of the two is nought)."""
    deviations = np.sqrt(np.diag(covariance))
    products = np.outer(deviations, deviations)
    return deviations, [
        [float(c / p) if p > 0 else None for c, p in zip(cs, ps, strict=True)]
        for cs, ps in zip(covariance, products, strict=True)
    ]


def fit(moments: Moments, method: Method = Method.REML, *, level_only: Sequence[str] = ()) -> Fit:
    """The model of greatest likelihood, with therapists where the sums have them.

    Covariates named in `level_only` act on the level alone. CannotFit, with a sentence, where the
    sums do not determine a model. A singular fit is a right one: `is_singular` says so.
    """
    if method is Method.STATED:
        raise ValueError(method)
    design = Design(moments.basis, moments.covariates, tuple(level_only))
    to = scaled(moments, design, is_reml=method is Method.REML)
    search = Search(to.problem)
    factors, point = search.run()
    back = np.linalg.inv(to.triangle)
    coefficients = to.spread * (back @ point.beta)
    coefficients[0] += to.mean
    covariance = point.variance * to.spread**2 * back @ point.inverse @ back.T
    between = [_in_units(to, point, factor @ factor.T) for factor in factors]
    return Fit(
        design, method, coefficients, covariance, between[0],
        to.spread * math.sqrt(point.variance), -to.deviance(point.value) / 2,
        moments.people, moments.scores, search.steps,
        between[1] if len(between) > 1 else None, _clusters(moments, to, point),
    )  # fmt: skip


def deviance(moments: Moments, factors: Sequence[ArrayLike], method: Method = Method.REML) -> float:
    """−2 log L at given relative factors Λ (and Π), coefficients and residual at their best."""
    to = scaled(moments, Design(moments.basis, moments.covariates), is_reml=method is Method.REML)
    turned = [np.linalg.inv(to.turn) @ np.atleast_2d(factor) for factor in factors]
    return to.deviance(evaluate(to.problem, turned).value)


def _in_units(to: Scaled, point: Point, square: Floats) -> Floats:
    """A relative square (G~ or E~) as a covariance of scores."""
    found = point.variance * to.spread**2 * to.turn @ square @ to.turn.T
    return np.asarray((found + found.T) / 2)


def _clusters(moments: Moments, to: Scaled, point: Point) -> dict[str, Cluster] | None:
    if moments.cells is None or point.therapists is None:
        return None
    effects = to.spread * point.effects @ to.turn.T
    shrunk = point.variance * to.spread**2 * (to.turn @ point.therapists.shrink @ to.turn.T)
    return {
        label: _cluster(effect, covariance)
        for label, effect, covariance in zip(
            moments.cells.labels, effects.tolist(), shrunk.tolist(), strict=True
        )
    }


def _cluster(effect: Sequence[float], covariance: Sequence[Sequence[float]]) -> Cluster:
    return Cluster(tuple(effect), tuple(tuple(row) for row in covariance))


def _is_singular(square: Floats) -> bool:
    sizes = np.sqrt(np.diag(square))
    if not sizes.all():
        return True
    return bool(np.linalg.eigvalsh(square / np.outer(sizes, sizes))[0] < 1e-8)
