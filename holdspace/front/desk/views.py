"""The therapist's pages: Today, caseload, the prepare card, the room, the after-form."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.table import Action, Role
from holdspace.cellar.access.visitor import NO_ONE
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.approaches import queries as approaches
from holdspace.frame.approaches.queries import Manner
from holdspace.frame.people.rules import CannotBe
from holdspace.frame.practice import queries as practice
from holdspace.frame.practice import sign_in
from holdspace.frame.practice.actions import NoPinYet, WrongPin
from holdspace.frame.therapy import queries as therapies
from holdspace.front.desk import books, caseloads, frame, hours, pages, queries, records
from holdspace.front.desk.recorded import shown_line
from holdspace.front.desk.rules import is_warm, next_free
from holdspace.hour.encounters import actions as encounter_actions
from holdspace.hour.encounters import queries as encounters
from holdspace.hour.encounters.actions import CannotPlan, Conflict
from holdspace.hour.encounters.forms import LookForm
from holdspace.hour.encounters.rules import CannotMove, OutOfReach
from holdspace.hour.measures import queries as measures
from holdspace.hour.notes import actions as note_actions
from holdspace.hour.notes import forms as note_forms
from holdspace.hour.notes import queries as notes
from holdspace.hour.worksheets.labels import in_list

if TYPE_CHECKING:
    from holdspace.hour.notes.models import Note

CLINICAL = {Role.THERAPIST, Role.TRAINEE}
NEWS_SECONDS = 20
Refusals = (CannotPlan, Conflict, CannotMove, OutOfReach)


@require_safe
@door(Action.READ, Layer.ADMIN, what="today")
def today(request: Asked) -> HttpResponse:
    """The day: a therapist's own, or the practice's for the front desk; others have their page."""
    by, at = request.visitor, timezone.now()
    if instead := frame.elsewhere(by):
        return redirect(instead)
    on = _day_asked(request) or timezone.localdate(at)
    zone = pages.zone_of()
    if CLINICAL.isdisjoint(by.roles):
        return _front_desk(request, on)
    day = queries.day(by, on=on, zone=zone, at=at)
    manner = approaches.manner(by, (slot.therapy for slot in day.slots))
    context = {
        "day": day,
        "slots": [pages.shown(slot, manner, at) for slot in day.slots],
        "flags": pages.flags_elsewhere(day.flags),
        "is_today": on == timezone.localdate(at),
        "yesterday": on - timedelta(days=1),
        "tomorrow": on + timedelta(days=1),
        "news": f"{reverse('today_news')}?{urlencode({'since': measures.newest(by)})}",
        "news_seconds": NEWS_SECONDS,
    }
    return render(request, "desk/today.html", context)


def _front_desk(request: Asked, on: date) -> HttpResponse:
    by = request.visitor
    context = {
        "on": on,
        "yesterday": on - timedelta(days=1),
        "tomorrow": on + timedelta(days=1),
        "lines": [
            pages.shown_line(line) for line in queries.front_desk(by, on=on, zone=pages.zone_of())
        ],
    }
    return render(request, "desk/front_desk.html", context)


def _day_asked(request: Asked) -> date | None:
    if "on" not in request.GET:
        return None
    asked = LookForm(request.GET)
    return asked.cleaned_data["on"] if asked.is_valid() else None


@require_GET
@door(Action.GIVE, Layer.RECORD, what="news")
def today_news(request: Asked) -> HttpResponse:
    """Whether an answer has come since the page was made. It shows nothing of anybody."""
    if str(measures.newest(request.visitor)) == request.GET.get("since"):
        return HttpResponse(status=204)
    return HttpResponse(status=200, headers={"HX-Refresh": "true"})


@require_safe
@door(Action.WRITE, Layer.RECORD, what="caseload")
def caseload(request: Asked) -> HttpResponse:
    """Everybody one works with."""
    wanted = caseloads.look(request.GET.dict())
    found = caseloads.caseload(request.visitor, at=timezone.now(), wanted=wanted)
    manner = approaches.manner(request.visitor, (row.therapy for row in found.rows))
    context = {
        "rows": [pages.shown_row(row, manner) for row in found.rows],
        "caseload": found,
        "choices": pages.caseload_choices(found, wanted),
    }
    return render(request, "desk/caseload.html", context)


@require_safe
@door(Action.READ, Layer.RECORD, what="prepare card")
def prepare(request: Asked, session: UUID) -> HttpResponse:
    """What one reads in a minute before the door opens."""
    at = timezone.now()
    card = queries.card(request.visitor, session, at=at)
    manner = approaches.manner(request.visitor, [card.therapy])
    context = pages.card_context(card, manner, root=_root(request), at=at)
    return render(request, "desk/prepare.html", context)


def _root(request: Asked) -> str:
    """What the links that are sent begin with."""
    return request.build_absolute_uri("/")[:-1]


@require_POST
@door(Action.ATTEND, Layer.ADMIN, what="room")
def open_room(request: Asked, session: UUID) -> HttpResponse:
    """Begin the session, and turn the screen dark."""
    found = encounters.one(request.visitor, session, Action.ATTEND, Layer.ADMIN)
    if found.state == "planned":
        try:
            encounter_actions.begin(session, by=request.visitor, at=timezone.now())
        except Refusals as refusal:
            messages.error(request, str(refusal))
            return redirect("session", session=session)
    return redirect("room", session=session)


@require_safe
@door(Action.READ, Layer.RECORD, what="room")
def room(request: Asked, session: UUID) -> HttpResponse:
    """A clock. Nothing about the client is on this screen."""
    found = encounters.one(request.visitor, session)
    at = timezone.now()
    ends = pages.real_end(found)
    hour = hours.hour(request.visitor, found, at=at)
    context = {
        "session": found,
        "hour": hour,
        "now": timezone.localtime(at),
        "ends": ends if hour.warms else None,
        "zone": str(timezone.get_current_timezone()),
        "is_warm": hour.warms and is_warm(ends, at),
    }
    return render(request, "desk/room.html", context)


@require_POST
@door(Action.ATTEND, Layer.ADMIN, what="room")
def extend_room(request: Asked, session: UUID) -> HttpResponse:
    """Ten minutes more, when something was said at the door."""
    try:
        encounter_actions.extend(session, by=request.visitor, at=timezone.now())
    except Refusals as refusal:
        messages.error(request, str(refusal))
        return redirect("session", session=session)
    return redirect("room", session=session)


@require_POST
@door(Action.ATTEND, Layer.ADMIN, what="room")
def end_room(request: Asked, session: UUID) -> HttpResponse:
    """The client has left: the end is now, and what follows is writing."""
    found = encounters.one(request.visitor, session, Action.ATTEND, Layer.ADMIN)
    if found.state == "begun":
        encounter_actions.end(session, by=request.visitor, at=timezone.now())
    return redirect("after", session=session)


@require_POST
@door(Action.WRITE, Layer.RECORD, what="techniques")
def say_done(request: Asked, session: UUID) -> HttpResponse:
    """Tick what was done, in the room or afterwards."""
    ticked = hours.ticked_from(request.POST.getlist("done"))
    try:
        encounter_actions.say_done(session, ticked, by=request.visitor, at=timezone.now())
    except CannotBe as refusal:
        return _after(request, session, wrong=str(refusal.message))
    return redirect("room" if "in_room" in request.POST else "after", session=session)


@require_safe
@door(Action.READ, Layer.RECORD, what="grounding")
def grounding(request: Asked, session: UUID) -> HttpResponse:
    """A few calm lines to look at together. It is about nobody."""
    encounters.one(request.visitor, session)
    return render(request, "desk/grounding.html", {"back": reverse("room", args=[session])})


@require_POST
@door(Action.READ, Layer.RECORD, what="shared screen")
def share(request: Asked, session: UUID) -> HttpResponse:
    """Turn the screen to the client: from here on this browser sees the shared layer alone."""
    found = encounters.one(request.visitor, session)
    try:
        sign_in.narrow(request, found.therapy_id, session=session)
    except NoPinYet as missing:
        messages.warning(request, str(missing))
        return HttpResponseRedirect(
            f"{reverse('pin')}?{urlencode({'next': reverse('room', args=[session])})}"
        )
    return redirect("shared")


@require_safe
@door(Action.READ, Layer.SHARED, what="shared screen")
def shared(request: Asked) -> HttpResponse:
    """What therapist and client look at together."""
    therapy = request.visitor.narrowed_to
    if therapy is None:
        return redirect("today")
    view = queries.shared(request.visitor, therapy, at=timezone.now())
    context = {
        "view": view,
        "shown_courses": pages.shown_courses(view.courses, {}),
        "sheets": in_list(view.sheets),
    }
    return render(request, "desk/shared.html", context)


@door(Action.READ, Layer.SHARED, what="shared screen")
def leave_shared(request: Asked) -> HttpResponse:
    """Turn the screen back; that needs the member's PIN."""
    if request.visitor.narrowed_to is None:
        return redirect("today")
    wrong = ""
    if request.method == "POST":
        try:
            session = sign_in.widen(request, request.POST.get("pin", ""), at=timezone.now())
        except WrongPin as refusal:
            wrong = str(refusal)
        else:
            return redirect("room", session=session) if session else redirect("today")
    return render(request, "desk/leave_shared.html", {"wrong": wrong}, status=422 if wrong else 200)


