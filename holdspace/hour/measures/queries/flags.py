"""Answers that a person must look at."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.therapy import queries as therapies
from holdspace.hour.measures.models import SafetyFlag


def flags_visible_to(by: Visitor, action: Action = Action.READ) -> QuerySet[SafetyFlag]:
    """The flags of the therapies that a visitor may do this to."""
    mine = therapies.visible_to(by, action, Layer.RECORD)
    rows = SafetyFlag.objects.filter(practice_id=by.practice)
    return rows.filter(Exists(mine.filter(pk=OuterRef("therapy_id"))))


def open_flags(by: Visitor, therapies: Iterable[UUID]) -> list[SafetyFlag]:
    """What nobody has looked at yet, the oldest first."""
    chosen = flags_visible_to(by).filter(therapy_id__in=list(therapies), seen_at__isnull=True)
    return _read(by, chosen)


def flags_of(by: Visitor, therapy: UUID) -> list[SafetyFlag]:
    """Every flag of one therapy, the newest first."""
    return _read(by, flags_visible_to(by).filter(therapy_id=therapy))[::-1]


def _read(by: Visitor, chosen: QuerySet[SafetyFlag]) -> list[SafetyFlag]:
    ordered = chosen.order_by("raised_at", "id")
    found = list(ordered.select_related("answering", "seen_by", "participant__person"))
    keyring.warm(flag.participant_id for flag in found)
    by.opened.note(flag.therapy_id for flag in found)
    return found


def flag(by: Visitor, flag: UUID, action: Action = Action.READ) -> SafetyFlag:
    """One flag, or NotHere."""
    chosen = SafetyFlag.objects.select_related("answering", "seen_by", "participant__person")
    found = chosen.filter(pk=flag, practice_id=by.practice).first()
    if found is None:
        raise NotHere(subject=flag)
    therapies.one(by, found.therapy_id, action, Layer.RECORD)
    return found
