"""What one participant's scores on one instrument show: derived on reading, never stored.

Pure: totals and published statistics in, findings out. Which statistics is said in each function,
and in docs/explanation/intended-purpose.md. Totals are in order of time; none is made up.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from holdspace.hour.measures.change import Change
from holdspace.hour.measures.change import Kind as Changed
from holdspace.hour.measures.instruments import Direction, Instrument
from holdspace.office.outcomes.criteria import Criterion
from holdspace.office.outcomes.rules import UNANSWERED_IN_A_ROW, Finding
from holdspace.office.outcomes.statistics.alliance import WITHIN, Fall, Swing, falls

ALLIANCE = frozenset(
    {"alliance", "family alliance", "working relationship"}
)  # what such a rating is about


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is expected at the session of the newest score, of those who began where this one did.

    `edge` and `watch`: the total that nine of ten, and 84 of 100, do not pass on the worse side.
    Beyond the last session that anything is expected of there are none. `half_by`: the session by
    which half of them had changed reliably for the better, if any.
    """

    edge: float | None
    watch: float | None
    half_by: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """The scores, and what they are held against.

    `session` is the newest score's, where the first score's is 1.
    """

    instrument: Instrument
    totals: Sequence[float]
    session: int
    change: Change | None
    criterion: Criterion | None = None
    bounds: Bounds | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """A finding, and the numbers that its sentence restates."""

    finding: Finding
    said: Mapping[str, float] = field(default_factory=dict)


def is_alliance(instrument: Instrument) -> bool:
    """Whether an instrument rates the session or the working relationship."""
    return not ALLIANCE.isdisjoint(instrument.constructs)


def derived(line: Line) -> list[Signal]:
    """Everything these scores show."""
    ways: tuple[Callable[[Line], Signal | None], ...] = (of_change, of_course, of_no_change)
    found = [way(line) for way in ways] if line.instrument.validated else []
    return [signal for signal in found if signal is not None]


def of_change(line: Line) -> Signal | None:
    """Reliable change from the first score to the newest, by the instrument's published rule.

    With the cut-off crossed as well it is clinically significant (Jacobson & Truax 1991).
    """
    change = line.change
    if change is None or change.first is None or change.last is None:
        return None
    said = {"first": change.first, "last": change.last}
    if change.kind is Changed.RELIABLY_WORSE:
        return Signal(Finding.WORSE, said)
    if change.kind is not Changed.RELIABLY_BETTER:
        return None
    if line.criterion is not None and line.criterion.is_crossed(change.first, change.last):
        return Signal(Finding.RECOVERED, {**said, "cut": line.criterion.value})
    return Signal(Finding.BETTER, said)


def of_course(line: Line) -> Signal | None:
    """Whether the newest score lies beyond what nine of ten, or 84 of 100, had at that session."""
    if line.bounds is None or line.session < 2:
        return None
    first, last = line.totals[0], line.totals[-1]
    for finding, bound in (
        (Finding.NOT_ON_TRACK, line.bounds.edge),
        (Finding.WATCH, line.bounds.watch),
    ):
        if bound is not None and _is_worse(line.instrument, last, bound):
            said = {"first": first, "last": last, "bound": bound, "session": line.session}
            return Signal(finding, said)
    return None


def _is_worse(instrument: Instrument, total: float, bound: float) -> bool:
    if instrument.direction is Direction.HIGHER_BETTER:
        return total < bound
    return total > bound


def of_no_change(line: Line) -> Signal | None:
    """No reliable change by the session where half of those who began there had improved."""
    change, bounds = line.change, line.bounds
    if change is None or bounds is None or bounds.half_by is None or not change.room_to_improve:
        return None
    if change.kind is not Changed.NO_RELIABLE_CHANGE or line.session < bounds.half_by:
        return None
    return Signal(Finding.NO_CHANGE, {"session": line.session, "half_by": bounds.half_by})


def of_missing(in_a_row: int) -> Signal | None:
    """Asked so often since the last answer, and not answered: our own rule, two in a row."""
    if in_a_row < UNANSWERED_IN_A_ROW:
        return None
    return Signal(Finding.MISSING, {"times": in_a_row})


def of_alliance(ratings: Sequence[float | None], usual: Swing) -> Signal | None:
    """A fall of ratings by two deviations or by one that stands, or the newest rating's return.

    By statistics.alliance (Gumz 2012); a fall is spoken of for three ratings, then no more.
    """
    both = falls(ratings, usual)
    found = (
        _fallen(both.rupture, ratings, Finding.RUPTURE),
        _fallen(both.watch, ratings, Finding.DROP),
        _returned(both.rupture or both.watch, ratings),
    )
    return next((signal for signal in found if signal is not None), None)


def _fallen(
    some: Sequence[Fall], ratings: Sequence[float | None], finding: Finding
) -> Signal | None:
    """The newest fall, while it is not made good and not long ago."""
    if not some or some[-1].repaired is not None or len(ratings) - some[-1].session >= WITHIN:
        return None
    fall = some[-1]
    said = {"level": fall.level, "last": fall.level - fall.drop, "step": fall.swing}
    return Signal(finding, said)


def _returned(some: Sequence[Fall], ratings: Sequence[float | None]) -> Signal | None:
    """A fall that the newest rating made good."""
    if not some or some[-1].repaired != len(ratings):
        return None
    return Signal(Finding.REPAIR, {"lowest": some[-1].lowest, "last": ratings[-1] or 0.0})
