"""The pages of sheets in a member's browser, with and without script."""

import json
from typing import Any

import pytest
from django.test import Client

from holdspace.frame.practice.sign_in import NARROWED
from holdspace.hour.worksheets import actions
from holdspace.hour.worksheets.models import SheetLink, Worksheet, WorksheetVersion
from tests.access.examples import signed_in
from tests.cast import NOW, Cast
from tests.worksheets.fill import ELSEWHERE, PAGE, a_link, a_sheet, now, the_client, values, write


@pytest.fixture
def mira(cast: Cast, settings: Any) -> Client:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
    return signed_in("mira")(cast, None)  # type: ignore[arg-type]


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def typed(base: int, page: str = PAGE, **said: object) -> dict[str, object]:
    """A whole form as a browser without script sends it; `steps__r1__x` is a place in a row."""
    fields = {f"sheet-{path.replace('__', '.')}": value for path, value in said.items()}
    return {"base": base, "page": page, **fields}


def by_script(client: Client, address: str, sent: object) -> Any:
    return client.post(address, json.dumps(sent), content_type="application/json")


def change(path: str, said: object, base: int = 0, page: str = PAGE) -> dict[str, object]:
    return {"page": page, "changes": [{"path": path, "said": said, "base": base}]}


# ------------------------------------------------------------------ which there are


def test_a_therapy_shows_its_sheets_and_what_can_be_begun(cast: Cast, mira: Client) -> None:
    a_sheet(cast)
    page = text(mira.get(f"/therapies/{cast.amara.id}/forms"))
    assert "Begun here" in page
    assert page.count("Thought record") >= 2


def test_the_forms_of_the_approach_stand_first(cast: Cast, mira: Client) -> None:
    cast.amara.approaches = ["act"]
    cast.amara.save()
    page = text(mira.get(f"/therapies/{cast.amara.id}/forms?session={cast.session.id}"))
    own, _, others = page.partition("All others")
    assert "Hexaflex" in own.partition("Of this approach")[2]
    assert "Fear hierarchy" in others
    assert f'name="session" value="{cast.session.id}"' in page


@pytest.mark.parametrize(("sought", "found"), [("fear", True), ("nowhere", False)])
def test_a_form_is_found_by_its_words(cast: Cast, mira: Client, sought: str, found: bool) -> None:  # noqa: FBT001
    page = text(mira.get(f"/therapies/{cast.amara.id}/forms?q={sought}"))
    assert ("Fear hierarchy" in page) is found
    assert ("No form or map is called so" in page) is not found


def test_beginning_leads_to_the_sheet_or_to_handing_it_over(cast: Cast, mira: Client) -> None:
    address = f"/therapies/{cast.amara.id}/forms/new"
    answer = mira.post(address, {"form": "hexaflex", "session": cast.session.id})
    sheet = Worksheet.objects.get()
    assert answer.headers["location"] == f"/forms/{sheet.id}"
    own = mira.post(address, {"form": "nights"})
    assert own.headers["location"].endswith("/hand")
    assert mira.post(address, {"form": "No form"}).status_code == 404


def test_a_form_of_one_says_that_somebody_is_to_be_chosen(cast: Cast, mira: Client) -> None:
    answer = mira.post(f"/therapies/{cast.reyes.id}/forms/new", {"form": "nights"})
    assert answer.status_code == 422
    assert "Choose whose it is" in text(answer)


# ------------------------------------------------------------------ without script


def test_a_whole_form_is_kept_and_shown_again(cast: Cast, mira: Client) -> None:
    sheet = a_sheet(cast, "exposure_hierarchy")
    sent = typed(0, aim="go out", steps__new1__situation="the lift")
    answer = mira.post(f"/forms/{sheet.id}/save", sent)
    assert answer.status_code == 302
    page = text(mira.get(f"/forms/{sheet.id}"))
    assert 'value="go out"' in page
    assert 'value="the lift"' in page
    assert page.count("data-is-new") == 1


