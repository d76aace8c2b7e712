"""What a practice can be and choose: words, limits, and who may hold which role."""

from enum import StrEnum
from typing import Final

from holdspace.cellar.access.table import Role

VOICES: Final = (
    "clinical", "counselling", "analytic", "systemic", "narrative", "arts", "play", "group",
)  # fmt: skip
MEMBER_ROLES: Final = (
    Role.OWNER, Role.THERAPIST, Role.TRAINEE, Role.SUPERVISOR,
    Role.RECEPTION, Role.BILLER, Role.AUDITOR,
)  # fmt: skip
PIN_DIGITS: Final = (4, 12)
PIN_TRIES: Final = 5
INVITATION_DAYS: Final = 7
IDLE_MINUTES: Final = 60


class PlaceKind(StrEnum):
    """Where a session is held."""

    ROOM = "room"
    VIDEO = "video"
    TELEPHONE = "telephone"
    OUTDOORS = "outdoors"
    WRITING = "writing"
    HOME = "home"


def roles_from(words: list[str]) -> frozenset[Role]:
    """Known roles only: a word that is no role gives nothing."""
    return frozenset(role for role in MEMBER_ROLES if role.value in words)


def is_pin(text: str) -> bool:
    shortest, longest = PIN_DIGITS
    return text.isascii() and text.isdigit() and shortest <= len(text) <= longest
