"""The diary's pages: calendar, planning, moving, cancelling, and who was there."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.practice import queries as practices
from holdspace.frame.therapy import queries as therapies
from holdspace.hour.encounters import actions, forms, queries, recurrence, rules, week
from holdspace.hour.encounters.actions import CannotPlan, Conflict

if TYPE_CHECKING:
    from holdspace.hour.encounters.models import Session

WRONG = 422
Refusals = (CannotPlan, rules.OutOfReach, rules.CannotMove, recurrence.NotARule)
READS_AND_WRITES = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@door(Action.PLAN, Layer.ADMIN, what="calendar")
def calendar(request: Asked) -> HttpResponse:
    """A day or a week: one's own, or for the desk everybody's."""
    by, zone = request.visitor, queries.zone_of(request.visitor)
    view = "day" if request.GET.get("view") == "day" else "week"
    on = _day_asked(request) or timezone.localdate()
    days = week.days_of(on, view)
    everyone = queries.may_see_everyone(by) and not therapies.seats(by).exists()
    sessions = queries.between(
        by,
        since=recurrence.moment(days[0], time.min, zone),
        until=recurrence.moment(days[-1] + timedelta(days=1), time.min, zone),
        everyone=everyone,
    )
    members: dict[UUID, list[str]] = {}
    if everyone:
        for seat in therapies.therapists(by, {session.therapy_id for session in sessions}):
            members.setdefault(seat.therapy_id, []).append(seat.member.name)
    step = timedelta(days=1 if view == "day" else 7)
    context = {
        "sheet": week.sheet(days, sessions, zone, members=members),
        "view": view, "on": on, "before": on - step, "after": on + step,
        "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "encounters/calendar.html", context)


def _day_asked(request: Asked) -> date | None:
    try:
        return parse_date(request.GET.get("on", ""))
    except ValueError:
        return None


@READS_AND_WRITES
@door(Action.PLAN, Layer.ADMIN, what="new session")
def new_session(request: Asked) -> HttpResponse:
    """Plan a session or a series."""
    by = request.visitor
    form = forms.PlanForm(
        request.POST or None,
        initial=_wanted(request),
        therapies=queries.plannable(by),
        rooms=practices.rooms(by),
        zone=queries.zone_of(by),
    )

    def plan() -> HttpResponse:
        slot, rule, at = form.slot(), form.rule(), timezone.now()
        therapy = form.cleaned_data["therapy"]
        if rule is None:
            actions.plan(therapy, slot, by=by, at=at)
        else:
            skip = form.cleaned_data["skip"]
            actions.plan_series(therapy, slot, rule, skip=skip, by=by, at=at)
        messages.success(request, _("It is in the diary."))
        return redirect(f"/calendar/?on={form.cleaned_data['date']:%Y-%m-%d}")

    return _form_page(request, form, plan, "encounters/new_session.html", {})


def _wanted(request: Asked) -> dict[str, Any]:
    """What the address asks for: a therapy, a day, a time."""
    by = request.visitor
    practice = practices.practice_of(by)
    asked = {key: request.GET[key] for key in ("therapy", "date", "time") if key in request.GET}
    return {"date": timezone.localdate(), "minutes": practice.session_minutes, **asked}


def _form_page(
    request: Asked,
    form: Any,
    do: Callable[[], HttpResponse],
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Show a form; do what it says; or show it again with the reason, and what was typed."""
    status, free = 200, ()
    if request.method == "POST":
        status = WRONG
        if form.is_valid():
            try:
                return do()
            except Conflict as conflict:
                form.add_error(None, str(conflict))
                free = conflict.free
            except Refusals as refusal:
                form.add_error(None, _(str(refusal)))
    return render(request, template, {"form": form, "free": free, **context}, status=status)


@require_safe
@door(Action.PLAN, Layer.ADMIN, what="session")
def session_page(request: Asked, session: UUID) -> HttpResponse:
    """One session: when, where, who is expected, and what can be done with it."""
    by = request.visitor
    found = queries.one(by, session, Action.PLAN, Layer.ADMIN)
    context = {
        "session": found,
        "attendance": _named(by, session),
        "parts": queries.parts_of(by, session),
        "may_open": queries.visible_to(by).filter(pk=session).exists(),
    }
    return render(request, "encounters/session.html", context)


