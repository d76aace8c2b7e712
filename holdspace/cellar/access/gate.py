"""The gate: asks the table, and raises with a reason."""

from collections.abc import Iterable
from uuid import UUID

from holdspace.cellar.access.table import Action, Relation, allowed
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer


class NotHere(Exception):
    """For this visitor there is no such thing: unknown and forbidden are the same."""

    def __init__(self, reason: str = "no such thing", subject: UUID | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.subject = subject


def check(
    by: Visitor,
    action: Action,
    layer: Layer,
    relations: Iterable[Relation],
    *,
    subject: UUID | None = None,
) -> None:
    """Let pass, or raise NotHere with the reason for the ledger."""
    if not may(by, action, layer, relations):
        roles = ", ".join(sorted(by.roles)) or "no role"
        reason = f"{roles} may not {action} on the {layer} layer"
        raise NotHere(reason, subject)


def may(by: Visitor, action: Action, layer: Layer, relations: Iterable[Relation]) -> bool:
    """The gate's answer as yes or no, for showing or hiding a button."""
    return allowed(by.roles, relations, layer, action)
