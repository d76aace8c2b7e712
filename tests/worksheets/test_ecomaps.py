"""What is undone and taken along; ecomaps on their page; both maps as the room reads them."""

from typing import Any

import pytest
from django.test import Client

from holdspace.cellar.access.gate import NotHere
from holdspace.hour.worksheets import actions, content, editors, maps, queries
from holdspace.hour.worksheets.family.ecomap import MOST_SYSTEMS
from holdspace.hour.worksheets.models import Worksheet, WorksheetVersion
from tests.access.examples import signed_in
from tests.cast import NOW, Cast
from tests.worksheets.family.families import told
from tests.worksheets.test_maps import ANA, begun, family, press, text


@pytest.fixture
def mira(cast: Cast, settings: Any) -> Client:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
    return signed_in("mira")(cast, None)  # type: ignore[arg-type]


def test_undoing_goes_back_step_by_step(cast: Cast, mira: Client) -> None:
    sheet = begun(cast, whole=ANA)
    press(mira, sheet, "child", person="p1")
    press(mira, sheet, "child", person="p1")
    first = press(mira, sheet, "undo", to="2", look="?person=p3")
    assert len(family(sheet).people) == 2
    assert first.headers["location"] == f"/forms/{sheet}/family?&back=2"
    page = text(mira.get(first.headers["location"]))
    assert 'name="to" value="1"' in page
    press(mira, sheet, "undo", to="1", look="?person=p1")
    assert len(family(sheet).people) == 1
    press(mira, sheet, "undo", to="0")
    assert family(sheet).people == ()
    assert WorksheetVersion.objects.filter(worksheet=sheet).count() == 6


# ------------------------------------------------------------------ taken along


def test_the_drawing_is_taken_along_on_paper(cast: Cast, mira: Client) -> None:
    sheet = begun(cast, whole=told())
    for size in ("a4", "a3", "folio"):
        answer = mira.get(f"/forms/{sheet}/family/pdf?size={size}")
        assert answer.content.startswith(b"%PDF")
    assert mira.get(f"/forms/{sheet}/pdf").content.startswith(b"%PDF")


def test_files_carry_the_family_or_the_drawing(cast: Cast, mira: Client) -> None:
    sheet = begun(cast, whole=told())
    assert "1 NAME Karl Brandt" in text(mira.get(f"/forms/{sheet}/family/file?as=ged"))
    svg = mira.get(f"/forms/{sheet}/family/file?as=svg")
    assert svg.headers["content-type"] == "image/svg+xml; charset=utf-8"
    assert "xmlns=" in text(svg)


def test_for_supervision_no_name_goes_along(cast: Cast, mira: Client) -> None:
    sheet = begun(cast, whole=told())
    for kind in ("svg", "ged"):
        taken = text(mira.get(f"/forms/{sheet}/family/file?as={kind}&names=no"))
        assert "Brandt" not in taken
        assert "Index person" in taken


# ------------------------------------------------------------------ ecomaps


AROUND = {"home": ["Eva"], "systems": [{"id": "s1", "name": "School", "stress": True}]}


def of_system(number: int, **typed: str) -> dict[str, str]:
    told_of = {"name": "", "strength": "plain", "flow": "none", "notes": "", **typed}
    return {f"s{number}-{name}": value for name, value in told_of.items()}


def test_an_ecomap_is_typed_and_drawn(cast: Cast, mira: Client) -> None:
    sheet = begun(cast, "ecomap", AROUND)
    typed = {"base": "1", "told_by": "Eva", "date": "2026-11-24", "home": "Eva\n\nLena"}
    answer = mira.post(
        f"/forms/{sheet}/ecomap/save",
        {**typed, **of_system(1, name="School"), **of_system(2, name="Work", flow="both"),
         **of_system(3)},
    )  # fmt: skip
    assert answer.status_code == 302
    page = text(mira.get(f"/forms/{sheet}/ecomap"))
    assert "Work: there · gives and takes energy" in page
    assert "Eva, Lena" in page
    assert 'name="s5-name"' in page


def test_a_connection_whose_name_is_taken_out_goes(cast: Cast, mira: Client) -> None:
    sheet = begun(cast, "ecomap", AROUND)
    mira.post(f"/forms/{sheet}/ecomap/save", {"base": "1", "home": "Eva", **of_system(1)})
    assert "School" not in text(mira.get(f"/forms/{sheet}/ecomap"))


