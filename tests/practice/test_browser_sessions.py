"""How long a sign-in lasts, what a session holds, and what it knows of the visitor."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.core.context import request_context
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from holdspace.cellar.access.visitor import nobody
from holdspace.cellar.ledger.models import Line
from holdspace.frame.practice import rules, sign_in
from holdspace.frame.practice.models import Member
from holdspace.frame.practice.sessions import SessionStore
from tests.cast import NOW, Cast
from tests.practice.browser import seen, signs_in, words_of
from tests.practice.canary import CANARY

pytestmark = [
    pytest.mark.urls("tests.practice.addresses"),
    pytest.mark.usefixtures("no_second_factor"),
]


def aged(client: Client, mark: str, by: timedelta) -> None:
    """Let time pass for this browser."""
    session = client.session
    session[mark] = int((timezone.now() - by).timestamp())
    session.save()


def test_an_idle_browser_is_signed_out_after_an_hour(cast: Cast) -> None:
    client = signs_in(cast.mira)
    client.get("/")
    aged(client, sign_in.SEEN, rules.IDLE + timedelta(seconds=5))
    assert client.get("/").status_code == 302
    assert Line.objects.filter(act="signed out", what="idle browser").exists()
    assert "this browser was idle" in words_of(seen(client, "account_login"))


def test_every_request_counts_but_is_noted_every_few_minutes(cast: Cast) -> None:
    client = signs_in(cast.mira)
    client.get("/")
    before = client.session[sign_in.SEEN]
    client.get("/")
    assert client.session[sign_in.SEEN] == before
    aged(client, sign_in.SEEN, timedelta(minutes=50))
    assert client.get("/").status_code == 200
    assert client.session[sign_in.SEEN] >= before


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(cast: Cast) -> None:
    client = signs_in(cast.mira)
    client.get("/")
    aged(client, sign_in.SEEN, timedelta(minutes=50))
    before = client.session[sign_in.SEEN]
    client.get("/", headers={sign_in.BY_ITSELF: "1"})
    assert client.session[sign_in.SEEN] == before


def test_nobody_stays_signed_in_for_more_than_twelve_hours(cast: Cast) -> None:
    client = signs_in(cast.mira)
    client.get("/")
    aged(client, sign_in.BEGAN, timedelta(hours=11, minutes=59))
    assert client.get("/").status_code == 200
    aged(client, sign_in.BEGAN, timedelta(hours=12, seconds=5))
    assert client.get("/").status_code == 302


def test_an_expired_sign_in_answers_scripts_plainly(cast: Cast) -> None:
    client = signs_in(cast.mira)
    client.get("/")
    aged(client, sign_in.SEEN, timedelta(hours=2))
    assert client.get("/", headers={"accept": "application/json"}).status_code == 401


def test_a_member_who_left_is_signed_out(cast: Cast) -> None:
    client = signs_in(cast.mira)
    Member.objects.filter(pk=cast.mira.pk).update(left_at=NOW)
    assert client.get("/").status_code == 302
    assert sign_in.BEGAN not in client.session
    assert signs_in(cast.mira).get("/").status_code == 302


def test_what_a_session_holds_is_sealed(cast: Cast) -> None:
    client = signs_in(cast.mira)
    session = client.session
    session["message"] = CANARY
    session.save()
    stored = Session.objects.get(pk=session.session_key).session_data
    for word in (CANARY, cast.mira.account.email, "account_authentication"):
        assert word not in stored
    assert SessionStore().decode(stored)["message"] == CANARY


@pytest.mark.usefixtures("house")
def test_a_session_that_does_not_open_is_empty() -> None:
    for stored in ("forged", "AAAA", ""):
        assert SessionStore().decode(stored) == {}


def test_hours_and_language_are_the_practices(cast: Cast) -> None:
    cast.practice.time_zone, cast.practice.language = "Asia/Tokyo", "es"
    cast.practice.save()
    client = signs_in(cast.mira)
    assert 'lang="es"' in words_of(seen(client, "my_page"))
    assert timezone.get_current_timezone_name() == "Asia/Tokyo"
    translation.activate("en-gb")


def test_a_visitor_who_is_nobody_has_no_hours_of_anybodys(cast: Cast) -> None:
    timezone.activate(rules.zone_of("Asia/Tokyo"))
    seen(Client(), "account_login")
    assert timezone.get_current_timezone_name() == "UTC"
    assert cast.practice.time_zone == "Europe/London"


@pytest.mark.usefixtures("house")
def test_a_stale_page_says_what_to_do() -> None:
    page = Client().get("/stale/")
    assert page.status_code == 403
    assert "left open too long" in words_of(page)


@pytest.mark.usefixtures("house")
def test_a_form_that_is_not_ours_is_refused_calmly() -> None:
    page = Client(enforce_csrf_checks=True).post("/sign-in/", {"login": "a@b.example"})
    assert page.status_code == 403
    assert "left open too long" in words_of(page)


def test_addresses_in_the_cache_are_hashed() -> None:
    key = sign_in.cache_key("login:mira@linden.example", "", 1)
    assert len(key) == 64
    assert "mira" not in key


@pytest.mark.usefixtures("house")
def test_a_message_of_another_kind_is_no_line_of_the_ledger(
    rf: RequestFactory, cast: Cast, settings: LazySettings
) -> None:
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = False
    request: Any = rf.get("/")
    request.session, request.visitor = SessionStore(), nobody()
    with request_context(request):
        sign_in.MembersOnly().send_notification_mail("account/email/other", cast.mira.account)
        refusal = sign_in.SealedSecondFactors().validation_error("unverified_email")
        assert not sign_in.MembersOnly().is_open_for_signup(request)
    assert refusal.code == "unverified_email"
    assert not Line.objects.exists()
