"""What diagrams are drawn with: marks on a sheet, and the SVG that they make.

Pure: a shape takes what was filled in and returns a drawing; the page gives classes their colours.
Units are those of the drawing itself, y grows downwards.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from xml.sax.saxutils import escape, quoteattr

Ink = Literal[  # classes in worksheets.css
    "line", "thick", "dashed", "grid", "fill", "box", "soft", "band", "stone", "strong", "arrow"
]
Tone = Literal["label", "said", "small", "value"]  # of lettering
Anchor = Literal["start", "middle", "end"]
LEADING: Final = 16.0
WIDTH: Final = 520.0  # of every sheet
SIZES: Final[Mapping[Tone, float]] = {"label": 13, "said": 13, "small": 12, "value": 13}
NARROW: Final = frozenset("fijlrt.,;:'’|!()[]I -")
WIDE: Final = frozenset("mwMW@%—…&")
IDEOGRAPHS: Final = "\u2e80"  # from here on letters are as wide as they are high


@dataclass(frozen=True, slots=True)
class Path:
    """A line or an outline, in the commands of an SVG path."""

    commands: str
    ink: Ink = "line"


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle by its middle."""

    x: float
    y: float
    radius: float
    ink: Ink = "box"


@dataclass(frozen=True, slots=True)
class Box:
    """A box by its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    ink: Ink = "box"
    round: float = 8


@dataclass(frozen=True, slots=True)
class Lettering:
    """Lines of words, the first with its base at y."""

    x: float
    y: float
    lines: tuple[str, ...]
    tone: Tone = "said"
    anchor: Anchor = "middle"


Mark = Path | Circle | Box | Lettering


@dataclass(frozen=True, slots=True)
class Drawing:
    """A diagram, and the size of the sheet that it is on."""

    width: float
    height: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What fills one place: the field's label, and what was said.

    `number` where it is one; of a choice, which of the labels `among` it is, counted from 1.
    """

    label: str
    words: str = ""
    number: float | None = None
    among: tuple[str, ...] = ()


Row = Mapping[str, Said]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that fill a place, and a row in which nothing is said: its labels."""

    rows: Sequence[Row]
    blank: Row


Filled = Mapping[str, Said | Table]


def width_of(words: str, tone: Tone = "said") -> float:
    """Return how wide words are at most, in the sans-serif letters of the house and its likes."""
    bold = 1.07 if tone in ("label", "value") else 1
    return sum(map(_width_of_letter, words)) * SIZES[tone] * bold


def _width_of_letter(letter: str) -> float:
    if letter >= IDEOGRAPHS:
        return 1.05
    if letter in NARROW:
        return 0.38
    return 0.98 if letter in WIDE else 0.74 if letter.isupper() else 0.6


def wrapped(words: str, width: float, most: int = 4, tone: Tone = "said") -> tuple[str, ...]:
    """Break words into at most so many lines that fit a width, and say by … that there is more."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, tone) <= width:
            lines[-1] = longer
        else:
            lines += _pieces(word, width, tone)
        if len(lines) > most:
            return (*lines[: most - 1], _cut(lines[most - 1], width, tone))
    return tuple(lines)


def _pieces(word: str, width: float, tone: Tone) -> list[str]:
    """A word, broken where it is wider than a line."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, tone) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _cut(line: str, width: float, tone: Tone) -> str:
    while line and width_of(f"{line}…", tone) > width:
        line = line[:-1]
    return f"{line.rstrip()}…"


def arrow(
    x1: float, y1: float, x2: float, y2: float, *, both: bool = False, head: float = 8
) -> list[Mark]:
    """Draw a straight arrow to the second point, or one that points both ways."""
    length = max(((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5, 1e-9)
    dx, dy = (x2 - x1) / length * head, (y2 - y1) / length * head
    start = (x1 + dx, y1 + dy) if both else (x1, y1)
    marks: list[Mark] = [
        Path(f"M{start[0]:.1f} {start[1]:.1f} L{x2 - dx:.1f} {y2 - dy:.1f}"), tip(x2, y2, dx, dy)
    ]  # fmt: skip
    return [*marks, tip(x1, y1, -dx, -dy)] if both else marks


def tip(x: float, y: float, dx: float, dy: float) -> Path:
    """Draw the tip of an arrow that ends at a point; `dx`, `dy`: its length along its way."""
    corners = [(x, y), (x - dx - dy / 2, y - dy + dx / 2), (x - dx + dy / 2, y - dy - dx / 2)]
    return Path(closed(corners), "arrow")


def closed(corners: Iterable[tuple[float, float]]) -> str:
    """Return the commands of an outline through these points."""
    return f"M{' L'.join(f'{x:.1f} {y:.1f}' for x, y in corners)} Z"


def svg(drawing: Drawing, title: str) -> str:
    """Return the drawing as one `<svg>` element, all words in it escaped; `title` names it."""
    inner = "".join(map(_source, drawing.marks))
    return (
        f'<svg class="shape" viewBox="0 0 {drawing.width:g} {drawing.height:g}" role="img" '
        f"aria-label={quoteattr(title)}>{inner}</svg>"
    )


def _source(mark: Mark) -> str:
    match mark:
        case Path():
            return f'<path class="ink-{mark.ink}" d="{mark.commands}"/>'
        case Circle():
            place = f'cx="{mark.x:.1f}" cy="{mark.y:.1f}" r="{mark.radius:.1f}"'
            return f'<circle class="ink-{mark.ink}" {place}/>'
        case Box():
            place = f'x="{mark.x:.1f}" y="{mark.y:.1f}" rx="{mark.round:g}"'
            size = f'width="{mark.width:.1f}" height="{mark.height:.1f}"'
            return f'<rect class="ink-{mark.ink}" {place} {size}/>'
        case Lettering():
            lines = "".join(
                f'<tspan x="{mark.x:.1f}" y="{mark.y + place * LEADING:.1f}">{escape(line)}</tspan>'
                for place, line in enumerate(mark.lines)
            )
            return f'<text class="tone-{mark.tone}" text-anchor="{mark.anchor}">{lines}</text>'
