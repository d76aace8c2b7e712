"""When a measure is given, what giving and answering can be, and what a flag asks for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final


class When(StrEnum):
    """The rule by which a measure is given."""

    EACH_SESSION = "before each session"
    EVERY_N = "every n sessions"
    AT_START_AND_END = "at start and end"
    ONCE = "once"
    AFTER_EACH_SESSION = "after each session"


class Moment(StrEnum):
    """On which side of a session."""

    BEFORE = "before"
    AFTER = "after"


class State(StrEnum):
    """Where a questionnaire that was given is."""

    WAITING = "waiting"
    BEGUN = "begun"
    FINISHED = "finished"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class FileKind(StrEnum):
    """What a practice loads for itself."""

    DEFINITION = "definition"  # an instrument of its own
    WORDS = "words"  # the words of one, which it is licensed to use


class AnsweredBy(StrEnum):
    """How the answers came in."""

    CLIENT = "client"  # on their own device, or one handed to them
    PAPER = "paper"  # on paper, copied by the therapist, twice


MOVES: Final[dict[State, frozenset[State]]] = {
    State.WAITING: frozenset({State.BEGUN, State.FINISHED, State.DECLINED, State.WITHDRAWN}),
    State.BEGUN: frozenset({State.BEGUN, State.FINISHED, State.DECLINED, State.WITHDRAWN}),
    State.FINISHED: frozenset(),
    State.DECLINED: frozenset({State.BEGUN}),
    State.WITHDRAWN: frozenset(),
}
OPEN: Final = (State.WAITING, State.BEGUN)
LINK_DAYS: Final = 14
LINK_DAYS_AT_MOST: Final = 90
PIN_TRIES: Final = 5
PIN_DIGITS: Final = (4, 12)
FIRST_WAIT: Final = timedelta(minutes=5)
LONGEST_WAIT: Final = timedelta(hours=12)
EVERY_AT_MOST: Final = 52


class CannotMove(Exception):
    """A questionnaire does not go from this state to that one."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a rule asks about a session: its number, and how often the measure was given."""

    number: int
    times_given: int
    is_ending: bool


def move(state: State, to: State) -> State:
    """The next state; raises CannotMove."""
    if to not in MOVES[state]:
        msg = f"A questionnaire that is {state} cannot become {to}."
        raise CannotMove(msg)
    return to


def is_due(when: When, every: int, moment: Moment, standing: Standing) -> bool:
    """Whether a rule asks for its measure at this session, on this side of it."""
    if (when is When.AFTER_EACH_SESSION) is not (moment is Moment.AFTER):
        return False
    if when is When.EVERY_N:
        return (standing.number - 1) % every == 0
    if when is When.ONCE:
        return standing.times_given == 0
    if when is When.AT_START_AND_END:
        return standing.times_given == 0 or (standing.is_ending and standing.times_given == 1)
    return True


def is_pin(text: str) -> bool:
    """Whether this can be the number that opens a link again."""
    shortest, longest = PIN_DIGITS
    return text.isascii() and text.isdigit() and shortest <= len(text) <= longest


def may_try_again_at(failures: int, failed_at: datetime | None) -> datetime | None:
    """When a PIN may be tried again: after the first tries, each wait is twice as long."""
    if failed_at is None or failures < PIN_TRIES:
        return None
    wait = FIRST_WAIT
    for _ in range(min(failures - PIN_TRIES, 10)):
        wait *= 2
    return failed_at + min(wait, LONGEST_WAIT)
