"""A device of the practice, handed to one client by a short code that opens once and soon ends."""

from datetime import datetime, timedelta
from secrets import choice
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.lines import did
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.therapy.links import hash_of, visitor_by_link
from holdspace.hour.measures.actions.exchanging import Exchanged
from holdspace.hour.measures.actions.giving import CannotGive
from holdspace.hour.measures.models import Answering, Giving
from holdspace.hour.measures.queries import shelf
from holdspace.hour.measures.rules import OPEN, State, code_from

LETTERS: Final = "BCDFGHJKMNPQRSTVWXZ23456789"  # none is taken for another, none makes a word
LENGTH: Final = 8  # 27⁸ codes, each good for ten minutes and one opening: not to be guessed
LASTS: Final = timedelta(minutes=10)


def hand_over(giving: UUID, *, by: Visitor, at: datetime) -> str:
    """Make the code that opens what is open of a giving; the one before it opens nothing more."""
    found = shelf.giving(by, giving)
    is_open = Answering.objects.filter(giving=found, state__in=OPEN).exists()
    if not is_open or found.withdrawn_at is not None or found.ends_at <= at:
        raise CannotGive(_("Nothing of this is open any more."))
    code = "".join(choice(LETTERS) for _each in range(LENGTH))
    with transaction.atomic():
        found.code_hash, found.code_ends_at = hash_of(code), at + LASTS
        found.save(update_fields=["code_hash", "code_ends_at"])
        did(by, "handed over", "tablet", [found.therapy_id, giving], at=at, layer=Layer.SHARED)
    return code


def take_over(typed: str, *, at: datetime) -> Exchanged:
    """Let a device in by a code, once; NotHere for one that is unknown, used or past.

    What was answered elsewhere before is not shown on it. It is not bound: the link still is the
    client's own.
    """
    with transaction.atomic():
        chosen = Giving.objects.select_for_update().filter(
            code_hash=hash_of(code_from(typed)), code_ends_at__gt=at, ends_at__gt=at,
            withdrawn_at=None,
        )  # fmt: skip
        giving = chosen.first()
        if giving is None:
            raise NotHere("no such code")
        giving.code_hash = giving.code_ends_at = None
        giving.save(update_fields=["code_hash", "code_ends_at"])
        begun = Answering.objects.filter(giving=giving).exclude(state=State.WAITING.value)
        did(
            visitor_by_link(giving), "opened", "tablet", [giving.therapy_id, giving.id],
            at=at, layer=Layer.SHARED,
        )  # fmt: skip
        return Exchanged(giving, "", sees_answers=not begun.exists())
