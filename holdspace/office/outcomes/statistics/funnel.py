"""Funnel plots: which shares differ from a whole by more than chance, and never a ranking.

Spiegelhalter DJ, Stat Med 2005;24:1185-1202: normal limits, exact binomial limits for small
numbers, over-dispersion from winsorised z. Shares go from 0 to 1.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.stats import binom, norm

from holdspace.office.outcomes.statistics.indices import CannotCompare

Z_95: Final = 1.96
Z_998: Final = 3.09
EXACT_BELOW: Final = 10  # expected events or non-events, where the normal limits are too rough
FEWEST: Final = 20  # people, below which a unit is not shown: its limits would say nothing


@dataclass(frozen=True, slots=True)
class Limits:
    """Within what a share of n people lies in 95 % and in 99.8 % of chance."""

    low_95: float
    high_95: float
    low_998: float
    high_998: float


@dataclass(frozen=True, slots=True)
class Unit:
    """So many events among so many people, in one team or with one therapist."""

    name: str
    events: int
    n: int


@dataclass(frozen=True, slots=True)
class Point:
    """One unit in the funnel; `shown` is whether it is large enough to be looked at."""

    unit: Unit
    share: float
    z: float
    limits: Limits
    shown: bool


@dataclass(frozen=True, slots=True)
class Funnel:
    """The whole's share, the over-dispersion (1: none) and the units in the order given."""

    centre: float
    dispersion: float
    points: tuple[Point, ...]


def limits(centre: float, n: int, *, dispersion: float = 1.0) -> Limits:
    """Return the limits for n people around a share; exact where few events are expected.

    Over-dispersion above 1 widens them by its root. ValueError for n below 1 or a share that is
    not between 0 and 1.
    """
    if n < 1 or not 0 <= centre <= 1:
        raise CannotCompare("Limits need at least one person and a share from 0 to 1.")
    exact = n * min(centre, 1 - centre) < EXACT_BELOW
    wider = math.sqrt(max(dispersion, 1.0))
    found = []
    for z in (Z_95, Z_998):
        for sign in (-1, 1):
            if exact:
                limit = exact_limit(centre, n, float(norm.cdf(sign * z)))
            else:
                limit = centre + sign * z * math.sqrt(centre * (1 - centre) / n)
            found.append(min(1.0, max(0.0, centre + wider * (limit - centre))))
    return Limits(*found)


def exact_limit(centre: float, n: int, below: float) -> float:
    """Return the binomial quantile of a share, interpolated between counts (appendix A.1.1)."""
    if min(centre, 1 - centre) < 1e-9:
        return centre
    count = int(binom.ppf(below, n, centre))
    up_to, here = float(binom.cdf(count, n, centre)), float(binom.pmf(count, n, centre))
    return max(0.0, (count - (up_to - below) / here) / n)


def funnel(
    units: Sequence[Unit], *, centre: float | None = None, winsorised: float = 0.1
) -> Funnel:
    """Return every unit with its limits around the whole's share, or around a given one.

    CannotCompare where there is nobody, and for units with more events than people.
    """
    if any(not 0 <= unit.events <= unit.n for unit in units):
        raise CannotCompare("A unit has more events than people.")
    people = sum(unit.n for unit in units)
    if not people:
        raise CannotCompare("There is nobody to compare.")
    target = sum(unit.events for unit in units) / people if centre is None else centre
    present = [unit for unit in units if unit.n]
    scores = [z_score(unit, target) for unit in present]
    dispersion = over_dispersion(scores, winsorised=winsorised)
    of_size = {
        n: limits(target, n, dispersion=dispersion) for n in {unit.n for unit in present}
    }  # thousands of units have a few sizes
    points = tuple(
        Point(
            unit=unit,
            share=unit.events / unit.n,
            z=z / math.sqrt(max(dispersion, 1.0)),
            limits=of_size[unit.n],
            shown=unit.n >= FEWEST,
        )
        for unit, z in zip(present, scores, strict=True)
    )
    return Funnel(target, dispersion, points)


def z_score(unit: Unit, centre: float) -> float:
    """Return by how many standard errors a unit's share is off; 0 where all or none have it."""
    error = math.sqrt(centre * (1 - centre) / unit.n)
    return (unit.events / unit.n - centre) / error if error else 0.0


def over_dispersion(scores: Sequence[float], *, winsorised: float = 0.1) -> float:
    """Return φ = Σz²/J, the extreme tenth at each end pulled in to the tenth and ninetieth."""
    if not 0 <= winsorised < 0.5:
        raise CannotCompare("From each end less than half can be pulled in.")
    if not scores:
        return 1.0
    low, high = np.quantile(scores, [winsorised, 1 - winsorised])
    return float(np.mean(np.clip(scores, low, high) ** 2))


def observed_over_expected(
    observed: int, expected: float, *, dispersion: float = 1.0
) -> tuple[float, Limits]:
    """Return O/E of a risk-adjusted count and its limits around 1, by √(1/E)."""
    if not expected > 0:
        raise CannotCompare("The expected count must be above 0.")
    error = math.sqrt(max(dispersion, 1.0) / expected)
    bounds = [max(0.0, 1 + sign * z * error) for z in (Z_95, Z_998) for sign in (-1, 1)]
    return observed / expected, Limits(*bounds)
