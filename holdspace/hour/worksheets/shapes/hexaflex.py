"""Six points on six spokes from 0 in the middle to 10 at the rim, joined where all were said."""

from math import cos, pi, sin
from typing import Final

from holdspace.hour.worksheets.shapes.drawing import (
    LEADING,
    Anchor,
    Circle,
    Drawing,
    Filled,
    Lettering,
    Mark,
    Path,
    Said,
    closed,
    wrapped,
)

POINTS: Final = ("acceptance", "present", "values", "action", "self", "defusion")  # clockwise
ANCHORS: Final[tuple[Anchor, ...]] = ("middle", "start", "start", "middle", "end", "end")
MOST: Final = 10
WIDTH, HEIGHT, RIM, MIDDLE = 520.0, 430.0, 120.0, (260.0, 215.0)


def draw(filled: Filled) -> Drawing:
    """Draw the six; those that nothing was said of stay empty spokes."""
    spokes = [_spot(place, MOST) for place in range(len(POINTS))]
    marks: list[Mark] = [
        Path(closed(_spot(place, ring) for place in range(len(POINTS))), "grid")
        for ring in (2, 4, 6, 8, MOST)
    ]
    marks += [Path(f"M{MIDDLE[0]:g} {MIDDLE[1]:g} L{x:.1f} {y:.1f}", "grid") for x, y in spokes]
    marks += _values(filled)
    for place, point in enumerate(POINTS):
        marks += _labels(place, filled, point)
    return Drawing(WIDTH, HEIGHT, tuple(marks))


def _spot(place: int, value: float) -> tuple[float, float]:
    angle = pi / 3 * place - pi / 2
    reach = RIM * value / MOST
    return MIDDLE[0] + reach * cos(angle), MIDDLE[1] + reach * sin(angle)


def _values(filled: Filled) -> list[Mark]:
    said = {place: _said(filled, point).number for place, point in enumerate(POINTS)}
    spots = [_spot(place, value) for place, value in said.items() if value is not None]
    dots: list[Mark] = [Circle(x, y, 4.5, "arrow") for x, y in spots]
    return [Path(closed(spots), "fill"), *dots] if len(spots) == len(POINTS) else dots


def _labels(place: int, filled: Filled, point: str) -> list[Mark]:
    label, note = _said(filled, point), _said(filled, f"{point}_note").words
    x, y = _spot(place, MOST * 1.13)
    anchor = ANCHORS[place]
    number = "" if label.number is None else f" {label.number:g}"
    width = 200 if anchor == "middle" else 128
    head = wrapped(f"{label.label}{number}", width, 2, "label")
    lines = wrapped(note, width, 3, "small")
    under = len(head) + len(lines) - 1  # lines below the first
    top = y - 6 - LEADING * under if place == 0 else y + (12 if place == 3 else 0)
    return [
        Lettering(x, top, head, "label", anchor),
        Lettering(x, top + LEADING * len(head), lines, "small", anchor),
    ]


def _said(filled: Filled, name: str) -> Said:
    found = filled.get(name)
    return found if isinstance(found, Said) else Said("")
