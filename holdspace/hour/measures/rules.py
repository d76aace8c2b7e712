"""When a measure is given, what giving and answering can be, and what a flag asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from holdspace.frame.therapy.rules import Part


class When(StrEnum):
    """The rule by which a measure is given."""

    EACH_SESSION = "before each session"
    EVERY_N = "every n sessions"
    AT_WEEKS = "at weeks"
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


class Respondent(StrEnum):
    """Who answers about the client: they themselves, or somebody else who sees them."""

    CLIENT = "client"
    PARENT = "parent"
    TEACHER = "teacher"
    THERAPIST = "therapist"
    OTHER = "other"


class Shows(StrEnum):
    """What a client is shown of their own answers."""

    NOTHING = "nothing"
    SENTENCE = "sentence"
    CHART = "chart"  # and the sentence


class Faces(StrEnum):
    """Who is asked with faces, where that can be."""

    BY_AGE = "by age"
    ALWAYS = "always"
    NEVER = "never"


MOVES: Final[dict[State, frozenset[State]]] = {
    State.WAITING: frozenset({State.BEGUN, State.FINISHED, State.DECLINED, State.WITHDRAWN}),
    State.BEGUN: frozenset({State.BEGUN, State.FINISHED, State.DECLINED, State.WITHDRAWN}),
    State.FINISHED: frozenset(),
    State.DECLINED: frozenset({State.BEGUN}),
    State.WITHDRAWN: frozenset(),
}
OPEN: Final = (State.WAITING, State.BEGUN)
REMIND_AFTER: Final = timedelta(days=3)
REMIND_BEFORE: Final = timedelta(days=1)
REMIND_NOT_WITHIN: Final = timedelta(hours=12)  # of being given
REMIND_UNTIL: Final = timedelta(hours=20)  # after that time has passed, it comes too late
FACES_BELOW: Final = 12  # years
EVERY_AT_MOST: Final = 52
WEEKS_AT_MOST: Final = 12  # that one rule names
LATEST_WEEK: Final = 520


class CannotMove(Exception):
    """A questionnaire does not go from this state to that one."""


class NotWeeks(Exception):
    """These are not weeks that a rule can name."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a rule asks about a session: its number, and how often the measure was given.

    Weeks are counted from the day the therapy began; `last_week` is that of the session for
    which the measure was last given.
    """

    number: int
    times_given: int
    is_ending: bool
    week: int = 0
    last_week: int | None = None


def week_of(on: date, started_on: date) -> int:
    """The week since a therapy began, to the nearest: a session a day early still belongs to it."""
    return ((on - started_on).days + 3) // 7


def move(state: State, to: State) -> State:
    """The next state; raises CannotMove."""
    if to not in MOVES[state]:
        msg = f"A questionnaire that is {state} cannot become {to}."
        raise CannotMove(msg)
    return to


def is_due(
    when: When, every: int, moment: Moment, standing: Standing, weeks: Sequence[int] = ()
) -> bool:
    """Whether a rule asks for its measure at this session, on this side of it."""
    if (when is When.AFTER_EACH_SESSION) is not (moment is Moment.AFTER):
        return False
    times = standing.times_given
    asks = {
        When.EVERY_N: (standing.number - 1) % every == 0,
        When.AT_WEEKS: _is_due_at(weeks, standing),
        When.ONCE: times == 0,
        When.AT_START_AND_END: times == 0 or (standing.is_ending and times == 1),
    }
    return asks.get(when, True)


def _is_due_at(weeks: Sequence[int], standing: Standing) -> bool:
    """Whether the newest of the weeks that have come was not asked for yet: a missed one lapses."""
    come = [week for week in weeks if week <= standing.week]
    last = standing.last_week
    return bool(come) and (last is None or last < max(come))


def weeks_from(text: str) -> tuple[int, ...]:
    """Weeks as people write them, `0, 6, 12`, in order and each once; raises NotWeeks."""
    words = text.replace(",", " ").split()
    if not all(word.isascii() and word.isdigit() and len(word) <= 3 for word in words):
        raise NotWeeks(text)
    weeks = tuple(sorted({int(word) for word in words}))
    if not are_weeks(weeks):
        raise NotWeeks(text)
    return weeks


def are_weeks(weeks: Sequence[int]) -> bool:
    """Whether a rule can name these weeks."""
    return 1 <= len(weeks) <= WEEKS_AT_MOST and all(0 <= week <= LATEST_WEEK for week in weeks)


def respondent_of(part: Part) -> Respondent:
    """As whom somebody answers about another, by their own part in the therapy."""
    if part in (Part.PARENT, Part.GUARDIAN):
        return Respondent.PARENT
    return Respondent.TEACHER if part is Part.TEACHER else Respondent.OTHER


def sees_faces(faces: Faces, age: int | None) -> bool:
    """Whether somebody of this age is asked with faces."""
    is_child = age is not None and age < FACES_BELOW
    return faces is Faces.ALWAYS or (faces is Faces.BY_AGE and is_child)


def code_from(text: str) -> str:
    """A code as it was made, however it was typed: `bcd 2-34` is `BCD234`."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def remind_at(given_at: datetime, starts_at: datetime | None, ends_at: datetime) -> datetime | None:
    """When to remind of a questionnaire, once: a day before its session, else after three days.

    Nothing for one that was given too shortly before, or ends too soon.
    """
    wanted = given_at + REMIND_AFTER if starts_at is None else starts_at - REMIND_BEFORE
    return wanted if given_at + REMIND_NOT_WITHIN <= wanted < ends_at else None
