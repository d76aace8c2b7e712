"""Every form and map of the library: empty, filled, overfull; on the page, drawn, and on paper."""

import html
import re

import pytest
from django.utils import translation

from holdspace.hour.worksheets import asking, drawn, pages
from holdspace.hour.worksheets.content import Cells, rows
from holdspace.hour.worksheets.definitions import Definition
from holdspace.hour.worksheets.forms import SheetForm, as_typed
from holdspace.hour.worksheets.library import current, library
from holdspace.hour.worksheets.models import Worksheet
from holdspace.hour.worksheets.paper import printed
from holdspace.hour.worksheets.wording import written
from tests.cast import NOW
from tests.worksheets.fill import EXTRA, SHEET, everything, filled, some

ALL: dict[str, Definition] = {**library(), **EXTRA, "shared_nights": SHEET}
every_form = pytest.mark.parametrize("one", ALL.values(), ids=list(ALL))
WHOLE = {"genogram": {"people": [{"id": "p1", "name": "Ada"}]}, "ecomap": {"home": ["Ada"]}}
LONGEST = "Zaunkönig & <b>Fähre</b> " * 18


def told(definition: Definition, cells: Cells, language: str = "en") -> pages.Read:
    with translation.override(language):
        return pages.as_read(definition, cells, language)


def mapped(one: Definition) -> Cells:
    """What an editor of its own takes as a map."""
    return filled(one, {"whole": WHOLE.get(one.id, ["Ana"])})


def lines(page: pages.Read) -> list[pages.Line]:
    single = [line for part in page.parts for line in part.lines]
    return single + [line for part in page.parts for _name, of in part.rows for line in of]


@every_form
@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_an_empty_form_asks_for_everything_and_tells_nothing(
    one: Definition, language: str
) -> None:
    page = told(one, {}, language)
    assert page.is_blank
    assert page.name == one.name.said(language)
    form = SheetForm(one, {}, language)
    places = list(form.fields)
    asked = asking.as_asked(form, {})
    assert len(asked) == len(one.fields)
    assert len(places) >= len(one.fields)
    assert all(form[name].as_field_group() for name in places)


@every_form
def test_everything_written_is_told_under_its_name(one: Definition) -> None:
    cells = (
        everything(one, "on the bridge")
        if one.fields
        else filled(one, {"whole": WHOLE.get(one.id, ["Ana"])})
    )
    page = told(one, cells)
    said = [line.words for line in lines(page)]
    wanted = sum(1 for path, cell in cells.items() if cell["value"] and not {".", ":"} & {*path})
    assert len(said) >= wanted - sum(bool(field.columns) for field in one.fields) - 2
    assert all(said)
    assert not page.is_blank
    assert bool(page.drawn) is bool(one.diagram or one.editor)


@every_form
def test_the_longest_words_are_escaped_and_cut_where_they_are_drawn(one: Definition) -> None:
    if one.diagram is None:
        return
    source = drawn.drawing(one, everything(one, LONGEST[:500]), "en")
    assert "<b>" not in source
    assert source.count("<svg") == source.count("</svg>") == 1
    tspans = re.findall(r"<tspan[^>]*>([^<]*)</tspan>", source)
    assert all(len(html.unescape(line)) < 80 for line in tspans)


@every_form
@pytest.mark.parametrize("is_full", [False, True])
def test_a_sheet_is_printed(one: Definition, is_full: bool) -> None:  # noqa: FBT001
    cells: Cells = {}
    if is_full:
        cells = (
            everything(one, LONGEST[:500])
            if one.fields
            else filled(one, {"whole": WHOLE.get(one.id, ["Ana"])})
        )
    sheet = Worksheet(began_at=NOW, saved_at=NOW)
    made = printed(sheet, told(one, cells), "Amara", "Linden House")
    assert made.startswith(b"%PDF")


@every_form
def test_what_a_control_holds_is_read_back_as_the_same(one: Definition) -> None:
    cells = everything(one, "on the bridge") if one.fields else {}
    form = SheetForm(one, cells, "en")
    for path, field in form.fields.items():
        value = cells.get(path, {}).get("value")
        assert field.clean(as_typed(value)) == value


def test_a_curve_follows_the_days_and_says_what_it_shows() -> None:
    said = {
        "nights.a.on": "2026-03-03", "nights.a.hours": "4", "nights.b.on": "2026-03-02",
        "nights.b.hours": "6.5", "nights.c.hours": "8", "nights.a.rest": "1",
    }  # fmt: skip
    with translation.override("en"):
        (curve,) = drawn.curves(SHEET, filled(SHEET, said), "en")
    assert "3 times: 6.5 at first, 8 at last, lowest 4, highest 8." in curve.sentence
    assert len(curve.drawn.dots) == 3


def test_a_curve_without_days_follows_the_rows() -> None:
    form = current("exposure_hierarchy")
    said = {"steps.a.expected": "30", "steps.b.expected": "80"}
    with translation.override("en"):
        (curve,) = drawn.curves(form, filled(form, said), "en")
    assert "30 at first, 80 at last" in curve.sentence
    assert drawn.curves(form, filled(form, {"steps.a.expected": "30"}), "en") == []


def test_values_are_said_in_the_readers_way() -> None:
    with translation.override("de"):
        nights = SHEET.field("nights")
        assert written(nights.column("hours"), 6.5, "de") == "6,5 Any words"
        assert written(nights.column("slept"), False, "de") == "nein"  # noqa: FBT003
        assert written(nights.column("with"), ["tea", "walk"], "de") == "Any words, Any words"
        assert written(nights.column("rest"), 3, "de") == "3 von 4"
        assert written(nights.column("on"), "2026-03-02", "de") == "2. März 2026"
        assert written(current("thought_record").field("belief"), 80, "de") == "80 %"


def test_a_hexaflex_is_joined_where_all_six_were_said() -> None:
    form = current("hexaflex")
    all_six = {name: "5" for name in form.diagram.places if "note" not in name}  # type: ignore[union-attr]
    assert "ink-fill" in drawn.drawing(form, filled(form, all_six), "en")
    five = drawn.drawing(form, filled(form, dict(list(all_six.items())[:5])), "en")
    assert "ink-fill" not in five
    assert five.count("<circle") == 5


def test_a_formulation_says_how_sure_it_is() -> None:
    cells = filled(
        EXTRA["lens"], {"keeps": "shame", "keeps:says": "both", "keeps:tentative": ["agreed"]}
    )
    (part,) = told(EXTRA["lens"], cells).parts
    assert [mark.words for mark in part.lines[0].marks] == ["agreed together", "both"]


def test_a_credit_says_whether_it_was_looked_up() -> None:
    with translation.override("en"):
        assert "read" in pages.credit(EXTRA["nights"])
        assert "general use" in pages.credit(EXTRA["lens"])
        assert "not looked up" in pages.credit(current("hexaflex"))


def test_rows_that_are_empty_are_not_told() -> None:
    form = current("exposure_hierarchy")
    cells = filled(form, {"steps.a.situation": "x", "steps.b.situation": "y"})
    cells["steps.b.situation"]["value"] = None
    assert rows(cells, "steps") == ["a", "b"]
    (part,) = told(form, cells).parts
    assert len(part.rows) == 1


def test_something_is_made_up_for_every_type() -> None:
    assert all(some(field, "x") is not None for one in ALL.values() for field in one.every_field())
