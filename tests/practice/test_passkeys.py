"""Passkeys and recovery codes: their pages, their scripts, and what they leave behind."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.staticfiles import finders
from django.core import mail
from django.test import Client
from django.urls import reverse

from holdspace.cellar.ledger.models import Line
from holdspace.frame.practice.passkeys import AddPasskey
from holdspace.frame.practice.urls import urlpatterns
from tests.cast import Cast
from tests.practice.browser import (
    code_of,
    seen,
    sent,
    sets_up_an_app,
    shows_again,
    signs_in,
    words_of,
)
from tests.practice.post import the_post_goes

pytestmark = pytest.mark.urls("tests.practice.addresses")
NO_PASSKEYS = ("{}", "[]", '{"id": 1}', '{"id": "a", "rawId": "a"}', "9" * 5000, "[" * 100_000)
BODY = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>")


@pytest.fixture
def guarded(cast: Cast) -> Client:
    """Mira's browser, with an app, freshly shown to be hers."""
    client = signs_in(cast.mira)
    sets_up_an_app(client)
    return client


def test_the_set_up_page_asks_the_browser_for_a_key(cast: Cast) -> None:
    client = signs_in(cast.mira)
    shows_again(client)
    page = seen(client, "mfa_add_webauthn")
    assert page.context["js_data"]["creation_options"]["publicKey"]["challenge"]
    assert 'data-passkey="make"' in words_of(page)


def test_no_page_of_sign_in_carries_a_script_of_its_own(guarded: Client) -> None:
    for name in ("mfa_index", "mfa_add_webauthn", "mfa_reauthenticate", "account_reauthenticate",
                 "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_list_webauthn",
                 "mfa_deactivate_totp", "account_change_password"):  # fmt: skip
        page = seen(guarded, name)
        assert page.status_code == 200, name
        assert not BODY.search(words_of(page)), name
        assert " style=" not in words_of(page), name
        assert "'unsafe" not in page.headers["content-security-policy"]


@pytest.mark.usefixtures("house")
def test_sign_in_offers_a_passkey_and_its_scripts_are_there() -> None:
    for page in (seen(Client(), "account_login"), seen(Client(), "account_reset_password")):
        assert not BODY.search(words_of(page))
    scripts = re.findall(r'src="/static/([^"?]+)"', words_of(seen(Client(), "account_login")))
    assert "practice/js/passkeys.js" in scripts
    assert all(finders.find(script) for script in scripts)


@pytest.mark.usefixtures("house")
def test_options_for_a_passkey_are_given_to_scripts_alone() -> None:
    page = Client().get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    assert (
        json.loads(page.content)["request_options"]["publicKey"]["userVerification"] == "required"
    )
    assert seen(Client(), "mfa_login_webauthn").status_code == 302


@pytest.mark.usefixtures("house")
def test_a_forged_passkey_lets_nobody_in() -> None:
    for credential in ("{}", "[]", "nothing", '{"id": 1}'):
        page = sent(Client(), "mfa_login_webauthn", credential=credential)
        assert page.headers["location"] == reverse("account_login")
    assert Line.objects.filter(act="refused", what="second factor").exists()


def test_a_forged_passkey_is_not_added(guarded: Client, cast: Cast) -> None:
    seen(guarded, "mfa_add_webauthn")
    page = sent(guarded, "mfa_add_webauthn", name="phone", credential="{}")
    assert page.status_code == 422
    kinds = Authenticator.objects.filter(user=cast.mira.account).values_list("type", flat=True)
    assert "webauthn" not in kinds


def test_a_passkey_is_named_by_what_it_is_on(cast: Cast) -> None:
    form = AddPasskey(user=cast.mira.account)
    assert [value for value, _ in form.fields["name"].choices] == ["computer", "phone", "key"]
    assert not AddPasskey(user=cast.mira.account, data={"name": "my sister's"}).is_valid()


