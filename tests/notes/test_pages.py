"""Pages where notes are written, as a browser without script and their own script ask."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from holdspace.cellar.ledger.models import Line
from holdspace.hour.encounters.models import Attendance
from holdspace.hour.notes import actions, forms
from holdspace.hour.notes.models import Note, Version
from tests.cast import Cast
from tests.notes.conftest import signed_in
from tests.notes.places import LATER, a_note, a_signed_note, words

CANARY = "quetzal-canary"


def typed(note: Note, **more: Any) -> dict[str, Any]:
    first = forms.as_typed(words(note.format), note.version, "page-1")
    sent = {
        f"note-{name}": value for name, value in {**first, **more}.items() if value is not False
    }
    return {**sent, "then": more.pop("then", "")}


def save(client: Client, note: Note, content: Any, base: Any = 0, tab: Any = "a") -> Any:
    body = json.dumps({"content": content, "base_version": base, "tab": tab})
    address = reverse("note_save", args=[note.id])
    return client.post(
        address, body, content_type="application/json", headers={"accept": "application/json"}
    )


def test_a_note_begins_from_a_form_and_opens_to_be_written(cast: Cast, mira: Client) -> None:
    sent = {"therapy": cast.amara.id, "session": cast.session.id}
    page = mira.post(reverse("new_note"), sent, follow=True)
    assert page.status_code == 200
    text = page.content.decode()
    assert text.index("Thread for next time") < text.index("What came") < text.index("safety come")
    assert (
        text.index("Between sessions") < text.index("For supervision") < text.index("Sign and lock")
    )


def test_malformed_ids_are_not_here(mira: Client) -> None:
    assert mira.post(reverse("new_note"), {"therapy": "x"}).status_code == 404


def test_a_save_by_script_says_when(cast: Cast, mira: Client) -> None:
    note = a_note(cast)
    answer = save(mira, note, words(thread="She waited"))
    assert answer.status_code == 200
    assert answer.json()["version"] == 1
    assert answer.json()["said"].startswith("Sealed and saved ")


def test_saving_by_script_leaves_no_line_of_reading(cast: Cast, mira: Client) -> None:
    save(mira, a_note(cast), words(thread="She waited"))
    assert not Line.objects.filter(act="read").exists()


def test_a_second_tab_gets_both_writings(cast: Cast, mira: Client) -> None:
    note = a_note(cast, thread="from a")
    answer = save(mira, note, words(thread="from b"), tab="b")
    assert answer.status_code == 409
    both = answer.json()
    assert (both["theirs"]["thread"], both["yours"]["thread"]) == ("from a", "from b")
    assert "from a" in both["html"]
    assert "from b" in both["html"]


@pytest.mark.parametrize(
    ("content", "base", "tab"),
    [([], 0, "a"), ({}, "x", "a"), ({}, None, "a"), ({}, 0, ""), ({"thread": "\x00"}, 0, "a")],
)
def test_what_cannot_be_kept_gets_a_message(
    cast: Cast, mira: Client, content: Any, base: Any, tab: Any
) -> None:
    answer = save(mira, a_note(cast), content, base, tab)
    assert answer.status_code == 422
    assert answer.json()["message"]
    assert Version.objects.count() == 0


def test_what_is_no_json_gets_a_message(cast: Cast, mira: Client) -> None:
    address = reverse("note_save", args=[a_note(cast).id])
    endless = json.dumps({"content": {}, "base_version": float("inf"), "tab": "a"})
    for body in ("{", "[]", "[" * 100_000, endless, "9" * 5000, b"\xff\xfe\xed\xa0\x80", ""):
        assert mira.post(address, body, content_type="application/json").status_code == 422


def test_twenty_megabytes_are_too_long_and_nothing_changes(cast: Cast, mira: Client) -> None:
    note = a_note(cast, thread="before")
    answer = save(mira, note, words(thread="x" * 20_000_000), base=1)
    assert answer.status_code == 413
    assert "too long" in answer.json()["message"]
    assert Note.objects.get().content["thread"] == "before"


@pytest.mark.parametrize("door", ["note_save", "note_sign"])
def test_a_form_of_twenty_megabytes_is_told_so_and_changes_nothing(cast: Cast, door: str) -> None:
    note = a_note(cast, thread="before")
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(cast.mira.account)
    careful.get(reverse("note", args=[note.id]))
    sent = urlencode(typed(note, thread="x" * 20_000_000))
    form = "application/x-www-form-urlencoded"
    page = careful.post(reverse(door, args=[note.id]), sent, content_type=form)
    assert page.status_code == 413
    assert "too long to be sent at once" in page.content.decode()
    kept = Note.objects.get()
    assert (kept.content["thread"], kept.state) == ("before", "draft")


def test_a_save_after_signing_is_locked(cast: Cast, mira: Client) -> None:
    answer = save(mira, a_signed_note(cast), words(thread="more"), base=1)
    assert answer.status_code == 423


def test_who_is_signed_out_is_told_so(cast: Cast) -> None:
    assert save(Client(), a_note(cast), words(thread="x")).status_code == 401


def test_a_draft_key_is_each_members_own_and_not_stored(cast: Cast) -> None:
    answers = [signed_in(cast, who).get(reverse("draft_key")) for who in ("mira", "mira", "tom")]
    keys = [answer.json()["key"] for answer in answers]
    assert keys[0] == keys[1] != keys[2]
    assert "no-store" in answers[0]["Cache-Control"]


def test_an_ordinary_form_saves_and_goes_on(cast: Cast, mira: Client) -> None:
    note = a_note(cast)
    sent = typed(note, thread="She waited", safety="yes", bring=True) | {"then": "/"}
    answer = mira.post(reverse("note_save", args=[note.id]), sent)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    kept = Note.objects.get().content
    assert (kept["thread"], kept["safety"]["came_up"]) == ("She waited", True)
    assert kept["supervision"]["bring"] is True


def test_a_form_does_not_lead_elsewhere(cast: Cast, mira: Client) -> None:
    note = a_note(cast)
    sent = typed(note, thread="x") | {"then": "https://elsewhere.example/"}
    answer = mira.post(reverse("note_save", args=[note.id]), sent)
    assert answer["Location"] == reverse("note", args=[note.id])


def everybody(cast: Cast) -> dict[str, Any]:
    return {"is_asked": "on", "there": [str(cast.participant().id)]}


def test_an_ordinary_form_signs(cast: Cast, mira: Client) -> None:
    note = a_note(cast)
    sent = typed(note, **{"f-did": "We sat."}, **everybody(cast))
    page = mira.post(reverse("note_sign", args=[note.id]), sent, follow=True)
    assert Note.objects.get().state == "signed"
    assert "Signed and locked" in page.content.decode()
    assert "Signed by Mira Osei" in page.content.decode()


def test_who_was_there_is_asked_beside_the_signature_and_ticked(cast: Cast, mira: Client) -> None:

    note, address = a_note(cast), reverse("note", args=[a_note(cast).id])
    asked = " ".join(mira.get(address).content.decode().split())
    box = asked[asked.index('name="note-there"') :].partition(">")[0]
    assert str(cast.participant().id) in box
    assert "checked" in box
    Attendance.objects.update(state="attended")
    assert "note-there" not in mira.get(reverse("note", args=[note.id])).content.decode()


def test_a_form_that_did_not_ask_is_shown_again_with_the_question(cast: Cast, mira: Client) -> None:
    note = a_note(cast)
    page = mira.post(reverse("note_sign", args=[note.id]), typed(note, thread="We sat."))
    assert page.status_code == 422
    shown = page.content.decode()
    assert "Say who was there." in shown
    assert "checked" in shown[shown.index('name="note-there"') :].partition(">")[0]
    assert Note.objects.get().state == "draft"


def test_signing_nothing_is_refused_on_the_page(cast: Cast, mira: Client) -> None:
    note = a_note(cast)
    page = mira.post(reverse("note_sign", args=[note.id]), typed(note))
    assert page.status_code == 422
    assert "not a word" in page.content.decode()


def test_a_replayed_form_changes_nothing(cast: Cast, mira: Client) -> None:
    note = a_note(cast)
    sent = typed(note, thread="She waited", **everybody(cast))
    mira.post(reverse("note_sign", args=[note.id]), sent)
    page = mira.post(reverse("note_sign", args=[note.id]), sent, follow=True)
    assert "no longer a draft" in page.content.decode()
    assert Note.objects.get().version == 1


def test_words_that_cannot_be_kept_stay_in_the_form(cast: Cast, mira: Client) -> None:
    note = a_note(cast)
    sent = typed(note, thread="kept on the page", **{"f-did": "x" * 200_001})
    page = mira.post(reverse("note_save", args=[note.id]), sent)
    assert page.status_code == 422
    assert "200,000" in page.content.decode()
    assert "kept on the page" in page.content.decode()


def test_a_form_that_was_tampered_with_is_shown_again(cast: Cast, mira: Client) -> None:
    note = a_note(cast)
    sent = typed(note, thread="kept on the page") | {"note-base_version": "x"}
    page = mira.post(reverse("note_save", args=[note.id]), sent)
    assert page.status_code == 422
    assert "kept on the page" in page.content.decode()


def test_without_script_both_writings_are_shown_and_can_be_joined(cast: Cast, mira: Client) -> None:
    note = a_note(cast, thread="from a")
    note.version = 0
    page = mira.post(reverse("note_save", args=[note.id]), typed(note, thread="from b"))
    assert page.status_code == 409
    form = page.context["joined"]
    sent = {form[name].html_name: form[name].initial for name in form.fields if form[name].initial}
    mira.post(reverse("note_save", args=[note.id]), sent)
    assert Note.objects.get().content["thread"] == "from a\n\nfrom b"


def test_what_was_kept_aside_is_shown_beside_the_draft(cast: Cast, mira: Client) -> None:
    note = a_note(cast, thread="from a")
    save(mira, note, words(thread=CANARY, did="deed"), tab="b")
    assert CANARY in mira.get(reverse("note", args=[note.id])).content.decode()


def test_a_draft_of_a_participant_and_of_no_session_opens(cast: Cast, mira: Client) -> None:
    who, by = cast.participant("reyes"), cast.visitor("mira")
    part = actions.begin(cast.reyes.id, None, who.id, by=by, at=LATER)
    page = mira.get(reverse("note", args=[part.id])).content.decode()
    assert "About no session" in page
    assert "Luz Reyes" in page
