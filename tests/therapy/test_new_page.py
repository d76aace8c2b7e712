"""A therapy begins on one page, without script, in under a minute."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from holdspace.cellar.ledger.models import Line
from holdspace.frame.people.models import Person
from holdspace.frame.therapy import queries
from holdspace.frame.therapy.forms import TOGETHER, AimsForm
from holdspace.frame.therapy.models import Therapy
from holdspace.frame.therapy.rows import filled_rows, sought, stepped, typed_rows
from tests.cast import Cast
from tests.therapy.conftest import Browser

NEW = "/therapies/new/"
SAID: dict[str, Any] = {
    "rows": "1", "row-0-name": "Ada Byron", "row-0-part": "client", "unit": "individual",
    "minutes": "50", "place": "video", "service": "counselling", "stance": "facilitative",
    "voice": "counselling", "note_format": "three_line", "state": "inquiry",
    "started_on": "2026-01-05",
}  # fmt: skip


def test_what_is_usual_in_the_practice_is_filled_in(browser: Browser, known: Cast) -> None:
    known.practice.voice = "analytic"
    known.practice.choices = {"stance": "clinical"}
    known.practice.save()
    form = browser("mira").get(NEW).context["form"]
    assert (form["voice"].value(), form["stance"].value()) == ("analytic", "clinical")
    assert form["minutes"].value() == 50


def test_a_name_is_enough(browser: Browser, known: Cast) -> None:
    page = browser("mira").post(NEW, SAID)
    therapy = Therapy.objects.latest("id")
    assert page.url == reverse("therapy", args=[therapy.id])  # type: ignore[attr-defined]
    assert queries.one(known.visitor("mira"), therapy.id).title == "Ada B."


def test_another_person_is_added_and_nothing_typed_is_lost(browser: Browser) -> None:
    page = browser("mira").post(NEW, {**SAID, "brings": "I cope.", "step": "add"})
    assert page.status_code == 200
    for typed in ("Ada Byron", "I cope.", "row-1-name", 'name="rows" value="2"'):
        assert typed in page.text


def test_a_couple_begins_with_one_known_and_one_new(browser: Browser, known: Cast) -> None:
    client, amara = browser("mira"), known.participant().person_id
    two = {**SAID, "rows": "2", "unit": "couple", "row-1-name": "kamau", "row-1-part": "partner"}
    assert f"use 1 {amara}" in client.post(NEW, {**two, "step": "find 1"}).text
    assert "known here" in client.post(NEW, {**two, "step": f"use 1 {amara}"}).text
    client.post(NEW, {**two, "row-1-person": str(amara), "step": "begin"})
    assert Therapy.objects.latest("id").title == "Ada and Amara"


def test_nobody_found_is_said_kindly_and_alike_for_a_colleagues_client(browser: Browser) -> None:
    for name in ("Kofi Boateng", "Nobody Whatever"):
        page = browser("mira").post(NEW, {**SAID, "row-0-name": name, "step": "find 0"})
        assert "They are taken in as somebody new" in page.text


@pytest.mark.parametrize("forged", ["kofi", "unknown", "not an id", "\0"])
def test_a_forged_person_is_not_here_and_nothing_begins(
    browser: Browser, known: Cast, forged: str
) -> None:
    ids = {"kofi": str(known.participant("kofi").person_id), "unknown": str(uuid4())}
    before = Therapy.objects.count()
    page = browser("mira").post(NEW, {**SAID, "row-0-person": ids.get(forged, forged)})
    assert page.status_code == 404
    assert Therapy.objects.count() == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"row-0-name": "x" * 10_000}, {"row-0-name": "a\0b"}, {"row-0-name": ""},
        {"row-0-birth_date": "31.5."}, {"row-0-part": "king"}, {"minutes": "-1"},
        {"started_on": "2999-01-01"}, {"title": "t" * 10_000}, {"voice": "pirate"},
        {"co_therapist": "x"}, {"fee": "free"},
    ],
    ids=lambda said: f"{next(iter(said))}",
)  # fmt: skip
def test_what_cannot_be_is_said_and_stays_typed(browser: Browser, wrong: dict[str, str]) -> None:
    before = Person.objects.count()
    page = browser("mira").post(NEW, {**SAID, "brings": "שלום, I cope.", **wrong})
    assert page.status_code == 422
    assert "error-summary" in page.text
    assert "שלום, I cope." in page.text
    assert Person.objects.count() == before


def test_the_desk_chooses_the_therapist_and_writes_no_words(browser: Browser, known: Cast) -> None:
    client = browser("sam")
    assert "What brings them" not in client.get(NEW).text
    assert client.post(NEW, SAID).status_code == 422
    client.post(NEW, {**SAID, "therapist": known.tom.id, "brings": "words"})
    therapy = queries.one(known.visitor("tom"), Therapy.objects.latest("id").id)
    assert therapy.brings == ""


def test_the_owner_who_is_a_therapist_is_filled_in(browser: Browser, known: Cast) -> None:
    known.olive.roles = ["owner", "therapist"]
    known.olive.save()
    form = browser("olive").get(NEW).context["form"]
    assert form["therapist"].value() == str(known.olive.id)


def test_who_takes_nobody_in_has_no_such_page(browser: Browser) -> None:
    for who in ("bill", "audrey"):
        assert browser(who).get(NEW).status_code == 404
    assert Line.objects.filter(act="refused").exists()


ROWS = [{"person": "", "name": name, "part": "client", "birth_date": ""} for name in "abc"]


def test_rows_come_go_and_choose() -> None:
    assert len(stepped(ROWS, "add")) == 4
    assert [row["name"] for row in stepped(ROWS, "drop 1")] == ["a", "c"]
    chosen = stepped(ROWS, "use 2 someone")
    assert chosen[2]["person"] == "someone"
    assert stepped(chosen, "forget 2") == ROWS


@pytest.mark.parametrize("step", ["", "drop", "drop 9", "drop x", "drop ²", "find 1", "dance 1"])
def test_a_forged_step_changes_nothing(step: str) -> None:
    assert stepped(ROWS, step) == ROWS


def test_the_last_row_stays_and_there_are_at_most_sixty() -> None:
    assert stepped(ROWS[:1], "drop 0") == ROWS[:1]
    assert len(stepped(ROWS[:1] * 60, "add")) == 60
    for said, count in (("2", 2), ("0", 1), ("9999", 1), ("999", 60), ("x", 1), ("", 1)):
        assert len(typed_rows({"rows": said})) == count


def test_rows_that_nobody_wrote_in_are_left_out() -> None:
    empty = {**ROWS[0], "name": " "}
    assert filled_rows([ROWS[0], empty]) == [ROWS[0]]
    assert filled_rows([empty, empty]) == [empty]


def test_only_a_find_seeks() -> None:
    assert (sought("find 2"), sought("find"), sought("add")) == (2, None, None)


def test_aims_are_said_together_and_by_each() -> None:
    who = uuid4()
    form = AimsForm({TOGETHER: "a\nb", f"of_{who}": "c"}, names={who: "Ana"}, initial={})
    assert form.is_valid()
    assert form.said() == {None: ["a", "b"], who: ["c"]}
