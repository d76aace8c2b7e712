"""The notes' pages, as a browser without script and as their own script ask for them."""

import json
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from holdspace.cellar.ledger.models import Line
from holdspace.frame.approaches.words import voices
from holdspace.frame.therapy.models import Therapist
from holdspace.hour.encounters.models import Attendance
from holdspace.hour.notes import actions, forms
from holdspace.hour.notes.models import Addendum, Note, Version
from tests.cast import NOW, Cast, a_session
from tests.notes.places import LATER, a_note, a_signed_note, sign, words

PLAIN = voices("en")["counselling"]

CANARY = "quetzal-canary"


@pytest.fixture(autouse=True)
def no_second_factor(settings: Any) -> None:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def mira(cast: Cast) -> Client:
    return signed_in(cast, "mira")


def signed_in(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, who).account)
    return client


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


def test_a_signed_note_is_read_with_everything_in_it(cast: Cast, mira: Client) -> None:
    safety = {"came_up": False, "words": ""}
    note = a_signed_note(
        cast,
        thread="T",
        did="D",
        between="B",
        safety=safety,
        supervision={"bring": True, "words": ""},
    )
    by = cast.visitor("mira")
    actions.add(note.id, "It was Tuesday", "Slip", by=by, at=LATER)
    actions.add(note.id, "And rain", by=by, at=LATER)
    page = mira.get(reverse("note", args=[note.id])).content.decode()
    for said in ("To bring", "Nothing about safety", "It was Tuesday", "Slip", "And rain"):
        assert said in page


def test_a_note_that_was_changed_outside_says_so(cast: Cast, mira: Client) -> None:
    note = a_signed_note(cast)
    note.content["thread"] = "changed"
    note.save()
    page = mira.get(reverse("note", args=[note.id])).content.decode()
    assert "does not match its signature" in page


def test_a_colleagues_draft_is_read_not_written(cast: Cast) -> None:
    note = a_note(cast, thread=CANARY)
    Therapist.objects.create(
        practice=cast.practice, therapy=cast.amara, member=cast.tom, from_on=NOW.date()
    )
    page = signed_in(cast, "tom").get(reverse("note", args=[note.id])).content.decode()
    assert CANARY in page
    assert "note-thread" not in page


@pytest.mark.parametrize("who", ["tom", "jo", "olive", "sam", "bill", "audrey", "stranger"])
def test_for_everybody_else_there_is_no_such_note(cast: Cast, who: str) -> None:
    note, client = a_signed_note(cast, thread=CANARY), signed_in(cast, who)
    for name in ("note", "note_move", "note_addendum", "note_void"):
        page = client.get(reverse(name, args=[note.id]))
        assert (page.status_code, CANARY in page.content.decode()) == (404, False)
    assert client.get(reverse("therapy_notes", args=[cast.amara.id])).status_code == 404