@require_POST
@door(Action.WRITE, Layer.RECORD, what="scribe")
def open_scribe(request: Asked, session: UUID) -> HttpResponse:
    """Begin the draft that the pad writes on."""
    _begin_note(request, session)
    return redirect("scribe", session=session)


@require_safe
@door(Action.WRITE, Layer.RECORD, what="scribe")
def scribe(request: Asked, session: UUID) -> HttpResponse:
    """A plain pad, on the draft of this session's note."""
    encounters.one(request.visitor, session, Action.WRITE)
    note = notes.mine_for(request.visitor, session)
    if note is None or note.state != "draft":
        return redirect("room", session=session)
    context = {
        "back": reverse("room", args=[session]),
        "note": note,
        "pad": True,
        "words": note_forms.editor(
            note,
            then=reverse("room", args=[session]),
            voice=approaches.words(request.visitor, note.therapy),
        ),
    }
    return render(request, "desk/scribe.html", context)


@require_POST
@door(Action.WRITE, Layer.RECORD, what="after-form")
def write_after(request: Asked, session: UUID) -> HttpResponse:
    """Begin the note of a session that is over: a phone is led past all that stands above it."""
    _begin_note(request, session)
    return redirect(f"{reverse('after', args=[session])}#{note_forms.WRITING_BEGINS}")


