"""The diary's pages: calendar, planning, moving, cancelling, and who was there."""

from collections.abc import Callable, Sequence
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.ui.forms import veiled
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.practice import queries as practices
from holdspace.frame.therapy import queries as therapies
from holdspace.hour.encounters import actions, forms, labels, queries, recurrence, rules, week
from holdspace.hour.encounters.actions import CannotPlan, CannotSplit, Conflict

if TYPE_CHECKING:
    from holdspace.frame.therapy.models import Participant
    from holdspace.hour.encounters.models import Part, Session

WRONG = 422
Refusals = (CannotPlan, CannotSplit, rules.OutOfReach, rules.CannotMove, recurrence.NotARule)
READS_AND_WRITES = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@door(Action.PLAN, Layer.ADMIN, what="calendar")
def calendar(request: Asked) -> HttpResponse:
    """A day or a week: one's own, or for the desk everybody's."""
    by, zone = request.visitor, queries.zone_of(request.visitor)
    view = "day" if request.GET.get("view") == "day" else "week"
    on = _day_asked(request) or timezone.localdate()
    days = week.days_of(on, view)
    everyone = queries.may_see_everyone(by) and not therapies.own(by)
    sessions = queries.between(
        by,
        since=recurrence.moment(days[0], time.min, zone),
        until=recurrence.moment(days[-1] + timedelta(days=1), time.min, zone),
        everyone=everyone,
    )
    blocks = week.blocks_of(sessions, zone, _members(by, sessions) if everyone else {})
    name_of = COLUMNS.get(request.GET.get("by", "")) if everyone and view == "day" else None
    step = timedelta(days=1 if view == "day" else 7)
    context = {
        "sheet": week.by_name(on, blocks, name_of) if name_of else week.by_days(days, blocks),
        "view": view, "on": on, "before": on - step, "after": on + step,
        "today": timezone.localdate(), "everyone": everyone,
        "by": request.GET["by"] if name_of else "",
        "is_wrong": bool(request.GET.get("on")) and _day_asked(request) is None,
    }  # fmt: skip
    return render(request, "encounters/calendar.html", context)


def _by_room(block: week.Block) -> str:
    room = block.session.room
    return room.name if room else _("No room")


def _by_therapist(block: week.Block) -> str:
    return block.with_whom or _("Nobody")


COLUMNS: Final = {"room": _by_room, "therapist": _by_therapist}


def _members(by: Visitor, sessions: Sequence["Session"]) -> dict[UUID, list[str]]:
    """Who holds each therapy, by name."""
    found: dict[UUID, list[str]] = {}
    for seat in therapies.therapists(by, {session.therapy_id for session in sessions}):
        found.setdefault(seat.therapy_id, []).append(seat.member.name)
    return found


def _day_asked(request: Asked) -> date | None:
    asked = forms.LookForm(request.GET)
    return asked.cleaned_data["on"] if asked.is_valid() else None


@READS_AND_WRITES
@door(Action.PLAN, Layer.ADMIN, what="new session")
def new_session(request: Asked) -> HttpResponse:
    """Plan a session or a series."""
    by = request.visitor
    zone = queries.zone_of(by)
    is_looking = "look" in request.POST
    form = forms.NewSessionForm(
        None if is_looking else _typed(request),
        initial=_kept(request) if is_looking else _wanted(request),
        therapies=[(str(one.id), one.title) for one in queries.plannable(by)],
        people=_may_come(request),
        rooms=_rooms(request),
    )
    if request.headers.get("HX-Request"):
        return render(request, "encounters/coming.html", {"form": form})
    if is_looking:
        return render(request, "encounters/new_session.html", {"form": form})

    def plan() -> HttpResponse:
        said, at, coming = form.cleaned_data, timezone.now(), form.who_comes()
        therapy, slot = UUID(said["therapy"]), form.slot(zone, rules.Kind(said["kind"]))
        if form.rule is None:
            actions.plan(therapy, slot, participants=coming, by=by, at=at)
            messages.success(request, _("It is in the diary."))
        else:
            made = actions.plan_series(
                therapy, slot, form.rule, participants=coming, skip=_skips(request), by=by, at=at
            )
            told = _("They are in the diary: %s.") % labels.series_words(made)
            messages.success(request, told)
        return _to_calendar(said["on"])

    return _form_page(request, form, plan, "encounters/new_session.html", {})


def _kept(request: Asked) -> dict[str, Any]:
    """What was typed so far, where somebody only looks who takes part."""
    kept: dict[str, Any] = request.POST.dict()
    return kept | {"weekdays": request.POST.getlist("weekdays")}


