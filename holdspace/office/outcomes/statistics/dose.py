"""How many sessions it takes until people are reliably better, and what that cannot say.

Dose: Howard et al., Am Psychol 1986;41:159-164 (a probit in the log of sessions); Hansen, Lambert &
Forman, Clin Psychol Sci Pract 2002;9:329-343. Good enough: Barkham et al., J Consult Clin Psychol
2006;74:160-167; Stiles, Barkham & Wheeler, Br J Psychiatry 2015;207:115-122.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import NormalDist
from typing import Final

import numpy as np
from scipy.optimize import minimize
from scipy.stats import norm

from holdspace.hour.measures.instruments import Direction
from holdspace.hour.measures.scoring import COMPARE
from holdspace.office.outcomes.statistics.endings import Step, half, kaplan_meier
from holdspace.office.outcomes.statistics.indices import CannotCompare, Scores

CAVEAT: Final = (
    "People stop when they are well enough, or when they are not helped; how many sessions somebody"
    " attended is a result as much as a cause. Neither curve says what more sessions would do."
)


@dataclass(frozen=True, slots=True)
class Course:
    """One therapy: sessions attended, the first at which change was reliable, and the end."""

    attended: int
    improved_at: int | None
    improved_at_end: bool


@dataclass(frozen=True, slots=True)
class Probit:
    """P(improved by session s) = Φ(a + b ln s)."""

    a: float
    b: float

    def share(self, session: float) -> float:
        """Return the share improved by a session, from 0 to 1."""
        return float(norm.cdf(self.a + self.b * math.log(session)))

    @property
    def half(self) -> float:
        """Return the session by which half have improved; more than anybody attends, maybe."""
        return math.exp(-self.a / self.b)


@dataclass(frozen=True, slots=True)
class Dose:
    """Response by session: who has not improved yet, when half have, and the smooth curve."""

    n: int
    steps: tuple[Step, ...]
    half: int | None
    probit: Probit | None
    caveat: str = CAVEAT


@dataclass(frozen=True, slots=True)
class Level:
    """Those who attended so many sessions: how many were better at the end, with an interval."""

    attended: int
    n: int
    improved: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class GoodEnough:
    """Shares better at the end by sessions attended, and how both go together (-1 to 1)."""

    levels: tuple[Level, ...]
    correlation: float | None
    caveat: str = CAVEAT


def course(
    scores: Sequence[float | None], points: float, *, direction: Direction, operator: str = ">="
) -> Course | None:
    """Read one therapy from its scores by session; None where fewer than two were given.

    Reliable is a gain from the first score of so many points, compared by `operator`.
    """
    given = [(session, one) for session, one in enumerate(scores, start=1) if one is not None]
    if len(given) < 2:
        return None
    sign = 1 if direction is Direction.HIGHER_BETTER else -1
    (_, first), *later = given
    better = [(s, COMPARE[operator](sign * (one - first), points)) for s, one in later]
    return Course(len(scores), next((s for s, so in better if so), None), better[-1][1])


def dose(courses: Sequence[Course]) -> Dose:
    """Return the response by session; who had not improved by the last session is censored."""
    times = [one.improved_at or one.attended for one in courses]
    steps = kaplan_meier(times, [one.improved_at is not None for one in courses])
    return Dose(len(courses), steps, half(steps), probit(courses))


def probit(courses: Sequence[Course]) -> Probit | None:
    """Fit the curve by maximum likelihood; None where nobody improved, or all at one session.

    Improvement seen at session s came after s - 1, so each term is Φ(s) - Φ(s - 1); who had not
    improved adds 1 - Φ(last).
    """
    seen = _counted([one.improved_at for one in courses if one.improved_at is not None])
    last = _counted([one.attended for one in courses if one.improved_at is None])
    if len(seen[0]) < 2:
        return None
    found = minimize(_unlikely, np.zeros(2), args=(seen, last), method="Nelder-Mead")
    return Probit(float(found.x[0]), math.exp(float(found.x[1])))


def good_enough(courses: Sequence[Course], *, fewest: int = 5, level: float = 0.95) -> GoodEnough:
    """Return the shares better at the end by sessions attended, where enough people did so."""
    if fewest < 1:
        raise CannotCompare("A share needs at least one person.")
    by_length = groupby(sorted(courses, key=lambda one: one.attended), lambda one: one.attended)
    counted = [(attended, [one.improved_at_end for one in group]) for attended, group in by_length]
    levels = tuple(
        Level(attended, len(ended), sum(ended), sum(ended) / len(ended), *wilson(ended, level))
        for attended, ended in counted
        if len(ended) >= fewest
    )
    return GoodEnough(levels, _together(levels))


def wilson(those: Sequence[bool], level: float = 0.95) -> tuple[float, float]:
    """Return Wilson's interval of a share (J Am Stat Assoc 1927;22:209-212)."""
    n, share = len(those), sum(those) / len(those)
    z = NormalDist().inv_cdf((1 + level) / 2)
    middle = share + z**2 / (2 * n)
    reach = z * math.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return (
        max(0.0, (middle - reach) / (1 + z**2 / n)),
        min(1.0, (middle + reach) / (1 + z**2 / n)),
    )


def _together(levels: Sequence[Level]) -> float | None:
    shares = [level.share for level in levels]
    if len(levels) < 3 or max(shares) == min(shares):
        return None
    return float(np.corrcoef([level.attended for level in levels], shares)[0, 1])


def _counted(sessions: Sequence[int]) -> tuple[Scores, Scores]:
    """Return the sessions there are, and how many courses each stands for."""
    values, counts = np.unique(np.array(sessions, float), return_counts=True)
    return values, counts.astype(float)


def _unlikely(at: Scores, seen: tuple[Scores, Scores], last: tuple[Scores, Scores]) -> float:
    """Return minus the log-likelihood at a and ln b."""
    a, b = at[0], math.exp(min(at[1], 50.0))
    before = norm.cdf(a + b * np.log(np.maximum(seen[0] - 1, 1e-300)))
    here = np.maximum(norm.cdf(a + b * np.log(seen[0])) - before, 1e-300)
    improved = seen[1] @ np.log(here)
    return -float(improved + last[1] @ norm.logsf(a + b * np.log(last[0])))
