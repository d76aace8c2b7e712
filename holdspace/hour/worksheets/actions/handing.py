"""A sheet handed to a participant by a link, to be filled in on a device of their own."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from holdspace.cellar.access import lines
from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.practice.rules import is_pin
from holdspace.frame.therapy import queries as therapies
from holdspace.frame.therapy.links import Behind, LetIn, let_in, visitor_by_link
from holdspace.frame.therapy.rules import LINK_DAYS, LINK_DAYS_AT_MOST
from holdspace.hour.worksheets import queries
from holdspace.hour.worksheets.actions.moving import show
from holdspace.hour.worksheets.actions.writing import subjects
from holdspace.hour.worksheets.models import SheetLink, Worksheet
from holdspace.hour.worksheets.rules import State

TO_CLIENTS = (Layer.SHARED, Layer.CLIENT)


class CannotHand(Exception):
    """A sheet that cannot be handed over so; the message says why, `field` where."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Handing:
    """To whom a sheet is handed, in which language, behind which PIN, for how many days."""

    participant: UUID | None = None  # nobody named: the one whose sheet it is
    language: str = "en"
    pin: str = ""
    days: int = LINK_DAYS


def hand(sheet_id: UUID, handing: Handing, *, by: Visitor, at: datetime) -> SheetLink:
    """Hand a sheet over by a link. Raises CannotHand, NotHere."""
    sheet = queries.one(by, sheet_id, Action.FIND)
    therapies.one(by, sheet.therapy_id, Action.GIVE, Layer.SHARED)
    whose = _whose(by, sheet, handing.participant)
    _refuse_what_cannot_be(sheet, handing)
    link = SheetLink(
        practice_id=by.practice, therapy_id=sheet.therapy_id, participant_id=whose,
        worksheet_id=sheet.id, given_by_id=by.id, given_at=at,
        **Behind(handing.pin, handing.language, handing.days).kept(at),
    )  # fmt: skip
    with transaction.atomic():
        link.save(force_insert=True)
        lines.did(by, "gave", "form", [*subjects(sheet), link.id], at=at, layer=Layer.SHARED)
    return link


def _whose(by: Visitor, sheet: Worksheet, wanted: UUID | None) -> UUID:
    """To whom: a sheet of one goes to nobody else."""
    whose = wanted or sheet.participant_id
    if whose is None:
        raise CannotHand(_("Choose to whom you hand it."), "participant")
    if whose not in {one.id for one in queries.recipients(by, sheet)}:
        raise NotHere(subject=whose)
    return whose


def _refuse_what_cannot_be(sheet: Worksheet, handing: Handing) -> None:
    if sheet.layer not in TO_CLIENTS:
        raise CannotHand(_("This form stays with the therapist: it is not made for clients."))
    if sheet.state != State.OPEN:
        raise CannotHand(_("Only an open sheet can be handed over."))
    if handing.pin and not is_pin(handing.pin):
        raise CannotHand(_("A PIN has 4 to 12 digits."), "pin")
    if not 1 <= handing.days <= LINK_DAYS_AT_MOST:
        raise CannotHand(_("A link can last from 1 to %s days.") % LINK_DAYS_AT_MOST, "days")


def withdraw(link_id: UUID, *, by: Visitor, at: datetime) -> SheetLink:
    """Take a link back: it opens nothing any more; what was written stays."""
    link = SheetLink.objects.filter(pk=link_id, practice_id=by.practice).first()
    if link is None:
        raise NotHere(subject=link_id)
    therapies.one(by, link.therapy_id, Action.GIVE, Layer.SHARED)
    if link.withdrawn_at is None:
        with transaction.atomic():
            link.withdrawn_at = at
            link.save(update_fields=["withdrawn_at"])
            named = [link.worksheet_id, link.therapy_id, link.id]
            lines.did(by, "withdrew", "form", named, at=at, layer=Layer.SHARED)
    return link


@dataclass(frozen=True, slots=True)
class Exchanged:
    """The link, and how the device that brought it was let in."""

    link: SheetLink
    found: LetIn


def exchange(token: str, pin: str, device: str, *, at: datetime) -> Exchanged:
    """Let a device in. Where another one is bound the PIN is needed, or a link of its own.

    Raises NotHere, PinNeeded, TryLater.
    """
    held = queries.by_token(token, at=at)
    found = let_in(held.link, pin, device, at=at)
    if not found.sees_earlier:
        raise NotHere("a link that another device has opened", held.link.id)
    show(held.sheet.id, by=visitor_by_link(held.link), at=at)
    return Exchanged(held.link, found)
