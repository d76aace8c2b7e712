"""Genograms and ecomaps on their pages: drawn, changed by one button each, undone, taken along."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from holdspace.cellar.access.gate import NotHere
from holdspace.frame.practice.sign_in import NARROWED
from holdspace.hour.worksheets import actions, content, editors, map_pages, maps, queries
from holdspace.hour.worksheets.content import WHOLE, Change
from holdspace.hour.worksheets.family.ecomap import MOST_SYSTEMS
from holdspace.hour.worksheets.family.gedcom import to_gedcom
from holdspace.hour.worksheets.family.model import Telling
from holdspace.hour.worksheets.models import Worksheet, WorksheetVersion
from tests.access.examples import signed_in
from tests.cast import NOW, Cast
from tests.worksheets.family.families import four_generations, told


@pytest.fixture
def mira(cast: Cast, settings: Any) -> Client:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
    return signed_in("mira")(cast, None)  # type: ignore[arg-type]


def begun(cast: Cast, form: str = "genogram", whole: Any = None) -> UUID:
    """A map that Mira began in Amara's therapy, with something in it."""
    by = cast.visitor("mira")
    sheet = actions.begin(cast.amara.id, form, by=by, at=NOW)
    if whole is not None:
        actions.save(sheet.id, [Change(WHOLE, whole, 0)], page="first", by=by, at=NOW)
    return sheet.id


def family(sheet: UUID) -> Telling:
    return map_pages.kept(Worksheet.objects.get(pk=sheet))


def press(client: Client, sheet: UUID, do: str, **typed: Any) -> Any:
    return client.post(f"/forms/{sheet}/family/change", {"do": do, "page": "a-page", **typed})


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


ANA = {"people": [{"id": "p1", "name": "Ana"}]}
COUPLE = {
    "people": [{"id": "p1", "name": "Ana"}, {"id": "p2", "name": "Luis"}],
    "unions": [{"id": "u1", "partners": ["p1", "p2"]}],
}
PERSON = {"name": "Ana", "figure": "woman", "born": "1951", "died": "2019", "notes": "moved"}


# ------------------------------------------------------------------ the page


def test_the_sheet_leads_to_the_page_of_the_map(cast: Cast, mira: Client) -> None:
    for form, page in (("genogram", "family"), ("ecomap", "ecomap")):
        sheet = begun(cast, form)
        answer = mira.get(f"/forms/{sheet}")
        assert answer.headers["location"] == f"/forms/{sheet}/{page}"


def test_a_page_draws_the_family_and_tells_it_as_a_list(cast: Cast, mira: Client) -> None:
    sheet = begun(cast, whole=told())
    page = text(mira.get(f"/forms/{sheet}/family"))
    assert page.count('data-person="') == 30
    assert "The family as Eva tells it" in page
    assert "told elsewhere in this list" in page
    assert "physical abuse" in page
    assert page.index("Karl Brandt") < page.index("Type the family")


def test_an_empty_map_says_so_and_asks(cast: Cast, mira: Client) -> None:
    page = text(mira.get(f"/forms/{begun(cast)}/family"))
    assert "Nobody is told of yet." in page
    assert "Undo" not in page


def test_whoever_is_chosen_has_a_form_and_what_can_be_added(cast: Cast, mira: Client) -> None:
    sheet = begun(cast, whole=told())
    page = text(mira.get(f"/forms/{sheet}/family?person=x"))
    assert 'value="Thomas Brandt"' in page
    assert "Add a partner" in page
    assert "Add a parent" not in page
    assert "Thomas Brandt + Kim Weber" in page
    assert "Ursula Lindner – Thomas Brandt: fused" in page


def test_somebody_who_is_not_there_is_nobodys_form(cast: Cast, mira: Client) -> None:
    sheet = begun(cast, whole=told())
    assert "Type the family" in text(mira.get(f"/forms/{sheet}/family?person=zz"))


def test_the_family_of_another_year_is_drawn_and_layers_are_taken_away(
    cast: Cast, mira: Client
) -> None:
    sheet = begun(cast, whole=told())
    page = text(mira.get(f"/forms/{sheet}/family?year=1976&off=ages&off=strange"))
    drawing = page.partition("<svg viewBox")[2].partition("</svg>")[0]
    assert "Thomas Brandt" in drawing
    assert "Paul Stein" in drawing
    assert 'class="age"' not in drawing
    assert "?person=x&amp;year=1976&amp;off=ages" in drawing


def test_what_makes_no_sense_in_an_address_is_left_out(cast: Cast, mira: Client) -> None:
    sheet = begun(cast, whole=ANA)
    assert mira.get(f"/forms/{sheet}/family?year=x&beside=y&back=z").status_code == 200


