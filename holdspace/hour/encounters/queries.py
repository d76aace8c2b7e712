"""Reading the diary: whose sessions they are, when, who attended, and what is taken."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action, Relation, ways
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.prepared import Many, One, first, prepared
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.people.models import Person
from holdspace.frame.practice import queries as practices
from holdspace.frame.practice.models import Member
from holdspace.frame.therapy import queries as therapies
from holdspace.frame.therapy.models import Participant, Therapist, Therapy
from holdspace.hour.encounters.models import Attendance, Done, Guest, Part, Session
from holdspace.hour.encounters.recurrence import moment
from holdspace.hour.encounters.rules import (
    EXPECTED_OR_CAME,
    LONGEST_MINUTES,
    TAKES_TIME,
    TOOK_PLACE,
    Holder,
    State,
    Taken,
)

Ticked = tuple[str, str]  # a technique, by its approach and its id there
MOST_TO_CHOOSE = 500  # therapies in one list


# ------------------------------------------------------------------ sessions


def visible_to(
    by: Visitor, action: Action = Action.READ, layer: Layer = Layer.RECORD
) -> QuerySet[Session]:
    """The sessions a visitor may do this to: the same answer as the gate's, as SQL."""
    mine = therapies.reach(by, action, layer, to="therapy_id")
    return Session.objects.filter(mine, practice_id=by.practice)


def one(
    by: Visitor, session: UUID, action: Action = Action.READ, layer: Layer = Layer.RECORD
) -> Session:
    """A session, or NotHere; the page's line names its therapy."""
    found = first(_session(practice=by.practice, session=session))
    if found is None:
        raise NotHere(subject=session)
    try:
        therapies.one(by, found.therapy_id, action, layer)
    except NotHere as refusal:
        raise NotHere(refusal.reason, session) from None
    return found


@prepared
def _session(practice: One, session: One) -> QuerySet[Session]:
    chosen = Session.objects.filter(pk=session, practice_id=practice)
    return chosen.select_related("room", "series", "therapy")


def day(by: Visitor, *, on: date, tz: ZoneInfo) -> list[Session]:
    """The visitor's own sessions that begin on a local day, in their order, each numbered."""
    since = moment(on, time.min, tz)
    until = moment(on + timedelta(days=1), time.min, tz)
    return _shown(by, _own_day(among=_mine(by), since=since, until=until))


def between(
    by: Visitor, *, since: datetime, until: datetime, everyone: bool = False
) -> list[Session]:
    """One's own sessions that begin from a moment up to another, or everyone's for the desk."""
    if not everyone:
        rows = _own_between(among=_mine(by), since=since, until=until)
        return _shown(by, rows)
    if not may_see_everyone(by):
        raise NotHere
    return _shown(by, _in_order(visible_to(by, Action.PLAN, Layer.ADMIN), since, until))


def may_see_everyone(by: Visitor) -> bool:
    """Whether somebody plans for the whole practice: times and names, no words."""
    return Relation.SAME_PRACTICE in ways(by.roles, Layer.ADMIN, Action.PLAN)


def _mine(by: Visitor) -> list[UUID]:
    """The therapies whose times the visitor may read, as one who works in them."""
    return therapies.reached(by, therapies.own(by), Action.READ, Layer.ADMIN)


@prepared
def _own_day(among: Many, since: One, until: One) -> QuerySet[Session]:
    return _with_number(_in_order(Session.objects.filter(therapy_id__in=among), since, until))


@prepared
def _own_between(among: Many, since: One, until: One) -> QuerySet[Session]:
    own = Session.objects.filter(therapy_id__in=among)
    return _in_order(own, since, until)


def _in_order(
    chosen: QuerySet[Session], since: datetime | One, until: datetime | One
) -> QuerySet[Session]:
    chosen = chosen.filter(starts_at__gte=since, starts_at__lt=until)
    chosen = chosen.exclude(state=State.WITHDRAWN).select_related("room", "therapy")
    return chosen.order_by("starts_at", "id")