def _begin_note(request: Asked, session: UUID) -> None:
    by = request.visitor
    of = encounters.one(by, session, Action.WRITE)
    if notes.mine_for(by, session) is None:
        note_actions.begin(of.therapy_id, session, None, by=by, at=timezone.now())


@require_safe
@door(Action.WRITE, Layer.RECORD, what="after-form")
def after(request: Asked, session: UUID) -> HttpResponse:
    """When the client has left: thread first, then note, safety, between, supervision, sign."""
    return _after(request, session)


def _after(request: Asked, session: UUID, *, wrong: str = "") -> HttpResponse:
    """The form for afterwards; `wrong` is said of what was ticked."""
    by, at = request.visitor, timezone.now()
    card = queries.card(by, session, at=at)
    note = notes.mine_for(by, session)
    manner = approaches.manner(by, [card.therapy])
    day = encounters.day(by, on=timezone.localdate(at), tz=pages.zone_of())
    context = {
        "others": [n for n in notes.of_session(by, session) if note is None or n.id != note.id],
        "rating_sentence": pages.rating_sentence(measures.rating_after(by, card.therapy.id)),
        "next_free": next_free([(s.starts_at, s.ends_at) for s in day], at),
        **pages.card_context(card, manner, root=_root(request), at=at),
        "techniques": hours.techniques_of(by, card.session),
        "wrong": wrong,
        "note": note,
        "reminder": therapies.reminder(by, card.therapy),
        "words": _words(request, note, manner, at) if note else None,
    }
    return render(request, "desk/after.html", context, status=422 if wrong else 200)


def _words(request: Asked, note: "Note", manner: Manner, at: datetime) -> note_forms.Editor:
    unmarked = notes.unmarked_of(request.visitor, note, at=at)
    voice = manner.words(note.therapy)
    return note_forms.editor(note, then=reverse("today"), unmarked=unmarked, voice=voice)


@require_safe
@door(Action.COUNT, Layer.ADMIN, what="sessions held")
def held(request: Asked) -> HttpResponse:
    """Sessions held and fees, by month, for who sends the bills."""
    first = (_day_asked(request) or timezone.localdate()).replace(day=1)
    month = books.held(request.visitor, month=first, zone=pages.zone_of())
    currency = practice.practice_of(request.visitor).currency
    return render(request, "desk/held.html", {"month": month, "currency": currency})


@require_safe
@door(Action.AUDIT, Layer.ADMIN, what="book")
def book(request: Asked) -> HttpResponse:
    """The ledger: who did or read what, and when."""
    on = _day_asked(request) or timezone.localdate()
    lines = books.book(request.visitor, on=on, zone=pages.zone_of())
    names = {member.id: member.name for member in practice.members(request.visitor)}
    context = {
        "on": on,
        "yesterday": on - timedelta(days=1),
        "tomorrow": on + timedelta(days=1),
        "lines": [shown_line(line, names.get(line.actor or NO_ONE, "")) for line in lines],
    }
    return render(request, "desk/book.html", context)


@require_safe
@door(Action.READ, Layer.RECORD, what="record of one")
def record_of_one(request: Asked, participant: UUID) -> HttpResponse:
    """What is one participant's own, and nobody else's."""
    record = records.record_of(request.visitor, participant)
    return render(request, "desk/record.html", {"record": record})


@require_safe
@door(Action.READ, Layer.RECORD, what="record of one on paper")
def record_pdf(request: Asked, participant: UUID) -> HttpResponse:
    """The same on paper."""
    record = records.record_of(request.visitor, participant)
    return records.on_paper(record, practice.practice_of(request.visitor).name)
