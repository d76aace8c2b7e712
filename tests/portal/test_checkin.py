"""The check-in through a browser without script."""

import gzip
from base64 import b64decode
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from holdspace.cellar.ledger.models import Line
from holdspace.frame.therapy.models import Participant
from holdspace.hour.measures import actions
from holdspace.hour.measures.models import Answering, SafetyFlag
from holdspace.hour.measures.personal import Kind
from tests.cast import NOW, Cast, nobodys_id
from tests.measures.given import handed
from tests.portal.at_the_phone import Phone, confirm_help

BEFORE = {
    "en": "Mira Osei reads this before you meet today at 16:00.",
    "de": "Mira Osei liest das, bevor Sie sich heute um 16:00 Uhr sehen.",
    "es": "Mira Osei lo lee antes de que se vean hoy a las 16:00.",
}


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_the_welcome_says_who_reads_and_when(phone: Phone, language: str) -> None:
    response = phone.look(language)
    text = response.content.decode()
    assert BEFORE[language] in text
    assert f'<html lang="{language}"' in text
    assert "!!!" not in text


def test_looking_uses_nothing_up_and_sets_no_cookie(phone: Phone) -> None:
    response = phone.look()
    assert not response.cookies
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert not Line.objects.filter(act="opened").exists()


def test_the_exchange_leaves_the_token_behind(phone: Phone) -> None:
    response = phone.open()
    assert response.status_code == 303
    assert phone.giving.token not in response["Location"]
    cookie = response.cookies["checkin"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/c/")
    assert phone.giving.token not in cookie.value


def test_a_secure_house_sets_a_secure_cookie(phone: Phone, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    cookie = phone.open().cookies["__Secure-checkin"]
    assert cookie["secure"]


def test_a_scanner_that_follows_the_form_by_get_opens_nothing(phone: Phone) -> None:
    response = phone.client.get(reverse("checkin_open", args=[phone.giving.token]))
    assert response.status_code == 302
    assert not response.cookies


def test_answers_are_saved_one_by_one_and_resumed(phone: Phone) -> None:
    phone.open()
    response = phone.answer(1, 2)
    assert response["Location"].endswith("/2/")
    phone.answer(2, None, rather_not="1")
    assert phone.row.answers == {"q1": 2, "q2": None}
    assert phone.get("checkin")["Location"].endswith("/3/")
    text = phone.get("checkin_item", phone.row.id, 1).content.decode()
    assert 'value="2" required checked' in text


def test_the_whole_way_to_thanks(phone: Phone) -> None:
    phone.open()
    response = [phone.answer(number, 0) for number in range(1, 10)][-1]
    assert response["Location"] == reverse("checkin_review")
    text = phone.get("checkin_review").content.decode()
    assert "Is this right?" in text
    assert phone.client.post(reverse("checkin_review"))["Location"] == reverse("checkin_done")
    assert phone.row.state == "finished"
    assert "Not at all" in phone.get("checkin_done").content.decode()
    assert phone.get("checkin_review")["Location"] == reverse("checkin_done")


def test_declining_everything_and_taking_it_up_again(phone: Phone) -> None:
    phone.open()
    assert "and nothing else" in phone.get("checkin_decline").content.decode()
    phone.client.post(reverse("checkin_decline"))
    assert phone.row.state == "declined"
    assert "Answer after all" in phone.get("checkin_done").content.decode()
    phone.answer(1, 1)
    assert phone.row.state == "begun"


def test_handing_over_without_an_answer_is_declining(phone: Phone) -> None:
    phone.open()
    phone.client.post(reverse("checkin_review"))
    assert phone.row.state == "declined"


@pytest.mark.parametrize("value", ["9", "-1", "x", "", "1.5", "٣", "1" * 5000])
def test_what_is_no_answer_is_said_and_nothing_is_saved(phone: Phone, value: str) -> None:
    phone.open()
    response = phone.answer(1, value)
    assert response.status_code == 422
    assert "Please choose one of the answers" in response.content.decode()
    assert phone.row.answers == {}


def test_a_replayed_form_changes_nothing_and_a_late_one_is_told(phone: Phone) -> None:
    phone.open()
    phone.answer(1, 1)
    phone.answer(1, 1)
    phone.client.post(reverse("checkin_review"))
    late = phone.answer(1, 3)
    assert late.status_code == 422
    assert "handed over already" in late.content.decode()
    assert phone.row.answers == {"q1": 1}


def test_forged_ids_lead_nowhere(phone: Phone, cast: Cast) -> None:
    other = Answering.objects.get(giving=handed(cast, "gad7"))
    phone.open()
    for row, number in ((other.id, 1), (nobodys_id(), 1), (phone.row.id, 99)):
        assert phone.get("checkin_item", row, number).status_code == 404
    assert phone.client.post(
        reverse("checkin_item", args=[other.id, 1]), {"answer": 1}
    ).status_code == 404  # fmt: skip


def test_a_made_up_cookie_is_nobody(phone: Phone) -> None:
    phone.client.cookies["checkin"] = f"{phone.giving.id}:made:up"
    assert phone.get("checkin").status_code == 404


def test_all_links_that_do_not_work_look_the_same(phone: Phone, cast: Cast) -> None:
    past, withdrawn = handed(cast, "gad7", days=1, at=NOW - timedelta(days=9)), handed(cast, "pcl5")
    actions.withdraw(withdrawn.id, by=cast.visitor("mira"), at=NOW)
    pages = [
        phone.client.get(reverse("checkin_link", args=[token]))
        for token in (past.token, withdrawn.token, "made-up")
    ]
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1
    assert b"This link no longer works" in pages[0].content
    assert phone.client.post(reverse("checkin_open", args=["made-up"])).status_code == 404


def test_another_device_answers_what_is_open_and_sees_nothing(phone: Phone) -> None:
    phone.open()
    phone.answer(1, 3)
    other = Phone(Client(), phone.giving)
    assert other.open()["Location"].endswith("/2/")
    assert other.get("checkin_item", phone.row.id, 1).status_code == 303
    other.answer(1, 0)
    other.answer(2, 1)
    assert phone.row.answers == {"q1": 3, "q2": 1}
    text = other.get("checkin_review").content.decode()
    assert "answered on another device" in text
    assert "Nearly every day" not in text
    other.client.post(reverse("checkin_review"))
    assert "Nearly every day" not in other.get("checkin_done").content.decode()


def test_a_pin_is_asked_counted_and_makes_wait(phone: Phone, cast: Cast) -> None:
    locked = Phone(phone.client, handed(cast, "gad7", pin="4711"))
    assert 'name="pin"' in locked.look().content.decode()
    assert "Please write the PIN" in locked.open().content.decode()
    wrong = [locked.open(pin="0000") for _ in range(5)][-1]
    assert wrong.status_code == 422
    assert "That is not the PIN" in wrong.content.decode()
    assert "too many tries" in locked.open(pin="4711").content.decode()


def test_the_right_pin_opens(phone: Phone, cast: Cast) -> None:
    assert Phone(phone.client, handed(cast, "gad7", pin="4711")).open(pin="4711").status_code == 303


# ---- safety


def test_an_answer_about_safety_is_met_at_once(phone: Phone, cast: Cast) -> None:
    confirm_help(cast)
    phone.open()
    response = phone.client.get(phone.answer(9, 1)["Location"])
    text = response.content.decode()
    assert "Thank you for saying this" in text
    assert "Nobody is watching this right now." in text
    assert 'href="tel:01632960960"' in text
    assert "9999" not in text
    assert "Elsewhere" not in text
    shown = SafetyFlag.objects.get().what["shown"]
    assert shown["numbers"] == [{"words": "The listening line", "number": "01632 960960"}]
    assert shown["at"] == NOW.isoformat()


def test_without_a_checked_number_none_is_shown(phone: Phone) -> None:
    phone.open()
    text = phone.client.get(phone.answer(9, 1)["Location"]).content.decode()
    assert "call your local emergency number" in text
    assert "tel:" not in text


def test_help_is_on_every_page(phone: Phone, cast: Cast) -> None:
    confirm_help(cast)
    assert reverse("checkin_help") in phone.look().content.decode()
    assert "tel:" not in phone.get("checkin_help").content.decode()
    phone.open()
    for name, args in (("checkin_item", (phone.row.id, 1)), ("checkin_review", ())):
        assert "01632 960960" in phone.get(name, *args).content.decode()
    assert "01632 960960" in phone.get("checkin_help").content.decode()


def test_help_stays_when_the_link_has_gone(phone: Phone, cast: Cast) -> None:
    phone.open()
    actions.withdraw(phone.giving.id, by=cast.visitor("mira"), at=NOW)
    assert phone.get("checkin").status_code == 404
    assert phone.get("checkin_help", language="es").status_code == 200


# ---- languages, times


def test_the_language_can_be_changed_on_the_way(phone: Phone) -> None:
    phone.open()
    href = reverse("checkin_item", args=[phone.row.id, 1])
    assert phone.client.get(href, {"language": "de"})["Location"] == href
    text = phone.client.get(href).content.decode()
    assert "Weiter" in text
    assert "nur auf Englisch" in text
    assert '<fieldset lang="en"' in text


def test_a_rating_is_asked_in_german_with_its_ends(phone: Phone, cast: Cast) -> None:
    rating = Phone(phone.client, handed(cast, "session_rating", language="de"))
    rating.open()
    text = rating.get("checkin_item", rating.row.id, 1).content.decode()
    assert "Wie sehr haben Sie sich gehört" in text
    assert "10: Ganz und gar" in text
    assert "nur auf Englisch" not in text


@pytest.mark.parametrize(
    ("days", "said"),
    [(1, "tomorrow at 16:00"), (9, "on Wednesday 11 March at 16:00"), (-1, "before you next meet")],
)
def test_the_day_is_said_as_people_say_it(phone: Phone, cast: Cast, days: int, said: str) -> None:
    cast.session.starts_at += timedelta(days=days)
    cast.session.ends_at += timedelta(days=days)
    cast.session.save()
    assert said in phone.look().content.decode()
    phone.open()
    line = "After your session" if days < 0 else "Before your session"
    assert line in phone.get("checkin_item", phone.row.id, 1).content.decode()


def test_several_questionnaires_follow_each_other(phone: Phone, cast: Cast) -> None:
    both = Phone(phone.client, handed(cast, "gad7", "session_rating"))
    both.open()
    response = [both.answer(number, 1) for number in range(1, 8)][-1]
    text = both.client.get(response["Location"]).content.decode()
    assert "8 of 11" in text
    assert reverse("checkin_item", args=[both.row.id, 7]) in text


def test_the_script_is_told_where_to_go(phone: Phone) -> None:
    phone.open()
    href = reverse("checkin_item", args=[phone.row.id, 1])
    response = phone.client.post(href, {"answer": 1}, headers={"accept": "application/json"})
    assert response.json() == {"next": reverse("checkin_item", args=[phone.row.id, 2])}


# ---- weight


def static_weight(name: str) -> int:
    """As served: what is not compressed in itself goes gzipped."""
    found = finders.find(name)
    assert isinstance(found, str)
    content = Path(found).read_bytes()
    return len(content if name.endswith("woff2") else gzip.compress(content))


def test_a_page_with_all_it_needs_is_under_50_kilobytes(phone: Phone, cast: Cast) -> None:
    confirm_help(cast)
    phone.open()
    html = phone.get("checkin_item", phone.row.id, 8).content
    needed = [part.split('"')[0] for part in html.decode().split("/static/")[1:]]
    assert any(name.endswith(".js") for name in needed)
    font = "ui/libraries/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2"
    total = len(html) + sum(static_weight(name) for name in {*needed, font})
    assert total < 50_000, total


def test_who_is_asked_about_another_reads_of_whom_once_they_came_in(
    cast: Cast, client: Client, time_machine: Any
) -> None:
    time_machine.move_to(NOW, tick=False)
    luz, teo = Participant.objects.filter(therapy=cast.reyes).order_by("id")[:2]
    worded = actions.Worded(cast.reyes.id, teo.id, Kind.GOALS, ["Sleep alone"])
    actions.put_in_words(worded, by=cast.visitor("mira"), at=NOW)
    handing = actions.Handing(cast.reyes.id, luz.id, ("own_goals",), about=teo.id)
    phone = Phone(client, actions.give(handing, by=cast.visitor("mira"), at=NOW))
    welcome = phone.look().content.decode()
    assert "Mira Osei has some questions for you" in welcome
    assert teo.person.name not in welcome
    phone.open()
    text = phone.get("checkin_item", phone.row.id, 1).content.decode()
    assert f"About {teo.person.name}" in text
    assert "Sleep alone" in text


# ---- without network


def test_questions_to_come_are_fetched_ahead_without_what_was_answered(phone: Phone) -> None:
    phone.open()
    phone.answer(1, 3)
    found = phone.get("checkin_ahead").json()
    assert [page["href"] for page in found["pages"]] == [
        reverse("checkin_item", args=[phone.row.id, number]) for number in range(2, 10)
    ]
    assert "checked" not in "".join(page["html"] for page in found["pages"])
    assert len(b64decode(found["key"])) == 32
    assert "2 of 9" in found["pages"][0]["html"]


def test_each_link_has_a_key_of_its_own_and_a_handed_device_has_none(
    phone: Phone, cast: Cast
) -> None:
    phone.open()
    first = phone.get("checkin_ahead").json()["key"]
    other = Phone(phone.client, handed(cast, "gad7"))
    other.open()
    assert other.get("checkin_ahead").json()["key"] != first
    code = actions.hand_over(other.giving.id, by=cast.visitor("mira"), at=NOW)
    phone.client.post(reverse("checkin_tablet"), {"code": code})
    assert other.get("checkin_ahead").json()["key"] == ""


def test_an_answer_that_is_sent_twice_is_saved_once(phone: Phone) -> None:
    phone.open()
    for _ in range(2):
        assert phone.answer(1, 3).status_code == 303
    assert Line.objects.filter(act="answered").count() == 1
    phone.answer(1, None, rather_not="1")
    phone.answer(1, None, rather_not="1")
    assert Line.objects.filter(act="answered").count() == 2
