"""Reading what was said about safety."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from holdspace.cellar.access.gate import NotHere, check
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.prepared import Many, One, prepared
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.therapy.models import SafetyEntry, SafetyItem, SafetyStep
from holdspace.frame.therapy.queries.therapies import one, reached, relations


def open_safety(by: Visitor, of: Iterable[UUID]) -> list[SafetyItem]:
    """What nobody has closed yet in these therapies, the oldest first."""
    found = _open(practice=by.practice, among=reached(by, of))
    by.opened.note(item.therapy_id for item in found)
    return found


@prepared
def _open(practice: One, among: Many) -> QuerySet[SafetyItem]:
    chosen = SafetyItem.objects.filter(practice_id=practice, therapy_id__in=among, closed_at=None)
    return chosen.order_by("opened_at", "id")


def safety_of(by: Visitor, therapy: UUID) -> list[SafetyItem]:
    """Every item of a therapy, those still open first, then the newest."""
    one(by, therapy)
    chosen = SafetyItem.objects.filter(practice_id=by.practice, therapy_id=therapy)
    found = list(chosen.select_related("participant__person", "opened_by", "closed_by"))
    people = {item.participant.person_id for item in found if item.participant is not None}
    keyring.warm(people)
    by.opened.note(people)
    return sorted(found, key=lambda item: (item.closed_at is not None, -item.opened_at.timestamp()))


def one_safety(by: Visitor, item: UUID, action: Action = Action.READ) -> SafetyItem:
    """One item, or NotHere."""
    chosen = SafetyItem.objects.filter(pk=item, practice_id=by.practice)
    found = chosen.select_related(
        "therapy", "participant__person", "opened_by", "closed_by"
    ).first()
    if found is None:
        raise NotHere(subject=item)
    check(by, action, Layer.RECORD, relations(by, found.therapy), subject=item)
    by.opened.note([found.therapy_id])
    return found


def safety_entries(by: Visitor, item: SafetyItem) -> list[SafetyEntry]:
    """What was added to an item that the caller has already opened, in its order."""
    chosen = SafetyEntry.objects.filter(practice_id=by.practice, item_id=item.id)
    return list(chosen.select_related("by").order_by("at", "id"))


def safety_steps(by: Visitor, items: Iterable[SafetyItem]) -> list[SafetyStep]:
    """What somebody will do, or did, because of items that the caller has already opened."""
    chosen = SafetyStep.objects.filter(
        practice_id=by.practice, item_id__in=[item.id for item in items]
    )
    return list(chosen.select_related("owner", "done_by").order_by("due_at", "id"))


def one_step(by: Visitor, step: UUID, action: Action = Action.READ) -> SafetyStep:
    """One step, or NotHere."""
    chosen = SafetyStep.objects.filter(pk=step, practice_id=by.practice)
    found = chosen.select_related("item__therapy").first()
    if found is None:
        raise NotHere(subject=step)
    check(by, action, Layer.RECORD, relations(by, found.item.therapy), subject=step)
    by.opened.note([found.item.therapy_id])
    return found


def with_open_safety(practice: UUID) -> set[UUID]:
    """The therapies of a practice in which something about safety is open.

    For the house itself, which asks before it writes to anybody.
    """
    chosen = SafetyItem.objects.filter(practice_id=practice, closed_at=None)
    return set(chosen.values_list("therapy_id", flat=True))
