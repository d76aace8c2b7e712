"""Every map: nothing said, something said, the longest said; no words over other words."""

from itertools import combinations
from pathlib import Path

import pytest

from holdspace.hour.worksheets import drawn
from holdspace.hour.worksheets.definitions import Definition
from holdspace.hour.worksheets.shapes import SHAPES, cards, figures
from holdspace.hour.worksheets.shapes.drawing import (
    LEADING,
    SIZES,
    Circle,
    Drawing,
    Lettering,
    Said,
    Table,
    svg,
    width_of,
    wrapped,
)
from tests.worksheets.specimens import DIAGRAMS, LONG, specimen

every_map = pytest.mark.parametrize("one", DIAGRAMS.values(), ids=list(DIAGRAMS))
Area = tuple[float, float, float, float]


def areas(drawing: Drawing) -> list[tuple[Area, str]]:
    """Where each line of words stands: left, top, right, bottom."""
    found = []
    for mark in drawing.marks:
        if isinstance(mark, Lettering):
            for place, line in enumerate(mark.lines):
                wide = width_of(line, mark.tone)
                left = mark.x - {"start": 0, "middle": wide / 2, "end": wide}[mark.anchor]
                base = mark.y + place * LEADING
                found.append(((left, base - SIZES[mark.tone] * 0.75, left + wide, base), line))
    return [(area, line) for area, line in found if line]


def touching(drawing: Drawing) -> list[tuple[str, str]]:
    return [
        (one[1], other[1])
        for one, other in combinations(areas(drawing), 2)
        if one[0][0] < other[0][2]
        and other[0][0] < one[0][2]
        and one[0][1] < other[0][3]
        and other[0][1] < one[0][3]
    ]


def outside(drawing: Drawing) -> list[str]:
    return [
        line
        for (left, top, right, bottom), line in areas(drawing)
        if left < 0 or top < 0 or right > drawing.width or bottom > drawing.height
    ]


def drawing_of(one: Definition, *, rows: int, words: str = "", language: str = "en") -> Drawing:
    assert one.diagram
    cells = specimen(one, rows=rows, words=words) if rows or words else {}
    return SHAPES[one.diagram.shape].draw(drawn.filled(one, cells, language))


@every_map
@pytest.mark.parametrize("language", ["en", "de", "es"])
@pytest.mark.parametrize(
    ("rows", "words"), [(0, ""), (1, "x"), (5, ""), (7, LONG), (16, LONG), (14, "Ana")]
)
def test_no_words_lie_over_others_or_leave_the_sheet(
    one: Definition, language: str, rows: int, words: str
) -> None:
    drawing = drawing_of(one, rows=rows, words=words, language=language)
    assert touching(drawing) == []
    assert outside(drawing) == []


@every_map
def test_what_stands_on_a_map_is_told_in_words_too(one: Definition) -> None:
    """The list beside a drawing has all of it: every place of a map is a field of its form."""
    assert one.diagram
    filled = drawn.filled(one, specimen(one), "en")
    assert set(filled) == set(one.diagram.places)
    assert all(isinstance(place, Said | Table) for place in filled.values())


def test_every_shape_is_used_by_a_map() -> None:
    assert {one.diagram.shape for one in DIAGRAMS.values() if one.diagram} == set(SHAPES)


def test_all_maps_can_be_looked_at_on_one_page(tmp_path: Path) -> None:
    """The page of specimens, for whoever changes a shape: it is left in pytest's folder."""
    sources = [
        svg(drawing_of(one, rows=rows, words=words), name)
        for name, one in DIAGRAMS.items()
        for rows, words in ((0, ""), (5, ""), (7, LONG))
    ]
    page = tmp_path / "maps.html"
    page.write_text(f"<!doctype html><meta charset=utf-8>{''.join(sources)}", encoding="utf-8")
    assert page.read_text(encoding="utf-8").count("<svg") == 3 * len(DIAGRAMS)


# ------------------------------------------------------------------ words in a width


def test_words_are_broken_where_they_fit_and_cut_with_a_sign() -> None:
    assert wrapped("", 100) == ()
    assert wrapped("one two", 100) == ("one two",)
    lines = wrapped("Donaudampfschifffahrtsgesellschaft", 80, 9)
    assert "".join(lines) == "Donaudampfschifffahrtsgesellschaft"
    assert all(width_of(line) <= 80 for line in lines)
    assert wrapped("one two three four", 40, 2)[-1].endswith("…")


def test_letters_have_their_widths() -> None:
    assert width_of("漢字") > width_of("Wm") > width_of("ab") > width_of("il")
    assert width_of("ab", "label") > width_of("ab")


# ------------------------------------------------------------------ single shapes


def test_rings_tell_names_where_they_fit_and_numbers_where_they_do_not() -> None:
    one = DIAGRAMS["interpersonal_inventory"]
    few = drawing_of(one, rows=3, words="Ana")
    assert [line for _area, line in areas(few)].count("Ana") == 1 + 3
    many = drawing_of(one, rows=30, words="Ana")
    assert "30" in [line for _area, line in areas(many)]


def test_a_side_of_the_body_is_the_persons_own() -> None:
    def at(where: int, side: int | None) -> list[float]:
        row = {"where": Said("", "x", where), "side": Said("", "", side)}
        drawing = SHAPES["body"].draw({"marks": Table([row], row)})
        return [mark.x for mark in drawing.marks if isinstance(mark, Circle) and mark.y < 420]

    assert at(9, figures.RIGHT)[0] < figures.FRONT < at(9, figures.LEFT)[0]
    assert at(15, figures.LEFT)[0] < figures.BACK < at(15, figures.RIGHT)[0]
    assert len(at(9, None)) == 2
    assert at(6, None) == [figures.FRONT]


def test_regions_of_the_body_are_as_many_as_can_be_said() -> None:
    where = DIAGRAMS["body_map"].field("marks").column("where")
    assert len(where.options) == len(figures.REGIONS)


def test_a_way_that_names_no_pair_of_roles_is_drawn_without_arrows() -> None:
    step = {"words": Said("", "x"), "start": Said("", "9", 9), "end": Said("", "", None)}
    pair = {"upper": Said("", "demanding"), "lower": Said("", "striving")}
    lone = SHAPES["roles"].draw({"roles": Table([pair], pair), "steps": Table([step], step)})
    bound = SHAPES["roles"].draw({
        "roles": Table([pair], pair), "steps": Table([{**step, "start": Said("", "1", 1)}], step),
    })  # fmt: skip
    assert len(bound.marks) == len(lone.marks) + 2


def test_what_a_map_lacks_is_nothing() -> None:
    assert cards.said({}, "x") == cards.NOTHING
    assert cards.table({}, "x").rows == ()
    assert cards.text("", "a", "", "b") == "a · b"
