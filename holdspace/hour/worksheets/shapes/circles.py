"""What is near and what is far, and what is large and what is small: rings and three circles."""

from collections.abc import Sequence
from math import cos, pi, sin, sqrt
from typing import Final

from holdspace.hour.worksheets.shapes.cards import (
    cell,
    disc,
    numbered,
    pill,
    said,
    table,
    text,
)
from holdspace.hour.worksheets.shapes.drawing import (
    LEADING,
    WIDTH,
    Box,
    Circle,
    Drawing,
    Filled,
    Lettering,
    Mark,
    Row,
    Said,
    arrow,
    width_of,
    wrapped,
)

MIDDLE: Final = WIDTH / 2
CENTRE: Final = 250.0
RADII: Final = (110.0, 176.0, 240.0)
HEART: Final = 34.0
THREE: Final = ("one", "two", "three")
ALIKE: Final = 5.0  # how large a circle is that nothing was said of, from 0 to 10
NAME: Final = 116.0  # the widest name on a ring
Spot = tuple[float, float, str]


def rings(filled: Filled) -> Drawing:
    """Draw somebody in the middle and others on rings, by name; by number where names collide."""
    found = table(filled, "people")
    marks = [*_rims(cell(found.blank, "ring").among), *_heart(said(filled, "middle"))]
    spots = _spots(found.rows)
    bottom = CENTRE + RADII[-1]
    if not _collide(spots):
        for x, y, name in spots:
            marks += pill(name, x, y)
        return Drawing(WIDTH, bottom + 16, tuple(marks))
    for number, (x, y, _name) in enumerate(spots, start=1):
        marks += disc(x, y, str(number))
    key, end = numbered([name for _x, _y, name in spots], bottom + 24)
    return Drawing(WIDTH, end + 4, (*marks, *key))


def _rims(names: Sequence[str]) -> list[Mark]:
    """Draw the rings, each with its name at the top."""
    marks: list[Mark] = [Circle(MIDDLE, CENTRE, radius, "line") for radius in RADII]
    for radius, name in zip(RADII, names, strict=False):
        (line,) = wrapped(name, 150, 1, "small")
        wide = width_of(line, "small") + 14
        marks.append(Box(MIDDLE - wide / 2, CENTRE - radius - 9, wide, 18, "soft", 9))
        marks.append(Lettering(MIDDLE, CENTRE - radius + 4, (line,), "small"))
    return marks


def _heart(who: Said) -> list[Mark]:
    lines = wrapped(who.words, 2 * HEART - 10, 2, "label")
    base = CENTRE + 5 - (len(lines) - 1) * LEADING / 2
    return [Circle(MIDDLE, CENTRE, HEART, "fill"), Lettering(MIDDLE, base, lines, "label")]


def _spots(rows: Sequence[Row]) -> list[Spot]:
    """Where each stands: evenly on a ring, clear of its name; on the last if none is said."""
    on: dict[int, list[str]] = {ring: [] for ring in range(len(RADII))}
    for row in rows:
        ring = int(cell(row, "ring").number or len(RADII))
        on[min(ring, len(RADII)) - 1].append(cell(row, "name").words or "?")
    found = []
    for ring, names in on.items():
        reach = RADII[ring] - (32 if ring else 34)
        for place, name in enumerate(names):
            angle = -pi / 2 + 2 * pi * (place + 1) / (len(names) + 1) + ring * 0.12
            found.append((MIDDLE + reach * cos(angle), CENTRE + reach * sin(angle), name))
    return found


def _half(name: str) -> float:
    return width_of(name) / 2 + 10


def _collide(spots: Sequence[Spot]) -> bool:
    """Whether a name is too wide, or would touch the edge, the middle or another name."""
    for number, (x, y, name) in enumerate(spots):
        half = _half(name)
        away = max(abs(x - MIDDLE) - half, 0) ** 2 + max(abs(y - CENTRE) - 13, 0) ** 2
        if 2 * half > NAME or not half < x < WIDTH - half or away < (HEART + 3) ** 2:
            return True
        for x2, y2, other in spots[number + 1 :]:
            if abs(x - x2) < half + _half(other) + 4 and abs(y - y2) < 30:
                return True
    return False


def three_circles(filled: Filled) -> Drawing:
    """Draw three circles, each as large as it is said to be, that act on each other."""
    sizes = [said(filled, f"{name}_size").number for name in THREE]
    radii = [56 + 48 * sqrt((ALIKE if size is None else size) / 10) for size in sizes]
    centres = [(128.0, 116.0), (392.0, 116.0), (260.0, 328.0)]
    marks: list[Mark] = []
    for number, (x, y) in enumerate(centres):
        for other in range(number + 1, 3):
            to = centres[other]
            far = sqrt((to[0] - x) ** 2 + (to[1] - y) ** 2)
            dx, dy = (to[0] - x) / far, (to[1] - y) / far
            a, b = radii[number] + 5, radii[other] + 5
            marks += arrow(x + dx * a, y + dy * a, to[0] - dx * b, to[1] - dy * b, both=True)
    for name, (x, y), radius, size in zip(THREE, centres, radii, sizes, strict=True):
        label = text(said(filled, name).label, "" if size is None else f"{size:g}")
        across = radius * 1.44
        head = wrapped(label, across, 2, "label")
        room = int(radius * 1.3 / LEADING) - len(head)
        lines = wrapped(said(filled, name).words, across, max(room, 1))
        top = y + 6 - (len(head) + len(lines) - 1) * LEADING / 2
        marks += [
            Circle(x, y, radius, "fill"), Lettering(x, top, head, "label"),
            Lettering(x, top + LEADING * len(head), lines),
        ]  # fmt: skip
    return Drawing(WIDTH, 440, tuple(marks))
