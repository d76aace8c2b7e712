"""One's own page: name, words, and the PIN that leads back from the shared screen."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from holdspace.cellar.access import lines
from holdspace.cellar.access.gate import NotHere, check
from holdspace.cellar.access.table import Action, Relation
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.practice import queries, rules
from holdspace.frame.practice.actions.refusals import (
    CannotChoose,
    NoPinYet,
    PinMustWait,
    WrongPin,
)
from holdspace.frame.practice.models import Member


@dataclass(frozen=True, slots=True)
class Myself:
    """What a member says of themselves; no language or voice means the practice's."""

    name: str
    profession: str
    language: str
    voice: str


def describe_myself(mine: Myself, *, by: Visitor, at: datetime) -> None:
    _is_me(by)
    me = queries.member(by, by.id)
    if mine.voice and mine.voice not in (*rules.VOICES, me.voice):
        raise CannotChoose(_("There is no such voice."))
    with transaction.atomic():
        me.name, me.profession = mine.name, mine.profession
        me.language, me.voice = mine.language, mine.voice
        me.save(update_fields=["name", "profession", "language", "voice"])
        lines.did(by, "changed", "own page", [by.id], at=at, layer=Layer.ADMIN)


def set_pin(pin: str, *, by: Visitor, at: datetime) -> None:
    _is_me(by)
    if not rules.is_pin(pin):
        raise CannotChoose(_("A PIN has 4 to 12 digits."))
    with transaction.atomic():
        Member.objects.filter(pk=by.id).update(
            pin_hash=make_password(pin), pin_failures=0, pin_waits_until=None
        )
        lines.did(by, "set", "pin", [by.id], at=at, layer=Layer.ADMIN)


def check_pin(member: UUID, pin: str, *, at: datetime) -> None:
    """Raises NoPinYet, WrongPin or PinMustWait; outside a transaction, since tries are counted."""
    row = Member.objects.filter(pk=member, left_at=None)
    row.filter(pin_waits_until__lte=at).update(pin_failures=0, pin_waits_until=None)
    found = row.first()
    if found is None or not found.pin_hash:
        raise NoPinYet
    # A try is taken before the PIN is looked at, so that guesses made at once are counted too.
    if not row.filter(pin_failures__lt=rules.PIN_TRIES).update(pin_failures=F("pin_failures") + 1):
        raise PinMustWait
    if check_password(pin, found.pin_hash):
        row.update(pin_failures=0)
        return
    left = rules.PIN_TRIES - row.values_list("pin_failures", flat=True)[0]
    if left <= 0:
        row.update(pin_waits_until=at + rules.PIN_WAIT)
        raise PinMustWait
    raise WrongPin(left)


def revoke_session(session: int, *, by: Visitor, at: datetime) -> str:
    """Sign one of one's own browsers out; answers with the key of its session, which is gone."""
    _is_me(by)
    me = queries.member(by, by.id)
    found = UserSession.objects.filter(pk=session, user_id=me.account_id).first()
    if found is None:
        raise NotHere
    with transaction.atomic():
        found.end()
        lines.did(by, "revoked", "sign-in", [by.id], at=at, layer=Layer.ADMIN)
    return str(found.session_key)


def _is_me(by: Visitor) -> None:
    check(by, Action.WRITE, Layer.ADMIN, {Relation.SELF})
