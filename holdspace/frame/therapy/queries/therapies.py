"""Reading therapies: whose they are, who takes part, and what a visitor may know of."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from holdspace.cellar.access import gate
from holdspace.cellar.access.gate import NotHere, check
from holdspace.cellar.access.table import Action, Relation, Role, ways
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.prepared import Many, One, first, prepared
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.practice import queries as practice
from holdspace.frame.practice.models import Member
from holdspace.frame.practice.rules import roles_from
from holdspace.frame.therapy.models import Aim, Fact, Frame, Participant, Therapist, Therapy

ENDED = "ended"
CLINICAL = frozenset({Role.THERAPIST, Role.TRAINEE})


# ------------------------------------------------------------------ whose they are


def own(by: Visitor) -> frozenset[UUID]:
    """The therapies this member holds a seat in now; on a turned screen, that one alone."""
    if by.reach.therapies is None:
        held = frozenset(_held(practice=by.practice, member=by.id))
        by.reach.therapies = held if by.narrowed_to is None else held & {by.narrowed_to}
    return by.reach.therapies


@prepared
def _held(practice: One, member: One) -> QuerySet[Therapist, UUID]:
    seats = Therapist.objects.filter(practice_id=practice, member_id=member, to_on__isnull=True)
    return seats.values_list("therapy_id", flat=True)


def reach(
    by: Visitor, action: Action = Action.READ, layer: Layer = Layer.RECORD, *, to: str = "pk"
) -> Q:
    """The gate's answer about whole therapies as SQL; `to` is the way to their id."""
    through = ways(by.roles, layer, action)
    if Relation.SAME_PRACTICE in through:
        everything = Q(practice_id=by.practice)
        return everything if by.narrowed_to is None else everything & Q(**{to: by.narrowed_to})
    return Q(**{f"{to}__in": own(by) if Relation.THERAPIST_OF in through else ()})


def reached(
    by: Visitor, of: Iterable[UUID], action: Action = Action.READ, layer: Layer = Layer.RECORD
) -> list[UUID]:
    """Those of these therapies that the visitor may do this to, for who also asks the practice."""
    through = ways(by.roles, layer, action)
    if Relation.SAME_PRACTICE in through:
        return [one for one in of if by.narrowed_to in (None, one)]
    held = own(by) if Relation.THERAPIST_OF in through else frozenset()
    return [one for one in of if one in held]


def visible_to(
    by: Visitor, action: Action = Action.READ, layer: Layer = Layer.RECORD
) -> QuerySet[Therapy]:
    """The therapies a visitor may do this to: the same answer as the gate's, as SQL."""
    return Therapy.objects.filter(reach(by, action, layer), practice_id=by.practice)


def relations(by: Visitor, therapy: Therapy) -> frozenset[Relation]:
    """How a visitor stands to a therapy."""
    if by.practice != therapy.practice_id or by.narrowed_to not in (None, therapy.id):
        return frozenset()
    if therapy.id in own(by):
        return frozenset({Relation.SAME_PRACTICE, Relation.THERAPIST_OF})
    return frozenset({Relation.SAME_PRACTICE})


def one(
    by: Visitor, therapy: UUID, action: Action = Action.READ, layer: Layer = Layer.RECORD
) -> Therapy:
    """A therapy, or NotHere; the page's line names it."""
    found = first(_therapies(practice=by.practice, among=[therapy]))
    if found is None:
        raise NotHere(subject=therapy)
    check(by, action, layer, relations(by, found), subject=therapy)
    by.opened.note([therapy])
    return found


@prepared
def _therapies(practice: One, among: Many) -> QuerySet[Therapy]:
    return Therapy.objects.filter(practice_id=practice, pk__in=among)


def caseload(by: Visitor, *, with_ended: bool = False) -> list[Therapy]:
    """The therapies somebody works in, by the name they go by."""
    return sorted(mine(by, with_ended=with_ended), key=lambda therapy: therapy.title.casefold())


def mine(by: Visitor, *, with_ended: bool = False) -> list[Therapy]:
    """The same in no order: what they are called is opened only where it is shown."""
    found = _therapies(practice=by.practice, among=reached(by, own(by)))
    therapies = [therapy for therapy in found if with_ended or therapy.state != ENDED]
    keyring.warm(therapy.id for therapy in therapies)
    by.opened.note(therapy.id for therapy in therapies)
    return therapies


def participants(
    by: Visitor, therapies: Iterable[UUID], *, on: date | None = None
) -> list[Participant]:
    """Who takes part in therapies that the caller has already opened, in their order there."""
    found = _participants(practice=by.practice, among=list(therapies))
    if on is not None:
        found = [p for p in found if p.from_on <= on and (p.to_on is None or p.to_on >= on)]
    keyring.warm(participant.person_id for participant in found)
    by.opened.note(participant.person_id for participant in found)
    return found


