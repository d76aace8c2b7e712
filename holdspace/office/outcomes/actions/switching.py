"""Switching a kind of signal off and on again, in a therapy or in the whole practice."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from holdspace.cellar.access.gate import check
from holdspace.cellar.access.lines import did
from holdspace.cellar.access.table import Action, Relation
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.practice import queries as practices
from holdspace.frame.therapy import queries as therapies
from holdspace.office.outcomes import queries
from holdspace.office.outcomes.models import Switch
from holdspace.office.outcomes.rules import Kind


def switch_off(kind: Kind, therapy: UUID | None = None, *, by: Visitor, at: datetime) -> Switch:
    """Derive it no more; without a therapy, nowhere in the practice. Doing it twice is once."""
    layer = _layer(by, therapy)
    with transaction.atomic():
        now = _now(by, kind, therapy)
        if now is None:
            now = Switch.objects.create(
                practice_id=by.practice, therapy_id=therapy, kind=kind.value, layer=layer.value,
                off_at=at, off_by_id=by.id,
            )  # fmt: skip
            did(by, "switched off", "signal", [therapy or by.practice], at=at, layer=layer)
    return now


def switch_on(
    kind: Kind, therapy: UUID | None = None, *, by: Visitor, at: datetime
) -> Switch | None:
    """Derive it again; that it was off stays known. Nothing where it is on."""
    layer = _layer(by, therapy)
    with transaction.atomic():
        now = _now(by, kind, therapy)
        if now is not None:
            now.on_at, now.on_by_id = at, by.id
            now.save(update_fields=["on_at", "on_by"])
            did(by, "switched on", "signal", [therapy or by.practice], at=at, layer=layer)
    return now


def _layer(by: Visitor, therapy: UUID | None) -> Layer:
    """Who may: a therapy's own people for it, the owner for the practice. Raises NotHere."""
    if therapy is None:
        check(by, Action.CONFIGURE, Layer.ADMIN, {Relation.SAME_PRACTICE})
        return Layer.ADMIN
    therapies.one(by, therapy, Action.WRITE)
    return Layer.RECORD


def _now(by: Visitor, kind: Kind, therapy: UUID | None) -> Switch | None:
    """What is off, while nobody else of the practice switches."""
    practices.locked_practice(by)
    return queries.switch(by, kind, therapy)
