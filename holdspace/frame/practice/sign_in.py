"""Sign-in: django-allauth's adapters, who a visitor is, and the screen turned to the client."""

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from http import HTTPStatus
from typing import Any, Final, cast
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from holdspace.cellar.access import lines
from holdspace.cellar.access.doors import Asked
from holdspace.cellar.access.visitor import Visitor, nobody
from holdspace.cellar.vault import house, keyring
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.practice import letters, queries
from holdspace.frame.practice.actions import NoPinYet, WrongPin, check_pin
from holdspace.frame.practice.models import Account
from holdspace.frame.practice.rules import IDLE, SEEN_EVERY, SIGNED_IN_AT_MOST, zone_of

NARROWED: Final = "narrowed to"
NARROWED_FROM: Final = "narrowed from"  # the session whose room one comes back to
SECOND_FACTOR: Final = "second factor"
BEGAN: Final = "began"
SEEN: Final = "seen"
BY_ITSELF: Final = "X-By-Itself"  # an open page asks whether there is news: nobody is at it
_FACTORS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# What allauth tells a member by e-mail, as lines in the ledger.
_CHANGES: Final = {
    "mfa/email/totp_activated": ("added", "authenticator app"),
    "mfa/email/totp_deactivated": ("removed", "authenticator app"),
    "mfa/email/webauthn_added": ("added", "passkey"),
    "mfa/email/webauthn_removed": ("removed", "passkey"),
    "mfa/email/recovery_codes_generated": ("made", "recovery codes"),
    "account/email/password_changed": ("changed", "password"),
    "account/email/password_reset": ("reset", "password"),
}


def cache_key(key: str, prefix: str, version: int) -> str:
    """Cache keys name e-mails and addresses; the cache sees only their hashes."""
    return sha256(f"{settings.SECRET_KEY}:{prefix}:{version}:{key}".encode()).hexdigest()


class MembersOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Nobody signs up: members come by an invitation. What happens at the door is written down."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        return False

    def login(self, request: HttpRequest, user: Account) -> None:
        super().login(request, user)
        _note(user, "signed in", "house")

    def logout(self, request: HttpRequest) -> None:
        _note(cast("Account", request.user), "signed out", "house")
        super().logout(request)

    def authentication_failed(self, request: Asked, **_: Any) -> None:
        """Without the e-mail that was typed, which may be a stranger's, or a password."""
        lines.refused(request.visitor, "sign-in", None, at=timezone.now())

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Account,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        if template_prefix in _CHANGES:
            _note(user, *_CHANGES[template_prefix])
        self.request.session.pop(SECOND_FACTOR, None)
        super().send_notification_mail(template_prefix, user, context, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:  # noqa: ARG002
        """Asked for here and sent by the keeper: a mail server must not be waited for in a page."""
        letters.ask(template_prefix, email, self.request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return reverse("my_page")


class Accounts(AuthenticationBackend):  # type: ignore[misc]  # allauth is untyped
    """allauth's, by one statement for account and member: every page asks whose browser it is."""

    def get_user(self, user_id: Any) -> Account | None:
        member = queries.behind(UUID(str(user_id)))
        if member is None or not self.user_can_authenticate(member.account):
            return None
        member.account.member = member
        return member.account


class Refused:
    """Answers 422 where allauth shows a form again because something in it was wrong.

    allauth answers 200, as if the form had only been asked for. Its pages alone are rendered late,
    and so pass here; ours say it themselves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(
        self,
        request: HttpRequest,  # noqa: ARG002 - Django's signature
        response: TemplateResponse,
    ) -> TemplateResponse:
        shown = (response.context_data or {}).values()
        if any(isinstance(form, BaseForm) and form.errors for form in shown):
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response


class SealedSecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Secrets of second factors are sealed like everything else."""

    def encrypt(self, text: str) -> str:
        return house.seal_text("second factor", text)

    def decrypt(self, encrypted_text: str) -> str:
        return house.open_text("second factor", encrypted_text)

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """A code or key that was wrong is a refusal, and written down as one."""
        if code == "incorrect_code":
            lines.refused(self.request.visitor, "second factor", None, at=timezone.now())
        return cast("ValidationError", super().validation_error(code, *args))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Holdspace"}


def _note(user: Account, act: str, what: str) -> None:
    found = queries.signed_in(queries.behind(user.pk), narrowed_to=None, lacks_second_factor=False)
    if found is not None:
        _did(found.visitor, act, what, found.member.id)


def _did(by: Visitor, act: str, what: str, subject: UUID, *, layer: Layer = Layer.ADMIN) -> None:
    with transaction.atomic():
        lines.did(by, act, what, [subject], at=timezone.now(), layer=layer)


# ------------------------------------------------------------------ who is asking


class VisitorMiddleware:
    """Sets `request.visitor` and `request.member`, their hours and language, before any door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        keyring.refresh()
        timezone.deactivate()
        asked = cast("Any", request)
        asked.visitor, asked.member = nobody(), None
        if request.user.is_authenticated:
            self._recognise(asked)
        return self.get_response(request)

    def _recognise(self, request: Any) -> None:
        narrowed = request.session.get(NARROWED)
        found = queries.signed_in(
            request.user.member,
            narrowed_to=UUID(narrowed) if narrowed else None,
            lacks_second_factor=lacks_second_factor(request),
        )
        if found is None:
            logout(request)
        elif _has_lapsed(request, timezone.now()):
            _did(found.visitor, "signed out", "idle browser", found.member.id)
            logout(request)
            messages.info(request, _("You were signed out, because this browser was idle."))
        else:
            request.visitor, request.member = found.visitor, found.member
            _make_at_home(request)


def _make_at_home(request: Any) -> None:
    """The practice's hours, and the member's language or the practice's."""
    practice = request.member.practice
    timezone.activate(zone_of(practice.time_zone))
    translation.activate(request.member.language or practice.language)
    request.LANGUAGE_CODE = translation.get_language()


def _has_lapsed(request: HttpRequest, at: datetime) -> bool:
    """Whether this browser was idle too long, or signed in too long; remembers that it is not."""
    session = request.session
    now = int(at.timestamp())
    began = datetime.fromtimestamp(session.setdefault(BEGAN, now), UTC)
    seen = datetime.fromtimestamp(session.setdefault(SEEN, now), UTC)
    if at - seen > IDLE or at - began > SIGNED_IN_AT_MOST:
        return True
    if at - seen >= SEEN_EVERY and BY_ITSELF not in request.headers:
        session[SEEN] = now
    return False


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
    return render(request, "practice/stale.html", status=403)


# ------------------------------------------------------------------ the shared screen


def narrow(request: Any, therapy: UUID, *, session: UUID | None = None) -> None:
    """Turn this browser to one therapy's shared layer. The caller has checked that it is theirs."""
    if not request.member.pin_hash:
        raise NoPinYet
    _did(request.visitor, "turned to client", "screen", therapy, layer=Layer.SHARED)
    request.session[NARROWED] = str(therapy)
    request.session[NARROWED_FROM] = str(session) if session else None


def widen(request: Any, pin: str, *, at: datetime) -> UUID | None:
    """Turn it back, for the PIN; answers the session one came from. Raises WrongPin."""
    by: Visitor = request.visitor
    try:
        check_pin(by.id, pin, at=at)
    except WrongPin:
        lines.refused(by, "pin", None, at=at)
        raise
    therapy = UUID(request.session.pop(NARROWED))
    came_from = request.session.pop(NARROWED_FROM, None)
    _did(by, "turned back", "screen", therapy, layer=Layer.SHARED)
    return UUID(came_from) if came_from else None