def test_passkeys_are_listed_by_kind_and_removed(guarded: Client, cast: Cast) -> None:
    for name in ("computer", "phone", "key"):
        Authenticator.objects.create(
            user=cast.mira.account, type="webauthn", data={"name": name, "credential": {}}
        )
    assert "A phone or tablet" in words_of(seen(guarded, "mfa_list_webauthn"))
    key = Authenticator.objects.filter(type="webauthn").order_by("pk")[0]
    assert "Remove this passkey" in words_of(seen(guarded, "mfa_remove_webauthn", key.pk))
    sent(guarded, "mfa_remove_webauthn", key.pk)
    assert not Authenticator.objects.filter(pk=key.pk).exists()
    assert Line.objects.filter(act="removed", what="passkey").exists()


def test_a_code_shows_that_it_is_still_me(cast: Cast) -> None:
    client = signs_in(cast.mira)
    secret, _ = sets_up_an_app(client)
    then = reverse("pin")
    page = client.post(f"{reverse('mfa_reauthenticate')}?next={then}", {"code": code_of(secret)})
    assert page.headers["location"] == then


def test_who_was_just_asked_is_not_asked_again_and_may_choose_how(guarded: Client) -> None:
    assert seen(guarded, "mfa_reauthenticate_webauthn").status_code == 302
    assert "Use your password" in words_of(seen(guarded, "mfa_reauthenticate"))


def test_recovery_codes_are_saved_and_made_anew(guarded: Client) -> None:
    codes = seen(guarded, "mfa_view_recovery_codes").context["unused_codes"]
    saved = words_of(seen(guarded, "mfa_download_recovery_codes")).split()
    assert saved == codes
    sent(guarded, "mfa_generate_recovery_codes")
    assert seen(guarded, "mfa_view_recovery_codes").context["unused_codes"] != codes


def test_when_the_last_recovery_code_is_used_the_page_says_so(guarded: Client, cast: Cast) -> None:
    codes = seen(guarded, "mfa_view_recovery_codes").context["unused_codes"]
    kept = Authenticator.objects.get(user=cast.mira.account, type="recovery_codes").wrap()
    assert all(kept.validate_code(code) for code in codes[:-1])
    assert codes[-1] in words_of(seen(guarded, "mfa_view_recovery_codes"))
    assert kept.validate_code(codes[-1])
    assert "All of them are used" in words_of(seen(guarded, "mfa_view_recovery_codes"))


@pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
@pytest.mark.usefixtures("flush_past_the_guards")
def test_setting_up_an_app_is_told_and_written_down(cast: Cast) -> None:
    sets_up_an_app(signs_in(cast.mira))
    assert Line.objects.filter(act="added", what="authenticator app", actor=cast.mira.id).exists()
    the_post_goes()
    (message,) = mail.outbox
    assert message.subject == "Your sign-in has changed"
    assert "Mira" not in message.body
    assert "testserver" not in message.body


@pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
@pytest.mark.usefixtures("flush_past_the_guards")
def test_new_recovery_codes_are_told_without_showing_one(cast: Cast) -> None:
    client = signs_in(cast.mira)
    sets_up_an_app(client)
    the_post_goes()
    mail.outbox.clear()
    sent(client, "mfa_generate_recovery_codes")
    the_post_goes()
    (message,) = mail.outbox
    assert message.to == [cast.mira.account.email]
    assert "recovery codes" in message.body
    codes = seen(client, "mfa_view_recovery_codes").context["unused_codes"]
    assert not any(code in message.body for code in codes)


def test_every_address_of_the_practice_names_its_action_or_says_why_it_is_open() -> None:
    for pattern in urlpatterns:
        marked = hasattr(pattern.callback, "needs") or hasattr(pattern.callback, "open_because")
        assert marked, pattern


@pytest.mark.usefixtures("guarded")
@pytest.mark.parametrize("credential", NO_PASSKEYS)
def test_a_forged_passkey_is_no_second_step(cast: Cast, credential: str) -> None:
    halfway = signs_in(cast.mira)
    assert sent(halfway, "mfa_authenticate", credential=credential).status_code == 422
    assert halfway.get("/").status_code == 302
