"""What a client's device keeps: a signed cookie that names one link, and nothing about anyone."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from holdspace.cellar.access.gate import NotHere
from holdspace.front.portal.words import LANGUAGES

SALT: Final = "holdspace.front.portal"
PATH: Final = "/c/"
HANDED_FOR: Final = timedelta(hours=1)
CHECKIN, SHEET = "checkin", "sheet"  # what a device can have come for, each with its own cookie


@dataclass(frozen=True, slots=True)
class Device:
    """The link that this device came by, its secret, and whether it may see earlier answers."""

    giving: UUID
    secret: str
    sees_answers: bool
    language: str
    is_handed: bool = False  # a device of the practice, for this once

    def speaking(self, language: str) -> "Device":
        return replace(self, language=language)


def cookie_name(came_for: str = CHECKIN) -> str:
    """A name that browsers let only a secure page set, wherever pages are secure."""
    return f"__Secure-{came_for}" if settings.SESSION_COOKIE_SECURE else came_for


def _salt(came_for: str) -> str:
    return SALT if came_for == CHECKIN else f"{SALT}.{came_for}"


def recognise(request: HttpRequest, came_for: str = CHECKIN) -> Device | None:
    """The device behind a request, or nothing where its cookie is missing or was made up."""
    try:
        giving, secret, sees, language, *handed = signing.loads(
            request.COOKIES.get(cookie_name(came_for), ""), salt=_salt(came_for)
        )
    except (signing.BadSignature, ValueError):
        return None
    is_handed = any(handed)
    return Device(UUID(giving), secret, bool(sees), language, is_handed)


def recognised(request: HttpRequest, came_for: str = CHECKIN) -> Device:
    """The device behind a request, or NotHere."""
    device = recognise(request, came_for)
    if device is None:
        raise NotHere("no device that we know")
    return device


def remember(
    response: HttpResponse, device: Device, *, until: datetime, came_for: str = CHECKIN
) -> HttpResponse:
    """Let the device keep its cookie until the link ends; one that is handed over, for an hour."""
    kept = [
        device.giving.hex, device.secret, int(device.sees_answers), device.language,
        int(device.is_handed),
    ]  # fmt: skip
    if device.is_handed:
        until = min(until, timezone.now() + HANDED_FOR)
    response.set_cookie(
        cookie_name(came_for), signing.dumps(kept, salt=_salt(came_for)), expires=until, path=PATH,
        secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
    )  # fmt: skip
    return response


def forget(response: HttpResponse) -> HttpResponse:
    """Let the device drop its cookie."""
    response.delete_cookie(cookie_name(), path=PATH, samesite="Lax")
    return response


def asked_language(request: HttpRequest) -> str | None:
    """The language that a link on the page asks for."""
    wanted = request.GET.get("language", "")
    return wanted if wanted in LANGUAGES else None
