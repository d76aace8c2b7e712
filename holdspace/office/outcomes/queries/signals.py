"""The signals of therapies: derived here from what was answered, the most pressing first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from uuid import UUID

from holdspace.cellar.access.visitor import Visitor
from holdspace.frame.therapy import queries as therapies
from holdspace.hour.measures.instruments import Instrument
from holdspace.hour.measures.models import SafetyFlag
from holdspace.hour.measures.queries import Course
from holdspace.hour.measures.shelves import Shelf
from holdspace.office.outcomes import signals as deriving
from holdspace.office.outcomes.criteria import criterion
from holdspace.office.outcomes.forecasting import bounds
from holdspace.office.outcomes.queries import considered, expected, lines
from holdspace.office.outcomes.queries.expected import Learned, Usual
from holdspace.office.outcomes.queries.lines import Left
from holdspace.office.outcomes.rules import KIND_OF, RANK, Finding, Kind
from holdspace.office.outcomes.signals import Line, Signal
from holdspace.office.outcomes.statistics.alliance import Swing
from holdspace.office.outcomes.statistics.growth.fitting import Fit


@dataclass(frozen=True, slots=True)
class Raised:
    """A signal, whose answers it restates, and when a therapist considered it."""

    signal: Signal
    therapy_id: UUID
    participant_id: UUID
    instrument: Instrument
    of: UUID  # the newest answering, the one left unanswered, or the flag
    usual: Usual[Fit] | Usual[Swing] | None = (
        None  # what it is held against, where that was worked out
    )
    considered_at: datetime | None = None

    @property
    def finding(self) -> Finding:
        return self.signal.finding

    @property
    def mark(self) -> str:
        """What a consideration names it by: a new answer makes a new signal."""
        return f"{self.finding}:{self.of}"

    @property
    def order(self) -> tuple[bool, int]:
        """What was considered stands after what was not."""
        return self.considered_at is not None, RANK[self.finding]


@dataclass(frozen=True, slots=True)
class _Known:
    """What signals are derived from, for all therapies of a page."""

    shelf: Shelf
    numbers: Mapping[UUID, int]
    left: Mapping[lines.Key, Sequence[Left]]
    learned: Learned
    considered: Mapping[str, datetime]
    off: Mapping[UUID | None, frozenset[Kind]]


def signals(
    by: Visitor,
    of: Iterable[UUID],
    found: Mapping[UUID, Sequence[Course]],
    flags: Iterable[SafetyFlag] = (),
    *,
    at: datetime,
) -> dict[UUID, list[Raised]]:
    """The signals of therapies whose courses and open flags are known, the most pressing first.

    For who may read their record; nobody else learns that there is any. Five questions, however
    many therapies.
    """
    readable = therapies.reached(by, of)
    if not readable:
        return {}
    courses = {therapy: found.get(therapy, ()) for therapy in readable}
    shelf = Shelf(by.practice)
    known = _Known(
        shelf=shelf,
        numbers=lines.numbers(by, courses),
        left=lines.unanswered(by, readable),
        learned=expected.learned(by),
        considered=considered.answered(by, readable),
        off=considered.off(by, readable),
    )
    raised = chain(
        _of_flags(flags, courses, shelf), _of_courses(courses, known), _of_left(courses, known, at)
    )
    gathered: dict[UUID, list[Raised]] = {}
    for one in raised:
        if not _is_off(one, known):
            when = known.considered.get(one.mark)
            gathered.setdefault(one.therapy_id, []).append(replace(one, considered_at=when))
    return {therapy: sorted(some, key=lambda one: one.order) for therapy, some in gathered.items()}


def _is_off(raised: Raised, known: _Known) -> bool:
    kind = KIND_OF[raised.finding]
    return any(kind in known.off.get(where, ()) for where in (None, raised.therapy_id))


def _of_flags(
    flags: Iterable[SafetyFlag], courses: Mapping[UUID, Sequence[Course]], shelf: Shelf
) -> Iterator[Raised]:
    """A flag that nobody has looked at is a signal too: shown, not made anew."""
    for flag in flags:
        instrument = shelf.get(flag.answering.instrument)
        if flag.therapy_id in courses and instrument is not None:
            yield Raised(
                Signal(Finding.SAFETY), flag.therapy_id, flag.participant_id, instrument, flag.id
            )


def _of_courses(courses: Mapping[UUID, Sequence[Course]], known: _Known) -> Iterator[Raised]:
    for therapy, some in courses.items():
        for course in some:
            rows = lines.scored_rows(course)
            if rows:
                for signal, usual in _of_course(course, rows, known):
                    yield Raised(
                        signal, therapy, course.participant_id, course.instrument, rows[-1],
                        usual,
                    )  # fmt: skip


def _of_course(
    course: Course, rows: Sequence[UUID], known: _Known
) -> Iterator[tuple[Signal, Usual[Fit] | Usual[Swing] | None]]:
    instrument, totals = course.instrument, course.scored
    if deriving.is_alliance(instrument):
        swing = known.learned.swing(instrument)
        rating = deriving.of_alliance(course.totals, swing.made)
        if rating is not None:
            yield rating, swing
        return
    session = known.numbers[rows[-1]] - known.numbers[rows[0]] + 1
    # What others see of somebody is compared with itself alone.
    usual = known.learned.courses.get(instrument.id) if course.is_own else None
    line = Line(
        instrument=instrument, totals=totals, session=session, change=course.change,
        criterion=criterion(instrument),
        bounds=bounds(usual.made, instrument, totals[0], session) if usual else None,
    )  # fmt: skip
    for signal in deriving.derived(line):
        yield signal, usual


def _of_left(
    courses: Mapping[UUID, Sequence[Course]], known: _Known, at: datetime
) -> Iterator[Raised]:
    answered = {
        (therapy, course.participant_id, course.instrument.id): course.points[-1][0]
        for therapy, some in courses.items()
        for course in some
        if course.is_own
    }
    for key, left in known.left.items():
        since = answered.get(key)
        over = [one for one in left if (since is None or one.given_at > since) and one.is_over(at)]
        signal, instrument = deriving.of_missing(len(over)), known.shelf.get(key[2])
        if signal is not None and instrument is not None:
            yield Raised(signal, key[0], key[1], instrument, over[-1].id)