@pytest.mark.parametrize(
    "typed",
    [{"home": "A" * 61}, {"home": "\n".join("ABCDEFGHIJKLM")}, {"date": "soon"},
     of_system(1, name="A" * 61), of_system(1, name="School", flow="up")],
)  # fmt: skip
def test_what_is_wrong_in_an_ecomap_is_kept_and_told(
    cast: Cast, mira: Client, typed: dict[str, str]
) -> None:
    sheet = begun(cast, "ecomap", AROUND)
    typed = {"base": "1", **of_system(1, name="School"), **of_system(2, name="Work"), **typed}
    answer = mira.post(f"/forms/{sheet}/ecomap/save", typed)
    assert answer.status_code == 422
    assert 'value="Work"' in text(answer)


def test_two_hands_in_an_ecomap_are_told_of_each_other(cast: Cast, mira: Client) -> None:
    sheet = begun(cast, "ecomap", AROUND)
    typed = {"base": "0", "page": "other", "home": "Eva", **of_system(1, name="Work")}
    answer = mira.post(f"/forms/{sheet}/ecomap/save", typed)
    assert answer.status_code == 409
    assert "Somebody else changed this map meanwhile" in text(answer)
    again = mira.post(f"/forms/{sheet}/ecomap/save", {**typed, "base": "1"})
    assert again.status_code == 302


def test_a_kept_ecomap_is_not_changed(cast: Cast, mira: Client) -> None:
    sheet = begun(cast, "ecomap", AROUND)
    actions.keep(sheet, by=cast.visitor("mira"), at=NOW)
    answer = mira.post(f"/forms/{sheet}/ecomap/save", {"base": "1", "home": "Eva"})
    assert answer.headers["location"] == f"/forms/{sheet}"
    assert 'name="home"' not in text(mira.get(f"/forms/{sheet}/ecomap"))


def test_two_days_lie_beside_each_other_with_what_changed(cast: Cast, mira: Client) -> None:
    first, last = begun(cast, "ecomap", AROUND), begun(cast, "ecomap", {"home": ["Eva"]})
    for one, other in ((first, last), (last, first)):
        page = text(mira.get(f"/forms/{one}/ecomap?beside={other}"))
        assert page.count("<svg viewBox") == 2
        assert "School: " in page
    same = begun(cast, "ecomap", AROUND)
    assert "Nothing." in text(mira.get(f"/forms/{same}/ecomap?beside={first}"))


def test_a_full_ecomap_offers_no_empty_connection(cast: Cast, mira: Client) -> None:
    systems = [{"id": f"s{at}", "name": "A"} for at in range(MOST_SYSTEMS)]
    page = text(mira.get(f"/forms/{begun(cast, 'ecomap', {'systems': systems})}/ecomap"))
    assert page.count("-strength") >= MOST_SYSTEMS
    assert f's{MOST_SYSTEMS}-name"' not in page


# ------------------------------------------------------------------ as maps of the room


@pytest.mark.parametrize("name", ["family", "ecomap"])
def test_a_map_is_read_from_text_and_refuses_what_is_none(name: str) -> None:
    editor = editors.EDITORS[name]
    assert editor.parse('{"told_by": "Eva"}') == {"told_by": "Eva"}
    for bad in ("{", '{"people": 1, "systems": 1}', [1]):
        with pytest.raises(maps.CannotDraw):
            editor.parse(bad)


def test_a_map_is_drawn_and_told_in_the_readers_language() -> None:
    assert "Otto Lindner → Ursula Lindner" in "\n".join(
        editors.EDITORS["family"].text(told(), "en")
    )
    assert "<svg" in editors.EDITORS["family"].svg(told(), "de")
    assert "Eva" in editors.EDITORS["ecomap"].svg(AROUND, "es")
    assert editors.EDITORS["ecomap"].text(AROUND, "en")[0] == "Eva"


def test_nobody_else_reaches_a_map(cast: Cast) -> None:
    sheet = begun(cast, whole=told())
    with pytest.raises(NotHere):
        queries.one(cast.visitor("tom"), sheet)
    assert content.WHOLE in Worksheet.objects.get(pk=sheet).content
