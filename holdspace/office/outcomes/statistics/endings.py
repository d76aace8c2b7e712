"""How long people stay and how it ends: Kaplan-Meier, and planned beside unplanned endings.

Kaplan & Meier, J Am Stat Assoc 1958;53:457-481, with Greenwood's error and intervals on the
complementary log-log; competing endings by Aalen & Johansen, Scand J Stat 1978;5:141-150. A
therapy that goes on counts as long as it has lasted (censored). Time is in sessions.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

from holdspace.office.outcomes.statistics.indices import CannotCompare


class Ending(StrEnum):
    PLANNED = "planned"
    UNPLANNED = "unplanned"
    ONGOING = "ongoing"


@dataclass(frozen=True, slots=True)
class Stay:
    """One therapy: sessions so far, and whether and how it ended."""

    sessions: int
    ending: Ending


@dataclass(frozen=True, slots=True)
class Step:
    """At one session: who was there, who left, and the share that remains, from 0 to 1."""

    session: int
    at_risk: int
    events: int
    remaining: float
    error: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Ended:
    """At one session: the hazard of ending unplanned, and the shares that had ended either way."""

    step: Step
    planned: int
    unplanned: int
    hazard: float
    ended_planned: float
    ended_unplanned: float


def kaplan_meier(
    sessions: Sequence[int], happened: Sequence[bool], *, level: float = 0.95
) -> tuple[Step, ...]:
    """Return the share to whom it has not happened yet, at each session where it did.

    Two sequences of one length; who is censored at a session was there for it. CannotCompare for
    nobody, and for sessions below 1.
    """
    if not sessions or min(sessions) < 1:
        raise CannotCompare("There must be somebody, with at least one session each.")
    z = NormalDist().inv_cdf((1 + level) / 2)
    left = Counter(sessions)
    events = Counter(n for n, so in zip(sessions, happened, strict=True) if so)
    at_risk, remaining, spread, high, steps = len(sessions), 1.0, 0.0, 1.0, []
    for session in sorted(left):
        here = events[session]
        if here:
            remaining *= 1 - here / at_risk
            spread += here / (at_risk * (at_risk - here)) if at_risk > here else 0.0
            low, high = _interval(remaining, spread, z, high)
            error = remaining * math.sqrt(spread)
            steps.append(Step(session, at_risk, here, remaining, error, low, high))
        at_risk -= left[session]
    return tuple(steps)


def endings(stays: Sequence[Stay], *, level: float = 0.95) -> tuple[Ended, ...]:
    """Return, at each session where a therapy ended, how many had ended planned and unplanned.

    The two shares and what remains add up to 1: an unplanned ending cannot be followed by a
    planned one, so neither is read off a curve that takes the other as censored.
    """
    sessions = [stay.sessions for stay in stays]
    steps = kaplan_meier(
        sessions, [stay.ending is not Ending.ONGOING for stay in stays], level=level
    )
    so_far = dict.fromkeys((Ending.PLANNED, Ending.UNPLANNED), 0.0)
    counted = Counter((stay.sessions, stay.ending) for stay in stays)
    before, found = 1.0, []
    for step in steps:
        here = {ending: counted[step.session, ending] for ending in so_far}
        for ending in so_far:
            so_far[ending] += before * here[ending] / step.at_risk
        before = step.remaining
        found.append(
            Ended(
                step=step,
                planned=here[Ending.PLANNED],
                unplanned=here[Ending.UNPLANNED],
                hazard=here[Ending.UNPLANNED] / step.at_risk,
                ended_planned=so_far[Ending.PLANNED],
                ended_unplanned=so_far[Ending.UNPLANNED],
            )
        )
    return tuple(found)


def half(steps: Sequence[Step]) -> int | None:
    """Return the first session by which it has happened to half; None where it has not."""
    return next((step.session for step in steps if step.remaining <= 0.5), None)


def _interval(remaining: float, spread: float, z: float, high: float) -> tuple[float, float]:
    if remaining == 0:  # nobody is left: no error can be stated, and the last upper bound stays
        return 0.0, high
    reach = z * math.sqrt(spread) / math.log(remaining)
    return remaining ** math.exp(-reach), remaining ** math.exp(reach)
