"""What a client's device keeps: a signed cookie that names one giving, and nothing about anyone."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from holdspace.cellar.access.gate import NotHere
from holdspace.front.portal.words import LANGUAGES

SALT: Final = "holdspace.front.portal"
PATH: Final = "/c/"


@dataclass(frozen=True, slots=True)
class Device:
    """The giving that this device came for, its secret, and whether it may see earlier answers."""

    giving: UUID
    secret: str
    sees_answers: bool
    language: str

    def speaking(self, language: str) -> "Device":
        return replace(self, language=language)


def cookie_name() -> str:
    """A name that browsers let only a secure page set, wherever pages are secure."""
    return "__Secure-checkin" if settings.SESSION_COOKIE_SECURE else "checkin"


def recognise(request: HttpRequest) -> Device | None:
    """The device behind a request, or nothing where its cookie is missing or was made up."""
    try:
        giving, secret, sees, language = signing.loads(
            request.COOKIES.get(cookie_name(), ""), salt=SALT
        )
    except (signing.BadSignature, ValueError):
        return None
    return Device(UUID(giving), secret, sees_answers=bool(sees), language=language)


def recognised(request: HttpRequest) -> Device:
    """The device behind a request, or NotHere."""
    device = recognise(request)
    if device is None:
        raise NotHere("no device that we know")
    return device


def remember(response: HttpResponse, device: Device, *, until: datetime) -> HttpResponse:
    """Let the device keep its cookie until the link ends."""
    kept = [device.giving.hex, device.secret, int(device.sees_answers), device.language]
    response.set_cookie(
        cookie_name(), signing.dumps(kept, salt=SALT), expires=until, path=PATH,
        secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
    )  # fmt: skip
    return response


def asked_language(request: HttpRequest) -> str | None:
    """The language that a link on the page asks for."""
    wanted = request.GET.get("language", "")
    return wanted if wanted in LANGUAGES else None
