"""Links that were used, are past, or were taken back: a page that says so, and nothing changes."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from holdspace.frame.practice import actions
from holdspace.frame.practice.models import Invitation
from tests.access.cells import EXPIRED_TOKEN, INVITATION, TOKEN, Cells
from tests.cast import NOW, Cast
from tests.house.bad_input import rows
from tests.practice.browser import sent, words_of
from tests.practice.post import the_post_goes

NEW = "four other words in a row"


@pytest.fixture(autouse=True)
def _at_ten(settings: LazySettings, time_machine: Any) -> None:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
    time_machine.move_to(NOW, tick=False)
    cache.clear()


def used(_: Cast) -> str:
    actions.accept(INVITATION, "Nia Cole", NEW, at=NOW)
    return INVITATION


def past(_: Cast) -> str:
    Invitation.objects.update(ends_at=NOW - timedelta(minutes=1))
    return INVITATION


def withdrawn(cast: Cast) -> str:
    actions.withdraw(Invitation.objects.get().id, by=cast.visitor("olive"), at=NOW)
    return INVITATION


def made_up(_: Cast) -> str:
    return "made%00up%ED%A0%80"


@pytest.mark.parametrize("link", [used, past, withdrawn, made_up])
def test_an_invitation_that_has_ended_says_so(cast: Cast, link: Any) -> None:
    Cells.about(cast)
    address = f"/join/{link(cast)}/"
    before, come_in = rows(), {"name": "Ann", "password": NEW, "again": NEW}
    for answer in (Client().get(address), Client().post(address, come_in)):
        assert answer.status_code == 404
        assert "This link leads nowhere any more" in words_of(answer)
    assert rows() == before


@pytest.mark.parametrize("token", [EXPIRED_TOKEN, "made-up", "%00", "%ED%A0%80"])
def test_a_check_in_that_has_ended_says_so(cast: Cast, token: str) -> None:
    Cells.about(cast)
    before = rows()
    for answer in (Client().get(f"/c/{token}"), Client().post(f"/c/{token}/begin")):
        assert answer.status_code == 404
        assert "This link no longer works" in words_of(answer)
    assert rows() == before


def test_a_check_in_that_was_opened_elsewhere_shows_no_earlier_answer(cast: Cast) -> None:
    Cells.about(cast)
    first, second = Client(), Client()
    for client in (first, second):
        assert client.post(reverse("checkin_open", args=[TOKEN])).status_code == 303
    done = words_of(second.get(reverse("checkin_review")))
    assert "More than half the days" not in done


def test_a_link_to_a_new_password_is_used_once_and_for_an_hour(
    cast: Cast, time_machine: Any
) -> None:
    first, second = reset_link(cast), reset_link(cast)
    client = Client()
    chosen = client.get(first).headers["location"]
    assert client.post(chosen, {"password1": NEW, "password2": NEW}).status_code == 302
    before = rows()
    for link in (first, second):  # a password that was changed ends every link
        assert "This link leads nowhere any more" in words_of(Client().get(link, follow=True))
    again = client.post(chosen, {"password1": "another " + NEW, "password2": "another " + NEW})
    assert "This link leads nowhere any more" in words_of(again)
    assert rows() == before
    late = reset_link(cast)
    time_machine.move_to(NOW + timedelta(minutes=61), tick=False)
    assert "This link leads nowhere any more" in words_of(Client().get(late, follow=True))


def reset_link(cast: Cast) -> str:
    sent(Client(), "account_reset_password", email=cast.jo.account.email)
    the_post_goes()
    found = re.search(r"/password/new/\S+", str(mail.outbox[-1].body))
    assert found
    return found.group()
