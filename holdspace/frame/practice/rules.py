"""What a practice can be and choose: words, limits, and who may hold which role."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from holdspace.cellar.access.table import Role

VOICES: Final = (
    "clinical", "counselling", "analytic", "systemic", "narrative", "arts", "play", "group",
)  # fmt: skip
OWN: Final = "own_"  # how the name of a voice or approach of a practice's own begins
SERVICES: Final = ("psychotherapy", "counselling")
STANCES: Final = ("clinical", "facilitative")
NOTE_FORMATS: Final = (
    "narrative", "three_line", "basic", "soap", "dap", "birp", "girp", "pie", "cbt_session",
    "dbt_individual", "emdr", "play", "arts", "couple", "family", "group_whole", "group_member",
)  # fmt: skip
MEMBER_ROLES: Final = (
    Role.OWNER, Role.THERAPIST, Role.TRAINEE, Role.SUPERVISOR,
    Role.RECEPTION, Role.BILLER, Role.AUDITOR,
)  # fmt: skip
PIN_DIGITS: Final = (4, 12)
PIN_TRIES: Final = 5
PIN_WAIT: Final = timedelta(minutes=15)
INVITATION_LASTS: Final = timedelta(days=7)
IDLE: Final = timedelta(minutes=60)  # signed out after so long without a request
SEEN_EVERY: Final = timedelta(minutes=5)  # how exactly the last request is remembered
SIGNED_IN_AT_MOST: Final = timedelta(hours=12)
SESSION_MINUTES: Final = (5, 240)
NOTICE_HOURS: Final = 24  # until when one cancels in time, where the practice chose nothing else
NOTICE_HOURS_AT_MOST: Final = 14 * 24


def is_own(name: str) -> bool:
    """Whether a voice or approach is of a practice's own, by its name."""
    return name.startswith(OWN)


class PlaceKind(StrEnum):
    """Where a session is held."""

    ROOM = "room"
    VIDEO = "video"
    TELEPHONE = "telephone"
    OUTDOORS = "outdoors"
    WRITING = "writing"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class CrisisHelp:
    """Where help is at any hour: a number that somebody of the practice checked, and when."""

    country: str
    number: str
    words: str
    verified_by: UUID
    verified_on: date


def help_as_stored(one: CrisisHelp) -> dict[str, str]:
    return {
        "country": one.country, "number": one.number, "words": one.words,
        "verified_by": str(one.verified_by), "verified_on": one.verified_on.isoformat(),
    }  # fmt: skip


def help_from(stored: Iterable[Any]) -> list[CrisisHelp]:
    """What was stored; an entry that nobody verified is no help."""
    return [
        CrisisHelp(
            one["country"], one["number"], one["words"],
            UUID(one["verified_by"]), date.fromisoformat(one["verified_on"]),
        )
        for one in stored
        if one.get("verified_by") and one.get("verified_on")
    ]  # fmt: skip


@cache
def available_zones() -> frozenset[str]:
    """Every time zone's name, looked for on the disk once."""
    return frozenset(available_timezones())


def is_time_zone(name: str) -> bool:
    return name in available_zones()


def id_from(text: str) -> UUID:
    return UUID(text)


def zone_of(name: str) -> ZoneInfo:
    """A time zone by its name; zones are kept by the library, so this is cheap."""
    return ZoneInfo(name)


def is_country(code: str) -> bool:
    """Two capital letters (ISO 3166-1 alpha-2); which of them exist is not our business."""
    return len(code) == 2 and code.isascii() and code.isalpha() and code.isupper()


def is_currency(code: str) -> bool:
    """Three capital letters (ISO 4217)."""
    return len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()


def roles_from(words: list[str]) -> frozenset[Role]:
    """Known roles only: a word that is no role gives nothing."""
    return frozenset(role for role in MEMBER_ROLES if role.value in words)


def token_hash(token: str) -> bytes:
    """What is kept of a link's token: it cannot be turned back into the link."""
    return sha256(token.encode()).digest()


def is_pin(text: str) -> bool:
    shortest, longest = PIN_DIGITS
    return text.isascii() and text.isdigit() and shortest <= len(text) <= longest
