"""Changing what units of several have beside: homes, agreements, a group's places, going on."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from holdspace.cellar.access import lines
from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.approaches.schools import is_known
from holdspace.frame.people.rules import CannotBe
from holdspace.frame.practice.rules import PlaceKind
from holdspace.frame.therapy import queries, rules, secrets, units
from holdspace.frame.therapy.actions.agreement import move
from holdspace.frame.therapy.actions.beginning import begin
from holdspace.frame.therapy.models import AgreedBy, Agreement, Home, Stay, Therapy, Tied
from holdspace.frame.therapy.rules import Beginning, Choices, Joining, Part, State, Terms, Unit
from holdspace.frame.therapy.secrets import Agreed, Means
from holdspace.frame.therapy.units import SHARED, GoingOn, Household, Roster, Tie


def set_roster(therapy: UUID, roster: Roster, *, by: Visitor, at: datetime) -> Therapy:
    """How a group is joined, by how many, and how it is left."""
    group = queries.one(by, therapy, Action.WRITE, Layer.ADMIN)
    if group.unit != Unit.GROUP:
        raise NotHere(subject=therapy)
    kept = units.checked_roster(roster, queries.head_count(by, [therapy]).get(therapy, 0))
    group.opening, group.places = kept.opening, kept.places
    group.notice_weeks = kept.notice_weeks
    with transaction.atomic():
        group.save()
        lines.did(by, "set", "places of a group", [therapy], at=at, layer=Layer.ADMIN)
    return group


def add_home(therapy: UUID, household: Household, *, by: Visitor, at: datetime) -> Home:
    """A home of some of them: a child may have two."""
    queries.one(by, therapy, Action.WRITE)
    today = timezone.localdate(at)
    one = units.checked_household(household, _here(by, therapy), today=today)
    if len(queries.homes(by, therapy)) >= units.MOST_HOMES:
        raise CannotBe(_("That is more homes than can be shown: end one first."), "name")
    home = Home(practice_id=by.practice, therapy_id=therapy, name=one.name)
    with transaction.atomic():
        home.save()
        for dweller in one.dwellers:
            Stay.objects.create(
                practice_id=by.practice, home=home, participant_id=dweller, words=one.words,
                from_on=one.since,
            )  # fmt: skip
        lines.did(by, "added", "home", [therapy], at=at, layer=Layer.RECORD)
    return home


def end_stay(stay: UUID, on: date, *, by: Visitor, at: datetime) -> Stay:
    """Somebody no longer lives there; that they did stays known."""
    ended = queries.one_stay(by, stay, Action.WRITE)
    rules.a_day(on, "on", earliest=ended.from_on, latest=timezone.localdate(at))
    ended.to_on = on
    with transaction.atomic():
        ended.save()
        subjects = [ended.home.therapy_id, ended.participant.person_id]
        lines.did(by, "ended", "stay", subjects, at=at, layer=Layer.RECORD)
    return ended


def agree(therapy: UUID, agreed: Agreed, *, by: Visitor, at: datetime) -> Agreement:
    """What holds about secrets from this day on; what held until then is kept with its last day."""
    known = queries.one(by, therapy, Action.WRITE, Layer.SHARED)
    if known.unit not in SHARED:
        raise NotHere(subject=therapy)
    old = queries.agreement(by, therapy)
    earliest = old.from_on if old else known.started_on
    today = timezone.localdate(at)
    kept = secrets.checked(agreed, _here(by, therapy), earliest=earliest, today=today)
    new = Agreement(
        practice_id=by.practice, therapy=known, rule=kept.rule, words=kept.words,
        channels=[str(one) for one in kept.channels], from_on=kept.from_on,
    )  # fmt: skip
    with transaction.atomic():
        if old is not None:
            old.to_on = kept.from_on
            old.save()
        new.save()
        for participant in kept.by:
            _agreed(new, participant, kept.from_on, kept.means)
        lines.did(by, "agreed", "rule about secrets", [therapy], at=at, layer=Layer.SHARED)
    return new


def also_agrees(
    agreement: UUID, participant: UUID, on: date, means: Means, *, by: Visitor, at: datetime
) -> AgreedBy:
    """One more of them agrees to what holds."""
    holds = queries.one_agreement(by, agreement, Action.WRITE)
    if participant not in _here(by, holds.therapy_id):
        raise NotHere(subject=participant)
    rules.a_day(on, "on", earliest=holds.from_on, latest=timezone.localdate(at))
    try:
        with transaction.atomic():
            row = _agreed(holds, participant, on, means)
            subjects = [holds.therapy_id]
            lines.did(by, "agreed", "rule about secrets", subjects, at=at, layer=Layer.SHARED)
    except IntegrityError:
        raise CannotBe(_("They have agreed already."), "participant") from None
    return row


def _agreed(agreement: Agreement, participant: UUID, on: date, means: Means) -> AgreedBy:
    return AgreedBy.objects.create(
        practice_id=agreement.practice_id, agreement=agreement, participant_id=participant,
        on=on, means=means,
    )  # fmt: skip


def _here(by: Visitor, therapy: UUID) -> list[UUID]:
    """The places of those who take part now."""
    return [one.id for one in queries.here(by, therapy)]


# ------------------------------------------------------------------ going on


def go_on(therapy: UUID, going: GoingOn, *, by: Visitor, at: datetime) -> Therapy:
    """The work goes on in another unit, as a therapy of its own.

    Nothing that was written in the first comes into the second: only people, frame, approach and
    voice do. The tie between them is seen by those who may read both.
    """
    was = queries.one(by, therapy, Action.WRITE)
    rules.a_day(going.on, "on", earliest=was.started_on, latest=timezone.localdate(at))
    beginning = Beginning(
        choices=_same_choices(was, going.unit), terms=_same_terms(by, therapy),
        participants=(*_staying(by, therapy, going), *going.newcomers),
        therapists=_same_team(by, therapy), started_on=going.on, state=State.WORKING,
    )  # fmt: skip
    with transaction.atomic():
        now = begin(beginning, by=by, at=at)
        if going.tie is Tie.WENT_ON and was.state != State.ENDED:
            move(therapy, State.ENDED, going.on, by=by, at=at)
        Tied.objects.create(
            practice_id=by.practice, first=was, second=now, tie=going.tie, since=going.on
        )
        lines.did(by, "went on", "therapy", [therapy, now.id], at=at, layer=Layer.RECORD)
    return now


def _staying(by: Visitor, therapy: UUID, going: GoingOn) -> list[Joining]:
    here = {one.id: one for one in queries.here(by, therapy)}
    for participant in going.staying:
        if participant not in here:
            raise NotHere(subject=participant)
    return [Joining(part=Part(here[one].part), person=here[one].person_id) for one in going.staying]


def _same_choices(was: Therapy, unit: Unit) -> Choices:
    return Choices(
        unit=unit, service=was.service, stance=was.stance, voice=was.voice,
        approaches=tuple(filter(is_known, was.approaches)), note_format=was.note_format,
    )  # fmt: skip


def _same_terms(by: Visitor, therapy: UUID) -> Terms:
    """As it was agreed, but for the words, which were about the first."""
    frame = queries.frame_of(by, therapy)
    if frame is None:
        return Terms(minutes=50, place=PlaceKind.ROOM)
    return Terms(
        minutes=frame.minutes, place=PlaceKind(frame.place), room=frame.room_id, fee=frame.fee,
        sessions_agreed=frame.sessions_agreed,
    )  # fmt: skip


def _same_team(by: Visitor, therapy: UUID) -> tuple[UUID, ...]:
    team = [seat.member_id for seat in queries.therapists(by, [therapy])]
    return (by.id, *(member for member in team if member != by.id))
