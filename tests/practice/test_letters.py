"""Letters about signing in go out when nobody waits for a page, and tell nobody who is known."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.core import mail
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from holdspace.cellar.post.models import Letter
from holdspace.cli.serving import keep_once
from tests.cast import NOW, Cast
from tests.practice.browser import PASSWORD, sent, sets_up_an_app, signs_in
from tests.practice.post import the_post_goes

pytestmark = pytest.mark.urls("tests.practice.addresses")
AWAY = "tests.practice.post.OutOfReach"
AN_HOUR = timedelta(hours=1)


def asks(email: str, **headers: str) -> None:
    page = Client(headers=headers).post(reverse("account_reset_password"), {"email": email})
    assert page.headers["location"] == reverse("account_reset_password_done")


def done_for(email: str) -> list[str]:
    """Which statements the request makes, of whichever database, without what they are about."""
    with (
        CaptureQueriesContext(connections["default"]) as here,
        CaptureQueriesContext(connections["keyring"]) as keys,
    ):
        asks(email)
    made = [*here.captured_queries, *keys.captured_queries]
    return [query["sql"].split(" VALUES ")[0].split(" WHERE ")[0] for query in made]


def test_a_page_does_the_same_for_whoever_is_known_and_for_nobody(cast: Cast) -> None:
    asks("somebody.before@linden.example")  # keys are in memory from here on
    known = done_for(cast.mira.account.email)
    assert any("post_letter" in statement for statement in known)
    assert not any("account" in statement for statement in known)
    assert known == done_for("nobody@linden.example")


def test_a_page_speaks_to_no_mail_server(cast: Cast, settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "a.server.that.is.not.there"
    asks(cast.mira.account.email)


def test_the_keeper_sends_a_letter_and_forgets_it(cast: Cast) -> None:
    asks(cast.mira.account.email.upper())
    assert mail.outbox == []
    keep_once()
    assert [message.to for message in mail.outbox] == [[cast.mira.account.email]]
    assert not Letter.objects.exists()
    keep_once()
    assert len(mail.outbox) == 1


def test_a_letter_to_nobody_is_forgotten(cast: Cast) -> None:
    cast.mira.account.is_active = False
    cast.mira.account.save()
    for email in (cast.mira.account.email, "nobody@linden.example"):
        asks(email)
    assert the_post_goes() == 0
    assert not Letter.objects.exists()
    assert mail.outbox == []


def test_a_letter_is_in_the_language_that_was_read(cast: Cast) -> None:
    asks(cast.mira.account.email, accept_language="de")
    assert Letter.objects.get().language == "de"


def test_a_letter_waits_for_a_mail_server_that_is_away(
    cast: Cast,
    settings: LazySettings,
    caplog: pytest.LogCaptureFixture,
    time_machine: Any,
) -> None:
    there = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = AWAY
    time_machine.move_to(NOW, tick=False)
    asks(cast.mira.account.email)
    assert the_post_goes() == 0
    assert "could not be sent" in caplog.text
    settings.EMAIL_BACKEND = there
    assert the_post_goes() == 0
    time_machine.shift(timedelta(minutes=1))
    assert the_post_goes() == 1


def test_a_letter_that_nobody_would_use_any_more_is_not_sent(
    cast: Cast, settings: LazySettings, time_machine: Any
) -> None:
    there = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = AWAY
    time_machine.move_to(NOW, tick=False)
    asks(cast.mira.account.email)
    while (due_at := Letter.objects.get().due_at) < NOW + AN_HOUR:
        time_machine.move_to(due_at, tick=False)
        the_post_goes()
    time_machine.move_to(due_at, tick=False)
    settings.EMAIL_BACKEND = there
    assert the_post_goes() == 0
    assert not Letter.objects.exists()


@pytest.mark.usefixtures("no_second_factor")
def test_news_about_a_sign_in_is_sent_by_the_keeper_too(cast: Cast) -> None:
    new = {"password1": "another long password", "password2": "another long password"}
    sent(signs_in(cast.mira), "account_change_password", oldpassword=PASSWORD, **new)
    assert mail.outbox == []
    the_post_goes()
    (message,) = mail.outbox
    assert message.to == [cast.mira.account.email]
    assert "was changed" in message.body


def test_who_asked_for_a_link_may_still_set_up_a_second_factor(cast: Cast) -> None:
    asks(cast.mira.account.email)
    the_post_goes()
    sets_up_an_app(signs_in(cast.mira))
    assert Authenticator.objects.filter(user=cast.mira.account, type="totp").exists()