def _may_come(request: Asked) -> Sequence["Participant"]:
    """Who takes part in the therapy that is chosen, on the day that is chosen."""
    asked = request.POST if request.method == "POST" else request.GET
    looked = forms.LookForm(asked)
    on = looked.cleaned_data["on"] if looked.is_valid() else timezone.localdate()
    try:
        return queries.may_come(request.visitor, UUID(asked.get("therapy", "")), on)
    except ValueError:
        return []


def _skips(request: Asked) -> bool:
    return "skip" in request.POST


def _rooms(request: Asked) -> list[tuple[str, Any]]:
    return [(str(room.id), room.name) for room in practices.rooms(request.visitor)]


def _to_calendar(on: date) -> HttpResponse:
    return redirect(f"{reverse('calendar')}?on={on:%Y-%m-%d}")


def _wanted(request: Asked) -> dict[str, Any]:
    """What the address asks for: a therapy, a day, a time."""
    practice = practices.practice_of(request.visitor)
    usual = {"on": timezone.localdate(), "minutes": practice.session_minutes, "place": "room"}
    return usual | _as_agreed(request) | _asked_for(request, "therapy", "on", "clock")


def _as_agreed(request: Asked) -> dict[str, Any]:
    """How long and where, as the therapy's frame says; nothing for a therapy one may not know."""
    by, asked = request.visitor, request.GET.get("therapy", "")
    known = therapies.visible_to(by, Action.PLAN, Layer.ADMIN)
    try:
        therapy = known.filter(pk=UUID(asked)).first()
    except ValueError:
        return {}
    frame = therapies.frame_of(by, therapy.id) if therapy else None
    if frame is None:
        return {}
    return {"minutes": frame.minutes, "place": frame.place, "room": str(frame.room_id or "")}


def _asked_for(request: Asked, *names: str) -> dict[str, Any]:
    return {name: request.GET[name] for name in names if name in request.GET}


def _typed(request: Asked) -> QueryDict | None:
    """What was typed; or with it a free time that was offered and taken."""
    if request.method != "POST":
        return None
    typed = request.POST.copy()
    day, _at, clock = request.POST.get("take", "").partition("T")
    if clock:
        typed["on"], typed["clock"] = day, clock
    return typed


def _form_page(
    request: Asked,
    form: Any,
    do: Callable[[], HttpResponse],
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Show a form; do what it says; or show it again with the reason, and what was typed."""
    status: int = 200
    free: Any = ()
    clashes: Any = ()
    if request.method == "POST":
        status = WRONG
        if form.is_valid():
            try:
                return do()
            except Conflict as conflict:
                for reason in conflict.reasons:
                    form.add_error("clock", veiled(reason))
                free, clashes = conflict.free, conflict.clashes
            except Refusals as refusal:
                form.add_error(_field_of(refusal, form), _said(refusal))
    shown = {"form": form, "free": free, "clashes": clashes, **context}
    return render(request, template, shown, status=status)


def _said(refusal: Exception) -> str:
    """Why, in the reader's language."""
    return refusal.said(_) if isinstance(refusal, recurrence.NotARule) else str(refusal)


def _field_of(refusal: Exception, form: Any) -> str | None:
    """The field a reason stands next to."""
    fields = {
        rules.OutOfReach: ("on", "from_minute"),
        recurrence.NotARule: ("repeat",),
        CannotSplit: ("from_minute",),
    }
    return next((one for one in fields.get(type(refusal), ()) if one in form.fields), None)


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
        "guests": [(one, labels.GUESTS[one.role]) for one in queries.guests_of(by, session)],
        "may_open": queries.visible_to(by).filter(pk=session).exists(),
        "repeats": _repeats(found),
    }
    return render(request, "encounters/session.html", context)


@READS_AND_WRITES
@door(Action.PLAN, Layer.ADMIN, what="move session")
def session_move(request: Asked, session: UUID) -> HttpResponse:
    """Another time or place: of this one, this and the following, or all."""
    by = request.visitor
    found = queries.one(by, session, Action.PLAN, Layer.ADMIN)
    form = forms.MoveForm(
        _typed(request),
        initial=_as_it_is(found) | _asked_for(request, "on", "clock"),
        rooms=_rooms(request),
        is_series=found.series_id is not None,
    )

    def move() -> HttpResponse:
        to = form.slot(queries.zone_of(by), rules.Kind(found.kind))
        actions.move(session, to, form.meant(), by=by, at=timezone.now())
        messages.success(request, _("It is moved."))
        return _to_calendar(form.cleaned_data["on"])

    return _form_page(request, form, move, "encounters/move.html", _context(found))


def _context(session: "Session") -> dict[str, Any]:
    return {"session": session, "repeats": _repeats(session)}


def _repeats(session: "Session") -> str:
    """How the series repeats that a session belongs to; nothing for one that stands alone."""
    return labels.series_words(session.series) if session.series else ""