def test_a_therapys_notes_page_by_page(cast: Cast, mira: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("holdspace.hour.notes.views.reading.NOTES_A_PAGE", 1)
    address = reverse("therapy_notes", args=[cast.amara.id])
    assert "Nothing is written here yet" in mira.get(address).content.decode()
    a_signed_note(cast, thread=CANARY)
    page = mira.get(address)
    assert CANARY in page.content.decode()
    older = mira.get(address, {"before": page.context["older"]})
    assert CANARY not in older.content.decode()
    for before in ("yesterday", "2026-13-40T00:00:00Z", "2026-01-01T00:00:00"):
        assert CANARY in mira.get(address, {"before": before}).content.decode()


def test_voided_late_and_participants_notes_are_marked(cast: Cast, mira: Client) -> None:
    by, late = cast.visitor("mira"), NOW.replace(day=9)
    note = a_note(cast, thread="late")
    sign(cast, note, at=late)
    actions.void(note.id, "Wrong person", by=by, at=late)
    page = mira.get(reverse("therapy_notes", args=[cast.amara.id])).content.decode()
    for said in ("late entry", "voided", "Wrong person", "struck"):
        assert said in page
    part = cast.participant("reyes")
    actions.begin(cast.reyes.id, None, part.id, by=by, at=LATER)
    family = mira.get(reverse("therapy_notes", args=[cast.reyes.id])).content.decode()
    assert "Luz Reyes</option>" in family


def test_words_are_found_and_do_not_stand_in_an_address(cast: Cast, mira: Client) -> None:
    a_signed_note(cast, thread=f"the {CANARY} came")
    page = mira.post(reverse("note_search"), {"q": CANARY})
    assert f"<mark>{CANARY}</mark>" in page.content.decode()
    assert mira.get(reverse("note_search"), {"q": CANARY}).context["found"] == []
    assert mira.post(reverse("note_search"), {"q": ""}).context["found"] == []


def test_answers_that_differ_are_shown_in_words() -> None:
    one = words(safety={"came_up": True, "words": "plan"}, supervision={"bring": True, "words": ""})
    beside = forms.side_by_side("three_line", one, words(safety={"came_up": False, "words": ""}))
    shown = [(row.theirs, row.yours) for row in beside]
    assert shown == [("Yes", "No"), ("plan", ""), ("Yes", "")]


def test_a_draft_is_discarded_once(cast: Cast, mira: Client) -> None:
    address = reverse("note_discard", args=[a_note(cast).id])
    assert "discarded" in mira.post(address, follow=True).content.decode()
    assert "Only a draft" in mira.post(address, follow=True).content.decode()


def test_a_draft_is_moved_by_a_form(cast: Cast, mira: Client) -> None:
    note, session = a_note(cast, thread="x"), a_session(cast.reyes, yesterday())
    address = reverse("note_move", args=[note.id])
    assert mira.get(address).status_code == 200
    mira.post(address, {"to": f"{cast.reyes.id}/{session.id}"})
    assert Note.objects.get().therapy_id == cast.reyes.id
    mira.post(address, {"to": f"{cast.amara.id}/"})
    assert Note.objects.get().session_id is None


def test_a_move_that_cannot_be_says_why(cast: Cast, mira: Client) -> None:
    session, by = a_session(cast.amara, yesterday()), cast.visitor("mira")
    actions.begin(cast.amara.id, session.id, by=by, at=LATER)
    address = reverse("note_move", args=[a_note(cast).id])
    page = mira.post(address, {"to": f"{cast.amara.id}/{session.id}"})
    assert page.status_code == 422
    assert "already have a draft" in page.content.decode()
    assert mira.post(address, {"to": "nowhere"}).status_code == 422


def yesterday() -> datetime:
    return timezone.now() - timedelta(days=1)


def test_a_signed_note_is_added_to_by_a_form(cast: Cast, mira: Client) -> None:
    address = reverse("note_addendum", args=[a_signed_note(cast).id])
    assert mira.get(address).status_code == 200
    assert mira.post(address, {"words": ""}).status_code == 422
    assert mira.post(address, {"words": "It was Tuesday", "reason": ""}).status_code == 302
    assert Addendum.objects.get().words == "It was Tuesday"


def test_a_draft_is_neither_added_to_nor_voided(cast: Cast, mira: Client) -> None:
    note = a_note(cast)
    added = mira.post(reverse("note_addendum", args=[note.id]), {"words": "x"})
    voided = mira.post(reverse("note_void", args=[note.id]), {"reason": "x"})
    assert (added.status_code, voided.status_code) == (422, 422)


def test_a_signed_note_is_voided_by_a_form(cast: Cast, mira: Client) -> None:
    address = reverse("note_void", args=[a_signed_note(cast).id])
    assert mira.get(address).status_code == 200
    assert "made in error" in mira.post(address, {"reason": "Slip"}, follow=True).content.decode()


@pytest.mark.parametrize("pad", [True, False])
def test_the_partial_for_other_pages_holds_what_is_written(cast: Cast, pad: bool) -> None:  # noqa: FBT001 - a case
    note = a_note(cast, thread="She waited", did="deed")
    context = {
        "note": note,
        "words": forms.editor(note, then="/", voice=PLAIN),
        "pad": pad,
    }
    page = render_to_string("notes/editor.html", context)
    for said in ("She waited", "deed", 'name="note-base_version" value="1"', 'value="/"'):
        assert said in page
    assert ("Sign and lock" in page) is not pad
