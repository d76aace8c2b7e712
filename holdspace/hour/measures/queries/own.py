"""Goals and problems in somebody's own words."""

from collections.abc import Iterable
from uuid import UUID

from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.therapy import queries as therapies
from holdspace.hour.measures.models import OwnWords


def own_words(
    by: Visitor, therapy: UUID, action: Action = Action.READ
) -> dict[tuple[UUID, str], OwnWords]:
    """What holds now in a therapy, by participant and kind; NotHere for a stranger."""
    therapies.one(by, therapy, action, Layer.SHARED)
    rows = list(OwnWords.objects.filter(therapy_id=therapy, until=None).order_by("since", "id"))
    keyring.warm(row.participant_id for row in rows)
    return in_force(rows)


def in_force(rows: Iterable[OwnWords]) -> dict[tuple[UUID, str], OwnWords]:
    """Those that hold now, by participant and kind."""
    return {(row.participant_id, row.kind): row for row in rows if row.until is None}


def own_words_ever(by: Visitor, therapy: UUID) -> list[OwnWords]:
    """Every version of what was put into words in a therapy; NotHere for a stranger."""
    therapies.one(by, therapy, Action.READ, Layer.SHARED)
    rows = list(OwnWords.objects.filter(therapy_id=therapy).order_by("since", "id"))
    keyring.warm(row.participant_id for row in rows)
    return rows


def words_for(participant: UUID, kinds: Iterable[str]) -> dict[str, OwnWords]:
    """What holds now for a participant whom the caller has found, by kind."""
    rows = OwnWords.objects.filter(participant_id=participant, kind__in=list(kinds), until=None)
    return {row.kind: row for row in rows}
