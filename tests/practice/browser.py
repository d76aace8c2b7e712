"""A browser in the hands of a member of the cast."""

from typing import Any

from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse

from holdspace.frame.practice.models import Member

PASSWORD = "a long enough password"


def sent(client: Client, name: str, /, *args: Any, **fields: Any) -> Any:
    return client.post(reverse(name, args=args), fields)


def seen(client: Client, name: str, /, *args: Any, **query: str) -> Any:
    return client.get(reverse(name, args=args), query)


def signs_in(member: Member, password: str = PASSWORD) -> Client:
    """A browser in which this member has typed e-mail and password."""
    client = Client()
    sent(client, "account_login", login=member.account.email, password=password)
    return client


def shows_again(client: Client) -> None:
    """They show that it is still them."""
    sent(client, "account_reauthenticate", password=PASSWORD)


def code_of(secret: str) -> str:
    """What an authenticator app would show now."""
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def sets_up_an_app(client: Client) -> tuple[str, Any]:
    """Go through the set-up of an authenticator app; the secret, and the last page."""
    shows_again(client)
    secret = seen(client, "mfa_activate_totp").context["form"].secret
    code = code_of(secret)
    return secret, client.post(reverse("mfa_activate_totp"), {"code": code}, follow=True)


def words_of(response: Any) -> str:
    return str(response.content.decode())
