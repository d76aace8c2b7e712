"""What each unit of work usually is: who begins it, how it is joined, who lives where."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from holdspace.frame.people.rules import CannotBe
from holdspace.frame.therapy.rules import MOST_PARTICIPANTS, Joining, Part, Unit, a_day, some_words

# As what people usually begin: one row of the form for each.
USUALLY: Final[dict[Unit, tuple[Part, ...]]] = {
    Unit.INDIVIDUAL: (Part.CLIENT,),
    Unit.COUPLE: (Part.CLIENT, Part.PARTNER),
    Unit.FAMILY: (Part.CLIENT, Part.CLIENT, Part.CHILD),
    Unit.GROUP: (Part.CLIENT,) * 3,
    Unit.CHILD: (Part.CHILD, Part.PARENT),
    Unit.DYAD: (Part.PARENT, Part.CHILD),
    Unit.PARENTS: (Part.PARENT, Part.PARENT),
    Unit.NETWORK: (Part.CLIENT, Part.OTHER, Part.OTHER),
}
SHARED: Final = frozenset(Unit) - {Unit.INDIVIDUAL}  # one tells what another may not hear
AT_HOME: Final = frozenset({Unit.FAMILY, Unit.CHILD, Unit.DYAD, Unit.PARENTS, Unit.NETWORK})
LONGEST_LINE: Final = 1000
MOST_HOMES: Final = 6


class Opening(StrEnum):
    """Whether a group is joined on the way."""

    CLOSED = "closed"
    SLOW = "slow"
    OPEN = "open"


class Seat(StrEnum):
    """How a colleague works in a therapy."""

    THERAPIST = "therapist"
    REFLECTING = "reflecting"  # in the reflecting team: listens, and speaks when asked to


class Tie(StrEnum):
    """How one piece of work stands to another with some of the same people. Records stay apart."""

    WENT_ON = "went on"  # the first ends as the second begins: an individual's as a couple's
    BESIDE = "beside"  # talks with the parents, beside the child's own work


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """How a group is joined, and by how many."""

    opening: Opening
    places: int | None = None
    notice_weeks: int | None = None  # before somebody leaves


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """A home, and who lives there how: a child may live in two."""

    name: str
    words: str
    dwellers: tuple[UUID, ...]  # participants
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GoingOn:
    """How work goes on in another unit: with whom of these, who is new, how it stands to this."""

    unit: Unit
    tie: Tie
    staying: tuple[UUID, ...]  # participants of the first
    newcomers: tuple[Joining, ...]
    on: date


def padded(count: int, unit: Unit) -> list[Part]:
    """The parts of the rows still missing, for a unit that usually begins with more."""
    return list(USUALLY[unit][count:])


def checked_roster(roster: Roster, here: int) -> Roster:
    """A roster that can be kept; raises CannotBe."""
    if roster.places is not None and not max(2, here) <= roster.places <= MOST_PARTICIPANTS:
        msg = _("At least as many places as there are members, and at most sixty.")
        raise CannotBe(msg, "places")
    return roster


def checked_household(one: Household, members: Collection[UUID], *, today: date) -> Household:
    """A home that can be written down; raises CannotBe."""
    name = some_words(one.name, "name", LONGEST_LINE)
    if not name:
        raise CannotBe(_("Please say what this home is called: with Mum, at Gran's."), "name")
    if not one.dwellers or not set(one.dwellers) <= set(members):
        raise CannotBe(_("Please say who lives there."), "dwellers")
    a_day(one.since, "since", latest=today)
    return replace(one, name=name, words=some_words(one.words, "words", LONGEST_LINE))


def several_names(text: str) -> list[str]:
    """Names that were written one on each line, or with commas between."""
    lines: Iterable[str] = text.replace(",", "\n").splitlines()
    return [name for name in map(str.strip, lines) if name][:MOST_PARTICIPANTS]


def may_be_joined(opening: str, state: str) -> bool:
    """Whether somebody can still be taken in: a closed group that works is closed."""
    return not (opening == Opening.CLOSED and state in ("working", "ending"))