def _shown(by: Visitor, chosen: Iterable[Session]) -> list[Session]:
    sessions = list(chosen)
    keyring.warm(session.therapy_id for session in sessions)
    by.opened.note(session.therapy_id for session in sessions)
    return sessions


def numbers(by: Visitor, sessions: Iterable[UUID]) -> dict[UUID, int]:
    """Which session of its therapy each is: those held before it, and itself."""
    found = _numbered(practice=by.practice, among=list(sessions))
    known = set(_known_times(by, (therapy for _, therapy, _ in found)))
    return {session: number for session, therapy, number in found if therapy in known}


@prepared
def _numbered(practice: One, among: Many) -> QuerySet[Session, tuple[UUID, UUID, int]]:
    chosen = Session.objects.filter(practice_id=practice, pk__in=among)
    return _with_number(chosen).values_list("pk", "therapy_id", "number")


def _with_number(chosen: QuerySet[Any]) -> QuerySet[Any]:
    before = Session.objects.filter(
        therapy=OuterRef("therapy"),
        starts_at__lt=OuterRef("starts_at"),
        state__in=TOOK_PLACE,
    )
    counted = before.order_by().values("therapy").annotate(n=Count("pk")).values("n")
    numbered: QuerySet[Any] = chosen.annotate(number=Coalesce(Subquery(counted), 0) + 1)
    return numbered


def _known_times(by: Visitor, of: Iterable[UUID]) -> list[UUID]:
    return therapies.reached(by, of, Action.READ, Layer.ADMIN)


def next_after(by: Visitor, therapy: UUID, at: datetime) -> Session | None:
    """The next session of a therapy that is planned."""
    return first_after(by, [therapy], at).get(therapy)


def last_before(by: Visitor, of: Iterable[UUID], at: datetime) -> dict[UUID, Session]:
    """The session of each therapy that was held last before a moment."""
    found = _last_held(practice=by.practice, among=_known_times(by, of), at=at)
    return {session.therapy_id: session for session in found}


@prepared
def _last_held(practice: One, among: Many, at: One) -> QuerySet[Session]:
    held = Session.objects.filter(
        therapy=OuterRef("pk"), starts_at__lt=at, state=State.HELD
    ).order_by("-starts_at", "-id")
    return _one_of_each(practice, among, held)


def first_after(by: Visitor, of: Iterable[UUID], at: datetime) -> dict[UUID, Session]:
    """The session of each therapy that is planned next after a moment."""
    found = _next_planned(practice=by.practice, among=_known_times(by, of), at=at)
    return {session.therapy_id: session for session in found}


@prepared
def _next_planned(practice: One, among: Many, at: One) -> QuerySet[Session]:
    planned = Session.objects.filter(
        therapy=OuterRef("pk"), starts_at__gt=at, state=State.PLANNED
    ).order_by("starts_at", "id")
    return _one_of_each(practice, among, planned)


def _one_of_each(practice: One, among: Many, ranked: QuerySet[Session]) -> QuerySet[Session]:
    of = Therapy.objects.filter(practice_id=practice, pk__in=among)
    chosen = of.annotate(chosen=Subquery(ranked.values("pk")[:1])).values("chosen")
    return Session.objects.filter(pk__in=chosen).select_related("room")


def runs_into(by: Visitor, session: Session) -> list[Session]:
    """One's own planned sessions that this one now runs into: they will begin late."""
    chosen = Session.objects.filter(practice_id=by.practice, therapy_id__in=_mine(by))
    chosen = chosen.exclude(pk=session.pk).filter(state=State.PLANNED)
    chosen = chosen.filter(starts_at__lt=session.ends_at, starts_at__gte=session.starts_at)
    return list(chosen.order_by("starts_at"))


def in_series(by: Visitor, series: UUID) -> list[Session]:
    """The sessions of a series that are still to be held, in their order."""
    chosen = visible_to(by, Action.PLAN, Layer.ADMIN).filter(series_id=series)
    return list(chosen.filter(state=State.PLANNED).order_by("starts_at"))


