"""Pages of notes that are read, found, moved, added to and voided."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from holdspace.frame.approaches.words import voices
from holdspace.frame.therapy.models import Therapist
from holdspace.hour.notes import actions, forms
from holdspace.hour.notes.models import Addendum, Note
from tests.cast import NOW, Cast, a_session
from tests.notes.conftest import signed_in
from tests.notes.places import LATER, a_note, a_signed_note, sign, words

CANARY = "quetzal-canary"
PLAIN = voices("en")["counselling"]


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
    context = {"note": note, "words": forms.editor(note, then="/", voice=PLAIN), "pad": pad}
    page = render_to_string("notes/editor.html", context)
    for said in ("She waited", "deed", 'name="note-base_version" value="1"', 'value="/"'):
        assert said in page
    assert ("Sign and lock" in page) is not pad
