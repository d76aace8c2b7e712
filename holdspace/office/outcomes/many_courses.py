"""Outcomes of many courses: from counts to effects, shares, endings and doses. Pure.

What is said here of groups restates scores by published rules; it compares nobody with anybody by
name. Intervals are 95 %. Shares: Wilson EB, J Am Stat Assoc 1927;22:209-212.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np
from scipy.stats import binomtest

from holdspace.hour.measures.change import Kind, change
from holdspace.hour.measures.instruments import ChangeRule, Cutoff, Direction, Instrument
from holdspace.hour.measures.scoring import COMPARE
from holdspace.office.outcomes.statistics.dose import Course as Seen
from holdspace.office.outcomes.statistics.dose import Dose, Level, dose, good_enough
from holdspace.office.outcomes.statistics.effects import Effect, benchmark, paired
from holdspace.office.outcomes.statistics.endings import (
    Ended,
    Ending,
    Stay,
    endings,
)
from holdspace.office.outcomes.statistics.funnel import FEWEST as LARGE_ENOUGH
from holdspace.office.outcomes.statistics.funnel import Funnel, Limits, Unit, funnel, limits
from holdspace.office.outcomes.statistics.indices import CannotCompare
from holdspace.office.outcomes.statistics.therapists import Between, between

FEWEST_COLLEAGUES: Final = 5  # in a funnel: among fewer, everybody knows who each of them is
FEWEST_CLIENTS: Final = 5
TABLED: Final = (FEWEST_CLIENTS, 10, LARGE_ENOUGH, 50, 100)  # courses, of which limits are told
Course = tuple[int, float, float]  # whose (a number that means nobody), first, last score
MINE: Final = 0  # the number of whoever asks; colleagues have others
NOBODYS: Final = -1


class Outcome(StrEnum):
    """What became of one course by the instrument's own rule."""

    RECOVERED = "recovered"  # reliably better, and across the cut-off
    IMPROVED = "improved"  # reliably better
    UNCHANGED = "unchanged"
    DETERIORATED = "deteriorated"
    NOT_KNOWN = "not known"  # no rule is published


class Side(StrEnum):
    """On which side of the cut-off a course began and ended, as far as recovery asks."""

    NO_CASE = "no case"  # it began on the functional side, or there is no cut-off
    STILL = "still a case"
    NO_LONGER = "no longer a case"


NOT_JUDGED: Final = [(Outcome.NOT_KNOWN, side) for side in Side]
# To get reliably better and be no longer a case is to recover; who gets worse is a case still.
POSSIBLE: Final = [
    (Outcome.RECOVERED, Side.NO_LONGER),
    *((Outcome.IMPROVED, side) for side in Side if side is not Side.NO_LONGER),
    *((Outcome.UNCHANGED, side) for side in Side),
    *((Outcome.DETERIORATED, side) for side in Side if side is not Side.NO_LONGER),
]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, and within what the share lies, from 0 to 1."""

    events: int
    n: int
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.events / self.n


@dataclass(frozen=True, slots=True)
class Change:
    """What many courses on one instrument come to."""

    n: int
    cutoff: Cutoff | None  # what recovery is counted by
    rule: ChangeRule | None  # what improvement is counted by
    first_mean: float
    last_mean: float
    cells: Mapping[tuple[Outcome, Side], int]  # the same courses, cut both ways
    effect: Effect | None

    def count(self, *among: Outcome | Side) -> int:
        """How many courses have one of these outcomes, or one of these sides."""
        return sum(n for cell, n in self.cells.items() if not {*among}.isdisjoint(cell))

    @property
    def outcomes(self) -> list[Outcome]:
        """What may become of a course, by what is published for the instrument."""
        return [one for one in Outcome if any(one is outcome for outcome, _ in self.possible)]

    @property
    def possible(self) -> list[tuple[Outcome, Side]]:
        """The cells in which there may be anybody at all."""
        cells = POSSIBLE if self.rule else NOT_JUDGED
        return [cell for cell in cells if self.cutoff or cell[1] is Side.NO_CASE]

    @property
    def cases(self) -> int:
        """How many began on the clinical side; 0 where there is no cut-off."""
        return self.count(Side.STILL, Side.NO_LONGER)

    def share(self, *outcomes: Outcome) -> Share | None:
        """The share of some outcomes among courses of which the outcome is known."""
        return share(self.count(*outcomes), self.n - self.count(Outcome.NOT_KNOWN))

    @property
    def improved(self) -> Share | None:
        return self.share(Outcome.RECOVERED, Outcome.IMPROVED)

    @property
    def recovery(self) -> Share | None:
        """Of those who began on the clinical side, who did not end there."""
        return share(self.count(Side.NO_LONGER), self.cases)

    @property
    def reliable_recovery(self) -> Share | None:
        return share(self.count(Outcome.RECOVERED), self.cases)

    @property
    def deteriorated(self) -> Share | None:
        return self.share(Outcome.DETERIORATED)


@dataclass(frozen=True, slots=True)
class Colleagues:
    """How one stands among colleagues whom nobody names; nothing where they are too few."""

    funnel: Funnel | None
    curve: Mapping[int, Limits]  # by how many courses, for drawing and for the table
    mine: int | None  # the place of whoever asks among the funnel's points
    between: Between | None


@dataclass(frozen=True, slots=True)
class Stayed:
    """How long therapies last, and how they end: counts, and shares by sessions held."""

    counts: Mapping[Ending, int]
    ended: Sequence[Ended]


@dataclass(frozen=True, slots=True)
class Answered:
    """By how many answers people were reliably better, and how those were who gave so many."""

    dose: Dose
    levels: Sequence[Level]  # by lengths put together; `attended` is the longest of each


def stayed(stays: Iterable[Stay]) -> Stayed:
    """Add up therapies that had a session."""
    every = list(stays)
    counts = Counter(one.ending for one in every)
    return Stayed({one: counts[one] for one in Ending}, endings(every) if every else ())


def answered(courses: Iterable[Seen]) -> Answered:
    """Add up courses of two answers or more; who has not improved yet is censored.

    Lengths are put together as 2, 3 to 4, 5 to 8 and so on: doubled, since what comes of sessions
    goes by their logarithm.
    """
    every = list(courses)
    doubled = [replace(one, attended=1 << (one.attended - 1).bit_length()) for one in every]
    return Answered(dose(every), good_enough(doubled, fewest=1).levels)


def share(events: int, n: int) -> Share | None:
    """A share with its Wilson interval; nothing of nobody."""
    if n == 0:
        return None
    interval = binomtest(events, n).proportion_ci(method="wilson")
    return Share(events, n, float(interval.low), float(interval.high))


def cutoff_of(instrument: Instrument) -> Cutoff | None:
    """From where on a score is a case: what recovery is counted by."""
    return next((one for one in instrument.cutoffs if one.kind == "case"), None)


def judge(instrument: Instrument, courses: Sequence[Course]) -> Change:
    """Add up many courses of one instrument."""
    pairs = Counter((first, last) for _, first, last in courses)
    cutoff = cutoff_of(instrument)
    cells: Counter[tuple[Outcome, Side]] = Counter()
    for (first, last), n in pairs.items():
        cells[outcome(instrument, first, last), _side(cutoff, first, last)] += n
    pre, post = _ends(courses)
    return Change(
        n=len(courses),
        cutoff=cutoff,
        rule=instrument.reliable_change,
        first_mean=float(pre.mean()) if len(pre) else 0.0,
        last_mean=float(post.mean()) if len(post) else 0.0,
        cells=dict(cells),
        effect=_effect(pre, post, instrument.direction),
    )


def outcome(instrument: Instrument, first: float, last: float) -> Outcome:
    """What became of one course, by the instrument's published change and cut-off."""
    kind = change(instrument, first, last).kind
    if kind is Kind.RELIABLY_BETTER:
        cutoff = cutoff_of(instrument)
        crossed = _is_case(cutoff, first) and not _is_case(cutoff, last)
        return Outcome.RECOVERED if crossed else Outcome.IMPROVED
    return {
        Kind.NO_RELIABLE_CHANGE: Outcome.UNCHANGED, Kind.RELIABLY_WORSE: Outcome.DETERIORATED,
        Kind.NOT_KNOWN: Outcome.NOT_KNOWN,
    }[kind]  # fmt: skip


