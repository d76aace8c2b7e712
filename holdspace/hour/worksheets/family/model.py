"""A telling: one person's account, at one time, of who belongs to the family and how.

Kinds of people, unions and lines after the standard that McGoldrick, Gerson and Petry describe
(Genograms: Assessment and Treatment, 4th edition, 2020); where conventions differ (pregnancy and
loss, unknown, adoption, recovery) the legend of every drawing says what is meant.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import permutations
from typing import Final, TypeVar

Told = TypeVar("Told")
MOST_PEOPLE: Final = 120
MOST_LINES: Final = 240
MOST_HOMES: Final = 12
NAME, NOTE, AGE = 60, 600, 20
FARTHEST: Final = 4000.0  # a nudge, in units of the drawing


class Figure(StrEnum):
    """What is drawn; for a person, the gender that they live."""

    WOMAN = "woman"
    MAN = "man"
    NONBINARY = "nonbinary"
    UNKNOWN = "unknown"
    PET = "pet"
    PREGNANCY = "pregnancy"
    MISCARRIAGE = "miscarriage"
    ABORTION = "abortion"
    STILLBIRTH = "stillbirth"


UNBORN: Final = {Figure.PREGNANCY, Figure.MISCARRIAGE, Figure.ABORTION, Figure.STILLBIRTH}
GENDERS: Final = {Figure.WOMAN, Figure.MAN, Figure.NONBINARY, Figure.UNKNOWN}


class Mark(StrEnum):
    """How far something about health goes, as told."""

    PRESENT = "present"
    RECOVERY = "recovery"
    SUSPECTED = "suspected"


class Turn(StrEnum):
    """What happened to a union; the first turn says what it began as."""

    TOGETHER = "together"
    MARRIED = "married"
    AFFAIR = "affair"
    SEPARATED = "separated"
    DIVORCED = "divorced"
    REUNITED = "reunited"


BEGINNINGS: Final = {Turn.TOGETHER, Turn.MARRIED, Turn.AFFAIR}
ENDINGS: Final = {Turn.SEPARATED, Turn.DIVORCED}


class How(StrEnum):
    """How a child came to a union; the order is that in which a place is chosen."""

    BIOLOGICAL = "biological"
    ADOPTED = "adopted"
    FOSTER = "foster"
    SURROGATE = "surrogate"
    DONOR = "donor"


class Tie(StrEnum):
    """What is between two people; arrows lead from the first to the second."""

    CLOSE = "close"
    FUSED = "fused"
    DISTANT = "distant"
    HOSTILE = "hostile"
    CLOSE_HOSTILE = "close_hostile"
    FUSED_HOSTILE = "fused_hostile"
    CUT_OFF = "cut_off"
    REPAIRED = "repaired"
    FOCUSED = "focused"
    CARETAKER = "caretaker"
    PHYSICAL_ABUSE = "physical_abuse"
    EMOTIONAL_ABUSE = "emotional_abuse"
    SEXUAL_ABUSE = "sexual_abuse"
    SPIRITUAL = "spiritual"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, in the teller's words."""

    words: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the story. `age` is as said ("about 40"); `nudge` moves the figure by hand."""

    id: str
    name: str = ""
    figure: Figure = Figure.UNKNOWN
    inner: Figure | None = None  # drawn only where the person wants it recorded
    index: bool = False
    born: int | None = None
    died: int | None = None
    dead: bool = False
    age: str = ""
    notes: str = ""
    events: tuple[Event, ...] = ()
    substance: Mark | None = None
    illness: Mark | None = None
    homes: tuple[str, ...] = ()
    unspoken: bool = False  # "we don't talk about him"
    secret: bool = False
    nudge: tuple[float, ...] = (0.0, 0.0)

    @property
    def has_died(self) -> bool:
        """Whether the teller said so, with a year or without."""
        return self.dead or self.died is not None


@dataclass(frozen=True, slots=True)
class Step:
    """A turn of a union, with its year where it was told."""

    turn: Turn
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Union:
    """One or two people of whom children come, or who are or were together."""

    id: str
    partners: tuple[str, ...]
    steps: tuple[Step, ...] = (Step(Turn.TOGETHER),)

    @property
    def state(self) -> Turn:
        """The last turn that was told."""
        return self.steps[-1].turn

    @property
    def began(self) -> int | None:
        """The first year that was told of it."""
        return next((step.year for step in self.steps if step.year), None)


@dataclass(frozen=True, slots=True)
class Parentage:
    """A child of a union. Children with the same `twins` were born together."""

    child: str
    union: str
    how: How = How.BIOLOGICAL
    twins: str = ""
    identical: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """What is between two people."""

    id: str
    source: str
    target: str
    tie: Tie
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    """People who live together."""

    id: str
    name: str = ""


@dataclass(frozen=True)
class Telling:
    """The whole account. Ids are its own, and mean nothing elsewhere."""

    told_by: str = ""
    date: str = ""
    people: tuple[Person, ...] = ()
    unions: tuple[Union, ...] = ()
    children: tuple[Parentage, ...] = ()
    lines: tuple[Line, ...] = ()
    homes: tuple[Home, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Person]:
        """The people by their ids, in the order in which they were told."""
        return {one.id: one for one in self.people}

    @cached_property
    def union_by_id(self) -> Mapping[str, Union]:
        """The unions by their ids."""
        return {one.id: one for one in self.unions}

    @cached_property
    def places(self) -> Mapping[str, Parentage]:
        """For each child, the parentage under which it is drawn: biological before all others."""
        rank = {how: index for index, how in enumerate(How)}
        found: dict[str, Parentage] = {}
        for one in sorted(self.children, key=lambda one: rank[one.how]):
            found.setdefault(one.child, one)
        return found

    @cached_property
    def near(self) -> Mapping[str, tuple[str, ...]]:
        """For each person, those they are tied to by a line or live with, as told."""
        found: dict[str, dict[str, None]] = {one.id: {} for one in self.people}
        for line in self.lines:
            found[line.source][line.target] = found[line.target][line.source] = None
        for one, other in permutations(self.people, 2):
            if set(one.homes) & set(other.homes):
                found[one.id][other.id] = None
        return {one: tuple(others) for one, others in found.items()}

    def placed(self, union: str) -> Iterator[Parentage]:
        """The children drawn under a union, as they were told."""
        return (
            one for one in self.children if one.union == union and one is self.places[one.child]
        )

    def unions_of(self, person: str) -> list[Union]:
        """Somebody's unions, in the order of their years; those without a year as told."""
        own = [one for one in self.unions if person in one.partners]
        return in_years(own, [one.began for one in own])


def in_years(told: list[Told], years: list[int | None]) -> list[Told]:
    """What has a year goes in order of years; what has none keeps the place it was told at."""
    dated = iter(sorted((year, at) for at, year in enumerate(years) if year is not None))
    return [one if years[at] is None else told[next(dated)[1]] for at, one in enumerate(told)]
