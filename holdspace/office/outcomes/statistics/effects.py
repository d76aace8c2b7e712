"""How large a change is: standardised mean differences, positive where people are better off.

d, its variances and Hedges' correction: Borenstein et al., Introduction to Meta-Analysis, 2009,
chapter 4; the variance of d by the first deviation: Becker, Br J Math Stat Psychol
1988;41:257-278. Severity-adjusted: Minami et al., Couns Psychol 2008;36:516-539. Not supported:
non-central intervals.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

import numpy as np

from holdspace.hour.measures.instruments import Direction
from holdspace.office.outcomes.statistics.indices import (
    CannotCompare,
    Sample,
    Scores,
    rounding,
    sample,
)


class Standard(StrEnum):
    """By which deviation a mean change is divided."""

    FIRST = "first"  # of the first scores: d
    AVERAGE = "average"  # root of the mean variance of first and last scores: d_av
    WITHIN = "within"  # of the differences, for the scores' correlation
    CHANGE = "change"  # of the differences as they are: d_z


@dataclass(frozen=True, slots=True)
class Summary:
    """One group: how many, their mean and their standard deviation, in points."""

    n: int
    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect in standard deviations, and Hedges' g with its interval."""

    n: int
    deviation: float
    d: float
    variance: float
    g: float
    variance_g: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The line on which a reference group's last scores stand over its first ones."""

    intercept: float
    slope: float
    mean_pre: float
    sd_pre: float


def standardised(mean_pre: float, mean_post: float, sd: float, *, direction: Direction) -> float:
    """Return d of two means in points; positive is better."""
    if not sd > 0:
        raise CannotCompare("The deviation by which a change is divided must be above 0.")
    return _sign(direction) * (mean_post - mean_pre) / sd


def paired(
    pre: Scores,
    post: Scores,
    *,
    direction: Direction,
    by: Standard = Standard.FIRST,
    level: float = 0.95,
) -> Effect:
    """Return the effect from first to last scores of the same people (two arrays of one length).

    CannotCompare for fewer than two people, and where the deviation is 0.
    """
    of = sample(pre, post)
    changed = float(np.std(post - pre, ddof=1))
    if changed <= rounding(pre):
        changed = 0.0
    n, r = of.n, of.correlation
    deviation = _deviation(of, by, changed)
    d = standardised(of.mean_pre, of.mean_post, deviation, direction=direction)
    variance = {
        Standard.FIRST: 2 * (1 - r) / n + d**2 / (2 * n),
        Standard.AVERAGE: (1 / n + d**2 / (2 * n)) * 2 * (1 - r),
        Standard.WITHIN: (1 / n + d**2 / (2 * n)) * 2 * (1 - r),
        Standard.CHANGE: 1 / n + d**2 / (2 * n),
    }[by]
    return _effect(n, deviation, d, variance, freedom=n - 1, level=level)


def independent(one: Summary, other: Summary, *, level: float = 0.95) -> Effect:
    """Return by how much the first group's mean is above the other's; no direction is applied."""
    if one.n < 2 or other.n < 2:
        raise CannotCompare("Each group needs at least two people.")
    freedom = one.n + other.n - 2
    pooled = ((one.n - 1) * one.sd**2 + (other.n - 1) * other.sd**2) / freedom
    deviation = math.sqrt(pooled)
    d = standardised(other.mean, one.mean, deviation, direction=Direction.HIGHER_BETTER)
    n = one.n + other.n
    variance = n / (one.n * other.n) + d**2 / (2 * n)
    return _effect(n, deviation, d, variance, freedom=freedom, level=level)


def benchmark(pre: Scores, post: Scores) -> Benchmark:
    """Return the least-squares line of last scores over first ones, of a reference group."""
    of = sample(pre, post)
    slope = of.correlation * of.sd_post / of.sd_pre
    return Benchmark(of.mean_post - slope * of.mean_pre, slope, of.mean_pre, of.sd_pre)


def severity_adjusted(
    pre: Scores, post: Scores, against: Benchmark, *, direction: Direction, level: float = 0.95
) -> Effect:
    """Return the effect these people would have had beginning where the reference group did.

    What is left over the reference line is added to what the reference group gained, in its
    deviations. The interval takes the line as known.
    """
    of = sample(pre, post)
    left = _sign(direction) * (post - against.intercept - against.slope * pre) / against.sd_pre
    expected = against.intercept + against.slope * against.mean_pre
    gained = standardised(against.mean_pre, expected, against.sd_pre, direction=direction)
    variance = float(np.var(left, ddof=1)) / of.n
    d = gained + float(left.mean())
    return _effect(of.n, against.sd_pre, d, variance, freedom=of.n - 1, level=level)


def correction(freedom: int) -> float:
    """Return Hedges' J for so many degrees of freedom."""
    return 1 - 3 / (4 * freedom - 1)


def _deviation(of: Sample, by: Standard, changed: float) -> float:
    if by is Standard.AVERAGE:
        return math.sqrt((of.sd_pre**2 + of.sd_post**2) / 2)
    if by is Standard.CHANGE:
        return changed
    if by is Standard.WITHIN:
        apart = 1 - of.correlation  # nought where last scores follow from first ones
        return changed / math.sqrt(2 * apart) if apart > 1e-12 else 0.0
    return of.sd_pre


def _effect(
    n: int, deviation: float, d: float, variance: float, *, freedom: int, level: float
) -> Effect:
    corrected = correction(freedom)
    g, variance_g = corrected * d, corrected**2 * variance
    reach = NormalDist().inv_cdf((1 + level) / 2) * math.sqrt(variance_g)
    return Effect(n, deviation, d, variance, g, variance_g, g - reach, g + reach)


def _sign(direction: Direction) -> int:
    return 1 if direction is Direction.HIGHER_BETTER else -1