def _is_case(cutoff: Cutoff | None, score: float) -> bool:
    return cutoff is not None and COMPARE[cutoff.operator](score, cutoff.value)


def _side(cutoff: Cutoff | None, first: float, last: float) -> Side:
    if not _is_case(cutoff, first):
        return Side.NO_CASE
    return Side.STILL if _is_case(cutoff, last) else Side.NO_LONGER


def _ends(courses: Iterable[Course]) -> tuple["np.ndarray", "np.ndarray"]:
    ends = np.array([(first, last) for _, first, last in courses], float).reshape(-1, 2)
    return ends[:, 0], ends[:, 1]


def _effect(pre: "np.ndarray", post: "np.ndarray", direction: Direction) -> Effect | None:
    try:
        return paired(pre, post, direction=direction)
    except CannotCompare:
        return None


def colleagues(instrument: Instrument, courses: Sequence[Course]) -> Colleagues:
    """The funnel of reliable improvement, and differences in what is left over first scores."""
    whose: dict[int, list[Course]] = defaultdict(list)
    for course in courses:
        if course[0] != NOBODYS:
            whose[course[0]].append(course)
    large = {who: of for who, of in whose.items() if len(of) >= FEWEST_CLIENTS}
    drawn_ones = sum(len(of) >= LARGE_ENOUGH for of in large.values())
    if drawn_ones < FEWEST_COLLEAGUES or instrument.reliable_change is None:
        return Colleagues(None, {}, None, None)
    better = _better(instrument, courses)
    drawn = funnel(
        [
            Unit(str(who), sum((first, last) in better for _, first, last in of), len(of))
            for who, of in sorted(large.items())
        ]
    )
    mine = next((n for n, point in enumerate(drawn.points) if point.unit.name == str(MINE)), None)
    return Colleagues(drawn, _curve(drawn), mine, _between(instrument, large))


def _curve(of: Funnel) -> dict[int, Limits]:
    """The limits at some forty sizes up to the largest, and at those that stand in a table."""
    most = max(point.unit.n for point in of.points)
    sizes = {*range(FEWEST_CLIENTS, most + 1, max(1, most // 40)), most, *TABLED}
    return {n: limits(of.centre, n, dispersion=of.dispersion) for n in sorted(sizes)}


def _better(instrument: Instrument, courses: Iterable[Course]) -> set[tuple[float, float]]:
    """The pairs of scores that are reliably better: each is judged once, however many have it."""
    better = (Outcome.RECOVERED, Outcome.IMPROVED)
    pairs = {(first, last) for _, first, last in courses}
    return {pair for pair in pairs if outcome(instrument, *pair) in better}


def _between(instrument: Instrument, whose: Mapping[int, Sequence[Course]]) -> Between | None:
    """Gains over what is usual from the same first score, by therapist."""
    sign = 1 if instrument.direction is Direction.HIGHER_BETTER else -1
    try:
        line = benchmark(*_ends(course for of in whose.values() for course in of))
        return between(
            {
                str(who): sign * (post - line.intercept - line.slope * pre)
                for who, (pre, post) in ((who, _ends(of)) for who, of in whose.items())
            }
        )
    except CannotCompare:
        return None
