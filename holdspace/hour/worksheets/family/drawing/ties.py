"""What is between people, as lines along a curve that keeps clear of everybody else.

Each kind has a pattern of its own; colour only repeats it. Abuse carries its word as well.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from holdspace.hour.worksheets.family.drawing.pen import element, group, number, path, words
from holdspace.hour.worksheets.family.layout.places import HALF
from holdspace.hour.worksheets.family.model import Tie
from holdspace.hour.worksheets.family.refusal import _

Curve = NDArray[np.float64]  # points (n, 2), about STEP apart
STEP: Final = 4.0
FEWEST: Final = 9  # points of the shortest curve
CLEAR: Final = HALF + 7
PARALLEL: Final = {
    Tie.CLOSE: (-2.2, 2.2), Tie.FUSED: (-3.6, 0.0, 3.6),
    Tie.CLOSE_HOSTILE: (-6.5, 6.5), Tie.FUSED_HOSTILE: (-7.5, 0.0, 7.5),
}  # fmt: skip
ZIGZAG: Final = {
    Tie.HOSTILE, Tie.CLOSE_HOSTILE, Tie.FUSED_HOSTILE, Tie.PHYSICAL_ABUSE, Tie.EMOTIONAL_ABUSE,
    Tie.SEXUAL_ABUSE,
}  # fmt: skip
ARROWS: Final = {
    Tie.FOCUSED: 7.0, Tie.CARETAKER: 11.0, Tie.PHYSICAL_ABUSE: 9.0, Tie.EMOTIONAL_ABUSE: 9.0,
    Tie.SEXUAL_ABUSE: 9.0,
}  # fmt: skip
SAID: Final = {
    Tie.PHYSICAL_ABUSE: _("physical"), Tie.EMOTIONAL_ABUSE: _("emotional"),
    Tie.SEXUAL_ABUSE: _("sexual"),
}  # fmt: skip
BENDS: Final = (0.0, 0.14, -0.14, 0.26, -0.26, 0.4, -0.4)
FLAT_BENDS: Final = (-0.2, -0.32, 0.2, 0.32, -0.5, 0.5)  # in a row: above it first


def curve(start: Sequence[float], end: Sequence[float], others: Curve, taken: int = 0) -> Curve:
    """From figure to figure, bent the least that keeps clear of the others' figures.

    `taken` lines between the same two are there already: the next bend is used.
    """
    a, b = np.asarray(start, float), np.asarray(end, float)
    bends = FLAT_BENDS if abs(a[1] - b[1]) < HALF else BENDS
    found = [_bent(a, b, bend) for bend in bends]
    free = [one for one in found if _is_clear(one, others)] or found
    return free[taken % len(free)]


def _bent(a: Curve, b: Curve, bend: float) -> Curve:
    across = b - a
    length = max(float(np.hypot(*across)), 1.0)
    middle = (a + b) / 2 + bend * np.array([-across[1], across[0]])
    if across[0] < 0:  # the same side whoever was named first
        middle = (a + b) / 2 - bend * np.array([-across[1], across[0]])
    t = np.linspace(0, 1, max(int(length / STEP), 8))[:, None]
    points = (1 - t) ** 2 * a + 2 * t * (1 - t) * middle + t**2 * b
    far = np.minimum(np.hypot(*(points - a).T), np.hypot(*(points - b).T)) > HALF + 5
    kept = points[far] if far.sum() > 1 else points[2:-2]
    return kept if len(kept) >= FEWEST else np.linspace(kept[0], kept[-1], FEWEST)


def _is_clear(points: Curve, others: Curve) -> bool:
    if not len(others):
        return True
    apart = np.abs(points[:, None, :] - others[None, :, :]).max(axis=2)
    return bool((apart > CLEAR).all())


def drawn(tie: Tie, points: Curve, say: Callable[[str], str]) -> str:
    """The line of one kind along a curve, with its arrow, bars and word."""
    parts = list(_strokes(tie, points))
    if tie in ARROWS:
        parts.append(arrow(points, ARROWS[tie], is_open=tie is Tie.EMOTIONAL_ABUSE))
    if tie in SAID:
        x, y = points[len(points) // 2]
        parts.append(words(say(SAID[tie]), float(x), float(y) - 8, "tie-word", "middle"))
    return group(*parts, class_=f"tie {tie.value}")


def _strokes(tie: Tie, points: Curve) -> Iterator[str]:
    if tie in (Tie.CUT_OFF, Tie.REPAIRED):
        yield from _cut(points, is_repaired=tie is Tie.REPAIRED)
    elif tie is Tie.SPIRITUAL:
        swing = 4 * np.sin(np.arange(len(points)) * STEP / 24 * 2 * math.pi)
        yield path(beside(points, swing), "stroke")
    elif tie in PARALLEL:
        for offset in PARALLEL[tie]:
            yield path(beside(points, offset), "stroke")
    elif tie not in ZIGZAG:
        yield path(beside(points, 0), "stroke")
    if tie in ZIGZAG:
        yield path(zigzag(points), "stroke jagged")
    if tie is Tie.SEXUAL_ABUSE:
        yield path(beside(points, 0), "stroke")


def _normals(points: Curve) -> Curve:
    along = np.gradient(points, axis=0)
    along /= np.maximum(np.hypot(*along.T), 1e-9)[:, None]
    return np.column_stack([-along[:, 1], along[:, 0]])


def beside(points: Curve, offset: float | Curve) -> list[tuple[float, float]]:
    moved = points + _normals(points) * np.broadcast_to(offset, len(points))[:, None]
    return [(float(x), float(y)) for x, y in moved]


def zigzag(points: Curve) -> list[tuple[float, float]]:
    every = points[:: max(len(points) // max(round(len(points) * STEP / 7), 1), 1)]
    swing = np.where(np.arange(len(every)) % 2, 4.5, -4.5)
    swing[[0, -1]] = 0
    return beside(every, swing)


def _cut(points: Curve, *, is_repaired: bool) -> Iterator[str]:
    middle = len(points) // 2
    gap = 2
    yield path(beside(points[: middle - gap + 1], 0), "stroke")
    yield path(beside(points[middle + gap :], 0), "stroke")
    normals = _normals(points)
    for at in (middle - gap, middle + gap):
        ends = points[at] + 8 * normals[at], points[at] - 8 * normals[at]
        yield path([(float(x), float(y)) for x, y in ends], "stroke bar")
    if is_repaired:
        x, y = points[middle]
        yield element("circle", cx=float(x), cy=float(y), r=5.0, class_="stroke")


def arrow(points: Curve, size: float, *, is_open: bool) -> str:
    tip, before = points[-1], points[-4]
    angle = math.degrees(math.atan2(*(tip - before)[::-1]))
    s, w = number(size * 1.5), number(size * 0.7)
    place = f"translate({number(float(tip[0]))} {number(float(tip[1]))}) rotate({number(angle)})"
    return element(
        "path",
        d=f"M3 0L-{s}-{w}V{w}Z",
        class_="arrow open" if is_open else "arrow",
        transform=place,
    )
