"""What a session can be: kinds, states and their moves, who attended, and what time is free."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Kind(StrEnum):
    """What a session is for."""

    REGULAR = "regular"
    INTAKE = "intake"
    REVIEW = "review"
    CRISIS = "crisis"
    ENDING = "ending"
    PARENT = "parent"
    NETWORK = "network"


class State(StrEnum):
    """Where a session is: an unheld one is a session that is planned."""

    PLANNED = "planned"
    BEGUN = "begun"
    HELD = "held"
    NOT_HELD = "not held"  # everybody stayed away, or somebody cancelled
    WITHDRAWN = "withdrawn"  # planned by mistake, or moved away with its series


MOVES: Final[dict[State, frozenset[State]]] = {
    State.PLANNED: frozenset({State.BEGUN, State.HELD, State.NOT_HELD, State.WITHDRAWN}),
    State.BEGUN: frozenset({State.HELD, State.NOT_HELD, State.PLANNED}),
    State.HELD: frozenset({State.BEGUN, State.NOT_HELD}),
    State.NOT_HELD: frozenset({State.PLANNED, State.BEGUN, State.HELD}),
    State.WITHDRAWN: frozenset(),
}
SAID: Final = {  # inside a sentence
    State.PLANNED: gettext_lazy("planned"), State.BEGUN: gettext_lazy("begun"),
    State.HELD: gettext_lazy("held"), State.NOT_HELD: gettext_lazy("not held"),
    State.WITHDRAWN: gettext_lazy("withdrawn"),
}  # fmt: skip
TAKES_TIME: Final = (State.PLANNED, State.BEGUN, State.HELD)
TOOK_PLACE: Final = (State.HELD, State.BEGUN)


class Attended(StrEnum):
    """How a participant attended (practice: the states a diary must know)."""

    EXPECTED = "expected"
    ATTENDED = "attended"
    LATE = "late"
    LEFT_EARLY = "left early"
    CANCELLED_WITH_NOTICE = "cancelled with notice"
    CANCELLED_LATE = "cancelled late"
    DID_NOT_COME = "did not come"
    THERAPIST_CANCELLED = "therapist cancelled"
    HOLIDAY = "holiday"


class GuestRole(StrEnum):
    """As what somebody is in one session without taking part in the therapy."""

    INTERPRETER = "interpreter"
    STUDENT = "student"
    CHAPERONE = "chaperone"
    RELATIVE = "relative"
    COLLEAGUE = "colleague"
    OTHER = "other"


class WhoCancelled(StrEnum):
    """Why a session that was planned is not held."""

    CLIENT = "client"
    THERAPIST = "therapist"
    HOLIDAY = "holiday"


class Scope(StrEnum):
    """How much of a series a change is meant for."""

    ONE = "one"
    FOLLOWING = "following"
    ALL = "all"


CAME: Final = (Attended.ATTENDED, Attended.LATE, Attended.LEFT_EARLY)
SHORTEST_MINUTES: Final = 1
LONGEST_MINUTES: Final = 24 * 60
EXPECTED_OR_CAME: Final = (Attended.EXPECTED, *CAME)
YEARS_AHEAD: Final = 5
YEARS_BACK: Final = 5  # late entries
WORKING_HOURS: Final = (time(8), time(20))  # in which another time is offered
DAYS_SEARCHED: Final = 14
LONGEST_NEAR: Final = timedelta(hours=12)  # a session is begun on its day
LEFT_OPEN: Final = timedelta(hours=2)  # after which a session was forgotten, not long
SERIES_AT_MOST: Final = 260


class CannotMove(Exception):
    """A session does not go from this state to that one."""


def move(state: State, to: State) -> State:
    """The next state; raises CannotMove."""
    if to not in MOVES[state]:
        msg = _("A session that is %(state)s cannot become %(to)s.")
        raise CannotMove(msg % {"state": SAID[state], "to": SAID[to]})
    return to


# ------------------------------------------------------------------ how it goes


class OutOfReach(Exception):
    """A session cannot lie there, or be so long; says why."""


def check_slot(start: datetime, minutes: int, *, at: datetime) -> None:
    """Whether a session may lie here at all; raises OutOfReach."""
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        raise OutOfReach(_("A session lasts from 1 minute to 24 hours."))
    if start - at > timedelta(days=366 * YEARS_AHEAD):
        raise OutOfReach(_("A session can be planned at most five years ahead."))
    if at - start > timedelta(days=366 * YEARS_BACK):
        raise OutOfReach(_("A session can be entered at most five years back."))


def check_begin(starts_at: datetime, ends_at: datetime, *, at: datetime) -> None:
    """A session is begun on its day; raises OutOfReach."""
    if at < starts_at - LONGEST_NEAR:
        raise OutOfReach(_("This session is planned for later; move it first."))
    if at > ends_at + LONGEST_NEAR:
        raise OutOfReach(_("This session is long past; enter the times at which it was held."))


def check_real(began_at: datetime, ended_at: datetime | None, *, at: datetime) -> None:
    """When a session really was; raises OutOfReach."""
    last = ended_at or began_at
    if max(began_at, last) > at:
        raise OutOfReach(_("This is still to come."))
    if at - began_at > timedelta(days=366 * YEARS_BACK):
        raise OutOfReach(_("A session can be entered at most five years back."))
    if last < began_at:
        raise OutOfReach(_("It cannot have ended before it began."))
    if last - began_at > timedelta(minutes=LONGEST_MINUTES):
        raise OutOfReach(_("A session lasts from 1 minute to 24 hours."))


def real_end(began_at: datetime, ends_at: datetime, *, at: datetime) -> datetime:
    """When a session ended that is put away now: now, or as planned where that was forgotten."""
    return max(began_at, ends_at if at - ends_at > LEFT_OPEN else at)


def absence(who: WhoCancelled, starts_at: datetime, told_at: datetime, hours: int) -> Attended:
    """How everybody attended a session that was cancelled."""
    if who is WhoCancelled.THERAPIST:
        return Attended.THERAPIST_CANCELLED
    if who is WhoCancelled.HOLIDAY:
        return Attended.HOLIDAY
    in_time = starts_at - told_at >= timedelta(hours=hours)
    return Attended.CANCELLED_WITH_NOTICE if in_time else Attended.CANCELLED_LATE


def state_after(state: State, attended: Collection[Attended], *, is_over: bool) -> State:
    """The state of a session, now that it is known who came."""
    if attended and not any(one in EXPECTED_OR_CAME for one in attended):
        return state if state is State.NOT_HELD else move(state, State.NOT_HELD)
    if state is not State.NOT_HELD:
        return state
    return move(state, State.HELD if is_over else State.PLANNED)


# ------------------------------------------------------------------ what is taken, what is free


class Holder(StrEnum):
    """What can be in one place at a time."""

    ROOM = "room"
    THERAPIST = "therapist"
    PERSON = "person"


@dataclass(frozen=True, slots=True, order=True)
class Taken:
    """A room, a therapist or a person is taken from a moment up to another."""

    start: datetime
    end: datetime
    holder: Holder
    holder_id: UUID
    is_known: bool = True  # to the one who plans, who otherwise hears no more than "not free"


def overlap(start: datetime, end: datetime, other: Taken) -> bool:
    """Whether two stretches share a moment; one may begin as the other ends."""
    return start < other.end and other.start < end


def conflicts(taken: Iterable[Taken], start: datetime, end: datetime) -> list[Taken]:
    """What stands in the way, each holder once, in the order it comes."""
    found: dict[UUID, Taken] = {}
    for one in sorted(taken):
        if overlap(start, end, one):
            found.setdefault(one.holder_id, one)
    return list(found.values())


def free_times(
    taken: Collection[Taken], wanted: datetime, minutes: int, zone: ZoneInfo, *, at: datetime
) -> list[datetime]:
    """Up to three free times of the same length, nearest first, on that day or the next free."""
    length = timedelta(minutes=minutes)
    clock = wanted.astimezone(zone)
    for ahead in range(DAYS_SEARCHED + 1):
        day = clock.date() + timedelta(days=ahead)
        nearest = datetime.combine(day, clock.time(), tzinfo=zone).astimezone(UTC)
        free = {
            start
            for start in _starts(taken, day, length, zone)
            if start >= at and not conflicts(taken, start, start + length)
        }
        if free:
            return sorted(free, key=lambda start: (abs(start - nearest), start))[:3]
    return []


def _starts(
    taken: Iterable[Taken], day: date, length: timedelta, zone: ZoneInfo
) -> Iterator[datetime]:
    """Each quarter of an hour within working hours, and where something ends."""
    opens, closes = (
        datetime.combine(day, clock, tzinfo=zone).astimezone(UTC) for clock in WORKING_HOURS
    )
    quarters = range((closes - opens) // timedelta(minutes=15))
    for start in (*(opens + timedelta(minutes=15 * n) for n in quarters), *(t.end for t in taken)):
        if opens <= start and start + length <= closes:
            yield start
