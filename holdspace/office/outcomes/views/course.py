"""The page of a course: how it goes for each participant, with its signals and its reasons."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.cellar.access.doors import Asked, door, open_door
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.approaches import queries as approaches
from holdspace.frame.people.forms import posted, tried
from holdspace.frame.therapy import queries as therapies
from holdspace.hour.measures import queries as measures
from holdspace.hour.measures.pages import name_of
from holdspace.office.outcomes import actions, queries
from holdspace.office.outcomes.forms.considering import ConsiderForm, EventForm, SwitchForm
from holdspace.office.outcomes.prompts import prompts
from holdspace.office.outcomes.rules import GOOD_NEWS, Area, Kind
from holdspace.office.outcomes.shown import course, course_on_paper, paper
from holdspace.office.outcomes.shown.sentences import ABOUT, KINDS


@require_safe
@door(Action.READ, Layer.RECORD, what="course")
def therapy_course(request: Asked, therapy: UUID) -> HttpResponse:
    """How it goes, for each participant alone."""
    return _page(request, therapy)


@require_safe
@door(Action.READ, Layer.RECORD, what="course on paper")
def course_pdf(request: Asked, therapy: UUID) -> HttpResponse:
    """The same on paper."""
    found = therapies.one(request.visitor, therapy)
    known = _known(request, therapy)
    told = course_on_paper.course(found.title, course.whose(known), course.shown_events(known))
    return paper.document("course", told, title=_("Course"))


def _known(request: Asked, therapy: UUID) -> course.Known:
    """What is known of a therapy's courses, for whoever may read its record."""
    by, at, only = request.visitor, timezone.now(), [therapy]
    courses, flags = measures.courses(by, only), measures.open_flags(by, only)
    frame = therapies.frame_of(by, therapy)
    return course.Known(
        participants={each.id: each for each in therapies.participants(by, only)},
        courses=courses.get(therapy, []),
        scores=queries.scores(by, therapy),
        signals=queries.signals(by, only, courses, flags, at=at).get(therapy, []),
        learned=queries.learned(by),
        events=queries.events(by, therapy),
        held=queries.held(by, therapy),
        sessions_agreed=frame.sessions_agreed if frame else None,
    )


def _page(request: Asked, therapy: UUID, *, event_form: EventForm | None = None) -> HttpResponse:
    by = request.visitor
    found = therapies.one(by, therapy)
    known = _known(request, therapy)
    people, off = known.participants, queries.off(by, [therapy])
    context = {
        "therapy": found,
        "words": approaches.words(by, found),
        "whose": course.whose(known),
        "events": course.shown_events(known),
        "event_form": event_form or EventForm(course.choices(people.values())),
        "considerations": course.shown_considerations(queries.considerations(by, therapy), people),
        "switches": course.shown_switches(queries.switches(by, therapy), off.get(None, ())),
    }
    status = 422 if event_form else 200
    return render(request, "outcomes/course.html", context, status=status)


@require_POST
@door(Action.WRITE, Layer.RECORD, what="life event to note")
def event_add(request: Asked, therapy: UUID) -> HttpResponse:
    """Put something that happened on the time line."""
    by = request.visitor
    therapies.one(by, therapy, Action.WRITE)
    form = EventForm(course.choices(therapies.participants(by, [therapy])), request.POST)
    noted = tried(
        form, lambda: actions.note_event(therapy, form.happened(), by=by, at=timezone.now())
    )
    if noted is not None:
        return redirect("therapy_course", therapy)
    return _page(request, therapy, event_form=form)


@require_POST
@door(Action.WRITE, Layer.RECORD, what="life event to take back")
def event_void(request: Asked, event: UUID) -> HttpResponse:
    """Take back what was noted by mistake."""
    voided = actions.void_event(event, by=request.visitor, at=timezone.now())
    return redirect("therapy_course", voided.therapy_id)


@require_POST
@door(Action.WRITE, Layer.RECORD, what="signal to switch")
def therapy_signals(request: Asked, therapy: UUID) -> HttpResponse:
    """Switch a kind of signal off in this therapy, or on again."""
    therapies.one(request.visitor, therapy, Action.WRITE)
    _switched(request, therapy)
    return redirect(f"{reverse('therapy_course', args=[therapy])}#signals")


def _switched(request: Asked, therapy: UUID | None) -> None:
    """Do what the button says; one that says nothing known does nothing."""
    form = SwitchForm(request.POST)
    if form.is_valid():
        verb = actions.switch_on if form.cleaned_data["to"] == "on" else actions.switch_off
        verb(form.cleaned_data["kind"], therapy, by=request.visitor, at=timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
@door(Action.CONFIGURE, Layer.ADMIN, what="signals of the practice")
def practice_signals(request: Asked) -> HttpResponse:
    """What is derived from answers in this practice, and what is switched off."""
    if request.method == "POST":
        _switched(request, None)
        return redirect("practice_signals")
    by = request.visitor
    context = {
        "switches": course.shown_switches(queries.switches(by, None)),
        "fitted": course.shown_learned(by, queries.learned(by)),
    }
    return render(request, "outcomes/practice_signals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Action.WRITE, Layer.RECORD, what="signals to consider")
def consider(request: Asked, participant: UUID) -> HttpResponse:
    """What to consider about one participant's course, and what was."""
    by, at = request.visitor, timezone.now()
    place = therapies.one_participant(by, participant, Action.WRITE)
    therapy, only = place.therapy, [place.therapy_id]
    courses, flags = measures.courses(by, only), measures.open_flags(by, only)
    standing = queries.signals(by, only, courses, flags, at=at).get(therapy.id, [])
    raised = [
        one
        for one in standing
        if one.participant_id == participant and one.finding not in GOOD_NEWS
    ]
    marks = [one.mark for one in raised]
    form = ConsiderForm(marks, posted(request), initial={"marks": marks})
    kept = tried(form, lambda: actions.consider(participant, form.considered(), by=by, at=at))
    if kept is not None:
        return redirect("therapy_course", therapy.id)
    asked = prompts(approaches.among(by, therapy.approaches).values())
    context = {
        "therapy": therapy, "name": name_of(place), "form": form,
        "signals": [course.shown_signal(one) for one in raised],
        "areas": [
            (choice, asked[area]) for choice, area in zip(form["areas"], Area, strict=True)
        ],
    }  # fmt: skip
    return render(request, "outcomes/consider.html", context, status=422 if form.errors else 200)


@require_safe
@open_door(because="It says what signals are for, and is about nobody.", what="intended purpose")
def purpose(request: Asked) -> HttpResponse:
    """What signals are for, and what they are not."""
    kinds = [(KINDS[kind], ABOUT[kind]) for kind in Kind]
    return render(request, "outcomes/purpose.html", {"kinds": kinds})