def test_two_tellings_lie_beside_each_other(cast: Cast, mira: Client) -> None:
    one, other = begun(cast, whole={**ANA, "told_by": "Eva"}), begun(cast, whole=told())
    page = text(mira.get(f"/forms/{one}/family?beside={other}"))
    assert page.count("<svg viewBox") == 2
    assert "Told by Eva" in page
    assert 'id="b-title"' in page


@pytest.mark.parametrize("page", ["family", "ecomap"])
def test_only_the_same_map_of_the_same_therapy_lies_beside(
    cast: Cast, mira: Client, page: str
) -> None:
    one = begun(cast, "genogram" if page == "family" else "ecomap")
    other_form = begun(cast, "ecomap" if page == "family" else "genogram")
    by = cast.visitor("mira")
    form = Worksheet.objects.get(pk=one).definition
    elsewhere = actions.begin(cast.reyes.id, form, by=by, at=NOW).id
    for other in (other_form, elsewhere, uuid4()):
        assert mira.get(f"/forms/{one}/{page}?beside={other}").status_code == 404


@pytest.mark.parametrize(("form", "page"), [("ecomap", "family"), ("genogram", "ecomap")])
def test_a_map_has_only_its_own_page(cast: Cast, mira: Client, form: str, page: str) -> None:
    assert mira.get(f"/forms/{begun(cast, form)}/{page}").status_code == 404


def test_a_kept_map_is_only_read(cast: Cast, mira: Client) -> None:
    sheet = begun(cast, whole=told())
    actions.keep(sheet, by=cast.visitor("mira"), at=NOW)
    page = text(mira.get(f"/forms/{sheet}/family"))
    assert "Type the family" not in page
    assert "Undo" not in page
    answer = press(mira, sheet, "told", told_by="Ana")
    assert answer.headers["location"] == f"/forms/{sheet}"
    assert family(sheet).told_by == "Eva"


def test_a_turned_screen_shows_the_map_and_takes_nothing_along(cast: Cast, mira: Client) -> None:
    sheet = begun(cast, whole=told())
    session = mira.session
    session[NARROWED] = str(cast.amara.id)
    session.save()
    page = text(mira.get(f"/forms/{sheet}/family"))
    assert "Turn the screen back" in page
    assert "Take it along" not in page
    assert "Type the family" in page
    assert mira.get(f"/forms/{sheet}/family/pdf").status_code == 404


# ------------------------------------------------------------------ changed by buttons


def test_a_line_that_is_typed_becomes_a_family(cast: Cast, mira: Client) -> None:
    sheet = begun(cast)
    answer = press(mira, sheet, "line", line="mum Ana 1951; m 1970 dad Luis; 2 kids: Eva, Jan")
    assert answer.status_code == 302
    assert [one.name for one in family(sheet).people] == ["Ana", "Luis", "Eva", "Jan"]


def test_a_line_that_is_not_understood_is_kept_and_pointed_at(cast: Cast, mira: Client) -> None:
    sheet = begun(cast)
    answer = press(mira, sheet, "line", line="Ana 19; Luis")
    assert answer.status_code == 422
    assert "Years are written like" in text(answer)
    assert "<mark data-veil>19</mark>" in text(answer)
    assert "Ana 19; Luis</textarea>" in text(answer)
    assert press(mira, sheet, "line", line="").status_code == 422


@pytest.mark.parametrize(
    ("do", "people"), [("partner", 2), ("child", 2), ("parent", 2), ("sibling", 3)]
)
def test_kin_is_added_by_a_button_and_its_form_opened(
    cast: Cast, mira: Client, do: str, people: int
) -> None:
    sheet = begun(cast, whole=ANA)
    answer = press(mira, sheet, do, person="p1")
    assert len(family(sheet).people) == people
    assert answer.headers["location"] == f"/forms/{sheet}/family?person=p{people}"


def test_somebody_can_be_begun_with_and_is_whose_family_it_is(cast: Cast, mira: Client) -> None:
    sheet = begun(cast)
    press(mira, sheet, "somebody")
    press(mira, sheet, "somebody")
    assert [one.index for one in family(sheet).people] == [True, False]


