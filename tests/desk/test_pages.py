"""The desk's pages: what they show, to whom, and with how few questions to the database."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from holdspace.cellar.ledger.models import Line
from holdspace.frame.therapy.models import Fact
from holdspace.front.desk import queries
from holdspace.hour.encounters.models import Session
from holdspace.hour.measures.models import Giving, Rule
from tests.access.cells import Cells
from tests.access.examples import signed_in, turned_to_the_client
from tests.cast import NOW, TODAY, Cast, a_session

ZONE = "Europe/London"


@pytest.fixture(autouse=True)
def _at_ten(settings: LazySettings, time_machine: Any) -> None:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def cells(cast: Cast) -> Cells:
    return Cells.about(cast)


def page(client: Client, name: str, *ids: object) -> str:
    answer = client.get(reverse(name, args=ids))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_today_shows_who_comes_and_where_it_was_left(cast: Cast, cells: Cells) -> None:
    shown = page(signed_in("mira")(cast, cells), "today")
    assert "Amara K." in shown
    assert "the bridge again" in shown
    assert "Look first: item 9 answered “Several days”" in shown


def test_today_leaves_one_line_that_names_the_therapies(cast: Cast, cells: Cells) -> None:
    page(signed_in("mira")(cast, cells), "today")
    line = Line.objects.filter(act="read", what="today").get()
    assert str(cast.amara.id) in line.subjects


def test_today_asks_no_more_for_a_longer_day(
    cast: Cast, cells: Cells, django_assert_max_num_queries: Any
) -> None:
    client = signed_in("mira")(cast, cells)
    page(client, "today")
    for hour in range(2, 8):
        a_session(cast.amara, NOW.replace(hour=10 + hour))
    with django_assert_max_num_queries(25):
        page(client, "today")


def test_a_day_that_is_not_a_date_is_today(cast: Cast, cells: Cells) -> None:
    answer = signed_in("mira")(cast, cells).get("/?on=2026-13-99")
    assert "2 March" in answer.content.decode()


def test_the_front_desk_sees_times_and_names_and_no_words(cast: Cast, cells: Cells) -> None:
    shown = page(signed_in("sam")(cast, cells), "today")
    assert "Amara K." in shown
    assert "Mira Osei" in shown
    assert re.search("<td>(Room|Video).*<td>Planned", shown, re.DOTALL)
    assert "bridge" not in shown


def test_the_biller_finds_sessions_held_with_their_fees(cast: Cast, cells: Cells) -> None:
    Session.objects.filter(pk=cast.session.pk).update(state="held")
    assert "Amara K." in page(signed_in("bill")(cast, cells), "held")


def test_the_auditor_reads_who_did_what(cast: Cast, cells: Cells) -> None:
    page(signed_in("mira")(cast, cells), "today")
    shown = page(signed_in("audrey")(cast, cells), "book")
    assert re.search("Mira Osei.*read.*today", shown, re.DOTALL)


def test_the_dark_room_says_nothing_of_anybody(cast: Cast, cells: Cells) -> None:
    shown = page(signed_in("mira")(cast, cells), "room", cast.session.id)
    assert "Amara" not in shown
    assert "bridge" not in shown


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


def test_in_a_family_nobodys_answers_are_put_before_the_others(cast: Cast) -> None:
    view = queries.shared(cast.visitor("mira"), cast.reyes.id, at=NOW)
    assert view.courses == []


def test_the_caseload_says_when_one_meets_again(cast: Cast, cells: Cells) -> None:
    shown = page(signed_in("mira")(cast, cells), "caseload")
    assert "Mon 9 Mar, 10:00" in shown


def test_news_is_told_without_showing_anything(cast: Cast, cells: Cells) -> None:
    client = signed_in("mira")(cast, cells)
    answer = client.get(reverse("today_news"), {"since": "None"})
    assert (answer.status_code, answer.headers["hx-refresh"], answer.content) == (200, "true", b"")


def test_the_prepare_card_says_who_is_expected_and_as_what(cast: Cast, cells: Cells) -> None:
    shown = page(signed_in("mira")(cast, cells), "prepare", cast.session.id)
    assert re.search("Amara Kamau.*Client", shown, re.DOTALL)


@pytest.mark.parametrize(("until", "times"), [(0, 1), (30, 1), (-1, 0)])
def test_an_order_that_is_in_force_on_the_day_is_shown(
    cast: Cast, cells: Cells, until: int, times: int
) -> None:
    Fact.objects.update(from_on=TODAY - timedelta(days=90), to_on=TODAY + timedelta(days=until))
    shown = page(signed_in("mira")(cast, cells), "prepare", cast.session.id)
    assert shown.count("no address") == times


def asked_each_time(cast: Cast) -> None:
    """GAD-7 before each session, and our own questions after it."""
    for name, when in (("gad7", "before each session"), ("session_rating", "after each session")):
        Rule.objects.create(
            practice=cast.practice, therapy=cast.amara, participant=cast.participant(),
            instrument=name, when=when, from_on=cast.amara.started_on,
        )  # fmt: skip


def test_what_is_due_is_sent_from_today_in_one_step(cast: Cast) -> None:
    asked_each_time(cast)
    client = signed_in("mira")(cast, Cells.about(cast))
    Giving.objects.update(session=None)
    assert "Send the check-in" in page(client, "today")
    answer = client.post(reverse("give_due", args=[cast.session.id]), follow=True)
    shown = answer.content.decode()
    assert answer.redirect_chain[0][0] == reverse("prepare", args=[cast.session.id]) + "#check-in"
    assert Giving.objects.latest("given_at", "id").token in shown
    assert "Send the check-in" not in shown
    assert "Send the check-in" not in page(client, "today")
    assert "Check-in to come" in page(client, "today")


def test_where_nothing_is_due_nothing_is_offered(cast: Cast, cells: Cells) -> None:
    Rule.objects.all().delete()
    client = signed_in("mira")(cast, cells)
    assert "Send the check-in" not in page(client, "today")
    assert "Send the check-in" not in page(client, "prepare", cast.session.id)


def test_questions_for_afterwards_are_offered_when_it_is_over(cast: Cast, cells: Cells) -> None:
    asked_each_time(cast)
    client = signed_in("mira")(cast, cells)
    assert "for afterwards" not in page(client, "prepare", cast.session.id)
    Session.objects.filter(pk=cast.session.pk).update(state="held")
    assert "for afterwards" in page(client, "after", cast.session.id)
    answer = client.post(reverse("give_due", args=[cast.session.id]), {"moment": "after"})
    assert answer.headers["location"] == reverse("after", args=[cast.session.id]) + "#check-in"


def test_a_session_that_is_cancelled_asks_for_nothing(cast: Cast, cells: Cells) -> None:
    Session.objects.filter(pk=cast.session.pk).update(state="not held")
    assert "Send the check-in" not in page(
        signed_in("mira")(cast, cells), "prepare", cast.session.id
    )
