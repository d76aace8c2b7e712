"""Cards: a label and what was said below it, as high as they need; and what joins them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from holdspace.hour.worksheets.shapes.drawing import (
    LEADING,
    WIDTH,
    Box,
    Circle,
    Filled,
    Ink,
    Lettering,
    Mark,
    Row,
    Said,
    Table,
    Tone,
    arrow,
    width_of,
    wrapped,
)

PAD: Final = 10.0
GAP: Final = 30.0  # between two cards that an arrow joins
NOTHING: Final = Said("")
LINES: Final = 6  # of what was said on one card


@dataclass(frozen=True, slots=True)
class Card:
    """A box by its upper left corner, and the lines in it."""

    label: tuple[str, ...]
    lines: tuple[str, ...]
    width: float
    x: float = 0
    y: float = 0
    tall: float = 0  # at least so high

    @property
    def height(self) -> float:
        return max(self.tall, 2 * PAD + LEADING * max(1, len(self.label) + len(self.lines)))

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def at(self, x: float, y: float, tall: float = 0) -> "Card":
        """Return the same card in another place."""
        return Card(self.label, self.lines, self.width, x, y, tall or self.tall)

    def marks(self, ink: Ink = "box") -> list[Mark]:
        """Draw it."""
        x, base = self.x + PAD, self.y + PAD + 12
        below = base + LEADING * len(self.label)
        return [
            Box(self.x, self.y, self.width, self.height, ink),
            Lettering(x, base, self.label, "label", "start"),
            Lettering(x, below, self.lines, "said", "start"),
        ]


def card(said: Said, width: float, most: int = LINES) -> Card:
    """Return the card of a place, not yet put anywhere."""
    inner = width - 2 * PAD
    return Card(wrapped(said.label, inner, 3, "label"), wrapped(said.words, inner, most), width)


def joined(one: Card, other: Card, *, both: bool = False) -> list[Mark]:
    """Draw an arrow from the rim of one card to the rim of another."""
    start, end = _rim(one, other.middle), _rim(other, one.middle)
    return arrow(*start, *end, both=both)


def _rim(of: Card, towards: tuple[float, float], space: float = 4) -> tuple[float, float]:
    """Where the line from a card's middle to a point leaves the card."""
    x, y = of.middle
    dx, dy = towards[0] - x, towards[1] - y
    reach = min(
        (of.width / 2 + space) / abs(dx) if abs(dx) > 1e-9 else 1.0,
        (of.height / 2 + space) / abs(dy) if abs(dy) > 1e-9 else 1.0,
    )
    return x + dx * reach, y + dy * reach


def said(filled: Filled, name: str) -> Said:
    """Return what fills a place; nothing where the diagram has no such place."""
    found = filled.get(name)
    return found if isinstance(found, Said) else NOTHING


def table(filled: Filled, name: str) -> Table:
    """Return the rows of a place; none where the diagram has no such place."""
    found = filled.get(name)
    return found if isinstance(found, Table) else Table((), {})


def given(filled: Filled, names: Sequence[str]) -> list[Said]:
    """Return what fills those of the places that the diagram has."""
    return [one for name in names if isinstance(one := filled.get(name), Said)]


def cell(row: Row, name: str) -> Said:
    """Return one column of a row."""
    return row.get(name, NOTHING)


def text(*parts: str) -> str:
    """Join what was said of several things."""
    return " · ".join(part for part in parts if part)


def numbered(entries: Sequence[str], y: float) -> tuple[list[Mark], float]:
    """Draw a list of numbered words in two columns from y on; answers where it ends."""
    width, marks, tops = WIDTH / 2 - 20, [], [y, y]
    for number, words in enumerate(entries, start=1):
        column = 0 if tops[0] <= tops[1] else 1
        x, top = 10 + column * (width + 20), tops[column]
        lines = wrapped(words, width - 30, 3)
        marks += disc(x + 10, top + 10, str(number))
        marks.append(Lettering(x + 27, top + 15, lines, "said", "start"))
        tops[column] = top + LEADING * max(1, len(lines)) + 10
    return marks, max(tops)


def disc(x: float, y: float, words: str, ink: Ink = "box") -> list[Mark]:
    """Draw a small circle with a number in it."""
    tone: Tone = "small"
    return [Circle(x, y, 10, ink), Lettering(x, y + 4, (words,), tone)]


def pill(words: str, x: float, y: float, most: float = 120, ink: Ink = "box") -> list[Mark]:
    """Draw words on one line in a round box around a point."""
    (line,) = wrapped(words, most - 20, 1) or ("",)
    width = width_of(line) + 20
    return [Box(x - width / 2, y - 13, width, 26, ink, 13), Lettering(x, y + 4.5, (line,))]
