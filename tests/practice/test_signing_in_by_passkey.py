"""Passkeys that are really used: made, signed in with, shown again, and refused."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse

from holdspace.cellar.ledger.models import Line
from tests.cast import Cast
from tests.practice.browser import seen, sent, shows_again, signs_in, words_of
from tests.practice.passkey import HERE, Passkey
from tests.practice.post import the_post_goes

pytestmark = pytest.mark.urls("tests.practice.addresses")


def adds(client: Client, key: Passkey, **more: str) -> Any:
    """Go through the set-up of a passkey; the last page."""
    shows_again(client)
    asked = seen(client, "mfa_add_webauthn").context["js_data"]
    fields = {"name": "phone", "credential": key.made(asked), **more}
    return client.post(reverse("mfa_add_webauthn"), fields, follow=True)


def comes_with(key: Passkey, at: str = HERE) -> Client:
    """A browser that nobody is signed in to, and in which this passkey is used."""
    client = Client()
    script = {"accept": "application/json"}
    asked = client.get(reverse("mfa_login_webauthn"), headers=script).json()
    sent(client, "mfa_login_webauthn", credential=key.signed(asked, at=at))
    return client


@pytest.fixture
def key(cast: Cast) -> Passkey:
    """Mira's, which signs her in alone."""
    made = Passkey()
    adds(signs_in(cast.mira), made, passwordless="on")
    return made


def test_a_passkey_is_made_and_recovery_codes_with_it(cast: Cast) -> None:
    page = adds(signs_in(cast.mira), Passkey())
    assert len(page.context["unused_codes"]) == 10
    stored = Authenticator.objects.get(user=cast.mira.account, type="webauthn")
    assert stored.wrap().name == "phone"
    assert Line.objects.filter(act="added", what="passkey", actor=cast.mira.id).exists()


def test_a_new_passkey_is_told_without_a_name(cast: Cast) -> None:
    adds(signs_in(cast.mira), Passkey())
    the_post_goes()
    (message,) = mail.outbox
    assert message.to == [cast.mira.account.email]
    assert "A passkey was added" in message.body
    assert "Mira" not in message.body
    assert "testserver" not in message.body


def test_a_passkey_alone_signs_in(key: Passkey) -> None:
    assert words_of(comes_with(key).get("/")) == "today"


def test_a_passkey_is_the_second_step(cast: Cast, key: Passkey) -> None:
    client = signs_in(cast.mira)
    assert client.get("/").status_code == 302
    asked = seen(client, "mfa_authenticate").context["js_data"]
    sent(client, "mfa_authenticate", credential=key.signed(asked))
    assert words_of(client.get("/")) == "today"


def test_a_passkey_shows_that_it_is_still_me(key: Passkey) -> None:
    client, then = comes_with(key), reverse("pin")
    page = seen(client, "mfa_reauthenticate_webauthn")
    assert 'data-passkey="use"' in words_of(page)
    signed = key.signed(page.context["js_data"])
    answer = client.post(
        f"{reverse('mfa_reauthenticate_webauthn')}?next={then}", {"credential": signed}
    )
    assert answer.headers["location"] == then


def test_the_page_of_second_factors_says_that_a_passkey_is_in_use(key: Passkey) -> None:
    page = words_of(seen(comes_with(key), "mfa_index"))
    assert reverse("mfa_list_webauthn") in page
    assert "Add a passkey" not in page


@pytest.mark.usefixtures("key")
def test_a_strangers_passkey_opens_nothing() -> None:
    assert comes_with(Passkey()).get("/").status_code == 302


def test_what_was_signed_for_a_page_that_only_looks_like_ours_opens_nothing(key: Passkey) -> None:
    assert comes_with(key, at="https://testserver.example").get("/").status_code == 302
    assert Line.objects.filter(act="refused", what="second factor").exists()


def test_an_answer_that_was_overheard_opens_nothing_elsewhere(key: Passkey) -> None:
    client, script = Client(), {"accept": "application/json"}
    asked = client.get(reverse("mfa_login_webauthn"), headers=script).json()
    signed = key.signed(asked)
    sent(client, "mfa_login_webauthn", credential=signed)
    assert words_of(client.get("/")) == "today"
    again = Client()
    again.get(reverse("mfa_login_webauthn"), headers=script)
    sent(again, "mfa_login_webauthn", credential=signed)
    assert again.get("/").status_code == 302


def test_alone_it_needs_the_finger_of_its_owner(cast: Cast) -> None:
    untouched = Passkey(is_touched_by_its_owner=False)
    page = adds(signs_in(cast.mira), untouched, passwordless="on")
    assert page.context["form"].errors
    adds(signs_in(cast.mira), untouched)
    assert comes_with(untouched).get("/").status_code == 302


def test_a_passkey_that_was_removed_opens_nothing(cast: Cast, key: Passkey) -> None:
    adds(comes_with(key), Passkey())
    client = comes_with(key)
    shows_again(client)
    first = Authenticator.objects.filter(user=cast.mira.account, type="webauthn").order_by("pk")[0]
    sent(client, "mfa_remove_webauthn", first.pk)
    assert comes_with(key).get("/").status_code == 302