def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(
    cast: Cast, mira: Client
) -> None:
    sheet = a_sheet(cast)
    answer = mira.post(f"/forms/{sheet.id}/save", typed(0, situation="here", belief="300"))
    assert answer.status_code == 422
    assert "Write a number from 0 to 100." in text(answer)
    assert "here</textarea>" in text(answer)
    assert 'value="300"' in text(answer)
    assert values(sheet) == {}


def test_fields_that_were_not_touched_do_not_write_over_what_others_wrote(
    cast: Cast, mira: Client
) -> None:
    sheet, by = a_sheet(cast), cast.visitor("mira")
    write(sheet, by, situation="first", belief="5")
    write(sheet, by, page=ELSEWHERE, base=1, situation="second")
    mira.post(f"/forms/{sheet.id}/save", typed(1, "third", situation="first", belief="6"))
    assert values(sheet) == {"situation": "second", "belief": 6}


def test_two_writings_of_one_field_are_both_shown_and_the_next_save_decides(
    cast: Cast, mira: Client
) -> None:
    sheet, by = a_sheet(cast), cast.visitor("mira")
    write(sheet, by, page=ELSEWHERE, hot_thought="theirs")
    answer = mira.post(f"/forms/{sheet.id}/save", typed(0, hot_thought="mine"))
    assert answer.status_code == 409
    assert "theirs" in text(answer)
    assert 'value="mine"' in text(answer)
    assert 'name="base" value="1"' in text(answer)
    mira.post(f"/forms/{sheet.id}/save", typed(1, hot_thought="mine"))
    assert values(sheet) == {"hot_thought": "mine"}


@pytest.mark.parametrize(
    ("button", "left"),
    [("drop steps.a", ["b"]), ("raise steps.b", ["b", "a"]), ("more", ["a", "b"]),
     ("drop nothing.a", ["a", "b"])],
)  # fmt: skip
def test_buttons_take_rows_out_and_move_them(
    cast: Cast, mira: Client, button: str, left: list[str]
) -> None:
    sheet = a_sheet(cast, "exposure_hierarchy")
    write(sheet, cast.visitor("mira"), steps__a__situation="one", steps__b__situation="two")
    mira.post(f"/forms/{sheet.id}/save", {"base": "1", "page": PAGE, "do": button})
    assert values(sheet)["steps"] == left


def test_saving_can_keep_the_sheet_as_it_is(cast: Cast, mira: Client) -> None:
    sheet = a_sheet(cast)
    mira.post(f"/forms/{sheet.id}/save", typed(0, situation="x") | {"do": "keep"})
    assert now(sheet).state == "kept"
    page = text(mira.get(f"/forms/{sheet.id}"))
    assert "Go on with it" in page
    again = mira.post(f"/forms/{sheet.id}/save", typed(0, situation="y"), follow=True)
    assert "no longer open" in text(again)


def test_a_row_that_finds_no_room_is_said_so(cast: Cast, mira: Client) -> None:
    sheet = a_sheet(cast, "exposure_hierarchy")
    rows = {f"steps__r{n}__situation": "x" for n in range(120)}
    answer = mira.post(f"/forms/{sheet.id}/save", typed(0, **rows))
    assert answer.status_code in (302, 422)
    assert len(values(sheet)["steps"]) == 90


# ------------------------------------------------------------------ by script


def test_a_field_is_kept_and_the_drawing_comes_back(cast: Cast, mira: Client) -> None:
    sheet = a_sheet(cast, "hexaflex")
    answer = by_script(mira, f"/forms/{sheet.id}/save", change("values", "8"))
    told = answer.json()
    assert (answer.status_code, told["version"], told["wrong"]) == (200, 1, {})
    assert "Values 8" in told["drawn"]


def test_what_cannot_be_kept_is_said_by_its_place(cast: Cast, mira: Client) -> None:
    sheet = a_sheet(cast)
    answer = by_script(mira, f"/forms/{sheet.id}/save", change("belief", "a lot"))
    assert answer.status_code == 422
    assert answer.json()["wrong"] == {"belief": "Write a number from 0 to 100."}


