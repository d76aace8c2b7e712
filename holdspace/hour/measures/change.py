"""Whether two scores differ by more than chance: Jacobson & Truax, or an instrument's own rule.

Formulas: Jacobson NS, Truax P, J Consult Clin Psychol 1991;59:12-19; the root of two in the
difference is the correction by Christensen & Mendoza 1986. Not supported: corrections for
regression to the mean.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

from holdspace.hour.measures.instruments import ChangeRule, Direction, Instrument
from holdspace.hour.measures.scoring import COMPARE

Z_95 = NormalDist().inv_cdf(0.975)
Z_95_ROUNDED = 1.96  # as most papers compute it


class Kind(StrEnum):
    RELIABLY_BETTER = "reliably_better"
    RELIABLY_WORSE = "reliably_worse"
    NO_RELIABLE_CHANGE = "no_reliable_change"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Norm:
    """Mean and standard deviation of a population, and the reliability where that is needed."""

    mean: float
    sd: float
    reliability: float = 1.0

    def true(self) -> "Norm":
        """Return the norm of true scores: the spread without the error of measurement."""
        return Norm(self.mean, self.sd * math.sqrt(self.reliability))


@dataclass(frozen=True, slots=True)
class CutPoints:
    """Where the functional side begins.

    a: two deviations from the clinical mean; b: within two deviations of the functional mean;
    c: halfway, weighted by the spreads.
    """

    a: float
    b: float
    c: float


@dataclass(frozen=True, slots=True)
class Change:
    """From first to last; `room_to_improve`: whether the first score could improve reliably."""

    kind: Kind
    first: float | None
    last: float | None
    difference: float | None
    rule: ChangeRule | None
    room_to_improve: bool | None
    thresholds: str


def standard_error(sd: float, reliability: float) -> float:
    """Return the standard error of measurement, SD √(1 − r)."""
    if sd <= 0 or not 0 <= reliability < 1:
        raise ValueError("The deviation must be above 0, and the reliability from 0 to below 1.")
    return sd * math.sqrt(1 - reliability)


def s_diff(sd: float, reliability: float) -> float:
    """Return the standard error of a difference between two scores, √2 SEM."""
    return math.sqrt(2) * standard_error(sd, reliability)


def s_prediction(sd: float, reliability: float) -> float:
    """Return the standard error of prediction, SD √(1 − r²)."""
    return standard_error(sd, reliability**2)


def reliable_change_index(first: float, last: float, *, sd: float, reliability: float) -> float:
    """Return the change in units of S_diff, keeping its sign."""
    return (last - first) / s_diff(sd, reliability)


def reliable_points(sd: float, reliability: float, *, z: float = Z_95) -> float:
    """Return how many points make a reliable change, z S_diff."""
    return z * s_diff(sd, reliability)


def cut_points(clinical: Norm, functional: Norm, *, direction: Direction) -> CutPoints:
    """Return the three cut-offs; b uses the functional deviation, as the paper does."""
    sign = 1 if direction is Direction.HIGHER_BETTER else -1
    weighted = clinical.sd * functional.mean + functional.sd * clinical.mean
    return CutPoints(
        a=clinical.mean + sign * 2 * clinical.sd,
        b=functional.mean - sign * 2 * functional.sd,
        c=weighted / (clinical.sd + functional.sd),
    )


def change(instrument: Instrument, first: float | None, last: float | None) -> Change:
    """Compare two totals of one instrument; not known without both, or without a published rule."""
    difference = None if first is None or last is None else last - first
    return Change(
        kind=_kind(instrument, difference),
        first=first,
        last=last,
        difference=difference,
        rule=instrument.reliable_change,
        room_to_improve=_room(instrument, first),
        thresholds=instrument.thresholds,
    )


def _kind(instrument: Instrument, difference: float | None) -> Kind:
    rule = instrument.reliable_change
    if rule is None or difference is None:
        return Kind.NOT_KNOWN
    if not COMPARE[rule.operator](abs(difference), rule.points):
        return Kind.NO_RELIABLE_CHANGE
    rose = difference > 0
    better = rose is (instrument.direction is Direction.HIGHER_BETTER)
    return Kind.RELIABLY_BETTER if better else Kind.RELIABLY_WORSE


def _room(instrument: Instrument, first: float | None) -> bool | None:
    rule = instrument.reliable_change
    if rule is None or first is None:
        return None
    low, high = instrument.range
    best = high if instrument.direction is Direction.HIGHER_BETTER else low
    return COMPARE[rule.operator](abs(best - first), rule.points)
