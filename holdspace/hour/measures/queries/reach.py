"""Which questionnaires somebody may know of: as SQL for lists, and one by one."""

from uuid import UUID

from django.db.models import QuerySet

from holdspace.cellar.access.gate import NotHere, check
from holdspace.cellar.access.table import Action, Relation, ways
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.ledger.entry import ActorKind
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.therapy import queries as therapies
from holdspace.hour.measures.models import Answering


def visible_to(by: Visitor, action: Action = Action.READ) -> QuerySet[Answering]:
    """The questionnaires a visitor may do this to: the same answer as the gate's, as SQL."""
    rows = Answering.objects.filter(practice_id=by.practice)
    if by.kind is ActorKind.LINK:
        invited = Relation.INVITED_TO in ways(by.roles, Layer.SHARED, action)
        return rows.filter(giving_id=by.id) if invited else rows.none()
    return rows.filter(therapies.reach(by, action, Layer.SHARED, to="therapy_id"))


def one(by: Visitor, answering: UUID, action: Action = Action.READ) -> Answering:
    """A questionnaire that was given, or NotHere; the page's line names its therapy."""
    chosen = Answering.objects.select_related("giving", "own_words")
    found = chosen.filter(pk=answering, practice_id=by.practice).first()
    if found is None:
        raise NotHere(subject=answering)
    check_reach(by, found, action)
    return found


def check_reach(by: Visitor, answering: Answering, action: Action) -> None:
    """Let pass, or raise NotHere."""
    if by.kind is ActorKind.LINK:
        invited = {Relation.INVITED_TO} if answering.giving_id == by.id else set[Relation]()
        check(by, action, Layer.SHARED, invited, subject=answering.id)
        by.opened.note([answering.therapy_id])
    else:
        therapies.one(by, answering.therapy_id, action, Layer.SHARED)
