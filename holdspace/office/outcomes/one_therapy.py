"""What summaries are made of, and how courses and endings are read from them: pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Final

from holdspace.frame.therapy.rules import Ended
from holdspace.hour.encounters.rules import CAME, Attended
from holdspace.hour.measures.change import Change, Kind, change
from holdspace.hour.measures.instruments import Instrument
from holdspace.office.outcomes.statistics.endings import Ending


@dataclass(frozen=True, slots=True)
class Attending:
    """Places at sessions that were kept, or were not; what is still to come is in none."""

    came: int = 0
    stayed_away: int = 0  # did not come, or cancelled late
    cancelled: int = 0  # with notice
    cancelled_for_them: int = 0  # by the therapist, or a holiday


@dataclass(frozen=True, slots=True)
class FirstToLast:
    """One course: its ends, the kind of change, and after how many scores it was first better."""

    first: float
    last: float
    scores: int
    first_at: datetime
    last_at: datetime
    kind: Kind
    improved_after: int | None


STAYED_AWAY: Final = (Attended.DID_NOT_COME, Attended.CANCELLED_LATE)
FOR_THEM: Final = (Attended.THERAPIST_CANCELLED, Attended.HOLIDAY)


def attending(counts: Mapping[str, int]) -> Attending:
    """Sum up how often each state of attendance occurs."""
    of = Counter(counts)
    return Attending(
        came=sum(of[one] for one in CAME),
        stayed_away=sum(of[one] for one in STAYED_AWAY),
        cancelled=of[Attended.CANCELLED_WITH_NOTICE],
        cancelled_for_them=sum(of[one] for one in FOR_THEM),
    )


def ending(
    ended_on: date | None, held: int, last_ones: int, agreed: int | None, said: str = ""
) -> Ending:
    """How a therapy ended: after `held` sessions, of which `last_ones` were meant as an ending.

    What was `said` of it counts: planned is what ended by agreement, and nothing else. Where nobody
    said how, it is read from what was done: a session of the kind "ending" was held, or as many
    sessions as the frame agreed on.
    """
    if ended_on is None:
        return Ending.ONGOING
    if said not in ("", Ended.NOT_SAID):
        return Ending.PLANNED if said == Ended.AGREED else Ending.UNPLANNED
    came_to_its_end = last_ones > 0 or (agreed is not None and held >= agreed)
    return Ending.PLANNED if came_to_its_end else Ending.UNPLANNED


def first_to_last(instrument: Instrument, scored: Sequence[tuple[datetime, float]]) -> FirstToLast:
    """One course of one score or more, in order of time."""
    (first_at, first), (last_at, last) = scored[0], scored[-1]
    return FirstToLast(
        first, last, len(scored), first_at, last_at,
        kind=change(instrument, first, last).kind if len(scored) > 1 else Kind.NOT_KNOWN,
        improved_after=_improved_after(change(instrument, first, total) for _, total in scored),
    )  # fmt: skip


def _improved_after(changes: Iterable[Change]) -> int | None:
    """The number of the first score that is reliably better than the first one; None if none is."""
    better = (n for n, one in zip(count(1), changes) if one.kind is Kind.RELIABLY_BETTER)
    return next(better, None)
