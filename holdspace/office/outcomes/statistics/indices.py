"""Indices of reliable change, each as its authors define it.

JT: Jacobson & Truax, J Consult Clin Psychol 1991;59:12-19. GLN: Gulliksen, Lord & Novick; HLL:
Hsu, Linn & Lord; both in Hsu, Behavioral Assessment 1989;11:459-467. EN: Edwards & Nunnally, in
Speer, J Consult Clin Psychol 1992;60:402-408. NK: Nunnally & Kotsch, Br J Clin Psychol
1983;22:83-93. HA: Hageman & Arrindell, Behaviour Research and Therapy 1999;37:1169-1193. HLM:
Speer & Greenbaum, J Consult Clin Psychol 1995;63:1044-1048, see `slopes`. Formulas as in the R
package clinicalsignificance 2.1, whose figures the tests repeat.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from holdspace.hour.measures.change import Norm, s_diff, s_prediction, standard_error
from holdspace.office.outcomes.statistics.saying import Refused, Why

Scores = npt.NDArray[np.float64]
CRITICAL = 1.96  # two-sided 95 %, rounded as most papers compute it
CRITICAL_HA = 1.65  # one-sided 95 %, rounded as Hageman & Arrindell do


class CannotCompare(Refused):
    """Nothing can be said from these scores."""


class Method(StrEnum):
    JT = "jt"
    GLN = "gln"
    HLL = "hll"
    EN = "en"
    NK = "nk"
    HA = "ha"
    HLM = "hlm"


@dataclass(frozen=True, slots=True)
class Sample:
    """What the indices use of all scores together: points, and a correlation from -1 to 1."""

    n: int
    mean_pre: float
    sd_pre: float
    mean_post: float
    sd_post: float
    correlation: float

    @property
    def pre(self) -> Norm:
        return Norm(self.mean_pre, self.sd_pre)


@dataclass(frozen=True, slots=True)
class Reliability:
    """How reliable the measure is, from 0 to below 1; `post` only where it differs afterwards."""

    pre: float
    post: float | None = None

    def __post_init__(self) -> None:
        if not all(0 <= value < 1 for value in (self.pre, self.after)):
            raise CannotCompare("A reliability goes from 0 to below 1.")

    @property
    def after(self) -> float:
        return self.pre if self.post is None else self.post


@dataclass(frozen=True, slots=True)
class Differences:
    """Hageman & Arrindell's reliabilities: of the differences, and of the scores afterwards."""

    sem: float
    reliability: float
    reliability_post: float


def sample(pre: Scores, post: Scores) -> Sample:
    """Describe the scores of the same people before and after (two arrays of one length).

    CannotCompare for fewer than two people, and where all first scores are the same: their
    spread is the unit of every index.
    """
    if not (np.isfinite(pre).all() and np.isfinite(post).all()):
        raise CannotCompare("A score is missing or is no finite number.")
    if len(pre) < 2:
        raise CannotCompare((Why.ONE_PERSON if len(pre) else Why.NOBODY).of())
    sd_pre, sd_post = float(np.std(pre, ddof=1)), float(np.std(post, ddof=1))
    if sd_pre <= rounding(pre):
        raise CannotCompare(Why.NO_SPREAD.of())
    correlation = 0.0
    if sd_post > rounding(post):
        correlation = float(np.cov(pre, post)[0, 1]) / (sd_pre * sd_post)
    correlation = min(1.0, max(-1.0, correlation))
    return Sample(len(pre), float(pre.mean()), sd_pre, float(post.mean()), sd_post, correlation)


def indices(
    method: Method, pre: Scores, post: Scores, *, of: Sample, reliability: Reliability
) -> Scores:
    """Return one index for each pair of scores, keeping the sign of the change.

    CannotCompare where Hageman & Arrindell's reliability of differences is not positive; HLM
    needs more than two scores of each and is in `slopes`.
    """
    if method is Method.HLM:
        raise CannotCompare("The growth model needs every score of a person, not two.")
    if method is Method.JT:
        return (post - pre) / unit(method, of, reliability)
    if method is Method.HA:
        found = differences(of, reliability)
        mean = (of.mean_post - of.mean_pre) * (1 - found.reliability)
        return ((post - pre) * found.reliability + mean) / unit(method, of, reliability)
    expected = of.mean_pre + reliability.pre * (pre - of.mean_pre)
    if method is Method.HLL:
        expected = expected + of.mean_post - of.mean_pre
    return (post - expected) / unit(method, of, reliability)


def unit(method: Method, of: Sample, reliability: Reliability) -> float:
    """Return the standard error by which a method divides, in points."""
    if method is Method.JT:
        return s_diff(of.sd_pre, reliability.pre)
    if method is Method.HA:
        found = differences(of, reliability)
        return math.sqrt(2 * found.reliability) * found.sem
    if method is Method.EN:
        return standard_error(of.sd_pre, reliability.pre)
    if method is Method.NK:
        before = reliability.pre * standard_error(of.sd_pre, reliability.pre)
        return math.hypot(before, standard_error(of.sd_pre, reliability.after))
    return s_prediction(of.sd_pre, reliability.pre)


def differences(of: Sample, reliability: Reliability) -> Differences:
    """Return the reliabilities that Hageman & Arrindell derive from the error of measurement."""
    sem = standard_error(of.sd_pre, reliability.pre)
    shared = 2 * of.sd_pre * of.sd_post * of.correlation
    spread = of.sd_pre**2 + of.sd_post**2 - shared
    if spread <= 1e-12 * of.sd_pre**2:
        raise CannotCompare(Why.SAME_CHANGE.of())
    of_differences = (spread - 2 * sem**2) / spread
    if of_differences <= 0 or of.sd_post <= sem:
        raise CannotCompare(Why.ALL_ERROR.of(reliability=reliability.pre))
    return Differences(sem, of_differences, 1 - (sem / of.sd_post) ** 2)


def rounding(values: Scores) -> float:
    """Return what rounding alone may leave of a spread."""
    return float(1e-12 * np.abs(values).max())