def _as_it_is(session: "Session") -> dict[str, Any]:
    start = timezone.localtime(session.starts_at)
    minutes = int((session.ends_at - session.starts_at).total_seconds() // 60)
    return {
        "on": start.date(), "clock": start.time(), "minutes": minutes, "place": session.place,
        "room": str(session.room_id or ""),
    }  # fmt: skip


@READS_AND_WRITES
@door(Action.PLAN, Layer.ADMIN, what="cancel session")
def session_cancel(request: Asked, session: UUID) -> HttpResponse:
    """It is not held: who cancelled, and of a series which; or it was a mistake."""
    by, at = request.visitor, timezone.now()
    found = queries.one(by, session, Action.PLAN, Layer.ADMIN)
    form = forms.CancelForm(_typed(request), is_series=found.series_id is not None)

    def cancel() -> HttpResponse:
        who = form.cleaned_data["who"]
        if who == labels.MISTAKE:
            actions.withdraw(session, form.meant(), by=by, at=at)
            messages.success(request, _("It is out of the diary."))
            return _to_calendar(timezone.localtime(found.starts_at).date())
        actions.cancel(session, rules.WhoCancelled(who), form.meant(), by=by, at=at)
        messages.success(request, _("It is cancelled."))
        return redirect("session", session=session)

    return _form_page(request, form, cancel, "encounters/cancel.html", _context(found))


@require_POST
@door(Action.PLAN, Layer.ADMIN, what="restore session")
def session_restore(request: Asked, session: UUID) -> HttpResponse:
    """It takes place after all."""
    try:
        actions.restore(session, by=request.visitor, at=timezone.now())
    except (*Refusals, Conflict) as refusal:
        messages.error(request, _said(refusal))
    return redirect("session", session=session)


@READS_AND_WRITES
@door(Action.ATTEND, Layer.ADMIN, what="attendance")
def attendance(request: Asked, session: UUID) -> HttpResponse:
    """How each attended."""
    by, at = request.visitor, timezone.now()
    found = queries.one(by, session, Action.ATTEND, Layer.ADMIN)
    form = forms.AttendanceForm(_typed(request), rows=queries.attendance_of(by, [session]))

    def note() -> HttpResponse:
        actions.attend_all(session, form.said(), by=by, at=at)
        messages.success(request, _("It is noted."))
        return redirect("after", session=session)

    context = {"session": found, "people": list(form.people())}
    return _form_page(request, form, note, "encounters/attendance.html", context)


@READS_AND_WRITES
@door(Action.ATTEND, Layer.ADMIN, what="times")
def session_times(request: Asked, session: UUID) -> HttpResponse:
    """When it really was."""
    by = request.visitor
    found = queries.one(by, session, Action.ATTEND, Layer.ADMIN)
    form = forms.TimesForm(_typed(request), initial=_real(found))

    def note() -> HttpResponse:
        began, ended = form.times(queries.zone_of(by))
        actions.set_times(session, began, ended, by=by, at=timezone.now())
        messages.success(request, _("It is noted."))
        return redirect("session", session=session)

    return _form_page(request, form, note, "encounters/times.html", {"session": found})


@READS_AND_WRITES
@door(Action.ATTEND, Layer.ADMIN, what="part of session")
def session_split(request: Asked, session: UUID) -> HttpResponse:
    """From a minute on, others are there: the mother for the last quarter of an hour."""
    by = request.visitor
    found = queries.one(by, session, Action.ATTEND, Layer.ADMIN)
    rows, part = queries.attendance_of(by, [session]), _part_asked(request, session)
    form = forms.PartForm(_typed(request), rows=rows, part=part)

    def split() -> HttpResponse:
        said, at = form.cleaned_data, timezone.now()
        if part is None:
            minute = said["from_minute"]
            actions.split(session, minute, form.there(), said["others"], by=by, at=at)
        else:
            actions.change_part(session, part.number, form.there(), said["others"], by=by, at=at)
        messages.success(request, _("It is noted."))
        return redirect("session", session=session)

    context = {"session": found, "part": part}
    return _form_page(request, form, split, "encounters/split.html", context)


def _part_asked(request: Asked, session: UUID) -> "Part | None":
    """The part that is to be changed, where the address names one."""
    parts = queries.parts_of(request.visitor, session)
    return next((one for one in parts if str(one.number) == request.GET.get("part")), None)


def _named(by: Visitor, session: UUID) -> list[tuple[Any, str, Any]]:
    """Each participant's attendance, the name they go by, and how they attended in words."""
    return [
        (row, forms.called(row),
         labels.ATTENDED[rules.Attended(row.state)])
        for row in queries.attendance_of(by, [session])
    ]  # fmt: skip


def _real(session: "Session") -> dict[str, Any]:
    began = timezone.localtime(session.began_at or session.starts_at)
    ended = timezone.localtime(session.ended_at) if session.ended_at else None
    return {"on": began.date(), "began": began.time(), "ended": ended.time() if ended else None}
