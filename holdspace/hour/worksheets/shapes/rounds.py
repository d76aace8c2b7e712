"""What goes round: a cycle, a cross of four that feed each other, a flower, two who answer."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from holdspace.hour.worksheets.shapes.cards import (
    GAP,
    Card,
    card,
    cell,
    given,
    joined,
    said,
    table,
    text,
)
from holdspace.hour.worksheets.shapes.drawing import WIDTH, Drawing, Filled, Mark, Said

STEPS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight")
FOUR: Final = STEPS[:4]
FIVE: Final = STEPS[:5]
SIDE: Final = 200.0
EDGE: Final = 4.0
RIGHT: Final = WIDTH - SIDE - EDGE
BROAD: Final = 260.0


def cycle(filled: Filled) -> Drawing:
    """Draw steps clockwise, the last leading to the first; what it is about stands above."""
    marks, top = _head(filled, "middle")
    steps = given(filled, STEPS)
    halves = (len(steps) - 1) // 2
    first, right = card(steps[0], BROAD), [card(one, SIDE) for one in steps[1 : halves + 1]]
    left = [card(one, SIDE) for one in reversed(steps[len(steps) - halves :])]
    first = first.at((WIDTH - BROAD) / 2, top)
    rows, y = _pairs(left, right, first.bottom + GAP)
    ring = [first, *(one for _other, one in rows)]
    if len(steps) % 2 == 0:
        last = card(steps[halves + 1], BROAD).at((WIDTH - BROAD) / 2, y)
        ring.append(last)
        y = last.bottom + GAP
    ring += [one for one, _other in reversed(rows)]
    for one, other in zip(ring, [*ring[1:], ring[0]], strict=True):
        marks += [*one.marks(), *joined(one, other)]
    return _ended(filled, marks, y)


def _pairs(
    left: Sequence[Card], right: Sequence[Card], y: float
) -> tuple[list[tuple[Card, Card]], float]:
    """Put cards beside each other, row below row; answers where the next row begins."""
    rows = []
    for one, other in zip(left, right, strict=True):
        tall = max(one.height, other.height)
        rows.append((one.at(EDGE, y, tall), other.at(WIDTH - other.width - EDGE, y, tall)))
        y += tall + GAP
    return rows, y


def _head(filled: Filled, name: str) -> tuple[list[Mark], float]:
    if name not in filled:
        return [], EDGE
    head = card(said(filled, name), WIDTH - 2 * EDGE).at(EDGE, EDGE)
    return head.marks("soft"), head.bottom + GAP


def _ended(filled: Filled, marks: list[Mark], y: float) -> Drawing:
    """Put what leads out of it, or helps, below."""
    if "below" in filled:
        foot = card(said(filled, "below"), WIDTH - 2 * EDGE).at(EDGE, y)
        marks += foot.marks("dashed")
        y = foot.bottom + GAP
    return Drawing(WIDTH, y - GAP + 8, tuple(marks))


def cross(filled: Filled) -> Drawing:
    """Draw what set it off, and four that all feed each other."""
    marks, top = _head(filled, "before")
    four, y = four_joined(given(filled, FOUR), top)
    if "before" in filled:
        head = card(said(filled, "before"), WIDTH - 2 * EDGE).at(EDGE, EDGE)
        marks += joined(head, head.at(EDGE, top))
    return _ended(filled, [*marks, *four], y)


def four_joined(of: Sequence[Said], y: float) -> tuple[list[Mark], float]:
    """Draw four cards as a cross, each joined to each; answers where the next thing begins."""
    top, left, right, bottom = of
    above = card(top, BROAD).at((WIDTH - BROAD) / 2, y)
    ((west, east),), y = _pairs([card(left, SIDE)], [card(right, SIDE)], above.bottom + GAP)
    below = card(bottom, BROAD).at((WIDTH - BROAD) / 2, y)
    cards = [above, west, east, below]
    marks = [mark for one in cards for mark in one.marks()]
    for number, one in enumerate(cards):
        for other in cards[number + 1 :]:
            marks += joined(one, other, both=True)
    return marks, below.bottom + GAP


def flower(filled: Filled) -> Drawing:
    """Draw a middle, and petals around it that feed it and are fed by it."""
    found = table(filled, "petals")
    petals = [
        card(
            Said(cell(row, "name").words, text(cell(row, "words").words, cell(row, "more").words)),
            SIDE - 30,
        )
        for row in found.rows
    ]
    half = (len(petals) + 1) // 2
    left, right = petals[:half], petals[half:]
    middle = card(said(filled, "middle"), 130.0, most=9)
    tall = [sum(one.height + 14 for one in side) for side in (left, right)]
    height = max(*tall, middle.height + 14)
    heart = middle.at((WIDTH - middle.width) / 2, EDGE + (height - 14 - middle.height) / 2)
    marks: list[Mark] = list(heart.marks("fill"))
    for side, used, x in ((left, tall[0], EDGE), (right, tall[1], WIDTH - SIDE + 30 - EDGE)):
        y = EDGE + (height - used) / 2
        for petal in side:
            there = petal.at(x, y)
            marks += [*there.marks(), *_fed(there, heart, is_left=x == EDGE)]
            y += petal.height + 14
    return _ended(filled, marks, EDGE + height + 10)


def _fed(petal: Card, heart: Card, *, is_left: bool) -> list[Mark]:
    """Draw the arrows both ways in the lane between a petal and the heart."""
    inner, outer = (heart.x, petal.x + petal.width) if is_left else (heart.x + heart.width, petal.x)
    y = min(max(petal.middle[1], heart.y + 12), heart.bottom - 12)
    a, b = Card((), (), 0, outer, petal.middle[1] - 10), Card((), (), 0, inner, y - 10)
    return joined(a, b, both=True)


def two_sides(filled: Filled) -> Drawing:
    """Draw two people, from what is done down to what is needed; doing meets seeing."""
    marks, y = _head(filled, "before")
    column = 225.0
    pairs = [
        (card(said(filled, f"left_{name}"), column), card(said(filled, f"right_{name}"), column))
        for name in FIVE
    ]
    rows, y = _pairs([one for one, _other in pairs], [other for _one, other in pairs], y)
    for one, other in rows:
        marks += [*one.marks(), *other.marks()]
    for (left, right), (left_next, right_next) in pairwise(rows):
        marks += [*joined(left, left_next), *joined(right, right_next)]
    doing, seeing = rows[0], rows[1]
    marks += [*_over(doing[0], seeing[1]), *_over(doing[1], seeing[0])]
    return _ended(filled, marks, y)


def _over(one: Card, other: Card) -> list[Mark]:
    """Draw an arrow through the lane between the two columns."""
    is_right = one.x < other.x
    start = one.x + one.width + 4 if is_right else one.x - 4
    end = other.x - 4 if is_right else other.x + other.width + 4
    a, b = Card((), (), 0, start, one.middle[1] - 18), Card((), (), 0, end, other.middle[1] - 18)
    return joined(a, b)
