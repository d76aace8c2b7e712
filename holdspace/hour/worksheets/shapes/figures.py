"""What has a form of its own: a body from the front and the back, and a tree."""

from itertools import groupby
from typing import Final

from holdspace.hour.worksheets.shapes.cards import (
    Card,
    card,
    cell,
    disc,
    numbered,
    said,
    table,
    text,
)
from holdspace.hour.worksheets.shapes.drawing import (
    WIDTH,
    Drawing,
    Filled,
    Ink,
    Lettering,
    Mark,
    Path,
    Row,
)

FRONT, BACK = 150.0, 370.0  # the middle lines of the two figures
RIGHT, LEFT = 2, 3  # which of the sides that can be said
BESIDE: Final = 16.0  # how far from the middle line a side is of what there is one of
# Where each region lies: which figure, how far from its middle line, how far down.
REGIONS: Final = (
    (FRONT, 0, 22), (FRONT, 0, 44), (FRONT, 0, 64), (FRONT, 0, 84), (FRONT, 38, 102),
    (FRONT, 0, 122), (FRONT, 0, 172), (FRONT, 0, 216), (FRONT, 53, 168), (FRONT, 66, 222),
    (FRONT, 22, 288), (FRONT, 22, 376), (BACK, 0, 84), (BACK, 0, 122), (BACK, 0, 184),
)  # fmt: skip
# Half a body, from the crown down its left side to between the legs; the other half mirrors it.
OUTLINE: Final = (
    "C{a19} 6 {a24} 24 {a22} 42 C{a20} 60 {a12} 68 {a11} 72 L{a12} 84 C{a26} 90 {a44} 90 {a50} 106 "
    "C{a58} 132 {a62} 170 {a72} 214 C{a77} 228 {a70} 238 {a64} 226 C{a56} 200 {a46} 168 {a41} 144 "
    "C{a37} 166 {a36} 180 {a40} 214 C{a42} 256 {a34} 316 {a31} 364 C{a30} 378 {a40} 392 {a26} 392 "
    "C{a14} 392 {a17} 378 {a15} 362 C{a12} 316 {a6} 272 {a0} 236"
)


def body(filled: Filled) -> Drawing:
    """Draw a body from the front and from the back, a number where something was felt."""
    marks: list[Mark] = [Path(_outline(x)) for x in (FRONT, BACK)]
    for x, name in ((FRONT, "front"), (BACK, "back")):
        marks.append(Lettering(x, 416, (said(filled, name).label,), "small"))
    rows = [row for row in table(filled, "marks").rows if cell(row, "where").number]
    placed = sorted(
        (spot, number, _ink(row))
        for number, row in enumerate(rows, start=1)
        for spot in _spots(row)
    )
    for (x, y), together in groupby(placed, key=lambda one: one[0]):
        for place, (_spot, number, ink) in enumerate(together):
            marks += disc(x + 20 * place, y, str(number), ink)
    key, y = numbered([_told(row) for row in rows], 432.0)
    return Drawing(WIDTH, y + 4, (*marks, *key))


def _outline(x: float) -> str:
    halves = []
    for side in (-1, 1):
        across = {f"a{far}": f"{x + side * far:g}" for far in range(80)}
        halves.append(f"M{x:g} 6 {OUTLINE.format(**across)}")
    return " ".join(halves)


def _spots(row: Row) -> list[tuple[float, float]]:
    """Where a mark lies. Sides are the person's own: on a body that faces us, right is left of us.

    Of what there are two of, both where no side is said.
    """
    middle, across, down = REGIONS[min(int(cell(row, "where").number or 1), len(REGIONS)) - 1]
    side = {RIGHT: -1, LEFT: 1}.get(int(cell(row, "side").number or 0), 0)
    side = side if middle == FRONT else -side
    if across and not side:
        return [(middle - across, down), (middle + across, down)]
    return [(middle + side * (across or BESIDE), down)]


def _ink(row: Row) -> Ink:
    strength = cell(row, "strength").number
    return "strong" if strength is not None and strength > 6 else "box"


def _told(row: Row) -> str:
    side = cell(row, "side")
    where = text(cell(row, "where").words, side.words if side.number in (RIGHT, LEFT) else "")
    return text(where, cell(row, "words").words, cell(row, "strength").words)


def tree(filled: Filled) -> Drawing:
    """Draw a tree: what it bears above, its trunk, the ground, and the roots below."""
    half, edge = 248.0, 4.0
    crown = [card(said(filled, name), half) for name in ("leaves", "fruits", "branches", "storms")]
    tall = [max(crown[0].height, crown[1].height), max(crown[2].height, crown[3].height)]
    right = WIDTH - half - edge
    spots = [(edge, 14.0), (right, 14.0), (edge, tall[0] + 26), (right, tall[0] + 26)]
    marks: list[Mark] = []
    for number, (one, (x, y)) in enumerate(zip(crown, spots, strict=True)):
        marks += one.at(x, y, tall[number // 2]).marks("dashed" if number == 3 else "box")
    top = spots[2][1] + tall[1] + 34
    trunk = card(said(filled, "trunk"), 280.0).at(120, top)
    ground = card(said(filled, "ground"), WIDTH - 2 * edge).at(edge, trunk.bottom + 34)
    roots = card(said(filled, "roots"), 360.0).at(80, ground.bottom + 40)
    wood = [_limb(trunk, 150, top - 34), _limb(trunk, 370, top - 34), _foot(trunk, ground)]
    below = [_root(ground.bottom, far) for far in (-140, -50, 50, 140)]
    marks += [*trunk.marks("fill"), *ground.marks("soft"), *roots.marks()]
    forest = card(said(filled, "forest"), WIDTH - 2 * edge).at(edge, roots.bottom + 14)
    marks += forest.marks("dashed")
    return Drawing(WIDTH, forest.bottom + 6, (*wood, *below, *marks))


def _limb(trunk: Card, x: float, y: float) -> Path:
    start = trunk.x + (60 if x < WIDTH / 2 else trunk.width - 60)
    return Path(f"M{start:g} {trunk.y:g} Q{start:g} {y + 12:g} {x:g} {y:g}", "thick")


def _root(y: float, far: float) -> Path:
    x = WIDTH / 2
    bend = f"Q{x + far * 0.6:g} {y + 20:g} {x + far:g} {y + 38:g}"
    return Path(f"M{x + far * 0.4:g} {y:g} {bend}", "thick")


def _foot(trunk: Card, ground: Card) -> Path:
    left, right, y = trunk.x + 40, trunk.x + trunk.width - 40, ground.y
    return Path(f"M{left:g} {trunk.bottom:g} V{y:g} M{right:g} {trunk.bottom:g} V{y:g}", "thick")