@READS_AND_WRITES
@door(Action.PLAN, Layer.ADMIN, what="move session")
def session_move(request: Asked, session: UUID) -> HttpResponse:
    """Another time or place: of this one, this and the following, or all."""
    by = request.visitor
    found = queries.one(by, session, Action.PLAN, Layer.ADMIN)
    form = forms.MoveForm(
        request.POST or None,
        initial=_as_it_is(found) | _shifted(request),
        rooms=practices.rooms(by),
        zone=queries.zone_of(by),
    )

    def move() -> HttpResponse:
        scope = rules.Scope(form.cleaned_data["scope"])
        actions.move(session, form.slot(), scope, by=by, at=timezone.now())
        messages.success(request, _("It is moved."))
        return redirect(f"/calendar/?on={form.cleaned_data['date']:%Y-%m-%d}")

    return _form_page(request, form, move, "encounters/move.html", {"session": found})


def _as_it_is(session: "Session") -> dict[str, Any]:
    start = timezone.localtime(session.starts_at)
    minutes = int((session.ends_at - session.starts_at).total_seconds() // 60)
    return {
        "date": start.date(), "time": start.time(), "minutes": minutes, "place": session.place,
        "room": str(session.room_id or ""), "kind": session.kind,
    }  # fmt: skip


def _shifted(request: Asked) -> dict[str, Any]:
    """Where it was dragged to, before that is confirmed."""
    return {key: request.GET[key] for key in ("date", "time") if key in request.GET}


@READS_AND_WRITES
@door(Action.PLAN, Layer.ADMIN, what="cancel session")
def session_cancel(request: Asked, session: UUID) -> HttpResponse:
    """It is not held: who cancelled, and of a series which."""
    by = request.visitor
    found = queries.one(by, session, Action.PLAN, Layer.ADMIN)
    form = forms.CancelForm(request.POST or None, initial={"who": rules.WhoCancelled.CLIENT.value})

    def cancel() -> HttpResponse:
        who = rules.WhoCancelled(form.cleaned_data["who"])
        scope = rules.Scope(form.cleaned_data["scope"])
        actions.cancel(session, who, scope, by=by, at=timezone.now())
        messages.success(request, _("It is cancelled."))
        return redirect("session", session=session)

    return _form_page(request, form, cancel, "encounters/cancel.html", {"session": found})


@require_POST
@door(Action.PLAN, Layer.ADMIN, what="restore session")
def session_restore(request: Asked, session: UUID) -> HttpResponse:
    """It takes place after all."""
    try:
        actions.restore(session, by=request.visitor, at=timezone.now())
    except (*Refusals, Conflict) as refusal:
        messages.error(request, _(str(refusal)))
    return redirect("session", session=session)


@READS_AND_WRITES
@door(Action.ATTEND, Layer.ADMIN, what="attendance")
def attendance(request: Asked, session: UUID) -> HttpResponse:
    """How each attended, one form each, and when it really was."""
    by, at = request.visitor, timezone.now()
    found = queries.one(by, session, Action.ATTEND, Layer.ADMIN)
    rows = _named(by, session)
    posted = request.POST.get("participant", "")
    shown = []
    for row, name in rows:
        mine = posted == str(row.participant_id)
        form = forms.PresenceForm(
            request.POST if mine else None, initial=vars(row), prefix=str(row.participant_id)
        )
        if mine and form.is_valid():
            try:
                actions.attend(session, row.participant_id, form.presence(), by=by, at=at)
            except Refusals as refusal:
                form.add_error(None, _(str(refusal)))
            else:
                messages.success(request, _("It is noted."))
                return redirect("attendance", session=session)
        shown.append((row, name, form))
    times = forms.TimesForm(request.POST if "began" in request.POST else None, initial=_real(found))
    if times.is_bound and times.is_valid():
        try:
            began, ended = times.times(queries.zone_of(by))
            actions.set_times(session, began, ended, by=by, at=at)
        except Refusals as refusal:
            times.add_error(None, _(str(refusal)))
        else:
            messages.success(request, _("It is noted."))
            return redirect("attendance", session=session)
    status = WRONG if request.method == "POST" else 200
    context = {"session": found, "rows": shown, "times": times}
    return render(request, "encounters/attendance.html", context, status=status)


def _named(by: Any, session: UUID) -> list[tuple[Any, str]]:
    rows = queries.attendance_of(by, [session])
    return [(row, _called(row.participant.person)) for row in rows]


def _called(person: Any) -> str:
    return str(person.preferred_name or person.name)


def _real(session: "Session") -> dict[str, Any]:
    began = timezone.localtime(session.began_at or session.starts_at)
    ended = timezone.localtime(session.ended_at) if session.ended_at else None
    return {"date": began.date(), "began": began.time(), "ended": ended.time() if ended else None}
