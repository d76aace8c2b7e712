"""What is near and what is far, and what is large and what is small: rings and three circles."""

from collections.abc import Sequence
from math import cos, pi, sin, sqrt
from typing import Final

from holdspace.hour.worksheets.shapes.cards import cell, disc, numbered, said, table, text
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
    arrow,
    width_of,
    wrapped,
)

MIDDLE: Final = WIDTH / 2
RADII: Final = (85.0, 162.0, 238.0)
THREE: Final = ("one", "two", "three")
ALIKE: Final = 5.0  # how large a circle is that nothing was said of, from 0 to 10
NAME: Final = 104.0  # the widest name on a ring
Spot = tuple[float, float, str]


def rings(filled: Filled) -> Drawing:
    """Draw somebody in the middle and others on rings, by name; by number where names collide."""
    found = table(filled, "people")
    rims = cell(found.blank, "ring").among or ("", "", "")
    centre = 246.0
    marks: list[Mark] = [Circle(MIDDLE, centre, radius, "line") for radius in RADII]
    for radius, words in zip(RADII, rims, strict=False):
        (line,) = wrapped(words, 150, 1, "small") or ("",)
        wide = width_of(line, "small") + 10
        marks.append(Box(MIDDLE - wide / 2, centre - radius - 8, wide, 16, "soft", 8))
        marks.append(Lettering(MIDDLE, centre - radius + 4, (line,), "small"))
    words = wrapped(said(filled, "middle").words or said(filled, "middle").label, 60, 2)
    marks += [
        Circle(MIDDLE, centre, 34, "fill"),
        Lettering(MIDDLE, centre + 5 - (len(words) - 1) * LEADING / 2, words, "label"),
    ]
    spots = _spots(found.rows, centre)
    if _collide(spots):
        for number, (x, y, _name) in enumerate(spots, start=1):
            marks += disc(x, y, str(number))
        key, y = numbered([name for _x, _y, name in spots], centre + RADII[-1] + 24)
        return Drawing(WIDTH, y + 4, (*marks, *key))
    for x, y, name in spots:
        wide = _wide(name)
        marks += [Box(x - wide / 2, y - 13, wide, 26, "box", 13), Lettering(x, y + 4.5, (name,))]
    return Drawing(WIDTH, centre + RADII[-1] + 16, tuple(marks))


def _spots(rows: Sequence[Row], centre: float) -> list[Spot]:
    """Where each stands: evenly on their ring, beginning at its right; the top is the ring's name."""
    on: dict[int, list[str]] = {0: [], 1: [], 2: []}
    for row in rows:
        if cell(row, "name").words:
            on[min(int(cell(row, "ring").number or len(RADII)), len(RADII)) - 1].append(
                cell(row, "name").words
            )
    found = []
    for ring, names in on.items():
        reach = RADII[ring] - 26
        for place, name in enumerate(names):
            angle = -pi / 2 + 2 * pi * (place + 1) / (len(names) + 1) + ring * 0.12
            line = wrapped(name, NAME - 20, 1)[0] if len(rows) < 16 else name
            x, y = MIDDLE + reach * cos(angle), centre + reach * sin(angle)
            found.append((min(max(x, NAME / 2 + 2), WIDTH - NAME / 2 - 2), y, line))
    return found


def _wide(name: str) -> float:
    return width_of(name) + 20


def _collide(spots: Sequence[Spot]) -> bool:
    """Whether any two names, or a name and the middle, would touch."""
    middle = (MIDDLE, 246.0, "mmmm")
    every = [*spots, middle]
    return any(
        abs(one[0] - other[0]) < (_wide(one[2]) + _wide(other[2])) / 2 + 4
        and abs(one[1] - other[1]) < (52 if other is middle else 30)
        for number, one in enumerate(every)
        for other in every[number + 1 :]
    )


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
