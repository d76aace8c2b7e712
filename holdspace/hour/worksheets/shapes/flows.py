"""What leads to what, downwards: a course of cards, and a chain of links with its ways out."""

from typing import Final

from holdspace.hour.worksheets.shapes.cards import GAP, card, cell, given, joined, said, table
from holdspace.hour.worksheets.shapes.drawing import WIDTH, Drawing, Filled, Mark, Said
from holdspace.hour.worksheets.shapes.rounds import STEPS, four_joined

ENDS: Final = ("end_one", "end_two", "end_three", "end_four")
EDGE: Final = 4.0
LINK: Final = 290.0


def flow(filled: Filled) -> Drawing:
    """Draw steps one below the other; at the end, where there are, four that feed each other."""
    width = WIDTH - 120
    marks, y, before = list[Mark](), EDGE, None
    for step in given(filled, STEPS):
        here = card(step, width).at((WIDTH - width) / 2, y)
        marks += here.marks()
        marks += joined(before, here) if before else []
        before, y = here, here.bottom + GAP
    ends = given(filled, ENDS)
    if ends:
        more, after = four_joined(ends, y)
        marks += more
        if before:
            marks += joined(before, before.at(before.x, y))
        y = after
    if "below" in filled:
        foot = card(said(filled, "below"), WIDTH - 2 * EDGE).at(EDGE, y)
        marks += foot.marks("dashed")
        y = foot.bottom + GAP
    return Drawing(WIDTH, y - GAP + 8, tuple(marks))


def chain(filled: Filled) -> Drawing:
    """Draw what came before, each link with what could be done there, and what came of it."""
    marks, y, before = list[Mark](), EDGE, None
    for one, beside, is_it in _links(filled):
        here = card(one, LINK)
        aside = card(beside, WIDTH - LINK - GAP - 2 * EDGE) if beside.words else None
        tall = max(here.height, aside.height if aside else 0)
        here = here.at(EDGE, y, tall)
        marks += here.marks("fill" if is_it else "box")
        if aside:
            aside = aside.at(LINK + GAP + EDGE, y, tall)
            marks += [*aside.marks("dashed"), *joined(here, aside)]
        marks += joined(before, here) if before else []
        before, y = here, y + tall + GAP
    return Drawing(WIDTH, y - GAP + 8, tuple(marks))


def _links(filled: Filled) -> list[tuple[Said, Said, bool]]:
    """Each link, what stands beside it, and whether it is what it is all about."""
    nothing = Said("")
    rows = [
        (Said(cell(row, "kind").words, cell(row, "words").words), cell(row, "aside"), False)
        for row in table(filled, "links").rows
    ]
    first = [(one, nothing, False) for one in given(filled, ("one", "two"))]
    last = [(one, nothing, False) for one in given(filled, ("four", "five"))]
    return [*first, *rows, *((one, nothing, True) for one in given(filled, ("three",))), *last]
