"""Planning a session, or a series of them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from holdspace.cellar.access import lines
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.therapy import queries as therapies
from holdspace.frame.therapy.models import Participant, Therapy
from holdspace.hour.encounters import queries
from holdspace.hour.encounters.actions.diary import (
    CannotPlan,
    Conflict,
    Diary,
    Slot,
    hold,
    place_of,
)
from holdspace.hour.encounters.models import Attendance, Series, Session
from holdspace.hour.encounters.recurrence import Rule, occurrences, to_text
from holdspace.hour.encounters.rules import SERIES_AT_MOST, check_slot


def plan(
    therapy: UUID,
    slot: Slot,
    *,
    participants: Collection[UUID] | None = None,
    by: Visitor,
    at: datetime,
) -> Session:
    """Plan one session with everybody, or with some; raises CannotPlan, OutOfReach, Conflict."""
    found = therapies.one(by, therapy, Action.PLAN, Layer.ADMIN)
    coming = _coming(by, found, slot, participants, at=at)
    slot = replace(slot, room=place_of(by, slot))
    with transaction.atomic():
        what = queries.needed(by, therapy, slot.room, {one.person_id for one in coming})
        diary = hold(by, what, [slot])
        clash = diary.clash(slot)
        if clash is not None:
            raise Conflict([clash], diary.free_near(slot, at=at))
        session = _session(found, slot, diary.zone)
        session.save()
        _write_attendance([session], coming)
        lines.did(by, "plan", "session", [session.id, therapy], at=at, layer=Layer.ADMIN)
    return session


def plan_series(  # noqa: PLR0913 - what a series is; each is named where it is called
    therapy: UUID,
    slot: Slot,
    rule: Rule,
    *,
    participants: Collection[UUID] | None = None,
    skip: bool = False,
    by: Visitor,
    at: datetime,
) -> Series:
    """Plan every session of a series, with everybody or some, or with `skip` those that are free.

    Raises NotARule, CannotPlan, OutOfReach, and Conflict with every date that is not free.
    """
    found = therapies.one(by, therapy, Action.PLAN, Layer.ADMIN)
    zone = queries.zone_of(by)
    first = slot.starts_at.astimezone(zone)
    moments = occurrences(rule, first.date(), first.time(), zone, at_most=SERIES_AT_MOST)
    slot = replace(slot, starts_at=moments[0], room=place_of(by, slot))
    slots = [replace(slot, starts_at=moment) for moment in moments]
    coming = _coming(by, found, slot, participants, at=at)
    check_slot(slots[-1].starts_at, slot.minutes, at=at)
    begins = moments[0].astimezone(zone)
    series = Series(
        practice_id=by.practice, therapy=found, rule=to_text(rule, zone),
        first_local=f"{begins:%Y-%m-%dT%H:%M}", time_zone=zone.key, minutes=slot.minutes,
    )  # fmt: skip
    with transaction.atomic():
        what = queries.needed(by, therapy, slot.room, {one.person_id for one in coming})
        free = _free(hold(by, what, slots), slots, skip=skip)
        series.save()
        sessions = [_session(found, one, zone, series) for one in free]
        Session.objects.bulk_create(sessions)
        _write_attendance(sessions, coming)
        lines.did(by, "plan", "series", [series.id, therapy], at=at, layer=Layer.ADMIN)
    return series


def _free(diary: Diary, slots: Sequence[Slot], *, skip: bool) -> list[Slot]:
    """The slots that are free; raises Conflict unless the others may be left out."""
    free, clashes = [], []
    for slot in slots:
        clash = diary.clash(slot)
        if clash is None:
            free.append(slot)
            diary.take(slot)
        else:
            clashes.append(clash)
    if clashes and not (skip and free):
        raise Conflict(clashes)
    return free


def _coming(
    by: Visitor, therapy: Therapy, slot: Slot, chosen: Collection[UUID] | None, *, at: datetime
) -> list[Participant]:
    """Who is expected, once it is sure that a session may lie there."""
    check_slot(slot.starts_at, slot.minutes, at=at)
    on = slot.starts_at.astimezone(queries.zone_of(by)).date()
    if therapy.ended_on is not None and on > therapy.ended_on:
        raise CannotPlan(_("This therapy has ended."))
    everybody = queries.expected(by, therapy.id, on)
    if chosen is None:
        return everybody
    coming = [one for one in everybody if one.id in chosen]
    if len(coming) != len(set(chosen)) or not coming:
        raise CannotPlan(_("Choose who is to come, among those who take part."))
    return coming


def _session(therapy: Therapy, slot: Slot, zone: ZoneInfo, series: Series | None = None) -> Session:
    return Session(
        practice_id=therapy.practice_id, therapy=therapy, series=series, kind=slot.kind,
        starts_at=slot.starts_at, ends_at=slot.ends_at, time_zone=zone.key,
        place=slot.place, room_id=slot.room,
    )  # fmt: skip


def _write_attendance(sessions: Sequence[Session], coming: Sequence[Participant]) -> None:
    Attendance.objects.bulk_create(
        Attendance(practice_id=one.practice_id, session=one, participant=participant)
        for one in sessions
        for participant in coming
    )
