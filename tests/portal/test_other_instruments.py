"""A practice's own instrument at the phone, and questions that need not be asked."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from holdspace.hour.measures import actions
from tests.cast import NOW, Cast
from tests.measures.given import handed
from tests.measures.own import OWN
from tests.portal.at_the_phone import Phone


@pytest.fixture(autouse=True)
def this_day(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


def at_the_phone(cast: Cast, client: Client, name: str) -> Phone:
    phone = Phone(client, handed(cast, name))
    phone.open()
    return phone


def test_an_own_instrument_is_asked_in_its_own_words(cast: Cast, client: Client) -> None:
    actions.load_file(OWN, by=cast.visitor("olive"), at=NOW)
    phone = at_the_phone(cast, client, "evenings")
    text = phone.get("checkin_item", phone.row.id, 1).content.decode()
    assert "I had a calm evening." in text
    assert "Sometimes" in text


def test_a_question_that_need_not_be_asked_is_not(cast: Cast, client: Client) -> None:
    phone = at_the_phone(cast, client, "asq")
    for number in (1, 2, 3):
        phone.answer(number, 0)
    assert phone.answer(4, 0)["location"] == reverse("checkin_review")
    text = phone.get("checkin_review").content.decode()
    assert "Have you ever tried to kill yourself?" in text
    assert "killing yourself right now" not in text


def test_a_question_is_asked_where_an_answer_calls_for_it(cast: Cast, client: Client) -> None:
    phone = at_the_phone(cast, client, "pc_ptsd5")
    assert phone.answer(1, 1)["location"] == reverse("checkin_item", args=[phone.row.id, 2])
    text = phone.get("checkin_item", phone.row.id, 1).content.decode()
    assert "Sometimes things happen to people" in text


def test_answers_of_their_own_are_offered_to_their_question(cast: Cast, client: Client) -> None:
    phone = at_the_phone(cast, client, "audit_c")
    assert "7, 8, or 9" in phone.get("checkin_item", phone.row.id, 2).content.decode()
