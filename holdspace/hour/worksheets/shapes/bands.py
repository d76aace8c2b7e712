"""What belongs together: parts on bands of their kind; roles in pairs and the ways between."""

from collections.abc import Sequence
from typing import Final

from holdspace.hour.worksheets.shapes.cards import Card, card, cell, disc, said, table, text
from holdspace.hour.worksheets.shapes.drawing import (
    LEADING,
    WIDTH,
    Box,
    Drawing,
    Filled,
    Lettering,
    Mark,
    Path,
    Row,
    Said,
    arrow,
    tip,
    wrapped,
)

EDGE: Final = 4.0
PART: Final = 160.0  # three beside each other
ROLE: Final = 180.0
LANE: Final = 96.0  # between roles and what leads between them
STEP: Final = WIDTH - ROLE - LANE - 2 * EDGE


def bands(filled: Filled) -> Drawing:
    """Draw a band for each kind with its parts on it, in the order of the kinds."""
    found = table(filled, "parts")
    kinds = cell(found.blank, "kind").among
    marks, y = list[Mark](), EDGE
    for place, kind in enumerate(("", *kinds)):
        rows = [row for row in found.rows if int(cell(row, "kind").number or 0) == place]
        rows = [row for row in rows if _is_said(row)]
        if rows or place:
            band, y = _band(kind, [_part(row) for row in rows], y)
            marks += band
    if "below" in filled:
        foot = card(said(filled, "below"), WIDTH - 2 * EDGE).at(EDGE, y)
        marks += foot.marks("dashed")
        y = foot.bottom + 10
    return Drawing(WIDTH, y + 2, tuple(marks))


def _is_said(row: Row) -> bool:
    return any(one.words for name, one in row.items() if name != "kind")


def _part(row: Row) -> Card:
    words = text(cell(row, "words").words, cell(row, "more").words)
    return card(Said(cell(row, "name").words, words), PART, most=5)


def _band(kind: str, parts: Sequence[Card], y: float) -> tuple[list[Mark], float]:
    """Draw one band from y on; answers where the next begins."""
    head = wrapped(kind, WIDTH - 40, 2, "label")
    top, inner = y, y + 10 + LEADING * len(head) + 6
    marks: list[Mark] = [Lettering(EDGE + 12, y + 20, head, "label", "start")]
    for number in range(0, len(parts), 3):
        row = parts[number : number + 3]
        tall = max(one.height for one in row)
        for place, one in enumerate(row):
            marks += one.at(EDGE + 9 + place * (PART + 7), inner, tall).marks()
        inner += tall + 9
    bottom = max(inner, top + 44)
    return [Box(EDGE, top, WIDTH - 2 * EDGE, bottom - top, "soft"), *marks], bottom + 8


def roles(filled: Filled) -> Drawing:
    """Draw pairs of roles at the left, and at the right what leads from one to another."""
    pairs, marks, y = list[Card](), list[Mark](), EDGE
    for number, row in enumerate(table(filled, "roles").rows, start=1):
        more, pair = _pair(row, number, y)
        marks += more
        pairs.append(pair)
        y = pair.bottom + 24
    right = EDGE
    for lane, row in enumerate(table(filled, "steps").rows):
        here = card(Said(cell(row, "kind").words, cell(row, "words").words), STEP, most=7)
        here = here.at(WIDTH - STEP - EDGE, right)
        marks += here.marks()
        marks += _between(pairs, cell(row, "start"), here, here.y + 14, is_back=False, lane=lane)
        marks += _between(pairs, cell(row, "end"), here, here.bottom - 14, is_back=True, lane=lane)
        right = here.bottom + 12
        way_out = cell(row, "exit")
        if way_out.words:
            out = card(way_out, STEP - 24, most=5).at(WIDTH - STEP - EDGE + 24, right + 10)
            marks += [*out.marks("dashed"), *arrow(out.x + 40, right - 10, out.x + 40, right + 8)]
            right = out.bottom + 16
    if "below" in filled:
        foot = card(said(filled, "below"), WIDTH - 2 * EDGE).at(EDGE, max(y, right))
        marks += foot.marks("dashed")
        right = foot.bottom + 8
    return Drawing(WIDTH, max(y, right, 60), tuple(marks))


def _pair(row: Row, number: int, y: float) -> tuple[list[Mark], Card]:
    """Draw the two ends of a pair of roles with the arrow between; answers how much they take."""
    upper = card(Said(cell(row, "upper").words), ROLE).at(EDGE, y)
    lower = card(Said(cell(row, "lower").words), ROLE).at(EDGE, upper.bottom + 40)
    x = EDGE + ROLE / 2
    marks: list[Mark] = [
        *upper.marks("fill"), *lower.marks("fill"),
        *arrow(x, upper.bottom + 3, x, lower.y - 3, both=True),
        *disc(EDGE + 14, upper.bottom + 20, str(number)),
    ]  # fmt: skip
    return marks, Card((), (), ROLE, EDGE, y, lower.bottom - y)


def _between(
    pairs: Sequence[Card], which: Said, step: Card, y: float, *, is_back: bool, lane: int
) -> list[Mark]:
    """Draw the way from a pair of roles to a step, or back; nothing where no such pair is drawn."""
    number = int(which.number or 0)
    if not 1 <= number <= len(pairs):
        return []
    pair = pairs[number - 1]
    start = pair.x + pair.width + 4
    at = pair.middle[1] + (8 if is_back else -8) + (lane % 4 - 1.5) * 5
    bend = start + LANE / 2
    way = (
        f"M{start + 6:.1f} {at:.1f} "
        f"C{bend:.1f} {at:.1f} {bend:.1f} {y:.1f} {step.x - 8:.1f} {y:.1f}"
    )
    end = tip(start, at, -8, 0) if is_back else tip(step.x - 2, y, 8, 0)
    return [Path(way), end]
