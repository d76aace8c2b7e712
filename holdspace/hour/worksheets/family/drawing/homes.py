"""Homes: a dashed line around those who live together.

In each row the members who stand side by side share one outline, and outlines that lie above each
other in rows that follow grow together. A home in several pieces has its name on each of them.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from holdspace.hour.worksheets.family.drawing.pen import element, group, number, words
from holdspace.hour.worksheets.family.layout.places import Box, Layout
from holdspace.hour.worksheets.family.model import UNBORN, Telling

INSETS: Final = (9.0, 4.0, 14.0)  # a child of two homes has both lines around it, not one twice
CORNER: Final = 10.0


def outlines(telling: Telling, layout: Layout) -> str:
    """The outlines of all homes with their names."""
    return group(*_each(telling, layout), class_="homes")


def _each(telling: Telling, layout: Layout) -> Iterator[str]:
    for at, home in enumerate(telling.homes):
        members = {one.id for one in telling.people if home.id in one.homes} & layout.spots.keys()
        for boxes in pieces(telling, layout, members):
            grown = [_grown(box, INSETS[at % 3]) for box in boxes]
            yield element("path", d=_around(grown), class_=f"home home-{at % 3}")
            yield words(home.name, grown[0][0] + 10, grown[0][1] - 4, "home-name")


def pieces(telling: Telling, layout: Layout, members: set[str]) -> list[list[Box]]:
    """Stacks of boxes, from the top; boxes of one stack lie above each other."""
    open_stacks: list[list[Box]] = []
    done: list[list[Box]] = []
    for row in layout.order:
        still_open: list[list[Box]] = []
        for box in _runs(telling, layout, row, members):
            above = next((one for one in open_stacks if _overlap(one[-1], box)), None)
            if above is not None:
                open_stacks.remove(above)
            still_open.append([*(above or []), box])
        done += open_stacks
        open_stacks = still_open
    return [*done, *open_stacks]


def _runs(
    telling: Telling, layout: Layout, row: tuple[str, ...], members: set[str]
) -> Iterator[Box]:
    """Members who stand side by side; a loss among the children parts nobody."""
    there = (telling.by_id[one] for one in row if one in telling.by_id)
    seen = [one.id for one in there if one.id in members or one.figure not in UNBORN]
    for is_inside, run in groupby(seen, key=lambda one: one in members):
        if is_inside:
            lefts, tops, rights, bottoms = zip(*(layout.spots[one].box for one in run), strict=True)
            yield min(lefts), min(tops), max(rights), max(bottoms)


def _overlap(above: Box, below: Box) -> bool:
    return min(above[2], below[2]) - max(above[0], below[0]) > 2 * CORNER


def _grown(box: Box, by: float) -> Box:
    left, top, right, bottom = box
    return left - by, top - by, right + by, bottom + by - 4


def _around(boxes: list[Box]) -> str:
    """One outline around a stack, down its right side and up its left, with round corners."""
    right: list[tuple[float, float]] = []
    left: list[tuple[float, float]] = []
    top = boxes[0][1]
    for at, box in enumerate(boxes):
        bottom = (box[3] + boxes[at + 1][1]) / 2 if at + 1 < len(boxes) else box[3]
        right += [(box[2], top), (box[2], bottom)]
        left += [(box[0], top), (box[0], bottom)]
        top = bottom
    return _rounded([*right, *reversed(left)])


def _rounded(points: list[tuple[float, float]]) -> str:
    """A closed way with its corners rounded; corners that are none are left out."""
    told = []
    for before, here, after in zip(
        [points[-1], *points], points, [*points[1:], points[0]], strict=False
    ):
        start, end = _towards(here, before), _towards(here, after)
        told.append(f"{_at(start)}Q{_at(here)} {_at(end)}")
    return f"M{'L'.join(told)}Z"


def _towards(corner: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    (x, y), (to_x, to_y) = corner, other
    length = abs(to_x - x) + abs(to_y - y)
    share = min(CORNER, length / 2) / length if length else 0.0
    return x + (to_x - x) * share, y + (to_y - y) * share


def _at(point: tuple[float, float]) -> str:
    return f"{number(point[0])} {number(point[1])}"
