"""The tables that a member brought to the workbench: theirs alone."""

from uuid import UUID

from django.db.models import QuerySet

from holdspace.cellar.access.gate import NotHere, check
from holdspace.cellar.access.table import Action, Relation, ways
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.layers import Layer
from holdspace.office.outcomes.models import Import


def visible_to(by: Visitor, action: Action = Action.READ) -> QuerySet[Import]:
    """The tables a visitor may do this to: the same answer as the gate's, as SQL."""
    rows = Import.objects.filter(practice_id=by.practice, member_id=by.id)
    return rows if Relation.AUTHOR_OF in ways(by.roles, Layer.PRIVATE, action) else rows.none()


def imports(by: Visitor) -> list[Import]:
    """What a visitor brought, the newest first; the tables themselves stay sealed."""
    found = list(visible_to(by).order_by("-brought_at", "-id").defer("table", "reading"))
    keyring.warm(one.id for one in found)
    return found


def one(by: Visitor, table: UUID, action: Action = Action.READ) -> Import:
    """One table, or NotHere."""
    found = Import.objects.filter(pk=table, practice_id=by.practice).first()
    if found is None:
        raise NotHere(subject=table)
    own = {Relation.AUTHOR_OF} if found.member_id == by.id else set[Relation]()
    check(by, action, Layer.PRIVATE, own, subject=table)
    by.opened.note([table])
    return found
