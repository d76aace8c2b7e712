"""Answers that nobody gave: a stated model, so that the sample's courses look like courses.

Each therapy has a latent severity between 0 and 1. It follows the course that its label names
(improving, steady, slow, worsening, sudden_gain, relapse) plus noise of first order, each session's
being 0.6 of the last one's and a normal deviate of standard deviation 0.05. An answer is drawn from
a graded response model (Samejima 1969): the chance of at least the k-th category, in order of
severity, is logistic(a * (6 * (severity - 0.5) - b_k)) with a = 1.7 and thresholds b_k evenly
spaced from -1.6 to 1.6, moved for each item by an offset of its own; safety items lie 4.2 higher,
since few people endorse them. Session ratings follow the relationship, not the severity: around 8
of 10, a little lower where things are hard; a strain that the story tells of takes its points away
at one session and half of them at the next. Personal questions, and a practice's own, are placed on
their scale: as far from its light end as the severity says, moved for each item by a share of the
scale with standard deviation 0.15 that is its own, and each time by one of 0.08. Nothing here is
estimated from anybody's data.
"""

from collections.abc import Callable, Mapping, Sequence
from math import exp
from random import Random
from typing import Final

from holdspace.hour.measures.instruments import Direction, Instrument

PERSISTENCE: Final = 0.6
NOISE: Final = 0.05
DISCRIMINATION: Final = 1.7
SPREAD: Final = 1.6
SAFETY_SHIFT: Final = 4.2
ITEM_SPREAD: Final = 0.35
USUAL_RATING: Final = 8.3
RATING: Final = "session_rating"
ITEM_SHARE, TIME_SHARE = 0.15, 0.08


def _sudden(progress: float) -> float:
    return 1 if progress < 0.4 else 0.5 - 0.1 * progress


def _relapse(progress: float) -> float:
    return 1 - 0.95 * progress if progress < 0.6 else 0.43 + 0.9 * (progress - 0.6)


# The share of the first severity that is left, at a share of the way from beginning to now.
TRENDS: Final[dict[str, Callable[[float], float]]] = {
    "improving": lambda progress: 1 - 0.62 * (1 - exp(-3 * progress)) / (1 - exp(-3)),
    "steady": lambda _: 1,
    "slow": lambda progress: 1 - 0.3 * progress,
    "worsening": lambda progress: 1 + 0.56 * progress,
    "sudden_gain": _sudden,
    "relapse": _relapse,
}


def severities(label: str, start: float, count: int, chance: Random) -> list[float]:
    """One latent severity for each of so many sessions."""
    found, noise = [], 0.0
    for index in range(count):
        noise = PERSISTENCE * noise + chance.gauss(0, NOISE)
        level = start * TRENDS[label](index / max(count - 1, 1)) + noise
        found.append(min(max(level, 0.02), 0.98))
    return found


def strain(told: Mapping[str, float] | None, ago: int) -> float:
    """By how much the relationship is rated lower, so many sessions ago."""
    if told is None:
        return 0
    since = int(told["sessions_ago"]) - ago
    return {0: told["by"], 1: told["by"] / 2}.get(since, 0)


def answers(instrument: Instrument, severity: float, chance: Random) -> dict[str, int | None]:
    """An answer for every item of an instrument."""
    watched = {safety.item for safety in instrument.safety}
    if instrument.id == RATING:
        return {item.id: _rating(instrument, severity, chance) for item in instrument.items}
    if not instrument.validated:
        return _placed(instrument, severity, chance)
    return {
        item.id: _graded(_by_severity(instrument, item.id), severity, shift, chance)
        for item, shift in zip(instrument.items, _offsets(instrument), strict=True)
        for shift in (shift + (SAFETY_SHIFT if item.id in watched else 0),)
    }


def _by_severity(instrument: Instrument, item: str) -> list[int]:
    """The answers to an item from the lightest to the heaviest."""
    worth = instrument.scoring.worth[item]
    is_better = instrument.direction is Direction.HIGHER_BETTER
    return sorted(worth, key=lambda value: worth[value], reverse=is_better)


def _offsets(instrument: Instrument) -> list[float]:
    """The same for everybody: some items are agreed to more easily than others."""
    same = Random(instrument.id)  # noqa: S311 - a sample, not a secret
    return [same.uniform(-ITEM_SPREAD, ITEM_SPREAD) for _ in instrument.items]


def _graded(categories: Sequence[int], severity: float, shift: float, chance: Random) -> int:
    drawn, level, last = chance.random(), 6 * (severity - 0.5), len(categories) - 1
    reached = 0
    for step in range(1, last + 1):
        threshold = shift + (2 * SPREAD * (step - 1) / max(last - 1, 1) - SPREAD)
        if drawn < 1 / (1 + exp(-DISCRIMINATION * (level - threshold))):
            reached = step
    return categories[reached]


def _placed(instrument: Instrument, severity: float, chance: Random) -> dict[str, int | None]:
    same = Random(f"{instrument.id} placed")  # noqa: S311 - a sample, not a secret
    given = dict[str, int | None]()
    for item in instrument.items:
        ways = _by_severity(instrument, item.id)
        share = severity + same.gauss(0, ITEM_SHARE) + chance.gauss(0, TIME_SHARE)
        given[item.id] = ways[round(min(max(share, 0), 1) * (len(ways) - 1))]
    return given


def _rating(instrument: Instrument, severity: float, chance: Random) -> int:
    low, high = instrument.range
    drawn = chance.gauss(USUAL_RATING - 1.5 * (severity - 0.4), 1.1)
    return round(min(max(drawn, low), high))
