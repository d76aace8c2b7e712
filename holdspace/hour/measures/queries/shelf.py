"""A therapy's measures as its therapists see them: rules, what was given, one that was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.approaches import queries as approaches
from holdspace.frame.therapy import queries as therapies
from holdspace.frame.therapy.models import Therapy
from holdspace.frame.therapy.rules import State
from holdspace.hour.measures.models import Answering, Giving, Rule
from holdspace.hour.measures.offers import Offer, offers
from holdspace.hour.measures.queries.reach import one
from holdspace.hour.measures.scoring import Score
from holdspace.hour.measures.shelves import Shelf, score_of


@dataclass(frozen=True, slots=True)
class Given:
    """One giving, with the questionnaires behind it."""

    giving: Giving
    answerings: tuple[Answering, ...]


def rules_of(by: Visitor, therapy: UUID) -> list[Rule]:
    """The rules of a therapy that are in force."""
    therapies.one(by, therapy, Action.READ, Layer.ADMIN)
    chosen = Rule.objects.filter(therapy_id=therapy, to_on__isnull=True)
    return list(chosen.select_related("battery", "about").order_by("from_on", "id"))


def offered(by: Visitor, therapy: Therapy) -> tuple[Offer, ...]:
    """What rules to offer in a therapy that never had one; none where it does not measure."""
    if (
        therapy.state == State.ENDED
        or approaches.words(by, therapy).measure is None
        or Rule.objects.filter(practice_id=by.practice, therapy=therapy).exists()
    ):
        return ()
    known = approaches.among(by, therapy.approaches).values()
    return offers(known, therapy.voice, Shelf(by.practice))


def givings(by: Visitor, therapy: UUID, *, limit: int = 12) -> list[Given]:
    """What was given in a therapy, the newest first; two questions after the gate's."""
    therapies.one(by, therapy, Action.READ, Layer.SHARED)
    chosen = Giving.objects.filter(practice_id=by.practice, therapy_id=therapy)
    return _with_answerings(chosen.order_by("-given_at", "-id")[:limit])


def giving(by: Visitor, giving: UUID) -> Giving:
    """One giving that one may give again in another way, or NotHere."""
    found = Giving.objects.filter(pk=giving, practice_id=by.practice).first()
    if found is None:
        raise NotHere(subject=giving)
    therapies.one(by, found.therapy_id, Action.GIVE, Layer.SHARED)
    return found


def given_for(by: Visitor, session: UUID, therapy: UUID) -> list[Given]:
    """What was given for one session of a therapy, by whom it was given to."""
    if not therapies.reached(by, [therapy], Action.READ, Layer.SHARED):
        return []
    chosen = Giving.objects.filter(practice_id=by.practice, therapy_id=therapy, session_id=session)
    return _with_answerings(chosen.order_by("participant_id", "given_at", "id"))


def _with_answerings(chosen: QuerySet[Giving]) -> list[Given]:
    rows = list(chosen.select_related("session", "about"))
    keyring.warm(row.participant_id for row in rows)
    behind: dict[UUID, list[Answering]] = {row.id: [] for row in rows}
    for answering in _behind(rows):
        behind[answering.giving_id].append(answering)
    return [Given(row, tuple(behind[row.id])) for row in rows]


def _behind(rows: Sequence[Giving]) -> QuerySet[Answering]:
    chosen = Answering.objects.filter(giving__in=rows).select_related("own_words")
    return chosen.order_by("order", "id")


def opened(by: Visitor, answering: UUID) -> tuple[Answering, Score]:
    """One questionnaire with its answers and what they come to."""
    row = one(by, answering)
    return row, score_of(row)
