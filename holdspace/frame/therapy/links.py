"""Links handed to one participant: what a link keeps, and how a device is let in by it.

A link's token is exchanged, by a deliberate POST, for what one device keeps. The first device is
bound; another needs the PIN, where one was set.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from secrets import token_urlsafe
from typing import Any, Final, Self

from django.contrib.auth.hashers import check_password, make_password
from django.db import models, transaction
from django.utils.translation import gettext as _

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.lines import did
from holdspace.cellar.access.table import Role
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.ledger.entry import ActorKind
from holdspace.cellar.vault.fields import SealedText
from holdspace.cellar.vault.layers import Layer
from holdspace.cellar.vault.rows import lies_on
from holdspace.frame.practice.models import PracticeRow
from holdspace.frame.therapy.rules import may_try_again_at

TOKEN_BYTES: Final = 32
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{43}")


class Link(PracticeRow):
    """Something handed to one participant by a link. A kind of link adds what lies behind it."""

    layer = lies_on(Layer.SHARED)
    token_hash = models.BinaryField(unique=True)
    token = SealedText()  # shown again to its therapist
    pin_hash = models.CharField(max_length=160, blank=True, default="")
    pin_failures = models.PositiveSmallIntegerField(default=0)
    pin_failed_at = models.DateTimeField(null=True)
    device_hash = models.BinaryField(null=True)  # the device that exchanged the link for a cookie
    language = models.CharField(max_length=10, default="en-gb")
    ends_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    therapy_id: Any  # each kind says whose

    class Meta:
        abstract = True

    def works_at(self, at: datetime) -> Self:
        """The same link; raises NotHere once it has ended or was taken back."""
        if self.withdrawn_at is not None or self.ends_at <= at:
            raise NotHere("this link no longer works", self.id)
        return self


@dataclass(frozen=True, slots=True)
class Behind:
    """A token of 256 random bits and what is stored of it, a PIN, and how long the link lasts."""

    pin: str = ""
    language: str = "en"
    days: int = 14

    def kept(self, at: datetime) -> dict[str, Any]:
        """The columns of a link that begins now."""
        token = token_urlsafe(TOKEN_BYTES)
        return {
            "token": token, "token_hash": hash_of(token),
            "pin_hash": make_password(self.pin) if self.pin else "",
            "language": self.language, "ends_at": at + timedelta(days=self.days),
        }  # fmt: skip


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
class LetIn:
    """The device's secret, and whether what was written before may be shown on it."""

    device: str
    sees_earlier: bool


def hash_of(secret: str) -> bytes:
    """What is stored of a secret of 256 random bits."""
    return sha256(secret.encode()).digest()


def visitor_by_link(link: Link) -> Visitor:
    """A client who came by a link, known by nothing else."""
    return Visitor(link.id, link.practice_id, ActorKind.LINK, frozenset({Role.CLIENT}))


def is_bound(link: Link, device: str) -> bool:
    """Whether this is the device that exchanged the link first."""
    bound = link.device_hash
    return bound is not None and compare_digest(bytes(bound), hash_of(device))


def let_in(link: Link, pin: str, device: str, *, at: datetime) -> LetIn:
    """Let a device in. `device` is the secret it already keeps from an earlier link, or empty.

    Where another device is bound and no PIN was set, a new one is let in, and does not see what
    was written before. Raises PinNeeded, TryLater.
    """
    keeps = device if _SECRET.fullmatch(device) else token_urlsafe(TOKEN_BYTES)
    if is_bound(link, keeps):
        return LetIn(keeps, sees_earlier=True)
    gave_pin = _ask_pin(link, pin, at=at)
    is_first = _bind(link, keeps, at=at)
    return LetIn(keeps, sees_earlier=gave_pin or is_first)


def _ask_pin(link: Link, pin: str, *, at: datetime) -> bool:
    """Whether a PIN was given and right; False where none is set."""
    if not link.pin_hash:
        return False
    until = may_try_again_at(link.pin_failures, link.pin_failed_at)
    if until is not None and at < until:
        raise TryLater(until)
    if not pin:
        raise PinNeeded(was_wrong=False)
    right = check_password(pin, link.pin_hash)
    _count(link, is_right=right, at=at)
    if not right:
        raise PinNeeded(was_wrong=True)
    return True


def _count(link: Link, *, is_right: bool, at: datetime) -> None:
    with transaction.atomic():
        locked = _locked(link)
        locked.pin_failures = 0 if is_right else locked.pin_failures + 1
        locked.pin_failed_at = None if is_right else at
        locked.save(update_fields=["pin_failures", "pin_failed_at"])
        if not is_right:
            did(visitor_by_link(link), "refused", "wrong pin", [link.id], at=at)


def _bind(link: Link, device: str, *, at: datetime) -> bool:
    """Bind the first device that comes; whether it was this one."""
    with transaction.atomic():
        locked = _locked(link)
        is_first = locked.device_hash is None
        if is_first:
            locked.device_hash = hash_of(device)
            locked.save(update_fields=["device_hash"])
        did(
            visitor_by_link(link), "opened", "link", [link.therapy_id, link.id],
            at=at, layer=Layer.SHARED,
        )  # fmt: skip
    return is_first


def _locked(link: Link) -> Link:
    return type(link)._base_manager.select_for_update().get(pk=link.pk)
