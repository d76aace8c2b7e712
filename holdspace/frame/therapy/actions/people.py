"""Who takes part in a therapy, and who works in it: coming and leaving."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from holdspace.cellar.access import lines
from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.people.rules import CannotBe
from holdspace.frame.therapy import queries, rules
from holdspace.frame.therapy.actions.joining import known, newcomer
from holdspace.frame.therapy.models import Participant, Therapist
from holdspace.frame.therapy.rules import AlreadyHere, Joining
from holdspace.frame.therapy.units import Seat, may_be_joined


def add_participant(
    therapy: UUID, joining: Joining, from_on: date, *, by: Visitor, at: datetime
) -> Participant:
    """Somebody takes a place in the therapy, known already or new."""
    joined = queries.one(by, therapy, Action.WRITE, Layer.ADMIN)
    today = timezone.localdate(at)
    rules.a_day(from_on, "from_on", earliest=joined.started_on, latest=today)
    if Participant.objects.filter(therapy=therapy, to_on=None).count() >= rules.MOST_PARTICIPANTS:
        raise CannotBe(_("A therapy is with at most sixty people."))
    if not may_be_joined(joined.opening, joined.state):
        raise CannotBe(_("This group is closed. Change how it is joined first."), "name")
    person = known(joining, by=by)
    seat = Participant(practice_id=by.practice, therapy=joined, part=joining.part, from_on=from_on)
    keyring.new_scope(seat.id, practice=by.practice, at=at)
    try:
        with transaction.atomic():
            seat.person = person or newcomer(joining, by=by, at=at)
            seat.save()
            subjects = [therapy, seat.person_id]
            lines.did(by, "added", "participant", subjects, at=at, layer=Layer.ADMIN)
    except IntegrityError:
        raise AlreadyHere(_("This person already has a place in this therapy."), "name") from None
    return seat


def end_participant(participant: UUID, on: date, *, by: Visitor, at: datetime) -> Participant:
    """Somebody leaves the therapy; what was theirs in it stays."""
    seat = queries.one_participant(by, participant, Action.WRITE, Layer.ADMIN)
    if seat.to_on is not None:
        raise CannotBe(_("This person has already left the therapy."), "on")
    rules.a_day(on, "on", earliest=seat.from_on, latest=timezone.localdate(at))
    seat.to_on = on
    with transaction.atomic():
        seat.save()
        subjects = [seat.therapy_id, seat.person_id]
        lines.did(by, "ended", "participant", subjects, at=at, layer=Layer.ADMIN)
    return seat


def add_therapist(
    therapy: UUID,
    member: UUID,
    from_on: date,
    seat: Seat = Seat.THERAPIST,
    *,
    by: Visitor,
    at: datetime,
) -> Therapist:
    """A colleague works in this therapy from now on, and may read it.

    Those who work in it say so themselves; only where nobody who still works here holds a seat
    may the desk give it to somebody.
    """
    layer = Layer.RECORD if queries.has_somebody(by, therapy) else Layer.ADMIN
    joined = queries.one(by, therapy, Action.WRITE, layer)
    rules.a_day(from_on, "from_on", earliest=joined.started_on, latest=timezone.localdate(at))
    if member not in {colleague.id for colleague in queries.who_may_work(by)}:
        raise NotHere(subject=member)
    taken = Therapist(
        practice_id=by.practice, therapy=joined, member_id=member, from_on=from_on, seat=seat,
        is_lead=layer is Layer.ADMIN,
    )  # fmt: skip
    try:
        with transaction.atomic():
            taken.save()
            by.reach.therapies = None
            lines.did(by, "added", "therapist", [therapy, member], at=at, layer=Layer.ADMIN)
    except IntegrityError:
        raise AlreadyHere(_("This colleague already works in this therapy."), "member") from None
    return taken


def end_therapist(seat: UUID, on: date, *, by: Visitor, at: datetime) -> Therapist:
    """A colleague no longer works in this therapy, and can no longer read it."""
    ended = queries.one_seat(by, seat, Action.WRITE)
    rules.a_day(on, "on", earliest=ended.from_on, latest=timezone.localdate(at))
    others = queries.therapists(by, [ended.therapy_id])
    if len(others) == 1:
        msg = _("Somebody must be answerable for this therapy. Add a colleague first.")
        raise CannotBe(msg, "on")
    ended.to_on = on
    with transaction.atomic():
        ended.save()
        by.reach.therapies = None
        if ended.is_lead:
            _pass_on(others, ended)
        subjects = [ended.therapy_id, ended.member_id]
        lines.did(by, "ended", "therapist", subjects, at=at, layer=Layer.ADMIN)
    return ended


def _pass_on(seats: list[Therapist], ended: Therapist) -> None:
    """Where nobody leads any more, the one who has been there longest does."""
    left = [seat for seat in seats if seat.id != ended.id]
    if not any(seat.is_lead for seat in left):
        left[0].is_lead = True
        left[0].save()