# ------------------------------------------------------------------ who attended


def attendance_of(by: Visitor, sessions: Iterable[UUID]) -> list[Attendance]:
    """How each participant attended; names are opened by who shows them."""
    rows = _attendance(practice=by.practice, among=list(sessions))
    known = set(_known_times(by, (row.participant.therapy_id for row in rows)))
    found = [row for row in rows if row.participant.therapy_id in known]
    keyring.warm(row.participant.person_id for row in found)
    by.opened.note(row.participant.person_id for row in found)
    return found


@prepared
def _attendance(practice: One, among: Many) -> QuerySet[Attendance]:
    chosen = Attendance.objects.filter(practice_id=practice, session_id__in=among)
    chosen = chosen.select_related("participant", "participant__person")
    return chosen.order_by("session_id", "participant__from_on", "participant_id")


def parts_of(by: Visitor, session: UUID) -> list[Part]:
    """The stretches of a session with their own people; for those who know its words."""
    seen = visible_to(by, Action.READ, Layer.RECORD).filter(pk=session)
    return list(Part.objects.filter(session__in=seen.values("pk")).order_by("number"))


def guests_of(by: Visitor, session: UUID) -> list[Guest]:
    """Who else was there without taking part; for those who know its words."""
    seen = visible_to(by, Action.READ, Layer.RECORD).filter(pk=session)
    chosen = Guest.objects.filter(session__in=seen.values("pk"), is_mistaken=False)
    return list(chosen.order_by("id"))


def one_guest(by: Visitor, guest: UUID, action: Action = Action.ATTEND) -> Guest:
    """Somebody who was there, or NotHere."""
    found = Guest.objects.filter(pk=guest, practice_id=by.practice, is_mistaken=False).first()
    if found is None:
        raise NotHere(subject=guest)
    one(by, found.session_id, action, Layer.ADMIN)
    return found


# ------------------------------------------------------------------ planning


def zone_of(by: Visitor) -> ZoneInfo:
    """The time zone in which the practice's clocks tell the time."""
    return ZoneInfo(practices.practice_of(by).time_zone)


def plannable(by: Visitor) -> list[Therapy]:
    """Therapies that somebody may plan sessions of, by the name they go by."""
    chosen = therapies.visible_to(by, Action.PLAN, Layer.ADMIN).exclude(state=therapies.ENDED)
    found = list(chosen.order_by("-id")[:MOST_TO_CHOOSE])
    keyring.warm(therapy.id for therapy in found)
    by.opened.note(therapy.id for therapy in found)
    return sorted(found, key=lambda therapy: therapy.title.casefold())


def expected(by: Visitor, therapy: UUID, on: date) -> list[Participant]:
    """Who would come on a day: who takes part then, or else who takes part now."""
    chosen = Participant.objects.filter(practice_id=by.practice, therapy_id=therapy)
    chosen = chosen.select_related("person")
    then = chosen.filter(Q(to_on__isnull=True) | Q(to_on__gte=on), from_on__lte=on)
    return list(then.order_by("id")) or list(chosen.filter(to_on__isnull=True).order_by("id"))


def may_come(by: Visitor, therapy: UUID, on: date) -> list[Participant]:
    """Who would come to a therapy that the visitor may plan, by name; nobody to a stranger."""
    if not therapies.visible_to(by, Action.PLAN, Layer.ADMIN).filter(pk=therapy).exists():
        return []
    found = expected(by, therapy, on)
    keyring.warm(one.person_id for one in found)
    by.opened.note(one.person_id for one in found)
    return found


@dataclass(frozen=True, slots=True)
class Needed:
    """What a session needs to itself: a room perhaps, its therapists, its persons."""

    room: UUID | None
    members: tuple[UUID, ...]
    persons: tuple[UUID, ...]


