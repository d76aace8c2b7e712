"""Reading what units of several have beside, in therapies that the caller has already opened."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from holdspace.cellar.access.gate import NotHere, check
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.prepared import One, first, prepared
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.people.labels import Label
from holdspace.frame.therapy.models import AgreedBy, Agreement, Home, Stay, Therapy, Tied
from holdspace.frame.therapy.queries.therapies import reached, relations
from holdspace.frame.therapy.secrets import NOTHING_AGREED, REMINDERS, Rule
from holdspace.frame.therapy.units import SHARED


@dataclass(frozen=True, slots=True)
class Lived:
    """A home and who lives there now."""

    home: Home
    stays: list[Stay]


@dataclass(frozen=True, slots=True)
class TiedTo:
    """Other work that the visitor may read too, and whether it came after this."""

    tied: Tied
    other: Therapy
    is_after: bool


def homes(by: Visitor, therapy: UUID) -> list[Lived]:
    """Where those who take part live now, in the order it was said."""
    stays = Stay.objects.filter(practice_id=by.practice, home__therapy_id=therapy, to_on=None)
    living: dict[UUID, list[Stay]] = defaultdict(list)
    for stay in stays.select_related("home", "participant__person").order_by("id"):
        living[stay.home_id].append(stay)
    return [Lived(some[0].home, some) for _id, some in sorted(living.items())]


def one_stay(by: Visitor, stay: UUID, action: Action = Action.READ) -> Stay:
    """Where somebody lives, or NotHere."""
    chosen = Stay.objects.filter(pk=stay, practice_id=by.practice, to_on=None)
    found = chosen.select_related("home__therapy", "participant__person").first()
    if found is None:
        raise NotHere(subject=stay)
    check(by, action, Layer.RECORD, relations(by, found.home.therapy), subject=stay)
    by.opened.note([found.home.therapy_id, found.participant.person_id])
    return found


def agreement(by: Visitor, therapy: UUID) -> Agreement | None:
    """What holds about secrets now."""
    return first(_agreement(practice=by.practice, therapy=therapy))


@prepared
def _agreement(practice: One, therapy: One) -> QuerySet[Agreement]:
    return Agreement.objects.filter(practice_id=practice, therapy_id=therapy, to_on=None)


def agreed(by: Visitor, one: Agreement) -> list[AgreedBy]:
    """Who has agreed to it, in their order."""
    chosen = AgreedBy.objects.filter(practice_id=by.practice, agreement=one)
    return list(chosen.select_related("participant__person").order_by("on", "id"))


def one_agreement(by: Visitor, found: UUID, action: Action = Action.READ) -> Agreement:
    """What holds about secrets, or NotHere."""
    chosen = Agreement.objects.filter(pk=found, practice_id=by.practice, to_on=None)
    one = chosen.select_related("therapy").first()
    if one is None:
        raise NotHere(subject=found)
    check(by, action, Layer.SHARED, relations(by, one.therapy), subject=found)
    by.opened.note([one.therapy_id])
    return one


def reminder(by: Visitor, therapy: Therapy) -> Label:
    """What whoever writes about one of them, or to one of them, is reminded of; nothing alone."""
    if therapy.unit not in SHARED:
        return ""
    holds = agreement(by, therapy.id)
    return REMINDERS[Rule(holds.rule)] if holds else NOTHING_AGREED


def ties(by: Visitor, therapy: UUID) -> list[TiedTo]:
    """Other work with some of the same people, as far as the visitor may read that too."""
    either = Q(first_id=therapy) | Q(second_id=therapy)
    found = Tied.objects.filter(either, practice_id=by.practice).select_related("first", "second")
    pairs = [
        TiedTo(one, *((one.second, True) if one.first_id == therapy else (one.first, False)))
        for one in found.order_by("since", "id")
    ]
    known = set(reached(by, {pair.other.id for pair in pairs}))
    seen = [pair for pair in pairs if pair.other.id in known]
    keyring.warm(pair.other.id for pair in seen)
    by.opened.note(pair.other.id for pair in seen)
    return seen