def test_a_form_tells_somebody(cast: Cast, mira: Client) -> None:
    sheet = begun(cast, whole=ANA)
    more = {"events": "1944 war\nmoved\n\n", "substance": "recovery", "illness": "suspected",
            "inner": "man", "unspoken": "on", "index": "on", "age": "about 60"}  # fmt: skip
    answer = press(mira, sheet, "tell", person="p1", base=1, **PERSON, **more)
    assert answer.status_code == 302
    one = family(sheet).people[0]
    assert (one.figure.value, one.born, one.died, one.notes) == ("woman", 1951, 2019, "moved")
    assert [(event.year, event.words) for event in one.events] == [(1944, "war"), (None, "moved")]
    assert (one.substance, one.illness, one.inner) == ("recovery", "suspected", "man")
    assert one.unspoken
    page = text(mira.get(f"/forms/{sheet}/family?person=p1"))
    assert "1944 war\nmoved</textarea>" in page


def test_how_a_child_came_its_homes_and_its_twin_are_told_where_they_can_be(
    cast: Cast, mira: Client
) -> None:
    sheet = begun(cast, whole=told())
    typed = {"name": "Lena", "figure": "woman", "homes": ["h1"], "how": "foster", "twin": "c2",
             "identical": "on"}  # fmt: skip
    press(mira, sheet, "tell", person="c1", base=1, **typed)
    now = family(sheet)
    assert now.by_id["c1"].homes == ("h1",)
    assert now.places["c1"].how == "foster"
    assert {who for who, one in now.places.items() if one.identical} == {"c1", "c2", "c3"}
    page = text(mira.get(f"/forms/{sheet}/family?person=c1"))
    assert '<option value="c2" selected>' in page
    press(mira, sheet, "tell", person="c1", base=2, **{**typed, "twin": "", "how": ""})
    assert family(sheet).places["c1"].twins == ""


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"born": "51"}, "greater than or equal to 1500"),
        ({"born": "2000", "died": "1990"}, "Nobody dies before they are born."),
        ({"figure": "pet", "inner": "man"}, "Only a gender can stand inside a person."),
        ({"figure": "lord"}, "Select a valid choice"),
        ({"name": "A" * 61}, "at most 60"),
    ],
)
def test_what_is_wrong_in_a_form_is_said_next_to_its_field_and_kept(
    cast: Cast, mira: Client, typed: dict[str, str], sentence: str
) -> None:
    sheet = begun(cast, whole=ANA)
    answer = press(mira, sheet, "tell", person="p1", base=1, **{**PERSON, "died": "", **typed})
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "moved</textarea>" in text(answer)
    assert family(sheet).people[0].notes == ""


def test_two_hands_that_tell_the_same_person_are_told_of_each_other(
    cast: Cast, mira: Client
) -> None:
    sheet = begun(cast, whole=ANA)
    press(mira, sheet, "tell", person="p1", base=1, name="Anna", figure="woman")
    answer = press(mira, sheet, "tell", person="p1", base=1, name="Anita", figure="woman")
    assert answer.status_code == 409
    assert "Somebody else changed this person meanwhile" in text(answer)
    assert 'value="Anita"' in text(answer)
    assert family(sheet).people[0].name == "Anna"


def test_two_hands_that_tell_of_different_people_do_not_meet(cast: Cast, mira: Client) -> None:
    sheet = begun(cast, whole=COUPLE)
    press(mira, sheet, "tell", person="p1", base=1, name="Anna", figure="woman")
    press(mira, sheet, "tell", person="p2", base=1, name="Lou", figure="man")
    assert [one.name for one in family(sheet).people] == ["Anna", "Lou"]


def test_a_save_that_came_between_is_told(cast: Cast, mira: Client, monkeypatch: Any) -> None:
    """Somebody else saves in the moment between reading and saving."""
    sheet = begun(cast, whole=ANA)
    save = actions.save

    def late(*given: Any, **more: Any) -> Any:
        by = cast.visitor("mira")
        save(sheet, [Change(WHOLE, COUPLE, 1)], page="other", by=by, at=NOW)
        return save(*given, **more)

    monkeypatch.setattr(actions, "save", late)
    answer = mira.post(
        f"/forms/{sheet}/family/change", {"do": "remove", "person": "p1"}, follow=True
    )
    assert "Somebody else changed this map just now" in text(answer)
    assert len(family(sheet).people) == 2


def test_lines_are_drawn_and_taken_away(cast: Cast, mira: Client) -> None:
    sheet = begun(cast, whole=COUPLE)
    press(mira, sheet, "tie", person="p1", target="p2", tie="close")
    assert family(sheet).lines[0].tie == "close"
    assert press(mira, sheet, "tie", person="p1", target="p1", tie="close").status_code == 422
    press(mira, sheet, "untie l1", person="p1")
    assert family(sheet).lines == ()


