"""Batteries: what a practice puts together under one name."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.lines import did
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.hour.measures.instruments import library
from holdspace.hour.measures.models import Battery
from holdspace.hour.measures.queries.batteries import may_define

FEWEST, MOST = 1, 12
LONGEST_NAME = 80


class CannotDefine(Exception):
    """A battery cannot be so; the message says why."""


def define_battery(name: str, instruments: Sequence[str], *, by: Visitor, at: datetime) -> Battery:
    """Put instruments together under a name, in the order they will be asked."""
    may_define(by)
    called = " ".join(name.split())
    if not called or len(called) > LONGEST_NAME or "\0" in called:
        raise CannotDefine(_("A battery has a name of at most %s letters.") % LONGEST_NAME)
    if not FEWEST <= len(set(instruments)) == len(instruments) <= MOST:
        raise CannotDefine(_("Choose at least one questionnaire, each once."))
    if not set(instruments) <= set(library()):
        raise CannotDefine(_("There is no such questionnaire."))
    with transaction.atomic():
        battery = Battery.objects.create(
            practice_id=by.practice, name=called, instruments=list(instruments), since=at
        )
        did(by, "added", "battery", [battery.id], at=at, layer=Layer.ADMIN)
    return battery


def end_battery(battery: UUID, *, by: Visitor, at: datetime) -> Battery:
    """Offer it no more. Rules that name it go on; ending it twice changes nothing."""
    may_define(by)
    found = Battery.objects.filter(pk=battery, practice_id=by.practice).first()
    if found is None:
        raise NotHere(subject=battery)
    if found.ended_at is not None:
        return found
    with transaction.atomic():
        found.ended_at = at
        found.save(update_fields=["ended_at"])
        did(by, "ended", "battery", [battery], at=at, layer=Layer.ADMIN)
    return found