def here(by: Visitor, therapy: UUID) -> list[Participant]:
    """Who takes part now in a therapy that the caller has already opened, in their order there."""
    return [one for one in participants(by, [therapy]) if one.to_on is None]


@prepared
def _participants(practice: One, among: Many) -> QuerySet[Participant]:
    chosen = Participant.objects.filter(practice_id=practice, therapy_id__in=among)
    return chosen.select_related("person").order_by("from_on", "id")


def head_count(by: Visitor, therapies: Iterable[UUID]) -> dict[UUID, int]:
    """How many take part now in therapies that the caller has already opened."""
    return dict(_head_count(practice=by.practice, among=list(therapies)))


@prepared
def _head_count(practice: One, among: Many) -> QuerySet[Participant, tuple[UUID, int]]:
    here = Participant.objects.filter(practice_id=practice, therapy_id__in=among, to_on=None)
    return here.values_list("therapy_id").annotate(people=Count("id")).order_by()


def therapists(by: Visitor, therapies: Iterable[UUID]) -> list[Therapist]:
    """Who works in these therapies now."""
    chosen = Therapist.objects.filter(practice_id=by.practice, therapy_id__in=list(therapies))
    return list(
        chosen.filter(to_on__isnull=True).select_related("member").order_by("-is_lead", "id")
    )


def frame_of(by: Visitor, therapy: UUID) -> Frame | None:
    """What is agreed now about time, place and money."""
    return first(_frame(practice=by.practice, therapy=therapy))


@prepared
def _frame(practice: One, therapy: One) -> QuerySet[Frame]:
    return Frame.objects.filter(practice_id=practice, therapy_id=therapy, to_on=None)


def aims(by: Visitor, therapies: Iterable[UUID]) -> list[Aim]:
    """What is hoped for now, in their order."""
    return _aims(practice=by.practice, among=list(therapies))


@prepared
def _aims(practice: One, among: Many) -> QuerySet[Aim]:
    now = Aim.objects.filter(practice_id=practice, therapy_id__in=among, until=None)
    return now.order_by("order", "id")


def facts(by: Visitor, therapy: UUID) -> list[Fact]:
    """Kinship, authority and court orders of one therapy, past ones too."""
    return _facts(practice=by.practice, therapy=therapy)


@prepared
def _facts(practice: One, therapy: One) -> QuerySet[Fact]:
    chosen = Fact.objects.filter(practice_id=practice, participant__therapy_id=therapy)
    return chosen.select_related("participant", "about").order_by("from_on", "id")


def one_participant(
    by: Visitor, participant: UUID, action: Action = Action.READ, layer: Layer = Layer.RECORD
) -> Participant:
    """Somebody's place in a therapy, or NotHere."""
    chosen = Participant.objects.filter(pk=participant, practice_id=by.practice)
    found = chosen.select_related("therapy", "person").first()
    if found is None:
        raise NotHere(subject=participant)
    check(by, action, layer, relations(by, found.therapy), subject=participant)
    by.opened.note([found.therapy_id, found.person_id])
    return found


def one_seat(by: Visitor, seat: UUID, action: Action = Action.READ) -> Therapist:
    """A therapist's place in a therapy that they still hold, or NotHere."""
    chosen = Therapist.objects.filter(pk=seat, practice_id=by.practice, to_on=None)
    found = chosen.select_related("therapy", "member").first()
    if found is None:
        raise NotHere(subject=seat)
    check(by, action, Layer.RECORD, relations(by, found.therapy), subject=seat)
    by.opened.note([found.therapy_id])
    return found


def one_fact(by: Visitor, fact: UUID, action: Action = Action.READ) -> Fact:
    """Something that is so of a participant, or NotHere."""
    chosen = Fact.objects.filter(pk=fact, practice_id=by.practice)
    found = chosen.select_related("participant__therapy").first()
    if found is None:
        raise NotHere(subject=fact)
    therapy = found.participant.therapy
    check(by, action, Layer.RECORD, relations(by, therapy), subject=fact)
    by.opened.note([therapy.id, found.participant.person_id])
    return found


def may(by: Visitor, therapy: Therapy, action: Action, layer: Layer) -> bool:
    """Whether a button or a sheet is shown: the gate's answer as yes or no."""
    return gate.may(by, action, layer, relations(by, therapy))


def has_somebody(by: Visitor, therapy: UUID) -> bool:
    """Whether a member who still works here holds a seat in this therapy."""
    chosen = Therapist.objects.filter(practice_id=by.practice, therapy_id=therapy, to_on=None)
    return chosen.filter(member__left_at=None).exists()


def who_may_work(by: Visitor) -> list[Member]:
    """Colleagues who can hold a seat in a therapy."""
    return [member for member in practice.members(by) if roles_from(member.roles) & CLINICAL]


def is_past(row: Participant | Fact, today: date) -> bool:
    """Whether something that has a last day is over."""
    return row.to_on is not None and row.to_on <= today
