"""The hour itself: beginning, ending, who came, and who was there in which part of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from holdspace.cellar.access import lines
from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.therapy.models import Participant
from holdspace.hour.encounters import queries
from holdspace.hour.encounters.models import Attendance, Part, Session
from holdspace.hour.encounters.rules import (
    EXPECTED_OR_CAME,
    LONGEST_MINUTES,
    Attended,
    CannotMove,
    OutOfReach,
    State,
    check_begin,
    check_real,
    move,
    real_end,
    state_after,
)

DOORKNOB_MINUTES = 10


class CannotSplit(Exception):
    """A session cannot be parted here; says why."""


@dataclass(frozen=True, slots=True)
class Presence:
    """How somebody attended; minutes are asked of those who came."""

    state: Attended
    minutes_late: int = 0
    minutes_early: int = 0


def begin(session: UUID, *, by: Visitor, at: datetime) -> Session:
    """The door opens; raises CannotMove, OutOfReach. Beginning twice changes nothing."""
    queries.one(by, session, Action.ATTEND, Layer.ADMIN)
    with transaction.atomic():
        one = _locked(session)
        if one.state == State.BEGUN:
            return one
        check_begin(one.starts_at, one.ends_at, at=at)
        if one.state == State.NOT_HELD:
            Attendance.objects.filter(session=one).update(state=Attended.EXPECTED)
        one.state = move(State(one.state), State.BEGUN)
        one.began_at, one.ended_at = one.began_at or at, None
        one.save()
        _line(by, "begin", one, at=at)
    return one


def end(session: UUID, *, by: Visitor, at: datetime) -> Session:
    """The room is put away; whoever was expected and not said to be absent, attended."""
    queries.one(by, session, Action.ATTEND, Layer.ADMIN)
    with transaction.atomic():
        one = _locked(session)
        if one.state == State.HELD:
            return one
        one.state = move(State(one.state), State.HELD)
        one.began_at = one.began_at or min(one.starts_at, at)
        one.ended_at = real_end(one.began_at, one.ends_at, at=at)
        one.save()
        _everybody_came(one)
        _line(by, "end", one, at=at)
    return one


def extend(session: UUID, minutes: int = DOORKNOB_MINUTES, *, by: Visitor, at: datetime) -> Session:
    """Something came up at the door: more time at once, whoever waits. See `queries.runs_into`."""
    queries.one(by, session, Action.ATTEND, Layer.ADMIN)
    with transaction.atomic():
        one = _locked(session)
        if one.state not in (State.PLANNED, State.BEGUN):
            raise CannotMove(_("Only a session that is planned or begun is extended."))
        one.ends_at += timedelta(minutes=minutes)
        if minutes < 1 or one.ends_at - one.starts_at > timedelta(minutes=LONGEST_MINUTES):
            raise OutOfReach(_("A session lasts from 1 minute to 24 hours."))
        one.save()
        _line(by, "extend", one, at=at)
    return one


def set_times(
    session: UUID, began_at: datetime, ended_at: datetime | None, *, by: Visitor, at: datetime
) -> Session:
    """When it really was; without an end it goes on. Raises CannotMove, OutOfReach."""
    queries.one(by, session, Action.ATTEND, Layer.ADMIN)
    check_real(began_at, ended_at, at=at)
    with transaction.atomic():
        one = _locked(session)
        to = State.BEGUN if ended_at is None else State.HELD
        if one.state != to:
            one.state = move(State(one.state), to)
        one.began_at, one.ended_at = began_at, ended_at
        one.save()
        if ended_at is not None:
            _everybody_came(one)
        _line(by, "time", one, at=at)
    return one


def attend(
    session: UUID, participant: UUID, how: Presence, *, by: Visitor, at: datetime
) -> Attendance:
    """Say how one participant attended; where nobody came, the session was not held."""
    (row,) = attend_all(session, {participant: how}, by=by, at=at)
    return row


def attend_all(
    session: UUID, said: Mapping[UUID, Presence], *, by: Visitor, at: datetime
) -> list[Attendance]:
    """Say how several attended, all or none; raises CannotMove, OutOfReach, NotHere."""
    found = queries.one(by, session, Action.ATTEND, Layer.ADMIN)
    minutes = [one for how in said.values() for one in (how.minutes_late, how.minutes_early)]
    if not all(0 <= one <= LONGEST_MINUTES for one in minutes):
        raise OutOfReach(_("Minutes are from 0 to 1440."))
    with transaction.atomic():
        one = _locked(session)
        if one.state == State.WITHDRAWN:
            raise CannotMove(_("A session that is withdrawn has nobody to attend it."))
        rows = [_noted(found, participant, how) for participant, how in said.items()]
        _settle(one, at=at)
        subjects = [session, found.therapy_id, *said]
        lines.did(by, "attend", "session", subjects, at=at, layer=Layer.ADMIN)
    return rows


def _noted(session: Session, participant: UUID, how: Presence) -> Attendance:
    row = _place(session, participant)
    row.state = how.state
    came = how.state in EXPECTED_OR_CAME
    row.minutes_late = how.minutes_late if came else 0
    row.minutes_early = how.minutes_early if came else 0
    row.save()
    return row


# ------------------------------------------------------------------ parts


def split(
    session: UUID,
    from_minute: int,
    present: Collection[UUID],
    others: str = "",
    *,
    by: Visitor,
    at: datetime,
) -> Part:
    """From this minute other people are in the room; raises CannotSplit, NotHere."""
    found = queries.one(by, session, Action.ATTEND, Layer.ADMIN)
    with transaction.atomic():
        one = _locked(session)
        if one.state not in (State.PLANNED, State.BEGUN, State.HELD):
            raise CannotSplit(_("A session that is not held has no parts."))
        last = Part.objects.filter(session=one).order_by("-number").first()
        if last is None:
            last = _part(found, 1, 0)
        if not last.from_minute < from_minute < LONGEST_MINUTES:
            raise CannotSplit(_("A part begins after the one before it."))
        part = _part(found, last.number + 1, from_minute, others)
        _set_present(found, part.number, present)
        _line(by, "split", one, at=at)
    return part


def change_part(
    session: UUID,
    number: int,
    present: Collection[UUID],
    others: str = "",
    *,
    by: Visitor,
    at: datetime,
) -> Part:
    """Say anew who was there in a part; raises CannotSplit where there is no such part."""
    found = queries.one(by, session, Action.ATTEND, Layer.ADMIN)
    with transaction.atomic():
        one = _locked(session)
        part = Part.objects.filter(session=one, number=number).first()
        if part is None:
            raise CannotSplit(_("There is no such part."))
        part.others = others
        part.save()
        _set_present(found, number, present)
        _line(by, "part", one, at=at)
    return part


def _part(session: Session, number: int, from_minute: int, others: str = "") -> Part:
    return Part.objects.create(
        practice_id=session.practice_id, session=session, therapy_id=session.therapy_id,
        number=number, from_minute=from_minute, others=others,
    )  # fmt: skip


def _set_present(session: Session, number: int, present: Collection[UUID]) -> None:
    """Those who are not named were not there."""
    rows = {row.participant_id: row for row in Attendance.objects.filter(session=session)}
    unknown = [one for one in present if one not in rows]
    if unknown:
        raise NotHere(subject=unknown[0])
    for participant, row in rows.items():
        absent = set(row.absent_in_parts) - {number}
        if participant not in present:
            absent.add(number)
        row.absent_in_parts = sorted(absent)
        row.save()


# ------------------------------------------------------------------ rows


def _locked(session: UUID) -> Session:
    return Session.objects.select_for_update(no_key=True).get(pk=session)


def _place(session: Session, participant: UUID) -> Attendance:
    """Somebody's row; made for those who joined after it was planned. Raises NotHere."""
    row = Attendance.objects.filter(session=session, participant_id=participant).first()
    if row is not None:
        return row
    theirs = Participant.objects.filter(pk=participant, therapy_id=session.therapy_id).first()
    if theirs is None:
        raise NotHere(subject=participant)
    return Attendance(practice_id=session.practice_id, session=session, participant=theirs)


def _everybody_came(session: Session) -> None:
    rows = Attendance.objects.filter(session=session)
    rows.filter(state=Attended.EXPECTED).update(state=Attended.ATTENDED)


def _settle(session: Session, *, at: datetime) -> None:
    """A session to which nobody came was not held, and the other way round."""
    states = Attendance.objects.filter(session=session).values_list("state", flat=True)
    was = State(session.state)
    session.state = state_after(
        was, [Attended(one) for one in states], is_over=at >= session.ends_at
    )
    if session.state == was:
        return
    if session.state == State.HELD:
        session.began_at = session.began_at or session.starts_at
        session.ended_at = session.ended_at or session.ends_at
    session.save()


def _line(by: Visitor, verb: str, session: Session, *, at: datetime) -> None:
    subjects = [session.id, session.therapy_id]
    lines.did(by, verb, "session", subjects, at=at, layer=Layer.ADMIN)