def test_what_somebody_else_wrote_is_told_and_stays(cast: Cast, mira: Client) -> None:
    sheet = a_sheet(cast)
    write(sheet, cast.visitor("mira"), page=ELSEWHERE, belief="80")
    answer = by_script(mira, f"/forms/{sheet.id}/save", change("belief", "20"))
    assert answer.status_code == 409
    assert answer.json()["collisions"] == {"belief": {"theirs": "80", "words": "80 %"}}


@pytest.mark.parametrize(
    "sent",
    [
        [], {}, "x", None, {"page": PAGE, "changes": [{}]}, {"page": "", "changes": []},
        {"page": PAGE, "changes": [{"path": "a", "said": "", "base": "1"}]},
        {"page": PAGE, "changes": [{"path": "a", "said": "", "base": -1}]},
        {"page": PAGE, "changes": [{"path": "a", "said": "", "base": 1}] * 201},
    ],
)  # fmt: skip
def test_what_is_in_no_shape_is_refused(cast: Cast, mira: Client, sent: object) -> None:
    answer = by_script(mira, f"/forms/{a_sheet(cast).id}/save", sent)
    assert answer.status_code == 422
    assert "shape" in answer.json()["message"]


def test_too_much_at_once_and_a_closed_sheet_are_said(
    cast: Cast, mira: Client, settings: Any
) -> None:
    sheet = a_sheet(cast)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    long = by_script(mira, f"/forms/{sheet.id}/save", change("situation", "x" * 200))
    assert long.status_code == 413
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = None
    actions.keep(sheet.id, by=cast.visitor("mira"), at=NOW)
    closed = by_script(mira, f"/forms/{sheet.id}/save", change("situation", "x"))
    assert (closed.status_code, "no longer open" in closed.json()["message"]) == (423, True)


def test_news_tell_what_was_written_since(cast: Cast, mira: Client) -> None:
    sheet, by = a_sheet(cast, "exposure_hierarchy"), cast.visitor("mira")
    write(sheet, by, aim="go out")
    write(sheet, by, base=1, steps__a__expected="30")
    told = mira.get(f"/forms/{sheet.id}/news?since=1").json()
    assert told["cells"] == {"steps.a.expected": "30"}
    assert told["rows"] == {"steps": ["a"]}
    assert mira.get(f"/forms/{sheet.id}/news?since=2").json() == {"version": 2, "state": "open"}


# ------------------------------------------------------------------ read, moved, handed over


def test_a_sheet_is_read_printed_and_its_past_laid_side_by_side(cast: Cast, mira: Client) -> None:
    sheet, by = a_sheet(cast, "exposure_hierarchy"), cast.visitor("mira")
    write(sheet, by, aim="go out", steps__a__expected="30", steps__b__expected="70")
    write(sheet, by, page=ELSEWHERE, base=0, aim="stay")
    write(sheet, by, base=1, aim="go far")
    assert "go far" in text(mira.get(f"/forms/{sheet.id}/read"))
    assert mira.get(f"/forms/{sheet.id}/pdf").content.startswith(b"%PDF")
    past = text(mira.get(f"/forms/{sheet.id}/versions"))
    assert "kept aside" in past
    assert past.count("go out") >= 2
    assert "Mira Osei" in past


def test_the_past_of_an_empty_sheet_says_so(cast: Cast, mira: Client) -> None:
    sheet = a_sheet(cast)
    assert "Nothing was written in it yet." in text(mira.get(f"/forms/{sheet.id}/versions"))
    assert "Nothing is written on it yet." in text(mira.get(f"/forms/{sheet.id}/read"))


def test_the_past_says_whose_hand_it_was(cast: Cast, mira: Client) -> None:
    sheet = a_sheet(cast, "kin")
    write(sheet, the_client(a_link(cast, sheet)), whole=["Ana"])
    past = text(mira.get(f"/forms/{sheet.id}/versions"))
    assert "Amara Kamau" in past
    assert "changed" in past
    assert "Ana (en)" in text(mira.get(f"/forms/{sheet.id}/read"))


