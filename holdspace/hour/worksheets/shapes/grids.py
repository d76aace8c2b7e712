"""What stands beside each other: cards in two columns, four fields on two axes, triangles."""

from typing import Final

from holdspace.hour.worksheets.shapes.cards import GAP, Card, card, given, joined, said
from holdspace.hour.worksheets.shapes.drawing import (
    LEADING,
    WIDTH,
    Box,
    Circle,
    Drawing,
    Filled,
    Lettering,
    Mark,
    arrow,
    wrapped,
)
from holdspace.hour.worksheets.shapes.rounds import STEPS

EDGE: Final = 4.0
COLUMN: Final = 248.0
CORNERS: Final = ("top_left", "top_right", "bottom_left", "bottom_right")
TRIANGLES: Final = tuple(
    f"{side}_{corner}" for side in ("first", "second") for corner in ("left", "right", "bottom")
)


def grid(filled: Filled) -> Drawing:
    """Draw one card over the whole width, pairs of cards below it, and one more at the foot."""
    marks, y = list[Mark](), EDGE
    if "top" in filled:
        head = card(said(filled, "top"), WIDTH - 2 * EDGE).at(EDGE, y)
        marks += head.marks("fill")
        y = head.bottom + 14
    cells = [card(one, COLUMN) for one in given(filled, STEPS)]
    for number in range(0, len(cells), 2):
        pair = cells[number : number + 2]
        tall = max(one.height for one in pair)
        for place, one in enumerate(pair):
            marks += one.at(EDGE + place * (WIDTH - 2 * EDGE - COLUMN), y, tall).marks()
        y += tall + 14
    if "bottom" in filled:
        foot = card(said(filled, "bottom"), WIDTH - 2 * EDGE).at(EDGE, y)
        marks += foot.marks("dashed")
        y = foot.bottom + 14
    return Drawing(WIDTH, y - 6, tuple(marks))


def matrix(filled: Filled) -> Drawing:
    """Draw four fields on two axes with arrows at their ends, and a middle where they meet."""
    fields = [card(said(filled, name), 216.0) for name in CORNERS]
    above = max(fields[0].height, fields[1].height, 90)
    below = max(fields[2].height, fields[3].height, 90)
    lines = wrapped(said(filled, "middle").words or said(filled, "middle").label, 100, 4)
    x, y, reach = WIDTH / 2, above + 62, 44.0
    left, right, low = EDGE + 8, WIDTH - 216.0 - EDGE - 8, y + 44
    spots = [(left, y - 40 - above), (right, y - 40 - above), (left, low), (right, low)]
    marks: list[Mark] = []
    for one, (across, down), tall in zip(fields, spots, (above, above, below, below), strict=True):
        marks += one.at(across, down, tall).marks("soft")
    bottom = low + below
    for end in ((EDGE, y), (WIDTH - EDGE, y), (x, EDGE + 6), (x, bottom + 8)):
        marks += arrow(x, y, *end)
    if "middle" in filled:
        marks += [
            Box(x - 60, y - 36, 120, 72, "box", 36),
            Lettering(x, y + 5 - (len(lines) - 1) * LEADING / 2, lines, "small"),
        ]
    else:
        marks.append(Circle(x, y, reach / 8, "arrow"))
    return Drawing(WIDTH, bottom + 12, tuple(marks))


def triangles(filled: Filled) -> Drawing:
    """Draw one triangle that stands on its point, or two, each with a card at every corner."""
    marks, y = list[Mark](), EDGE
    for side in ("first", "second"):
        if f"{side}_left" not in filled:
            continue
        corners = ("left", "right", "bottom")
        left, right, bottom = (card(said(filled, f"{side}_{one}"), 226.0) for one in corners)
        tall = max(left.height, right.height)
        left, right = left.at(EDGE, y, tall), right.at(WIDTH - 226 - EDGE, y, tall)
        bottom = bottom.at((WIDTH - 226) / 2, y + tall + 52)
        for one in (left, right, bottom):
            marks += one.marks()
        marks += [*_side(left, right), *_side(left, bottom), *_side(right, bottom)]
        y = bottom.bottom + GAP
    for name in ("middle", "below"):
        if name in filled:
            foot = card(said(filled, name), WIDTH - 2 * EDGE).at(EDGE, y)
            marks += foot.marks("fill" if name == "middle" else "dashed")
            y = foot.bottom + 14
    return Drawing(WIDTH, y + 4, tuple(marks))


def _side(one: Card, other: Card) -> list[Mark]:
    return joined(one, other, both=True)