def needed(by: Visitor, therapy: UUID, room: UUID | None, persons: Collection[UUID]) -> Needed:
    """What a session of this therapy needs, its therapists being those of now."""
    seats = Therapist.objects.filter(practice_id=by.practice, therapy_id=therapy, to_on=None)
    members = seats.order_by("member_id").values_list("member_id", flat=True)
    return Needed(room, tuple(members), tuple(sorted(persons)))


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment up to another, apart from sessions that are themselves being moved."""

    since: datetime
    until: datetime
    besides: tuple[UUID, ...] = ()


def taken(by: Visitor, what: Needed, span: Span) -> list[Taken]:
    """When the room, the therapists and the persons are taken, without saying by whom.

    Persons count across all therapies, since nobody can be in two; `is_known` tells whether the
    visitor may know of the other session, and nothing else of it leaves this function.
    """
    found = []
    if what.room is not None:
        rooms = Session.objects.filter(room_id=what.room)
        found += [
            Taken(start, end, Holder.ROOM, what.room) for _, start, end in _when(by, rooms, span)
        ]
    for member in what.members:
        seats = Therapist.objects.filter(member_id=member, to_on__isnull=True)
        theirs = Session.objects.filter(therapy_id__in=seats.values("therapy_id"))
        found += [
            Taken(start, end, Holder.THERAPIST, member) for _, start, end in _when(by, theirs, span)
        ]
    return found + _persons_taken(by, what.persons, span)


def _persons_taken(by: Visitor, persons: Collection[UUID], span: Span) -> list[Taken]:
    places = Attendance.objects.filter(
        participant__person_id__in=persons, state__in=EXPECTED_OR_CAME
    )
    person_of: dict[UUID, list[UUID]] = {}
    for session, person in places.filter(_in(span, "session__")).values_list(
        "session_id", "participant__person_id"
    ):
        person_of.setdefault(session, []).append(person)
    known = visible_to(by, Action.PLAN, Layer.ADMIN).filter(pk__in=list(person_of))
    may_know = set(known.values_list("pk", flat=True))
    return [
        Taken(start, end, Holder.PERSON, person, session in may_know)
        for session, start, end in _when(by, Session.objects.filter(pk__in=list(person_of)), span)
        for person in person_of[session]
    ]


def _when(
    by: Visitor, chosen: QuerySet[Session], span: Span
) -> Iterable[tuple[UUID, datetime, datetime]]:
    theirs = chosen.filter(_in(span), practice_id=by.practice, state__in=TAKES_TIME)
    return theirs.exclude(pk__in=span.besides).values_list("pk", "starts_at", "ends_at")


def _in(span: Span, to: str = "") -> Q:
    """Overlaps the span; the second bound is for the index, since no session is longer."""
    longest = timedelta(minutes=LONGEST_MINUTES)
    return Q(**{
        f"{to}starts_at__lt": span.until, f"{to}ends_at__gt": span.since,
        f"{to}starts_at__gte": span.since - longest,
    })  # fmt: skip


def names_of(by: Visitor, what: Needed) -> dict[UUID, str]:
    """What the room, the therapists and the persons are called, by id."""
    members = Member.objects.filter(practice_id=by.practice, pk__in=what.members)
    persons = Person.objects.filter(practice_id=by.practice, pk__in=what.persons)
    keyring.warm(what.persons)
    rooms = [room for room in practices.rooms(by) if room.id == what.room]
    called = {room.id: room.name for room in rooms}
    called |= {member.id: member.name for member in members}
    return called | {person.id: person.name for person in persons}


def done(by: Visitor, sessions: Iterable[UUID]) -> dict[UUID, list[Ticked]]:
    """What was done in sessions whose record the visitor may read, in the order it was said."""
    rows = _done(practice=by.practice, among=list(sessions))
    known = set(therapies.reached(by, {row.therapy_id for row in rows}))
    found: dict[UUID, list[Ticked]] = {}
    for row in rows:
        if row.therapy_id in known:
            found.setdefault(row.session_id, []).append((row.approach, row.technique))
    return found


@prepared
def _done(practice: One, among: Many) -> QuerySet[Done]:
    chosen = Done.objects.filter(practice_id=practice, session_id__in=among, taken_back_at=None)
    return chosen.order_by("said_at", "id")
