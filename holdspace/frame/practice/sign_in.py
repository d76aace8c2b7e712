"""Sign-in: django-allauth's adapters, and the middleware that says who a visitor is."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any, cast
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdspace.cellar.access.doors import Asked
from holdspace.cellar.access.visitor import nobody
from holdspace.cellar.vault import house, keyring
from holdspace.frame.practice import queries

NARROWED = "narrowed to"
SECOND_FACTOR = "second factor"
_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def cache_key(key: str, prefix: str, version: int) -> str:
    """Cache keys name e-mails and addresses; the cache sees only their hashes."""
    return sha256(f"{settings.SECRET_KEY}:{prefix}:{version}:{key}".encode()).hexdigest()


class MembersOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Nobody signs up: members come by an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        return False


class SealedSecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Secrets of second factors are sealed like everything else."""

    def encrypt(self, text: str) -> str:
        return house.seal_text("second factor", text)

    def decrypt(self, encrypted_text: str) -> str:
        return house.open_text("second factor", encrypted_text)


class VisitorMiddleware:
    """Sets `request.visitor` and `request.member` before any door is reached."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        keyring.refresh()
        asked = cast("Any", request)
        asked.visitor, asked.member = nobody(), None
        if request.user.is_authenticated:
            self._recognise(asked)
        return self.get_response(request)

    def _recognise(self, request: Any) -> None:
        narrowed = request.session.get(NARROWED)
        found = queries.signed_in(
            request.user.pk,
            narrowed_to=UUID(narrowed) if narrowed else None,
            lacks_second_factor=lacks_second_factor(request),
        )
        if found is not None:
            request.visitor, request.member = found.visitor, found.member


def lacks_second_factor(request: HttpRequest) -> bool:
    """Asked of the database once a session, and not again once there is one."""
    if not settings.HOLDSPACE_SECOND_FACTOR_REQUIRED or request.session.get(SECOND_FACTOR):
        return False
    chosen = Authenticator.objects.filter(user_id=request.user.pk, type__in=_FACTORS)
    if not chosen.exists():
        return True
    request.session[SECOND_FACTOR] = True
    return False


def page_is_stale(request: Asked, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A form whose page was left open too long, or that was forged."""
    return render(request, "ui/stale.html", status=403)
