"""What diagrams are drawn with: marks on a sheet, and the SVG that they make.

Pure: a shape takes what was filled in and returns a drawing; the page gives classes their colours.
Units are those of the drawing itself, y grows downwards.
"""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from xml.sax.saxutils import escape, quoteattr

Ink = Literal["line", "grid", "fill", "box", "soft", "arrow"]  # a class in worksheets.css
Tone = Literal["label", "said", "small", "value"]  # of lettering
Anchor = Literal["start", "middle", "end"]
LEADING: Final = 15.0
WIDTH_OF_A_LETTER: Final = 6.6  # on average, at the size of `said`


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
    """What fills one place: the field's label, and what was said (`number` where it is one)."""

    label: str
    words: str = ""
    number: float | None = None


Row = Mapping[str, Said]
Filled = Mapping[str, "Said | Sequence[Row]"]


def wrapped(words: str, width: float, most: int = 4) -> tuple[str, ...]:
    """Break words into at most so many lines that fit a width, and say by … that there is more."""
    lines = textwrap.wrap(" ".join(words.split()), max(4, int(width / WIDTH_OF_A_LETTER)))
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1].rstrip()[:-1]}…"]
    return tuple(lines)


def arrow(x1: float, y1: float, x2: float, y2: float, head: float = 7) -> tuple[Path, Path]:
    """Draw a straight arrow to the second point."""
    length = max(((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5, 1e-9)
    along = ((x2 - x1) / length, (y2 - y1) / length)
    base = (x2 - along[0] * head, y2 - along[1] * head)
    side = (-along[1] * head / 2, along[0] * head / 2)
    corners = [(x2, y2), (base[0] + side[0], base[1] + side[1]),
               (base[0] - side[0], base[1] - side[1])]  # fmt: skip
    return Path(f"M{x1:g} {y1:g} L{base[0]:.1f} {base[1]:.1f}"), Path(closed(corners), "arrow")


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
