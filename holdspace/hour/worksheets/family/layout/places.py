"""What stands where: figures with their words, lines of unions, and ways down to the children.

All lengths are units of the drawing (a CSS pixel at 100 %); y grows downwards.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from holdspace.hour.worksheets.family.layout import labels
from holdspace.hour.worksheets.family.model import Parentage, Person, Union

SYMBOL: Final = 40.0
HALF: Final = SYMBOL / 2
GAP: Final = 20.0
TRACK: Final = 12.0
MARGIN: Final = 26.0
YEARS: Final = 17.0  # the line of years above a figure
NOTES: Final = 2  # lines of notes under a name

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Words:
    """What is written around a figure, in lines, and how far it reaches."""

    name: tuple[str, ...]
    notes: tuple[str, ...]
    born: str
    died: str
    age: str

    @property
    def shoulder(self) -> float:
        """How far figure and years reach sideways."""
        years = (labels.width(text, labels.SMALL) + 5 for text in (self.born, self.died))
        return max((HALF + 2, *years))

    @cached_property
    def side(self) -> float:
        """How far everything reaches sideways."""
        names = (labels.width(line, labels.NAME) / 2 for line in self.name)
        notes = (labels.width(line, labels.SMALL) / 2 for line in self.notes)
        return max((self.shoulder, *names, *notes))

    @property
    def down(self) -> float:
        """How far the lines reach below the figure's middle."""
        names = len(self.name) * labels.NAME * labels.LEADING
        return HALF + 5 + names + len(self.notes) * labels.SMALL * labels.LEADING


def words(person: Person, year: int | None) -> Words:
    """What is written around somebody, in a telling of that year."""
    born = f"{person.born}" if person.born else ""
    died = f"{person.died}" if person.died else ""
    return Words(
        labels.lines(person.name, labels.NAME, 2),
        labels.lines(person.notes.replace("\n", " "), labels.SMALL, NOTES),
        f"{born}–" if died else born,
        died,
        age(person, year),
    )


def age(person: Person, year: int | None) -> str:
    """The age as it was said; otherwise the years between birth and death, or birth and now."""
    if person.age and labels.width(person.age, labels.SMALL) <= SYMBOL - 6:
        return person.age
    last = person.died or (None if person.has_died else year)
    if person.born and last and last >= person.born:
        return str(last - person.born)
    return ""


@dataclass(frozen=True)
class Spot:
    """Somebody's figure, by its middle, and the words around it."""

    person: str
    x: float
    y: float
    words: Words

    @property
    def box(self) -> Box:
        """All that the figure and its words cover."""
        side = self.words.side
        return (
            self.x - side,
            self.y - HALF - YEARS,
            self.x + side,
            self.y + self.words.down,
        )


@dataclass(frozen=True)
class Bond:
    """The line of a union, the lines of its years, and where the way to the children begins."""

    union: Union
    path: tuple[Point, ...]
    lines: tuple[str, ...]
    label: Point
    drop: Point


@dataclass(frozen=True)
class Descent:
    """The way from a union to one child; `apex` is where the ways of twins part."""

    parentage: Parentage
    is_main: bool
    path: tuple[Point, ...]
    apex: Point | None = None


@dataclass(frozen=True)
class Layout:
    """The whole drawing; `order` are the rows from left to right."""

    spots: dict[str, Spot]
    bonds: tuple[Bond, ...]
    descents: tuple[Descent, ...]
    order: tuple[tuple[str, ...], ...]

    @cached_property
    def frame(self) -> Box:
        """What the drawing needs, with a margin."""
        boxes = [spot.box for spot in self.spots.values()]
        corners = [point for bond in self.bonds for point in bond.path]
        corners += [point for descent in self.descents for point in descent.path]
        lefts, tops, rights, bottoms = (
            zip(*boxes, *((x, y, x, y) for x, y in corners), strict=True)
            if boxes
            else ((0.0,), (0.0,), (0.0,), (0.0,))
        )
        return (
            min(lefts) - MARGIN, min(tops) - MARGIN, max(rights) + MARGIN, max(bottoms) + MARGIN,
        )  # fmt: skip
