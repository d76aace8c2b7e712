"""Who is in one session without taking part in the therapy: an interpreter, a student."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from holdspace.cellar.access import lines
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.people.rules import a_name
from holdspace.hour.encounters import queries
from holdspace.hour.encounters.models import Guest
from holdspace.hour.encounters.rules import GuestRole


def add_guest(
    session: UUID, role: GuestRole, name: str, *, is_agreed: bool, by: Visitor, at: datetime
) -> Guest:
    """Somebody else is there; raises CannotBe for a name that is none, NotHere."""
    found = queries.one(by, session, Action.ATTEND, Layer.ADMIN)
    guest = Guest(
        practice_id=by.practice, session=found, therapy_id=found.therapy_id, role=role,
        name=a_name(name), is_agreed=is_agreed,
    )  # fmt: skip
    with transaction.atomic():
        guest.save()
        _line(by, "added", guest, at=at)
    return guest


def take_back_guest(guest: UUID, *, by: Visitor, at: datetime) -> Guest:
    """They were not there after all; that it was said stays known."""
    found = queries.one_guest(by, guest)
    found.is_mistaken = True
    with transaction.atomic():
        found.save()
        _line(by, "took back", found, at=at)
    return found


def _line(by: Visitor, verb: str, guest: Guest, *, at: datetime) -> None:
    subjects = [guest.session_id, guest.therapy_id]
    lines.did(by, verb, "guest", subjects, at=at, layer=Layer.ADMIN)
