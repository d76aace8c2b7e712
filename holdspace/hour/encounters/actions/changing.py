"""Changing what was planned: moving, cancelling, taking away, and taking that back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from holdspace.cellar.access import lines
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.practice import queries as practices
from holdspace.frame.practice.rules import PlaceKind
from holdspace.hour.encounters import queries
from holdspace.hour.encounters.actions.diary import Clash, Conflict, Slot, hold, place_of
from holdspace.hour.encounters.models import Attendance, Series, Session
from holdspace.hour.encounters.recurrence import (
    from_text,
    moment,
    occurrences,
    shifted,
    split,
    to_text,
)
from holdspace.hour.encounters.rules import (
    EXPECTED_OR_CAME,
    SERIES_AT_MOST,
    Attended,
    CannotMove,
    Kind,
    Scope,
    State,
    WhoCancelled,
    absence,
    check_slot,
)
from holdspace.hour.encounters.rules import (
    move as move_state,
)


def move(
    session: UUID, to: Slot, scope: Scope = Scope.ONE, *, by: Visitor, at: datetime
) -> list[Session]:
    """Move a session, or with it the rest of its series, by the clock on the wall.

    Sessions of the series that were moved on their own stay where they are. Raises CannotMove,
    CannotPlan, OutOfReach, Conflict.
    """
    queries.one(by, session, Action.PLAN, Layer.ADMIN)
    check_slot(to.starts_at, to.minutes, at=at)
    to = replace(to, room=place_of(by, to))
    zone = queries.zone_of(by)
    with transaction.atomic():
        anchor, chosen = _meant(by, session, scope, with_exceptions=False)
        slots = _slots(anchor, chosen, to, zone)
        check_slot(slots[-1].starts_at, to.minutes, at=at)
        _check_free(by, chosen, slots, at=at)
        _replant(anchor, chosen, to, zone)
        for one, slot in zip(chosen, slots, strict=True):
            one.starts_at, one.ends_at = slot.starts_at, slot.ends_at
            one.place, one.room_id, one.kind = slot.place, slot.room, slot.kind
            one.time_zone = zone.key
            one.save()
        _line(by, "move", chosen, at=at)
    return chosen


def cancel(
    session: UUID,
    who: WhoCancelled,
    scope: Scope = Scope.ONE,
    *,
    told_at: datetime | None = None,
    by: Visitor,
    at: datetime,
) -> list[Session]:
    """A session is not held; everybody who was expected is noted by who cancelled, and when."""
    queries.one(by, session, Action.PLAN, Layer.ADMIN)
    hours = practices.cancellation_hours(by)
    with transaction.atomic():
        _, chosen = _meant(by, session, scope)
        for one in chosen:
            one.state = move_state(State(one.state), State.NOT_HELD)
            one.save()
            how = absence(who, one.starts_at, told_at or at, hours)
            rows = Attendance.objects.filter(session=one, state__in=EXPECTED_OR_CAME)
            rows.update(state=how, minutes_late=0, minutes_early=0)
        _line(by, "cancel", chosen, at=at)
    return chosen


def withdraw(
    session: UUID, scope: Scope = Scope.ONE, *, by: Visitor, at: datetime
) -> list[Session]:
    """Take sessions out of the diary that were planned by mistake, or a series that has ended."""
    queries.one(by, session, Action.PLAN, Layer.ADMIN)
    with transaction.atomic():
        _, chosen = _meant(by, session, scope)
        for one in chosen:
            one.state = move_state(State(one.state), State.WITHDRAWN)
            one.save()
        _line(by, "withdraw", chosen, at=at)
    return chosen


def restore(session: UUID, *, by: Visitor, at: datetime) -> Session:
    """A session that was cancelled takes place after all, if its time is still free."""
    queries.one(by, session, Action.PLAN, Layer.ADMIN)
    with transaction.atomic():
        (one,) = _held_still([session])
        if one.state != State.NOT_HELD:
            raise CannotMove(_("Only a session that is not held can be taken up again."))
        one.state = move_state(State(one.state), State.PLANNED)
        Attendance.objects.filter(session=one).update(
            state=Attended.EXPECTED, minutes_late=0, minutes_early=0
        )
        _check_free(by, [one], [_slot(one)], at=at)
        one.save()
        _line(by, "restore", [one], at=at)
    return one


# ------------------------------------------------------------------ which ones, and to where


def _held_still(sessions: Sequence[UUID]) -> list[Session]:
    """The rows, locked until this transaction ends."""
    rows = Session.objects.filter(pk__in=sessions).select_for_update(no_key=True)
    return list(rows.order_by("starts_at", "pk"))


def _meant(
    by: Visitor, session: UUID, scope: Scope, *, with_exceptions: bool = True
) -> tuple[Session, list[Session]]:
    """The session that was asked of, and all that the change is meant for, locked, in order."""
    anchor = Session.objects.select_related("series").get(pk=session)
    ids = {session}
    if scope is not Scope.ONE and anchor.series is not None:
        planned = queries.in_series(by, anchor.series.id)
        if scope is Scope.FOLLOWING:
            planned = [one for one in planned if one.starts_at >= anchor.starts_at]
        regular = _regular(anchor.series)
        ids |= {one.id for one in planned if with_exceptions or one.starts_at in regular}
    return anchor, _held_still(list(ids))


def _regular(series: Series) -> set[datetime]:
    """The moments that the rule of a series names."""
    zone = ZoneInfo(series.time_zone)
    first = datetime.fromisoformat(series.first_local)
    rule = from_text(series.rule, zone)
    return set(occurrences(rule, first.date(), first.time(), zone, at_most=SERIES_AT_MOST))


def _slots(anchor: Session, chosen: Sequence[Session], to: Slot, zone: ZoneInfo) -> list[Slot]:
    """Where each goes: as many days later or earlier, at the new time by the clock."""
    for one in chosen:
        if one.state != State.PLANNED:
            raise CannotMove(_("Only a session that is still to be held can be moved."))
    local = to.starts_at.astimezone(zone)
    days = local.date() - anchor.starts_at.astimezone(zone).date()
    return [
        to
        if one.id == anchor.id
        else replace(
            to,
            starts_at=moment(_day(one, zone) + days, local.time(), zone),
            kind=Kind(one.kind),
        )
        for one in chosen
    ]


def _day(session: Session, zone: ZoneInfo) -> date:
    return session.starts_at.astimezone(zone).date()


def _slot(session: Session) -> Slot:
    minutes = (session.ends_at - session.starts_at) // timedelta(minutes=1)
    place, kind = PlaceKind(session.place), Kind(session.kind)
    return Slot(session.starts_at, minutes, place, session.room_id, kind)


def _check_free(
    by: Visitor, chosen: Sequence[Session], slots: Sequence[Slot], *, at: datetime
) -> None:
    """Whether all of it is free, but for the sessions that are themselves being moved."""
    expected = Attendance.objects.filter(session__in=chosen, state__in=EXPECTED_OR_CAME)
    persons = set(expected.values_list("participant__person_id", flat=True))
    what = queries.needed(by, chosen[0].therapy_id, slots[0].room, persons)
    moving = [one.id for one in chosen]
    diary = hold(by, what, slots, moving)
    clashes: list[Clash] = []
    for slot in slots:
        clash = diary.clash(slot)
        diary.take(slot)
        if clash is not None:
            clashes.append(clash)
    if clashes:
        near = diary.free_near(slots[0], at=at, besides=moving) if len(slots) == 1 else []
        raise Conflict(clashes, near)


def _replant(anchor: Session, chosen: Sequence[Session], to: Slot, zone: ZoneInfo) -> None:
    """Give the sessions that move together a rule that says where they are now."""
    series = anchor.series
    if series is None or len(chosen) == 1:
        return
    was, local = ZoneInfo(series.time_zone), to.starts_at.astimezone(zone)
    regular = _regular(series)
    base = next(one for one in chosen if one.starts_at in regular)
    first = datetime.fromisoformat(series.first_local).date()
    head, rest = split(from_text(series.rule, was), first, _day(base, was))
    days = local.date() - _day(anchor, zone)
    begins = _day(base, zone) + days
    moved = Series(practice_id=series.practice_id, therapy_id=series.therapy_id)
    if head is None:
        moved = series
    else:
        series.rule = to_text(head, was)
        series.save()
    moved.rule, moved.time_zone = to_text(shifted(rest, days.days), zone), zone.key
    moved.first_local = f"{begins:%Y-%m-%d}T{local:%H:%M}"
    moved.minutes = to.minutes
    moved.save()
    for one in chosen:
        one.series = moved


def _line(by: Visitor, verb: str, chosen: Sequence[Session], *, at: datetime) -> None:
    subjects = [*(one.id for one in chosen), chosen[0].therapy_id]
    lines.did(by, verb, "session", subjects, at=at, layer=Layer.ADMIN)
