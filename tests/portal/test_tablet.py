"""A device of the practice in a client's hands: from the neutral page and back to it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from holdspace.hour.measures import actions
from tests.cast import NOW, Cast
from tests.measures.given import answer_all, handed, rows
from tests.portal.at_the_phone import Phone

TABLET = "checkin_tablet"


@pytest.fixture
def tablet(cast: Cast, client: Client, time_machine: Any) -> Phone:
    time_machine.move_to(NOW, tick=False)
    return Phone(client, handed(cast))


def opened(cast: Cast, tablet: Phone) -> Any:
    code = actions.hand_over(tablet.giving.id, by=cast.visitor("mira"), at=NOW)
    return tablet.client.post(reverse(TABLET), {"code": code})


def words(tablet: Phone, name: str, *args: object, **query: str) -> str:
    text: str = tablet.get(name, *args, **query).content.decode()
    return text


def test_the_neutral_page_knows_nobody(cast: Cast, tablet: Phone) -> None:
    text = words(tablet, TABLET)
    assert "Type the code that you are shown." in text
    assert "Geben Sie den Code ein" in words(tablet, TABLET, language="de")
    for name in ("Amara", "Mira", cast.practice.name):
        assert name not in text


def test_a_code_leads_to_the_first_question_and_the_page_is_left_after_a_while(
    cast: Cast, tablet: Phone
) -> None:
    answer = opened(cast, tablet)
    assert answer.url == reverse("checkin_item", args=[tablet.row.id, 1])
    page = tablet.client.get(answer.url)
    assert page.headers["Refresh"] == f"900; url={reverse(TABLET)}"
    assert "1 of 9" in page.content.decode()


@pytest.mark.parametrize("code", ["", "BCDFGHJK"])
def test_another_code_opens_nothing(tablet: Phone, code: str) -> None:
    answer = tablet.client.post(reverse(TABLET), {"code": code})
    assert answer.status_code == 422
    assert "This code opens nothing" in answer.content.decode()


def test_at_the_end_it_gives_thanks_and_forgets(cast: Cast, tablet: Phone) -> None:
    opened(cast, tablet)
    for number in range(1, 10):
        tablet.answer(number, 1)
    tablet.client.post(reverse("checkin_review"))
    end = tablet.client.get(reverse("checkin_done"), follow=True)
    text = end.content.decode()
    assert "Please give the device back" in text
    assert "Several days" not in text
    assert tablet.client.cookies["checkin"].value == ""
    assert tablet.get("checkin").status_code == 404


def test_it_keeps_its_cookie_for_an_hour_and_the_link_for_longer(cast: Cast, tablet: Phone) -> None:
    opened(cast, tablet)
    for _ in range(2):
        expires = tablet.client.cookies["checkin"]["expires"]
        assert expires.startswith("Mon, 02 Mar 2026 11:00:0")
        tablet.get("checkin_item", tablet.row.id, 1, language="de")
    assert tablet.giving.ends_at > NOW + timedelta(hours=1)


def test_what_is_gone_leads_back_to_the_neutral_page(cast: Cast, tablet: Phone) -> None:
    opened(cast, tablet)
    actions.withdraw(tablet.giving.id, by=cast.visitor("mira"), at=NOW)
    answer = tablet.get("checkin")
    assert answer.url == reverse(TABLET)
    assert tablet.client.cookies["checkin"].value == ""


# ---- the member's side


@pytest.fixture
def mira(cast: Cast, client: Client, settings: Any) -> Client:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
    client.force_login(cast.mira.account, "holdspace.frame.practice.sign_in.Accounts")
    return client


def test_the_code_is_shown_to_a_member_who_is_signed_out_where_they_hand_over_their_own(
    tablet: Phone, mira: Client
) -> None:
    shown = mira.post(reverse("hand_over", args=[tablet.giving.id])).content.decode()
    found = re.search(r'name="code" value="(\w{8})"', shown)
    assert found
    assert f"{found[1][:4]} {found[1][4:]}" in shown
    assert mira.get(reverse("today")).status_code == 200
    mira.post(reverse(TABLET), {"code": found[1]})
    assert mira.get(reverse("today")).status_code == 302
    assert "1 of 9" in words(tablet, "checkin_item", tablet.row.id, 1)


def test_a_camera_opens_the_neutral_page_with_the_code_typed(tablet: Phone, mira: Client) -> None:
    shown = mira.post(reverse("hand_over", args=[tablet.giving.id])).content.decode()
    assert shown.count('class="qr"') == 1
    assert 'value="BCDF2345"' in words(tablet, TABLET, code="bcdf 2345")
    assert 'value=""' in words(tablet, TABLET)


def test_a_code_that_opens_nothing_stays_in_its_field(tablet: Phone) -> None:
    answer = tablet.client.post(reverse(TABLET), {"code": "BCDF GHJK"})
    assert 'value="BCDF GHJK"' in answer.content.decode()


def test_there_is_no_code_for_what_was_answered(tablet: Phone, mira: Client) -> None:
    answer_all(tablet.giving, *[1] * 9)
    answer = mira.post(reverse("hand_over", args=[tablet.giving.id]), follow=True)
    assert "Nothing of this is open any more" in answer.content.decode()
    assert rows(tablet.giving)[0].state == "finished"
