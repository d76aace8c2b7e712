"""The practice's batteries: several instruments under one name."""

from uuid import UUID

from holdspace.cellar.access.gate import NotHere, check
from holdspace.cellar.access.table import Action, Relation
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.hour.measures.models import Battery


def batteries(by: Visitor) -> list[Battery]:
    """What can be chosen now, in the order it was defined; colleagues know each other's."""
    check(by, Action.READ, Layer.ADMIN, {Relation.SELF})
    chosen = Battery.objects.filter(practice_id=by.practice, ended_at=None)
    return list(chosen.order_by("since", "id"))


def battery(by: Visitor, battery: UUID) -> Battery:
    """One that can be chosen now, or NotHere."""
    found = next((each for each in batteries(by) if each.id == battery), None)
    if found is None:
        raise NotHere(subject=battery)
    return found


def may_define(by: Visitor) -> None:
    """Let whoever chooses for the practice pass, or raise NotHere."""
    check(by, Action.CONFIGURE, Layer.ADMIN, {Relation.SAME_PRACTICE})
