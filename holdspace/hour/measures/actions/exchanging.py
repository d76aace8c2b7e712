"""A link is exchanged, by a deliberate POST, for what one device keeps."""

import re
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from secrets import token_urlsafe

from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.utils.translation import gettext as _

from holdspace.cellar.access.lines import did
from holdspace.cellar.vault.layers import Layer
from holdspace.hour.measures.actions.giving import TOKEN_BYTES
from holdspace.hour.measures.models import Giving
from holdspace.hour.measures.queries.links import by_token, hash_of, visitor_by_link
from holdspace.hour.measures.rules import may_try_again_at

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


class PinNeeded(Exception):
    """The PIN was not given, or is wrong."""

    def __init__(self, *, was_wrong: bool) -> None:
        super().__init__(_("The PIN is not right.") if was_wrong else _("Please give the PIN."))
        self.was_wrong = was_wrong


class TryLater(Exception):
    """Too many wrong PINs; `until` is when one may try again."""

    def __init__(self, until: datetime) -> None:
        super().__init__(_("Too many tries."))
        self.until = until


@dataclass(frozen=True, slots=True)
class Exchanged:
    """The giving, the device's secret, and whether earlier answers may be shown on it."""

    giving: Giving
    device: str
    sees_answers: bool


def is_bound(giving: Giving, device: str) -> bool:
    """Whether this is the device that exchanged the link first."""
    bound = giving.device_hash
    return bound is not None and compare_digest(bytes(bound), hash_of(device))


def exchange(token: str, pin: str, device: str, *, at: datetime) -> Exchanged:
    """Let a device in. `device` is the secret it already keeps from an earlier link, or empty.

    The first device is bound. Another needs the PIN; where none was set it may answer what is
    still open, and sees nothing that was answered before. Raises NotHere, PinNeeded, TryLater.
    """
    giving = by_token(token, at=at).giving
    keeps = device if _SECRET.fullmatch(device) else token_urlsafe(TOKEN_BYTES)
    if is_bound(giving, keeps):
        return Exchanged(giving, keeps, sees_answers=True)
    gave_pin = _ask_pin(giving, pin, at=at)
    is_first = _bind(giving, keeps, at=at)
    return Exchanged(giving, keeps, sees_answers=gave_pin or is_first)


def _ask_pin(giving: Giving, pin: str, *, at: datetime) -> bool:
    """Whether a PIN was given and right; False where none is set."""
    if not giving.pin_hash:
        return False
    until = may_try_again_at(giving.pin_failures, giving.pin_failed_at)
    if until is not None and at < until:
        raise TryLater(until)
    if not pin:
        raise PinNeeded(was_wrong=False)
    right = check_password(pin, giving.pin_hash)
    _count(giving, is_right=right, at=at)
    if not right:
        raise PinNeeded(was_wrong=True)
    return True


def _count(giving: Giving, *, is_right: bool, at: datetime) -> None:
    with transaction.atomic():
        locked = Giving.objects.select_for_update().get(pk=giving.pk)
        locked.pin_failures = 0 if is_right else locked.pin_failures + 1
        locked.pin_failed_at = None if is_right else at
        locked.save(update_fields=["pin_failures", "pin_failed_at"])
        if not is_right:
            did(visitor_by_link(giving), "refused", "wrong pin", [giving.id], at=at)


def _bind(giving: Giving, device: str, *, at: datetime) -> bool:
    """Bind the first device that comes; whether it was this one."""
    with transaction.atomic():
        locked = Giving.objects.select_for_update().get(pk=giving.pk)
        is_first = locked.device_hash is None
        if is_first:
            locked.device_hash = hash_of(device)
            locked.save(update_fields=["device_hash"])
        did(
            visitor_by_link(giving), "opened", "link", [giving.therapy_id, giving.id],
            at=at, layer=Layer.SHARED,
        )  # fmt: skip
    return is_first