def test_a_union_takes_turns_and_gives_them_back(cast: Cast, mira: Client) -> None:
    sheet = begun(cast, whole=COUPLE)
    press(mira, sheet, "turn u1", person="p1", turn="married", year="1970")
    press(mira, sheet, "turn u1", person="p1", turn="divorced", year="")
    steps = [(step.turn.value, step.year) for step in family(sheet).unions[0].steps]
    assert steps == [("married", 1970), ("divorced", None)]
    press(mira, sheet, "unturn u1", person="p1")
    press(mira, sheet, "unturn u1", person="p1")
    assert family(sheet).unions == ()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"turn": "reunited"}, "Only those who parted can come together again."),
        ({"turn": "lost"}, "Select a valid choice"),
        ({"turn": "married", "year": "7"}, "greater than or equal to 1500"),
    ],
)
def test_a_turn_that_cannot_be_is_said_next_to_it(
    cast: Cast, mira: Client, typed: dict[str, str], sentence: str
) -> None:
    answer = press(mira, begun(cast, whole=COUPLE), "turn u1", person="p1", **typed)
    assert answer.status_code == 422
    assert sentence in text(answer)


@pytest.mark.parametrize("do", ["turn u9", "unturn u9", "untie l9", "unhome h9"])
def test_what_is_gone_already_changes_nothing(cast: Cast, mira: Client, do: str) -> None:
    sheet = begun(cast, whole=COUPLE)
    assert press(mira, sheet, do, person="p1").status_code == 302
    assert queries.one(cast.visitor("mira"), sheet).version == 1


@pytest.mark.parametrize(("do", "person"), [("tell", "p9"), ("fly", "p1"), ("", "")])
def test_a_button_that_means_nothing_here_says_so(
    cast: Cast, mira: Client, do: str, person: str
) -> None:
    sheet = begun(cast, whole=ANA)
    answer = mira.post(f"/forms/{sheet}/family/change", {"do": do, "person": person}, follow=True)
    assert "What was meant is not there any more" in text(answer)


def test_what_the_rules_refuse_is_said_above_the_page(cast: Cast, mira: Client) -> None:
    sheet = begun(cast, whole=told())
    answer = mira.post(
        f"/forms/{sheet}/family/change", {"do": "parent", "person": "x"}, follow=True
    )
    assert "Both parents are there" in text(answer)


@pytest.mark.parametrize(
    ("sent", "nudge"),
    [
        ({"do": "nudge left"}, (-20.0, 0.0)),
        ({"do": "nudge", "x": "30.4", "y": "-7"}, (30.0, -7.0)),
        ({"do": "nudge", "x": "1e9", "y": "0"}, (4000.0, 0.0)),
        ({"do": "nudge", "x": "nan", "y": "inf"}, (0.0, 0.0)), ({"do": "nudge home"}, (0.0, 0.0)),
    ],
)  # fmt: skip
def test_a_figure_is_moved_by_hand_and_back(
    cast: Cast, mira: Client, sent: dict[str, str], nudge: tuple[float, float]
) -> None:
    sheet = begun(cast, whole=ANA)
    mira.post(f"/forms/{sheet}/family/change", {"person": "p1", **sent})
    assert family(sheet).people[0].nudge == nudge


def test_who_tells_and_the_homes_are_told(cast: Cast, mira: Client) -> None:
    sheet = begun(cast, whole=ANA)
    press(mira, sheet, "told", told_by=" Eva  M. ", date="2026-11-24")
    press(mira, sheet, "home", home="Maple Street")
    now = family(sheet)
    assert (now.told_by, now.date, now.homes[0].name) == ("Eva M.", "2026-11-24", "Maple Street")
    press(mira, sheet, "unhome h1")
    assert family(sheet).homes == ()
    press(mira, sheet, "told", told_by="", date="")
    assert family(sheet).date == ""
    assert press(mira, sheet, "told", date="soon").status_code == 422
    assert press(mira, sheet, "home", home="").status_code == 422


def test_a_file_takes_the_place_of_the_family(cast: Cast, mira: Client) -> None:
    sheet = begun(cast, whole={**ANA, "told_by": "Eva"})
    file = SimpleUploadedFile("family.ged", to_gedcom(four_generations()).encode())
    press(mira, sheet, "file", file=file)
    assert (len(family(sheet).people), family(sheet).told_by) == (28, "Eva")
    bad = press(mira, sheet, "file", file=SimpleUploadedFile("family.ged", b"Ana"))
    assert bad.status_code == 422
    assert "Line 1 of this file" in text(bad)
    assert press(mira, sheet, "file").status_code == 422


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