def test_a_map_with_an_editor_opens_in_it(cast: Cast, mira: Client) -> None:
    sheet = a_sheet(cast, "kin")
    assert mira.get(f"/forms/{sheet.id}").headers["location"] == f"/forms/{sheet.id}/read"


def test_a_sheet_is_kept_gone_on_with_and_put_away(cast: Cast, mira: Client) -> None:
    sheet = a_sheet(cast)
    for verb, state in (("keep", "kept"), ("go-on", "open")):
        mira.post(f"/forms/{sheet.id}/{verb}")
        assert now(sheet).state == state
    assert "cannot become" in text(mira.post(f"/forms/{sheet.id}/go-on", follow=True))
    address = f"/forms/{sheet.id}/put-away"
    assert mira.get(address).status_code == 200
    assert mira.post(address, {"reason": ""}).status_code == 422
    assert mira.post(address, {"reason": " \t "}).status_code == 422
    mira.post(address, {"reason": "begun twice"})
    assert "begun twice" in text(mira.get(f"/forms/{sheet.id}"))
    assert mira.post(address, {"reason": "again"}).status_code == 302


def test_a_sheet_is_handed_over_and_its_link_taken_back(cast: Cast, mira: Client) -> None:
    sheet, whose = a_sheet(cast), cast.participant().id
    address = f"/forms/{sheet.id}/hand"
    sent = {"participant": whose, "language": "de", "pin": "", "days": 7}
    assert mira.post(address, sent | {"pin": "12"}).status_code == 422
    assert mira.post(address, sent).status_code == 302
    link = SheetLink.objects.get()
    assert link.token in text(mira.get(address))
    mira.post(f"/forms/link/{link.id}/withdraw")
    assert "opens nothing any more" in text(mira.get(address))
    actions.keep(sheet.id, by=cast.visitor("mira"), at=NOW)
    assert "Only an open sheet" in text(mira.post(address, sent))


def test_what_a_client_keeps_to_themselves_is_not_opened(cast: Cast, mira: Client) -> None:
    sheet = a_sheet(cast, "nights")
    actions.take_back(sheet.id, by=the_client(a_link(cast, sheet)), at=NOW)
    assert mira.get(f"/forms/{sheet.id}").status_code == 404
    assert "kept by the client" in text(mira.get(f"/therapies/{cast.amara.id}/forms"))
    assert mira.get(f"/forms/{sheet.id}/hand").status_code == 200


# ------------------------------------------------------------------ a turned screen


@pytest.fixture
def screen(cast: Cast, mira: Client) -> Client:
    session = mira.session
    session[NARROWED] = str(cast.amara.id)
    session.save()
    return mira


def test_a_turned_screen_lists_opens_and_fills_what_is_shared(cast: Cast, screen: Client) -> None:
    sheet, record = a_sheet(cast), a_sheet(cast, "lens")
    assert "Thought record" in text(screen.get("/shared/"))
    page = screen.get(f"/forms/{sheet.id}")
    assert "Turn the screen back" in text(page)
    assert "Versions" not in text(page)
    assert now(sheet).shared_on is not None
    screen.post(f"/forms/{sheet.id}/save", typed(0, situation="together") | {"do": "keep"})
    assert values(sheet) == {"situation": "together"}
    assert (now(sheet).state, WorksheetVersion.objects.get().hand) == ("open", "screen")
    assert screen.get(f"/forms/{record.id}").status_code == 404
    assert screen.get(f"/forms/{sheet.id}/versions").status_code == 404


def test_a_clients_own_is_filled_in_on_a_turned_screen_while_it_is_lent(
    cast: Cast, screen: Client
) -> None:
    sheet = a_sheet(cast, "nights")
    by_script(screen, f"/forms/{sheet.id}/save", change("nights.a.hours", "6"))
    assert values(sheet)["nights.a.hours"] == 6
    actions.take_back(sheet.id, by=the_client(a_link(cast, sheet)), at=NOW)
    assert screen.get(f"/forms/{sheet.id}").status_code == 404
