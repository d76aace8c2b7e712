"""What a therapy can be: units, states and their moves, roles of those who take part."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from holdspace.frame.people.rules import CannotBe, Particulars
from holdspace.frame.practice.rules import PlaceKind


class Unit(StrEnum):
    """How many a piece of work is with. The tables are the same for all."""

    INDIVIDUAL = "individual"
    COUPLE = "couple"
    FAMILY = "family"
    GROUP = "group"
    CHILD = "child"
    DYAD = "dyad"
    PARENTS = "parents"  # about a child, who does not come; the parents do not become clients
    NETWORK = "network"


class State(StrEnum):
    """Where a therapy is, from first inquiry to ending."""

    INQUIRY = "inquiry"
    ASSESSMENT = "assessment"
    WORKING = "working"
    ENDING = "ending"
    ENDED = "ended"


class Ended(StrEnum):
    """How a therapy came to its end: what was said of it, not what was inferred."""

    AGREED = "agreed"  # planned, and said goodbye to
    BROKEN_OFF = "broken off"  # by the client, without a goodbye
    MOVED = "moved"
    REFERRED = "referred"
    DIED = "died"
    BY_SERVICE = "by the service"
    NEVER_BEGAN = "never began"
    NOT_SAID = "not said"


MOVES: Final[dict[State, frozenset[State]]] = {
    State.INQUIRY: frozenset({State.ASSESSMENT, State.WORKING, State.ENDED}),
    State.ASSESSMENT: frozenset({State.WORKING, State.ENDING, State.ENDED}),
    State.WORKING: frozenset({State.ENDING, State.ENDED}),
    State.ENDING: frozenset({State.WORKING, State.ENDED}),
    State.ENDED: frozenset({State.WORKING}),
}
SAID: Final = {  # inside a sentence
    State.INQUIRY: gettext_lazy("inquiry"), State.ASSESSMENT: gettext_lazy("assessment"),
    State.WORKING: gettext_lazy("working"), State.ENDING: gettext_lazy("ending"),
    State.ENDED: gettext_lazy("ended"),
}  # fmt: skip
LINK_DAYS: Final = 14  # that a link to somebody works, where nothing else is said
LINK_DAYS_AT_MOST: Final = 90
PIN_TRIES: Final = 5
FIRST_WAIT: Final = timedelta(minutes=5)
LONGEST_WAIT: Final = timedelta(hours=12)


class Part(StrEnum):
    """The place somebody takes in a therapy."""

    CLIENT = "client"
    CHILD = "child"
    PARENT = "parent"
    PARTNER = "partner"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    GUARDIAN = "guardian"
    INTERPRETER = "interpreter"
    TEACHER = "teacher"
    OTHER = "other"


class FactKind(StrEnum):
    """What can be so, from a date to a date, between participants of one therapy."""

    KINSHIP = "kinship"
    AUTHORITY = "parental authority"
    COURT_ORDER = "court order"


MOST_PARTICIPANTS: Final = 60
MOST_APPROACHES: Final = 6
MOST_AIMS: Final = 20
LONGEST_AIM: Final = 1000
LONGEST_WORDS: Final = 20_000
LONGEST_MINUTES: Final = 600
HIGHEST_FEE: Final = Decimal("999999.99")
_NAMED_IN_A_TITLE: Final = 3


CUES: Final = ("none", "soft", "phase")


class CannotMove(CannotBe):
    """A therapy does not go from this state to that one."""


class AlreadyHere(CannotBe):
    """Nobody has two places in one therapy at the same time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """Somebody who takes part from the start: known by id, or new by name."""

    part: Part
    person: UUID | None = None
    newcomer: Particulars | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is agreed about time, place and money."""

    minutes: int
    place: PlaceKind
    room: UUID | None = None
    fee: Decimal | None = None
    sessions_agreed: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """How a therapy works and speaks."""

    unit: Unit
    service: str
    stance: str
    voice: str
    approaches: tuple[str, ...] = ()
    note_format: str = "three_line"
    cue: str = ""  # of time in the room; empty: as the approach has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """All that a therapy begins with, whether with one person or with twenty."""

    choices: Choices
    terms: Terms
    participants: tuple[Joining, ...]
    therapists: tuple[UUID, ...]  # the first one leads
    started_on: date
    title: str = ""
    brings: str = ""
    state: State = field(default=State.INQUIRY)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactSaid:
    """What is so of a participant, and towards whom."""

    kind: FactKind
    words: str
    from_on: date
    about: UUID | None = None  # another participant of the same therapy
    to_on: date | None = None


def move(state: State, to: State) -> State:
    """The next state; raises CannotMove."""
    if to not in MOVES[state]:
        msg = _("A therapy that is in %(state)s does not go to %(to)s.")
        raise CannotMove(msg % {"state": SAID[state], "to": SAID[to]}, "to")
    return to


@dataclass(frozen=True, slots=True, kw_only=True)
class HowItEnded:
    """How a therapy came to its end, as somebody who works in it says."""

    how: Ended = Ended.NOT_SAID
    words: str = ""


def usual(voice: str) -> tuple[str, str]:
    """The service and stance that usually go with a voice."""
    service = "counselling" if voice == "counselling" else "psychotherapy"
    return service, "clinical" if voice == "clinical" else "facilitative"


def some_words(text: str, name: str, longest: int = LONGEST_WORDS) -> str:
    """People's words as they were said, line breaks and all."""
    if "\0" in text:
        raise CannotBe(_("This holds a character that cannot be kept. Please type it anew."), name)
    said = text.strip()
    if len(said) > longest:
        msg = _("This is too long: at most %(longest)d characters, and these are %(length)d.")
        raise CannotBe(msg % {"longest": longest, "length": len(said)}, name)
    return said


