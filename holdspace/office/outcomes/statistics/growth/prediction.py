"""What a fitted model expects of one person: effects, forecasts, limits, and a probability.

The boundary stands on what is known at the beginning (covariates, and the first score). It does
not follow a person's own later scores: one that did would hide that somebody is getting worse.
Forecasts and the probability of recovery do use every score so far.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri

from holdspace.office.outcomes.statistics.growth.design import (
    Basis,
    CannotPredict,
    Floats,
    Known,
)  # fmt: skip
from holdspace.office.outcomes.statistics.growth.fitting import Fit

NOTHING: Final[Known] = {}
ROUNDING: Final = 1e-9  # a limit that is whole but for rounding is not rounded up


@dataclass(frozen=True, slots=True)
class Course:
    """A person's scores so far, each with its time (in log(time), the first session is 1)."""

    times: Sequence[float] = ()
    scores: Sequence[float] = ()

    @classmethod
    def first(cls, score: float, time: float = 1.0) -> Self:
        """Only the first score."""
        return cls((time,), (score,))


@dataclass(frozen=True, slots=True)
class Scale:
    """The whole numbers that a total can take, and which end of them is the healthier."""

    lowest: int
    highest: int
    lower_is_better: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """How a person differs from the mean of those alike: û (q), and its covariance given β."""

    mean: Floats
    covariance: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """Mean and standard deviation of the score at each of n times."""

    mean: Floats
    deviation: Floats

    def at_most(self, score: ArrayLike) -> Floats:
        """P(score ≤ this) for whole scores, half a point counted to each side."""
        found = ndtr((np.asarray(score, dtype=float) + 0.5 - self.mean) / self.deviation)
        return np.asarray(found)


def effects(
    fit: Fit, course: Course, known: Known = NOTHING, cluster: str | None = None
) -> Effects:
    """The EBLUPs of a person with these scores, beside those of the therapist, if one is named."""
    shift, _ = _of_cluster(fit, cluster)
    between = fit.between / fit.residual**2
    h, k, shrink, sums = _seen(fit, course, between)
    mean = fit.design.of_person(known) @ fit.coefficients + shift
    return Effects(between @ (h @ sums - k @ mean), fit.residual**2 * shrink)


def forecast(
    fit: Fit, course: Course, at: ArrayLike, known: Known = NOTHING, cluster: str | None = None
) -> Forecast:
    """The scores of a person at n times, given those so far, whoever the therapist is.

    With three levels and no therapist named, what therapists differ by is part of the spread; a
    therapist who is named shifts the mean, and adds only what is not yet known of her or him.
    """
    shift, more = _of_cluster(fit, cluster)
    between = (fit.between + more) / fit.residual**2
    h, k, shrink, sums = _seen(fit, course, between)
    a, z = fit.design.of_person(known), _rows(fit, at)
    mean = a @ fit.coefficients + shift
    expected = z @ (mean + between @ (h @ sums - k @ mean))
    left = (z - z @ between @ k) @ a
    variance = fit.residual**2 * (1 + np.einsum("ti,ij,tj->t", z, shrink, z))
    variance = variance + np.einsum("ta,ab,tb->t", left, fit.covariance, left)
    return Forecast(expected, np.sqrt(variance))


def boundary(
    fit: Fit, first: Course, at: ArrayLike, scale: Scale, share: float, known: Known = NOTHING
) -> Floats:
    """The failure boundary at n times: whole scores that a share of those alike stays within.

    `first` is the first score alone, or nothing; `share` is such as 0.9. On a scale where lower is
    better a score above the boundary is worse than it: rounded up, within the scale. Where higher
    is better it is the other way round.
    """
    if not 0.5 <= share < 1:
        raise CannotPredict("The share within a boundary lies between a half and 1.")
    if len(first.times) > 1:
        raise CannotPredict("A boundary stands on the first score alone, and follows no other.")
    found = forecast(fit, first, at, known)
    away = ndtri(share) * found.deviation
    if scale.lower_is_better:
        edge = np.ceil(found.mean + away - ROUNDING)
    else:
        edge = np.floor(found.mean - away + ROUNDING)
    return np.asarray(np.clip(edge, scale.lowest, scale.highest))


def recovery_score(first: float, case: float, change: float, scale: Scale) -> float:
    """The least healthy score that is a reliable recovery: no case, and changed reliably.

    `case` is the score nearest to health that still is one (PHQ-9: 10), `change` the points of a
    reliable change. It may lie outside the scale: then a reliable recovery is out of reach.
    """
    if scale.lower_is_better:
        return min(case - 1, first - change)
    return max(case + 1, first + change)


def probability_of_recovery(forecast_: Forecast, score: float, scale: Scale) -> Floats:
    """P(the score is at least as healthy as this) at each time; nought outside the scale."""
    if not scale.lowest <= score <= scale.highest:
        return np.zeros_like(forecast_.mean)
    below = forecast_.at_most(score if scale.lower_is_better else score - 1)
    return below if scale.lower_is_better else 1 - below


def _rows(fit: Fit, times: ArrayLike) -> Floats:
    at = np.atleast_1d(np.asarray(times, dtype=float))
    if not np.isfinite(at).all() or (fit.design.basis is Basis.LOG_TIME and (at <= 0).any()):
        raise CannotPredict("A time is missing, or has no logarithm; the first session is 1.")
    return fit.design.basis.rows(at)


def _seen(fit: Fit, course: Course, between: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """H, K and L of one person (as in the likelihood), and T'y."""
    t, y = _rows(fit, course.times), np.asarray(course.scores, dtype=float)
    if len(t) != len(y) or not np.isfinite(y).all():
        raise CannotPredict("Each time needs a score, and each score a time.")
    inner = t.T @ t
    identity = np.eye(len(inner))
    shrink = np.linalg.solve(identity + between @ inner, between)  # (G⁻¹ + T'T)⁻¹
    h = identity - inner @ shrink
    return h, h @ inner, np.asarray(shrink, dtype=float), t.T @ y


def _of_cluster(fit: Fit, cluster: str | None) -> tuple[Floats, Floats]:
    """The shift of the mean that a therapist makes, and the variance that is left of it."""
    size = fit.design.size
    if cluster is not None:
        if cluster not in (fit.clusters or {}):
            raise CannotPredict(f"The model knows no therapist {cluster}.")
        known = (fit.clusters or {})[cluster]
        return np.asarray(known.effect), np.asarray(known.covariance)
    none = np.zeros(size), np.zeros((size, size))
    return none if fit.between_clusters is None else (none[0], fit.between_clusters)
