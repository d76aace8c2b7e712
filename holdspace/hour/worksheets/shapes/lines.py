"""What goes by numbers: rulers, a wheel, a line of time, a curve within its window."""

from collections.abc import Sequence
from math import cos, pi, sin
from typing import Final

from holdspace.hour.worksheets.shapes.cards import cell, disc, given, numbered, said, table, text
from holdspace.hour.worksheets.shapes.drawing import (
    LEADING,
    WIDTH,
    Box,
    Circle,
    Drawing,
    Filled,
    Lettering,
    Mark,
    Path,
    Row,
    Said,
    closed,
    wrapped,
)
from holdspace.hour.worksheets.shapes.rounds import STEPS

MOST: Final = 10
LEFT, REACH = 30.0, 460.0
MIDDLE: Final = WIDTH / 2


def rulers(filled: Filled) -> Drawing:
    """Draw a ruler from 0 to 10 for each place, or each row: now, and where it might go."""
    entries = [(one, Said("")) for one in given(filled, STEPS)]
    for row in table(filled, "rulers").rows:
        here = cell(row, "now")
        entries.append((Said(cell(row, "name").words, number=here.number), cell(row, "then")))
    marks, y = list[Mark](), 22.0
    for one, then in entries:
        lines = wrapped(one.label, REACH, 2, "label")
        marks.append(Lettering(LEFT, y, lines, "label", "start"))
        y += LEADING * len(lines) + 12
        marks += _ruler(y, one.number, then.number)
        y += 56
    return Drawing(WIDTH, max(y - 20, 60), tuple(marks))


def _ruler(y: float, now: float | None, then: float | None) -> list[Mark]:
    marks: list[Mark] = [Path(f"M{LEFT} {y} H{LEFT + REACH}")]
    for value in range(MOST + 1):
        x = LEFT + REACH * value / MOST
        marks.append(Path(f"M{x:g} {y - 5} V{y + 5}"))
        marks.append(Lettering(x, y + 24, (str(value),), "small"))
    if then is not None:
        marks.append(Circle(LEFT + REACH * then / MOST, y, 9, "box"))
    if now is not None:
        marks.append(Circle(LEFT + REACH * now / MOST, y, 6.5, "arrow"))
    return marks


def wheel(filled: Filled) -> Drawing:
    """Draw a spoke for each row: how much it matters (a ring) and how far it is lived (a dot)."""
    rows = [row for row in table(filled, "spokes").rows if cell(row, "name").words][:12]
    rim, centre = 130.0, (MIDDLE, 190.0)

    def spot(place: int, value: float) -> tuple[float, float]:
        angle = 2 * pi * place / max(len(rows), 1) - pi / 2
        reach = rim * value / MOST
        return centre[0] + reach * cos(angle), centre[1] + reach * sin(angle)

    marks: list[Mark] = [Circle(*centre, rim * ring / MOST, "grid") for ring in (2, 4, 6, 8, MOST)]
    lived = [(place, cell(row, "lived").number) for place, row in enumerate(rows)]
    dots = [spot(place, value) for place, value in lived if value is not None]
    for place in range(len(rows)):
        x, y = spot(place, MOST)
        marks.append(Path(f"M{centre[0]:g} {centre[1]:g} L{x:.1f} {y:.1f}", "grid"))
    if len(dots) == len(rows) > 2:
        marks.append(Path(closed(dots), "fill"))
    for place, row in enumerate(rows):
        matters = cell(row, "matters").number
        if matters is not None:
            marks.append(Circle(*spot(place, matters), 8, "box"))
    marks += [Circle(x, y, 4.5, "arrow") for x, y in dots]
    for place in range(len(rows)):
        marks += disc(*spot(place, MOST * 1.14), str(place + 1))
    key, y = numbered([_of_spoke(row) for row in rows], 360.0)
    return Drawing(WIDTH, y + 4, (*marks, *key))


def _of_spoke(row: Row) -> str:
    return text(cell(row, "name").words, cell(row, "words").words)