def some_aims(lines: list[str]) -> list[str]:
    """Aims in their order, each once."""
    aims = list(dict.fromkeys(some_words(line, "aims", LONGEST_AIM) for line in lines))
    kept = [aim for aim in aims if aim]
    if len(kept) > MOST_AIMS:
        raise CannotBe(_("That is more than can be held in mind: at most twenty."), "aims")
    return kept


def checked_terms(terms: Terms) -> Terms:
    """Terms that can be kept; a room only where the place is a room. Raises CannotBe."""
    if not 1 <= terms.minutes <= LONGEST_MINUTES:
        raise CannotBe(_("A session lasts from one minute to ten hours."), "minutes")
    if terms.fee is not None and not 0 <= terms.fee <= HIGHEST_FEE:
        raise CannotBe(_("A fee is nothing or more, and less than a million."), "fee")
    return Terms(
        minutes=terms.minutes, place=terms.place, fee=terms.fee,
        room=terms.room if terms.place is PlaceKind.ROOM else None,
        sessions_agreed=terms.sessions_agreed, words=some_words(terms.words, "words"),
    )  # fmt: skip


def a_day(on: date, name: str, *, earliest: date | None = None, latest: date) -> date:
    """A day on which this can have happened; raises CannotBe."""
    if on > latest:
        raise CannotBe(_("This day has not come yet."), name)
    if earliest is not None and on < earliest:
        raise CannotBe(_("This is before the day it began."), name)
    return on


def title_of(unit: Unit, names: list[str]) -> str:
    """What a therapy is called until its therapist says otherwise."""
    words = [name.split() for name in names]
    firsts = [parts[0] for parts in words]
    if len(words) == 1:
        first, *rest = words[0]
        return f"{first} {rest[-1][0]}." if rest else first
    lasts = {parts[-1] for parts in words if len(parts) > 1}
    if unit is Unit.FAMILY and len(lasts) == 1:
        return _("The %(name)s family") % {"name": lasts.pop()}
    more = len(firsts) - _NAMED_IN_A_TITLE
    if more > 0:
        shown = ", ".join(firsts[:_NAMED_IN_A_TITLE])
        return _("%(names)s and %(more)d more") % {"names": shown, "more": more}
    shown = ", ".join(firsts[:-1])
    return _("%(names)s and %(last)s") % {"names": shown, "last": firsts[-1]}


def may_try_again_at(failures: int, failed_at: datetime | None) -> datetime | None:
    """When a link's PIN may be tried again: after the first tries, each wait is twice as long."""
    if failed_at is None or failures < PIN_TRIES:
        return None
    wait = FIRST_WAIT * (1 << min(failures - PIN_TRIES, 10))
    return failed_at + min(wait, LONGEST_WAIT)
