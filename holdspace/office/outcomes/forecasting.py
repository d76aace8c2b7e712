"""What a fitted course expects at each session of who began at a score: pure, and kept in memory.

The limits stand on the first score alone, as statistics.growth.prediction says why; sessions are
counted from the one of the first score.
"""

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from holdspace.hour.measures.instruments import Direction, Instrument
from holdspace.hour.measures.scoring import COMPARE
from holdspace.office.outcomes.criteria import Criterion
from holdspace.office.outcomes.rules import LAST_SESSION, NOT_ON_TRACK_AT, WATCH_AT
from holdspace.office.outcomes.signals import Bounds
from holdspace.office.outcomes.statistics.growth.design import Floats
from holdspace.office.outcomes.statistics.growth.fitting import Fit
from holdspace.office.outcomes.statistics.growth.prediction import (
    Course,
    Scale,
    boundary,
    forecast,
    probability_of_recovery,
    recovery_score,
)

SESSIONS = np.arange(1.0, LAST_SESSION + 1)
WIDE_ENOUGH = 20  # points of a scale whose limits may be rounded to whole ones


@dataclass(frozen=True, slots=True)
class Track:
    """For each session from the first one on: the mean, and limits in whole points.

    `edge` and `watch` are the totals that 90 and 84 of 100 do not pass on the worse side, `best`
    the one that 90 of 100 do not pass on the better side.
    """

    mean: tuple[float, ...]
    best: tuple[float, ...]
    edge: tuple[float, ...]
    watch: tuple[float, ...]


def scale_of(instrument: Instrument) -> Scale:
    low, high = instrument.range
    return Scale(math.floor(low), math.ceil(high), instrument.direction is Direction.HIGHER_WORSE)


def can_be_expected(instrument: Instrument) -> bool:
    """Whether limits in whole points say something of this scale."""
    low, high = instrument.range
    is_wide = instrument.scoring.method == "sum" or high - low >= WIDE_ENOUGH
    return instrument.validated and instrument.monitoring and is_wide


@lru_cache(maxsize=4096)
def track(fit: Fit, scale: Scale, first: float) -> Track:
    """What is expected of those who began at `first`."""
    course = Course.first(first)
    turned = replace(scale, lower_is_better=not scale.lower_is_better)
    return Track(
        mean=_plain(forecast(fit, course, SESSIONS).mean),
        best=_plain(boundary(fit, course, SESSIONS, turned, NOT_ON_TRACK_AT)),
        edge=_plain(boundary(fit, course, SESSIONS, scale, NOT_ON_TRACK_AT)),
        watch=_plain(boundary(fit, course, SESSIONS, scale, WATCH_AT)),
    )


def _plain(values: Floats) -> tuple[float, ...]:
    return tuple(values.tolist())


def bounds(fit: Fit, instrument: Instrument, first: float, session: int) -> Bounds:
    """The limits at one session; none beyond the last that anything is expected of."""
    expected = track(fit, scale_of(instrument), first)
    half_by = _half_by(expected, first, instrument)
    if not 1 <= session <= LAST_SESSION:
        return Bounds(None, None, half_by)
    return Bounds(expected.edge[session - 1], expected.watch[session - 1], half_by)


def _half_by(expected: Track, first: float, instrument: Instrument) -> int | None:
    """The first session by which half of them (the mean of a normal) had changed reliably."""
    rule = instrument.reliable_change
    if rule is None:
        return None
    sign = 1 if instrument.direction is Direction.HIGHER_BETTER else -1
    changed = (
        session
        for session, mean in enumerate(expected.mean, start=1)
        if COMPARE[rule.operator](sign * (mean - first), rule.points)
    )
    return next(changed, None)


def chance_of_recovery(
    fit: Fit, instrument: Instrument, criterion: Criterion, seen: Course, at: int
) -> float | None:
    """P(no longer a case and reliably better) at session `at`, given all scores so far.

    None where no rule of change is published for the instrument.
    """
    rule, scale = instrument.reliable_change, scale_of(instrument)
    if rule is None:
        return None
    expected = forecast(fit, seen, [at])
    wanted = recovery_score(seen.scores[0], _case(criterion), rule.points, scale)
    return float(probability_of_recovery(expected, wanted, scale)[0])


def _case(criterion: Criterion) -> float:
    """The whole score nearest to health that is still beyond the cut-off."""
    if criterion.operator == ">":
        return math.floor(criterion.value) + 1
    if criterion.operator == "<":
        return math.ceil(criterion.value) - 1
    return criterion.value