def timeline(filled: Filled) -> Drawing:
    """Draw what happened, downwards: when, a mark of its kind, what; at the right how it was."""
    found = table(filled, "events")
    has_course = "number" in found.blank
    width = 236.0 if has_course else 330.0
    marks, y, course = list[Mark](), 20.0, list[tuple[float, float]]()
    spine = 150.0
    for row in found.rows:
        when = wrapped(cell(row, "when").words, 120, 3, "label")
        head = wrapped(cell(row, "name").words, width, 2, "label")
        lines = wrapped(text(cell(row, "kind").words, cell(row, "words").words), width, 4)
        marks += [
            Lettering(spine - 20, y + 5, when, "label", "end"),
            Lettering(spine + 20, y + 5, head, "label", "start"),
            Lettering(spine + 20, y + 5 + LEADING * len(head), lines, "said", "start"),
            *_sign(int(cell(row, "kind").number or 0), spine, y),
        ]
        if (at := cell(row, "number")).number is not None:
            course.append((420 + 90 * _part(at), y))
        y += max(LEADING * max(len(when), len(head) + len(lines)) + 18, 40)
    line = [Path(f"M{spine:g} 6 V{max(y - 14, 40):g}", "line")]
    if has_course:
        line += [Path(f"M{x:g} 6 V{max(y - 14, 40):g}", "grid") for x in (420, 465, 510)]
    if len(course) > 1:
        line.append(Path("M" + " L".join(f"{x:.1f} {at:g}" for x, at in course)))
    dots = [Circle(x, at, 4.5, "arrow") for x, at in course]
    return Drawing(WIDTH, max(y, 60), (*line, *marks, *dots))


def _part(of: Said) -> float:
    """Where a number stands in the lane; a shape of time takes 0 to 10."""
    return min(max(of.number or 0, 0), MOST) / MOST


def _sign(kind: int, x: float, y: float) -> list[Mark]:
    """Draw the mark of an event's kind: flower, stone, candle, stick; otherwise a dot."""
    match kind:
        case 1:
            turns = [2 * pi * turn / 5 - pi / 2 for turn in range(5)]
            petals: list[Mark] = [Circle(x + 6 * cos(at), y + 6 * sin(at), 4.5) for at in turns]
            return [*petals, Circle(x, y, 3.5, "arrow")]
        case 2:
            left, right = f"Q{x - 12:g} {y - 5:g} {x - 3:g} {y - 8:g}", f"{x + 11:g} {y + 6:g}"
            stone = f"M{x - 11:g} {y + 6:g} {left} Q{x + 9:g} {y - 8:g} {right} Z"
            return [Path(stone, "stone")]
        case 3:
            top, foot = f"{x:g} {y - 13:g}", f"{x:g} {y - 4:g}"
            flame = f"M{top} Q{x + 5:g} {y - 6:g} {foot} Q{x - 5:g} {y - 6:g} {top} Z"
            return [Box(x - 4, y - 3, 8, 14, "box", 1), Path(flame, "arrow")]
        case 4:
            return [Path(f"M{x - 9:g} {y + 8:g} L{x + 9:g} {y - 8:g}", "thick")]
        case _:
            return [Circle(x, y, 6, "box"), Circle(x, y, 2.5, "arrow")]


def curve(filled: Filled) -> Drawing:
    """Draw how high it went, moment by moment, over three bands: too much, bearable, too little."""
    bands = [said(filled, name) for name in ("above", "within", "below")]
    rows = [row for row in table(filled, "moments").rows if cell(row, "number").number is not None]
    height, left, right, tops = 78.0, 150.0, 508.0, (8.0, 86.0, 164.0)
    marks: list[Mark] = [Box(4, tops[1], right, height, "band", 4)]
    for band, top in zip(bands, tops, strict=True):
        label = wrapped(band.label, 128, 2, "label")
        lines = wrapped(band.words, 128, 4 - len(label), "small")
        marks.append(Lettering(12, top + 17, label, "label", "start"))
        marks.append(Lettering(12, top + 17 + LEADING * len(label), lines, "small", "start"))
    marks += [Path(f"M4 {top:g} H{right + 4:g}", "grid") for top in (8.0, 86.0, 164.0, 242.0)]
    spots = _course(rows, left + 16, right - 16)
    if len(spots) > 1:
        marks.append(Path("M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in spots)))
    step = (spots[1][0] - spots[0][0]) if len(spots) > 1 else right
    if step >= 21:
        for number, (x, y) in enumerate(spots, start=1):
            marks += disc(x, y, str(number))
    else:
        marks += [Circle(x, y, 4.5, "arrow") for x, y in spots]
    key, y = numbered([_of_moment(row) for row in rows], 262.0)
    return Drawing(WIDTH, y + 4, (*marks, *key))


def _course(rows: Sequence[Row], left: float, right: float) -> list[tuple[float, float]]:
    step = (right - left) / max(len(rows) - 1, 1)
    return [
        (left + step * place, 230 - 210 * _part(cell(row, "number")))
        for place, row in enumerate(rows)
    ]


def _of_moment(row: Row) -> str:
    return text(*(cell(row, name).words for name in ("when", "name", "words")))
