"""Plots of groups: lines, steps, limits and dots over two axes; a template draws them.

Like `charts`, this only works out where things lie. A plot stands on a sheet with the sentence that
says what it shows, which is also its accessible name, and with a table of the same numbers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from holdspace.cellar.ui.charts import Tick, even_steps

WIDTH, HEIGHT = 460, 260
LEFT, RIGHT, TOP, BOTTOM = 44.0, 12.0, 12.0, 28.0
Spots = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Axis:
    """From where to where, and what its numbers are; `percent` writes .5 as 50."""

    low: float
    high: float
    label: str
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line through spots; its kind is a class of the stylesheet: second, third, limit, or none.

    A line that has a label stands in the legend.
    """

    spots: Spots
    label: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Dots:
    """Spots that are not joined; kind `other` is quiet, `mine` is marked."""

    spots: Spots
    label: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class DrawnLine:
    path: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class DrawnDot:
    x: float
    y: float
    kind: str


@dataclass(frozen=True, slots=True)
class Plot:
    """What the template draws, in units of the drawing."""

    width: int
    height: int
    left: float
    right: float
    base: float
    lines: Sequence[DrawnLine]
    dots: Sequence[DrawnDot]
    marks: Sequence[tuple[str, str]]  # kinds of dots with their labels, for the legend
    across: Sequence[Tick]
    up: Sequence[Tick]
    x_label: str
    y_label: str


MORE: Final = 1e-9


def plot(x: Axis, y: Axis, lines: Iterable[Line] = (), dots: Iterable[Dots] = ()) -> Plot:
    """Lay lines and dots over two axes; what lies beyond an axis is drawn at its end."""
    along, up = _scale(x, LEFT, WIDTH - RIGHT), _scale(y, HEIGHT - BOTTOM, TOP)
    groups = list(dots)
    return Plot(
        WIDTH, HEIGHT, LEFT, WIDTH - RIGHT, HEIGHT - BOTTOM,
        lines=[
            DrawnLine(
                " ".join(
                    f"{'L' if n else 'M'}{along(a):g} {up(b):g}"
                    for n, (a, b) in enumerate(line.spots)
                ),
                line.label,
                line.kind,
            )
            for line in lines
        ],
        dots=[DrawnDot(along(a), up(b), group.kind) for group in groups for a, b in group.spots],
        marks=[(group.kind, group.label) for group in groups if group.label and group.spots],
        across=[Tick(along(value), _written(value, x)) for value in _ticks(x)],
        up=[Tick(up(value), _written(value, y)) for value in _ticks(y)],
        x_label=x.label,
        y_label=y.label,
    )  # fmt: skip


def steps(spots: Spots) -> list[tuple[float, float]]:
    """The corners of a curve that holds each value until the next one begins."""
    found: list[tuple[float, float]] = []
    for a, b in spots:
        if found:
            found.append((a, found[-1][1]))
        found.append((a, b))
    return found


class _scale:  # noqa: N801 - a function that remembers its ends
    def __init__(self, axis: Axis, start: float, end: float) -> None:
        self.axis, self.start, self.end = axis, start, end

    def __call__(self, value: float) -> float:
        share = (value - self.axis.low) / max(self.axis.high - self.axis.low, MORE)
        return round(self.start + min(1.0, max(0.0, share)) * (self.end - self.start), 1)


def _ticks(axis: Axis) -> list[float]:
    return even_steps(axis.low, axis.high)


def _written(value: float, axis: Axis) -> str:
    return f"{100 * value:g}" if axis.percent else f"{value:g}"
