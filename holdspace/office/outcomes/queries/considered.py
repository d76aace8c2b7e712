"""What was considered, what is switched off, what happened: for the therapy's own people."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from holdspace.cellar.access.gate import NotHere, check
from holdspace.cellar.access.table import Action, Relation
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.prepared import Many, One, prepared
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.therapy import queries as therapies
from holdspace.office.outcomes.models import Consideration, LifeEvent, Switch
from holdspace.office.outcomes.queries import lines
from holdspace.office.outcomes.rules import Kind


def answered(by: Visitor, of: Iterable[UUID]) -> dict[str, datetime]:
    """When a signal was considered, by its mark; no words are opened."""
    marks: dict[str, datetime] = {}
    known = therapies.reached(by, of)
    for signals, considered_at in _answered(practice=by.practice, among=known):
        marks.update(dict.fromkeys(signals, considered_at))
    return marks


@prepared
def _answered(practice: One, among: Many) -> QuerySet[Consideration, tuple[list[str], datetime]]:
    chosen = Consideration.objects.filter(practice_id=practice, therapy_id__in=among)
    return chosen.order_by("considered_at", "id").values_list("signals", "considered_at")


def considerations(by: Visitor, therapy: UUID) -> list[Consideration]:
    """What was considered in a therapy, the newest first."""
    lines.known(by, therapy)
    chosen = Consideration.objects.filter(practice_id=by.practice, therapy_id=therapy)
    found = list(chosen.select_related("considered_by").order_by("-considered_at", "-id"))
    keyring.warm(one.participant_id for one in found)
    return found


def off(by: Visitor, of: Iterable[UUID]) -> dict[UUID | None, frozenset[Kind]]:
    """The kinds that are off in each of these therapies, and (under None) in the practice."""
    known = therapies.reached(by, of)
    found: dict[UUID | None, set[Kind]] = {None: set()}
    for therapy, kind in _off(practice=by.practice, among=known):
        found.setdefault(therapy, set()).add(Kind(kind))
    return {therapy: frozenset(kinds) for therapy, kinds in found.items()}


@prepared
def _off(practice: One, among: Many) -> QuerySet[Switch, tuple[UUID | None, str]]:
    now = Switch.objects.filter(practice_id=practice, on_at__isnull=True)
    chosen = now.filter(Q(therapy__isnull=True) | Q(therapy_id__in=among))
    return chosen.values_list("therapy_id", "kind")


def switches(by: Visitor, therapy: UUID | None) -> dict[Kind, Switch]:
    """What is off in a therapy, or in the practice for who may configure it, and since when."""
    if therapy is not None:
        lines.known(by, therapy)
    else:
        check(by, Action.CONFIGURE, Layer.ADMIN, {Relation.SAME_PRACTICE})
    return {Kind(one.kind): one for one in _now(by, therapy).select_related("off_by")}


def switch(by: Visitor, kind: Kind, therapy: UUID | None) -> Switch | None:
    """What keeps a kind off, if anything does; for an action that has asked the gate."""
    return _now(by, therapy).filter(kind=kind.value).first()


def _now(by: Visitor, therapy: UUID | None) -> QuerySet[Switch]:
    now = Switch.objects.filter(practice_id=by.practice, on_at__isnull=True)
    if therapy is None:
        return now.filter(therapy__isnull=True)
    return now.filter(therapy_id=therapy)


def events(by: Visitor, therapy: UUID) -> list[LifeEvent]:
    """What happened, in its order; what was taken back is left out."""
    lines.known(by, therapy)
    chosen = LifeEvent.objects.filter(
        practice_id=by.practice, therapy_id=therapy, voided_at__isnull=True
    )
    found = list(chosen.order_by("on", "id"))
    keyring.warm(one.seal_scope() for one in found)
    return found


def event(by: Visitor, event: UUID, action: Action = Action.READ) -> LifeEvent:
    """One event, or NotHere."""
    found = LifeEvent.objects.filter(pk=event, practice_id=by.practice).first()
    if found is None:
        raise NotHere(subject=event)
    therapies.one(by, found.therapy_id, action)
    return found
