"""The desk's pages: what they show, to whom, and with how few questions to the database."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from holdspace.cellar.ledger.models import Line
from holdspace.frame.practice.models import Member
from holdspace.frame.therapy.models import Fact
from holdspace.hour.encounters.models import Session
from holdspace.hour.measures import actions
from holdspace.hour.measures.instruments import load
from holdspace.hour.measures.models import Giving, Rule
from tests.access.cells import Cells
from tests.access.examples import signed_in, turned_to_the_client
from tests.cast import NOW, TODAY, Cast, a_session
from tests.measures.given import answer_all, handed, weeks_of

ZONE = "Europe/London"


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
    with django_assert_max_num_queries(30):
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


@pytest.mark.parametrize(("who", "where"), [("bill", "held"), ("audrey", "book")])
def test_who_has_no_day_of_sessions_is_led_to_their_work(
    cast: Cast, cells: Cells, who: str, where: str
) -> None:
    led = signed_in(who)(cast, cells).get(reverse("today"), follow=True)
    assert led.redirect_chain == [(reverse(where), 302)]
    assert 'data-key="t"' not in led.content.decode()  # Today is no place of theirs


def test_a_member_without_work_here_is_led_to_their_own_page(cast: Cast, cells: Cells) -> None:
    Member.objects.filter(pk=cast.members["bill"].pk).update(roles=["supervisor"])
    led = signed_in("bill")(cast, cells).get(reverse("today"))
    assert led.headers["location"] == reverse("my_page")


def test_the_auditor_reads_who_did_what(cast: Cast, cells: Cells) -> None:
    page(signed_in("mira")(cast, cells), "today")
    shown = page(signed_in("audrey")(cast, cells), "book")
    assert re.search("Mira Osei.*read.*today", shown, re.DOTALL)


def test_the_dark_room_says_nothing_of_anybody(cast: Cast, cells: Cells) -> None:
    shown = page(signed_in("mira")(cast, cells), "room", cast.session.id)
    assert "Amara" not in shown
    assert "bridge" not in shown


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


def test_where_nothing_is_due_nothing_is_offered(cast: Cast) -> None:
    client = signed_in("mira")(cast, Cells.about(cast))
    Giving.objects.update(session=None)
    of_today, of_the_session = ("today",), ("prepare", cast.session.id)
    assert "Send the check-in" in page(client, *of_today)
    assert "Send the check-in" in page(client, *of_the_session)
    Rule.objects.all().delete()
    assert "Send the check-in" not in page(client, *of_today)
    assert "Send the check-in" not in page(client, *of_the_session)


def test_the_pages_of_a_therapy_carry_the_same_tabs(cast: Cast, cells: Cells) -> None:
    client = signed_in("mira")(cast, cells)
    names = (
        "therapy", "therapy_notes", "therapy_sheets", "therapy_safety", "therapy_measures",
        "therapy_course",
    )  # fmt: skip
    ways = [reverse(name, args=[cast.amara.id]) for name in names]
    for name, way in zip(names, ways, strict=True):
        tabs = re.findall('<a class="tab"(.*?) href="(.*?)"', page(client, name, cast.amara.id))
        assert [to for _, to in tabs] == ways
        assert [to for current, to in tabs if "aria-current" in current] == [way]


def test_to_write_leads_into_the_form(cast: Cast, cells: Cells) -> None:
    client = signed_in("mira")(cast, cells)
    session = cells.draft.session_id
    answer = client.post(reverse("write_after", args=[session]))
    form = f"{reverse('after', args=[session])}#id_note-thread"
    assert answer.headers["location"] == form
    assert 'id="id_note-thread"' in client.get(form).text


def test_questions_for_afterwards_are_offered_when_it_is_over(cast: Cast, cells: Cells) -> None:
    asked_each_time(cast)
    client = signed_in("mira")(cast, cells)
    assert "for afterwards" not in page(client, "prepare", cast.session.id)
    Session.objects.filter(pk=cast.session.pk).update(state="held")
    assert "for afterwards" in page(client, "after", cast.session.id)
    answer = client.post(reverse("give_due", args=[cast.session.id]), {"moment": "after"})
    assert answer.headers["location"] == reverse("after", args=[cast.session.id]) + "#check-in"


@pytest.mark.parametrize(("state", "asks"), [("planned", True), ("not held", False)])
def test_a_session_that_is_cancelled_asks_for_nothing(
    cast: Cast,
    cells: Cells,
    state: str,
    asks: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    Giving.objects.update(session=None)
    Session.objects.filter(pk=cast.session.pk).update(state=state)
    client = signed_in("mira")(cast, cells)
    for of in (("today",), ("prepare", cast.session.id)):
        assert ("Send the check-in" in page(client, *of)) is asks, of


def test_every_page_of_a_trial_says_that_it_is_one(
    cast: Cast, cells: Cells, settings: LazySettings
) -> None:
    client, sentence = signed_in("mira")(cast, cells), "This is a trial without TLS"
    assert sentence not in page(client, "today")
    settings.HOLDSPACE_IS_TRIAL = True
    assert sentence in page(client, "today")
    assert sentence in page(Client(), "account_login")
    assert sentence in page(turned_to_the_client(cast, cells), "shared")


# ---- what came in


def test_today_shows_in_a_line_how_it_goes(cast: Cast) -> None:
    client = signed_in("mira")(cast, Cells.about(cast))
    weeks_of(cast, 20)
    assert 'class="spark' not in page(client, "today")  # one point is no line
    weeks_of(cast, 12)
    assert "PHQ-9 12, was 20" in page(client, "caseload")
    shown = page(client, "today")
    assert "PHQ-9 12, was 20" in shown
    assert re.search('class="spark calm"[^>]*aria-label="PHQ-9: 12 of 27, from 20', shown)


def test_today_says_when_a_check_in_came(cast: Cast) -> None:
    client = signed_in("mira")(cast, Cells.about(cast))
    giving = handed(cast, "phq9", session=cast.session.id)
    Giving.objects.exclude(pk=giving.pk).update(session=None)
    assert "Check-in to come" in page(client, "today")
    answer_all(giving, *[1] * 9, at=NOW - timedelta(minutes=20))
    shown = page(client, "today")
    assert "check-in came 09:40" in shown
    assert "Check-in to come" not in shown


def test_the_same_answer_given_again_is_one_line_with_a_count(cast: Cast, cells: Cells) -> None:
    client = signed_in("mira")(cast, cells)
    for value in (1, 1, 3):
        answer_all(handed(cast), *[value] * 9, at=NOW - timedelta(hours=1))
    today, caseload = page(client, "today"), page(client, "caseload")
    assert "item 9 answered “Several days” · 3 times" in today
    assert today.count("Look first: item 9 answered “Nearly every day”") == 1
    assert [caseload.count(f"Look first{often}</a>") for often in ("", " · 3 times")] == [1, 1]
    elsewhere = client.get(reverse("today"), {"on": "2026-03-03"}).text
    assert "2 March, 10:00 · 3 times</span>" in elsewhere


def test_a_page_that_is_up_to_date_is_not_renewed(cast: Cast, cells: Cells) -> None:
    client = signed_in("mira")(cast, cells)
    news = html.unescape(re.search('hx-get="([^"]+)"', page(client, "today"))[1])  # type: ignore[index]
    assert client.get(news).status_code == 204
    answer_all(handed(cast), *[1] * 9, at=NOW + timedelta(minutes=1))
    assert client.get(news).headers["hx-refresh"] == "true"


def test_how_the_last_session_was_rated_stands_beside_the_note(cast: Cast, cells: Cells) -> None:
    client = signed_in("mira")(cast, cells)
    sentence = "The session was rated 7.5 of 10 on 2 Mar 2026 (our own questions, not validated)."
    assert "was rated" not in page(client, "after", cast.session.id)
    items = [item.id for item in load("session_rating").items]
    answers = dict(zip(items, (6, 7, 8, 9), strict=True))
    sheet = actions.Copied(cast.amara.id, cast.participant().id, "session_rating", NOW, answers)
    actions.enter_paper(sheet, by=cast.visitor("mira"), at=NOW)
    assert sentence in page(client, "after", cast.session.id)


def test_on_a_day_without_a_line_the_book_says_so(cast: Cast, cells: Cells) -> None:
    auditor = signed_in("audrey")(cast, cells)
    page(signed_in("mira")(cast, cells), "today")
    empty = "Nothing was done or read on this day"
    assert empty not in auditor.get(reverse("book")).text
    assert empty in auditor.get(reverse("book"), {"on": "2025-01-01"}).text
