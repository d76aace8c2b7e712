"""Signing in: password, second factor, and what nobody learns by trying."""

import pytest
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.core import mail
from django.test import Client
from django.urls import reverse

from holdspace.cellar.ledger.models import Line
from tests.cast import Cast
from tests.practice.browser import (
    PASSWORD,
    code_of,
    seen,
    sent,
    sets_up_an_app,
    signs_in,
    words_of,
)
from tests.practice.post import the_post_goes

pytestmark = pytest.mark.urls("tests.practice.addresses")


@pytest.mark.usefixtures("no_second_factor")
def test_a_member_signs_in(cast: Cast) -> None:
    client = signs_in(cast.mira)
    assert words_of(client.get("/")) == "today"
    assert Line.objects.get(act="signed in").actor == cast.mira.id


@pytest.mark.usefixtures("no_second_factor")
def test_what_is_refused_is_answered_as_refused(cast: Cast) -> None:
    client = Client()
    assert seen(client, "account_login").status_code == 200
    for wrong in ({"login": cast.mira.account.email, "password": "not it"}, {"login": "nobody"}):
        assert sent(client, "account_login", **wrong).status_code == 422
    assert sent(client, "account_reset_password", email="no address").status_code == 422


def test_without_a_second_factor_only_setting_one_up_is_possible(cast: Cast) -> None:
    client = signs_in(cast.mira)
    for page in ("/", reverse("my_page"), reverse("account_change_password")):
        assert client.get(page).headers["location"] == reverse("mfa_index")
    assert "choose a second thing that only you have" in words_of(seen(client, "mfa_index"))


def test_setting_up_an_app_shows_recovery_codes_and_lets_in(cast: Cast) -> None:
    client = signs_in(cast.mira)
    _, page = sets_up_an_app(client)
    assert page.redirect_chain[-1][0] == reverse("mfa_view_recovery_codes")
    assert all(code in words_of(page) for code in page.context["unused_codes"])
    assert words_of(client.get("/")) == "today"


def test_the_app_is_asked_for_at_the_next_sign_in(cast: Cast) -> None:
    secret, _ = sets_up_an_app(signs_in(cast.mira))
    client = signs_in(cast.mira)
    assert client.get("/").status_code == 302
    assert sent(client, "mfa_authenticate", code="000000").status_code == 422
    assert Line.objects.filter(act="refused", what="second factor").exists()
    assert sent(client, "mfa_authenticate", code=code_of(secret)).headers["location"] == "/"
    assert words_of(client.get("/")) == "today"


def test_a_recovery_code_lets_in_once(cast: Cast) -> None:
    _, page = sets_up_an_app(signs_in(cast.mira))
    code = page.context["unused_codes"][0]
    first, second = signs_in(cast.mira), signs_in(cast.mira)
    assert sent(first, "mfa_authenticate", code=code).status_code == 302
    assert sent(second, "mfa_authenticate", code=code).status_code == 422


def test_secrets_of_second_factors_are_sealed(cast: Cast) -> None:
    secret, page = sets_up_an_app(signs_in(cast.mira))
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert not any(code in stored for code in page.context["unused_codes"])


def test_after_removing_the_app_another_is_asked_for(cast: Cast) -> None:
    client = signs_in(cast.mira)
    sets_up_an_app(client)
    assert seen(client, "mfa_deactivate_totp").status_code == 200
    sent(client, "mfa_deactivate_totp")
    assert client.get("/").headers["location"] == reverse("mfa_index")
    assert Line.objects.filter(act="removed", what="authenticator app").exists()


def test_unknown_and_known_addresses_get_the_same_answer(cast: Cast) -> None:
    answers = []
    for email in (cast.mira.account.email, "nobody@linden.example"):
        page = sent(Client(), "account_login", login=email, password="not this one")
        answers.append(str(page.context["form"].errors))
    assert answers[0] == answers[1]
    assert "linden" not in str(list(Line.objects.values())).lower()


def test_a_failed_sign_in_is_written_down_without_the_address(cast: Cast) -> None:
    sent(Client(), "account_login", login=cast.mira.account.email, password="not this one")
    line = Line.objects.get(act="refused")
    assert (line.what, line.actor, line.subjects) == ("sign-in", None, [])


