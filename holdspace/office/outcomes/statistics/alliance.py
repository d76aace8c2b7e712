"""Ruptures and repairs in session ratings: falls beyond a client's and all clients' usual swing.

Thresholds in the literature differ (Stiles et al. 2004; Strauss et al. 2006); Gumz et al., BMC Med
Res Methodol 2012;12:10, advise to state both one and two standard deviations, and of the swing
within and between clients to take the stricter. A fall is a question to talk about, no finding.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from holdspace.office.outcomes.statistics.indices import CannotCompare

ROBUST: Final = 1.4826  # makes the median deviation one standard deviation where all is normal
RECENT: Final = 0.4  # weight of the newest rating in the level that a fall is measured from
OWN_FROM: Final = 4  # ratings from which a client's own swing is taken without the pooled one
WITHIN: Final = 3  # sessions within which a return counts as repair
WATCH, RUPTURE = 1, 2  # standard deviations


@dataclass(frozen=True, slots=True)
class Swing:
    """Standard deviations of ratings, in points: within clients, and of all ratings."""

    within: float
    between: float

    def __post_init__(self) -> None:
        if not (0 <= self.within < np.inf and 0 < self.between < np.inf):
            raise CannotCompare("Ratings that never differ show no falls beyond the usual.")


@dataclass(frozen=True, slots=True)
class Fall:
    """One fall: in which session (from 1), from which level, how far, in which units.

    `length` counts the ratings below the level until it was repaired, or until it was given up
    waiting; `lowest` is the lowest of them, `repaired` the session of return, if there was one.
    """

    session: int
    level: float
    drop: float
    swing: float
    deviations: int
    lowest: float
    length: int
    repaired: int | None


@dataclass(frozen=True, slots=True)
class Falls:
    """Both thresholds side by side."""

    watch: tuple[Fall, ...]
    rupture: tuple[Fall, ...]


def swing(clients: Sequence[Sequence[float | None]]) -> Swing:
    """Return the pooled swings of many clients' ratings, in the order of their sessions.

    CannotCompare where no client has two ratings, and where all ratings are the same.
    """
    series = [_given(client) for client in clients]
    steps = [b - a for one in series for (_, a), (_, b) in pairwise(one)]
    every = [rating for one in series for _, rating in one]
    if not steps:
        raise CannotCompare("No client has two ratings.")
    return Swing(_robust(steps), float(np.std(every, ddof=1)))


def falls(ratings: Sequence[float | None], usual: Swing) -> Falls:
    """Find falls of one client's ratings by session (higher is better; None: not rated)."""
    return Falls(*(_falls(_given(ratings), usual, deviations) for deviations in (WATCH, RUPTURE)))


def level(before: Sequence[float]) -> float:
    """Return what a rating is compared with: the newer mean or the median, whichever is higher."""
    recent = before[0]
    for rating in before[1:]:
        recent += RECENT * (rating - recent)
    return max(recent, float(np.median(before)))


def own_swing(before: Sequence[float], usual: Swing) -> float:
    """Return the larger of a client's own swing, shrunk while ratings are few, and of all."""
    steps = [b - a for a, b in pairwise(before)]
    weight = min(1.0, len(steps) / (OWN_FROM - 1))
    within = weight * (_robust(steps) if steps else 0.0) + (1 - weight) * usual.within
    return max(within, usual.between)


def _falls(rated: Sequence[tuple[int, float]], usual: Swing, deviations: int) -> tuple[Fall, ...]:
    found: list[Fall] = []
    start, place = 0, 1
    while place < len(rated):
        before = [rating for _, rating in rated[start:place]]
        unit = own_swing(before, usual)
        if level(before) - rated[place][1] < deviations * unit:
            place += 1
            continue
        fall, after = _followed(rated, place, (level(before), unit, deviations))
        found.append(fall)
        if fall.repaired is None:  # what comes is measured from the level it has come down to
            start = place
        place = after
    return tuple(found)


def _followed(
    rated: Sequence[tuple[int, float]], place: int, by: tuple[float, float, int]
) -> tuple[Fall, int]:
    """Follow a fall until it is repaired, or three sessions have passed."""
    from_level, unit, deviations = by
    session, rating = rated[place]
    below, repaired, after = [rating], None, place + 1
    while after < len(rated) and rated[after][0] <= session + WITHIN and repaired is None:
        if rated[after][1] >= from_level - 0.5 * deviations * unit:
            repaired = rated[after][0]
        else:
            below.append(rated[after][1])
        after += 1
    drop = from_level - rating
    fall = Fall(session, from_level, drop, unit, deviations, min(below), len(below), repaired)
    return fall, after


def _given(ratings: Sequence[float | None]) -> list[tuple[int, float]]:
    return [(session, one) for session, one in enumerate(ratings, start=1) if one is not None]


def _robust(steps: Sequence[float]) -> float:
    """Return the deviation of ratings from the median deviation of the steps between them."""
    moved = np.asarray(steps, float)
    return float(ROBUST * np.median(np.abs(moved - np.median(moved))) / np.sqrt(2))
