"""The room: a clock, a pad, and a screen that can be turned to the client."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from holdspace.frame.therapy.models import Participant
from holdspace.front.desk import queries
from holdspace.hour.encounters.models import Session
from holdspace.hour.measures import actions
from holdspace.hour.measures import queries as measures
from holdspace.hour.measures.rules import Faces, Shows
from holdspace.hour.notes.models import Note
from tests.access.cells import Cells
from tests.access.examples import signed_in, turned_to_the_client
from tests.cast import NOW, Cast, a_session
from tests.desk.test_pages import page
from tests.measures.given import weeks_of
from tests.notes.places import a_note


def test_a_session_is_opened_extended_and_ended(cast: Cast, cells: Cells) -> None:
    client = signed_in("mira")(cast, cells)
    for name, state in (("open_room", "begun"), ("extend_room", "begun"), ("end_room", "held")):
        assert client.post(reverse(name, args=[cast.session.id])).status_code == 302
        assert Session.objects.get(pk=cast.session.pk).state == state


def test_the_screen_that_is_turned_shows_the_shared_layer(cast: Cast, cells: Cells) -> None:
    client = turned_to_the_client(cast, cells)
    shown = page(client, "shared")
    assert "Say no without leaving" in shown
    assert "bridge" not in shown
    assert client.get("/").status_code == 404


def test_it_is_turned_back_for_the_pin_alone(cast: Cast, cells: Cells) -> None:
    client = turned_to_the_client(cast, cells)
    assert client.post(reverse("leave_shared"), {"pin": "0000"}).status_code == 422
    assert client.post(reverse("leave_shared"), {"pin": "2468"}).status_code == 302
    assert client.get("/").status_code == 200


def test_without_a_pin_the_screen_is_not_turned(cast: Cast, cells: Cells) -> None:
    answer = signed_in("mira")(cast, cells).post(reverse("share", args=[cast.session.id]))
    assert answer.headers["location"].startswith(reverse("pin"))


def test_what_has_begun_is_gone_back_to_and_not_begun_again(cast: Cast, cells: Cells) -> None:
    began = NOW - timedelta(minutes=5)
    Session.objects.filter(pk=cast.session.pk).update(state="begun", began_at=began)
    client, room = signed_in("mira")(cast, cells), reverse("room", args=[cast.session.id])
    assert re.search(f'href="{room}"[^>]*>Open the session', page(client, "today"))
    answer = client.post(reverse("open_room", args=[cast.session.id]))
    assert answer.headers["location"] == room
    assert Session.objects.get(pk=cast.session.pk).began_at == began


def test_what_began_late_is_over_as_much_later(cast: Cast, cells: Cells) -> None:
    late = {"state": "begun", "began_at": NOW + timedelta(minutes=7)}
    Session.objects.filter(pk=cast.session.pk).update(**late)
    ends = re.search(
        'data-ends="([^"]+)"', page(signed_in("mira")(cast, cells), "room", cast.session.id)
    )
    assert ends is not None
    assert "10:57" in ends[1]


def test_a_session_that_is_over_is_not_extended_and_says_why(cast: Cast, cells: Cells) -> None:
    Session.objects.filter(pk=cast.session.pk).update(state="not held")
    client = signed_in("mira")(cast, cells)
    answer = client.post(reverse("extend_room", args=[cast.session.id]), follow=True)
    assert answer.redirect_chain[0][0] == reverse("session", args=[cast.session.id])
    assert "Only a session that is planned or begun is extended." in answer.text
    assert Session.objects.get(pk=cast.session.pk).ends_at == NOW + timedelta(minutes=50)


# ---- the pad


def test_the_pad_writes_on_the_draft_of_the_session_and_names_nobody(cast: Cast) -> None:
    client = signed_in("mira")(cast, Cells.about(cast))
    of = a_session(cast.amara, NOW + timedelta(hours=1)).id
    answer = client.post(reverse("open_scribe", args=[of]))
    assert answer.headers["location"] == reverse("scribe", args=[of])
    pad, note = page(client, "scribe", of), Note.objects.get(session=of)
    assert f'action="{reverse("note_save", args=[note.id])}"' in pad
    assert f'href="{reverse("room", args=[of])}"' in pad
    assert "Sign and lock" not in pad
    assert "Amara" not in pad


def test_the_pad_goes_on_where_one_was_writing(cast: Cast) -> None:
    client, note = signed_in("mira")(cast, Cells.about(cast)), a_note(cast, thread="A kettle")
    client.post(reverse("open_scribe", args=[cast.session.id]))
    assert "A kettle" in page(client, "scribe", cast.session.id)
    assert Note.objects.filter(session=cast.session, state="draft").get() == note


def test_where_no_draft_is_open_there_is_no_pad(cast: Cast, cells: Cells) -> None:
    assert cells.signed.session_id == cast.session.id
    answer = signed_in("mira")(cast, cells).get(reverse("scribe", args=[cast.session.id]))
    assert answer.headers["location"] == reverse("room", args=[cast.session.id])


# ---- what both look at


def test_the_client_sees_their_own_course(cast: Cast, cells: Cells) -> None:
    weeks_of(cast, 20, 12)
    actions.choose_showing(
        cast.amara.id, Shows.CHART, Faces.BY_AGE, by=cast.visitor("mira"), at=NOW
    )
    shown = page(turned_to_the_client(cast, cells), "shared")
    assert "PHQ-9: 12 of 27, from 20 at the start." in shown
    assert '<svg class="course' in shown


@pytest.mark.parametrize("shows", [None, Shows.NOTHING, Shows.SENTENCE])
def test_the_client_sees_no_more_of_it_than_was_chosen(
    cast: Cast, cells: Cells, shows: Shows | None
) -> None:
    weeks_of(cast, 20, 12)
    if shows is not None:
        by = cast.visitor("mira")
        actions.choose_showing(cast.amara.id, shows, Faces.BY_AGE, by=by, at=NOW)
    shown = page(turned_to_the_client(cast, cells), "shared")
    assert ("PHQ-9: 12 of 27" in shown) is (shows is Shows.SENTENCE)
    assert '<svg class="course' not in shown


def test_in_a_family_nobodys_answers_are_put_before_the_others(cast: Cast) -> None:
    by, family = cast.visitor("mira"), cast.reyes.id
    sheet = actions.Copied(family, cast.participant("reyes").id, "phq9", NOW, {"q1": 1, "q2": 1})
    actions.enter_paper(sheet, by=by, at=NOW)
    assert [each.name for each in measures.courses(by, [family])[family]] == ["PHQ-9"]
    actions.choose_showing(family, Shows.CHART, Faces.NEVER, by=by, at=NOW)
    assert queries.shared(by, family, at=NOW).courses == []
    Participant.objects.filter(therapy=family).exclude(pk=sheet.participant).delete()
    assert [each.name for each in queries.shared(by, family, at=NOW).courses] == ["PHQ-9"]
