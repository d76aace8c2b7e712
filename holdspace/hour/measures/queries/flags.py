"""Answers that a person must look at."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.prepared import Many, One, prepared
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.therapy import queries as therapies
from holdspace.hour.measures.models import SafetyFlag


def flags_visible_to(by: Visitor, action: Action = Action.READ) -> QuerySet[SafetyFlag]:
    """The flags of the therapies that a visitor may do this to."""
    mine = therapies.reach(by, action, Layer.RECORD, to="therapy_id")
    return SafetyFlag.objects.filter(mine, practice_id=by.practice)


def open_flags(by: Visitor, of: Iterable[UUID]) -> list[SafetyFlag]:
    """What nobody has looked at yet, the oldest first."""
    return _opened(by, _unseen(practice=by.practice, among=therapies.reached(by, of)))


@prepared
def _unseen(practice: One, among: Many) -> QuerySet[SafetyFlag]:
    chosen = SafetyFlag.objects.filter(practice_id=practice, therapy_id__in=among, seen_at=None)
    return _with_their_people(chosen)


def flags_of(by: Visitor, therapy: UUID) -> list[SafetyFlag]:
    """Every flag of one therapy, the newest first."""
    chosen = flags_visible_to(by).filter(therapy_id=therapy)
    return _opened(by, list(_with_their_people(chosen)))[::-1]


def _with_their_people(chosen: QuerySet[SafetyFlag]) -> QuerySet[SafetyFlag]:
    ordered = chosen.order_by("raised_at", "id")
    return ordered.select_related("answering__own_words", "seen_by", "participant__person")


def _opened(by: Visitor, found: list[SafetyFlag]) -> list[SafetyFlag]:
    keyring.warm(flag.participant_id for flag in found)
    by.opened.note(flag.therapy_id for flag in found)
    return found


def flag(by: Visitor, flag: UUID, action: Action = Action.READ) -> SafetyFlag:
    """One flag, or NotHere."""
    chosen = _with_their_people(SafetyFlag.objects.filter(practice_id=by.practice))
    found = chosen.filter(pk=flag).first()
    if found is None:
        raise NotHere(subject=flag)
    therapies.one(by, found.therapy_id, action, Layer.RECORD)
    return found