@pytest.mark.usefixtures("no_second_factor")
def test_guessing_is_stopped_after_five_tries(cast: Cast) -> None:
    for _ in range(5):
        sent(Client(), "account_login", login=cast.mira.account.email, password="a guess")
    client = signs_in(cast.mira)
    assert client.get("/").status_code == 302


@pytest.mark.usefixtures("cast")
def test_too_many_pages_of_sign_in_get_a_calm_answer(settings: LazySettings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    sent(Client(), "account_login", login="a@b.example", password="x")
    page = sent(Client(), "account_login", login="a@b.example", password="x")
    assert page.status_code == 429
    assert "short rest" in words_of(page)


@pytest.mark.usefixtures("house")
def test_the_demo_says_that_it_is_one(settings: LazySettings) -> None:
    assert "This is the demo" not in words_of(seen(Client(), "account_login"))
    settings.HOLDSPACE_IS_DEMO = True
    assert "without a second factor" in words_of(seen(Client(), "account_login"))


@pytest.mark.usefixtures("house")
def test_nobody_can_sign_up() -> None:
    assert Client().get("/signup/").status_code == 404


@pytest.mark.usefixtures("no_second_factor")
def test_the_session_key_changes_at_sign_in(cast: Cast) -> None:
    client = Client()
    seen(client, "mfa_login_webauthn")
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    before = client.session.session_key
    sent(client, "account_login", login=cast.mira.account.email, password=PASSWORD)
    assert before != client.session.session_key


@pytest.mark.usefixtures("no_second_factor")
def test_signing_out_is_written_down(cast: Cast) -> None:
    client = signs_in(cast.mira)
    assert seen(client, "account_logout").status_code == 200
    sent(client, "account_logout")
    assert Line.objects.get(act="signed out").actor == cast.mira.id
    assert client.get("/").status_code == 302


def test_an_account_that_ended_is_told_so_only_with_its_password(cast: Cast) -> None:
    cast.mira.account.is_active = False
    cast.mira.account.save()
    page = Client().post(
        reverse("account_login"),
        {"login": cast.mira.account.email, "password": PASSWORD}, follow=True,
    )  # fmt: skip
    assert "access here has ended" in words_of(page)


@pytest.mark.usefixtures("no_second_factor")
def test_a_forgotten_password_is_set_anew_by_a_link(cast: Cast) -> None:
    sent(Client(), "account_reset_password", email=cast.mira.account.email)
    the_post_goes()
    link = next(word for word in mail.outbox[0].body.split() if word.startswith("http"))
    client = Client()
    page = client.get(link, follow=True)
    chosen = {"password1": "another long password", "password2": "another long password"}
    assert client.post(page.request["PATH_INFO"], chosen, follow=True).status_code == 200
    assert "Ask for another" in words_of(Client().get(link, follow=True))
    assert words_of(signs_in(cast.mira, "another long password").get("/")) == "today"


def test_a_stranger_who_forgot_a_password_sees_the_same(cast: Cast) -> None:
    pages = [
        Client().post(reverse("account_reset_password"), {"email": email}, follow=True)
        for email in (cast.mira.account.email, "nobody@linden.example")
    ]
    assert words_of(pages[0]) == words_of(pages[1])
    the_post_goes()
    assert [message.to for message in mail.outbox] == [[cast.mira.account.email]]


def test_messages_about_sign_in_name_nobody(cast: Cast) -> None:
    sent(Client(), "account_reset_password", email=cast.mira.account.email)
    the_post_goes()
    message = mail.outbox[0]
    for word in ("mira", "osei", "linden", "therap", "patient", "practice"):
        assert word not in f"{message.subject} {message.body}".lower()


@pytest.mark.usefixtures("no_second_factor")
def test_changing_the_password_keeps_this_browser_and_ends_others(cast: Cast) -> None:
    client, other = signs_in(cast.mira), signs_in(cast.mira)
    assert seen(client, "account_change_password").status_code == 200
    new = {"password1": "another long password", "password2": "another long password"}
    page = sent(client, "account_change_password", oldpassword=PASSWORD, **new)
    assert page.headers["location"] == reverse("my_page")
    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 302
