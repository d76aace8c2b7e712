"""Pages of who takes part, who works in a therapy, and what is so between them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.people.forms import posted, today, tried
from holdspace.frame.people.sheets import UNPROCESSABLE, Sheet, filled
from holdspace.frame.therapy import actions, forms, page, queries
from holdspace.frame.therapy.rows import EMPTY, Row, shown, sought, stepped, typed_rows
from holdspace.frame.therapy.units import Seat

ADD = "begin"  # the button that means it, the same as where a therapy begins


@door(Action.WRITE, Layer.ADMIN, what="people of a therapy")
def therapy_people(request: Asked, therapy: UUID) -> HttpResponse:
    """Who takes part, with a row for one more."""
    queries.one(request.visitor, therapy, Action.WRITE, Layer.ADMIN)
    step = request.POST.get("step", ADD)
    is_final = request.method == "POST" and step == ADD
    typed: dict[str, Any] = request.POST.dict()
    rows = stepped(typed_rows(request.POST), step)[:1] if request.POST else [dict(EMPTY)]
    row = shown(request.visitor, rows, is_final=is_final, finding=sought(step))[0]
    form = forms.SinceForm(request.POST) if is_final else forms.SinceForm(initial=typed or None)
    if is_final and row.form.is_valid() and form.is_valid() and _added(request, therapy, row, form):
        return redirect("therapy_people", therapy)
    known = page.therapy_page(request.visitor, therapy, today=today())
    status = UNPROCESSABLE if is_final else 200
    context = {"page": known, "form": form, "rows": [row]}
    return render(request, "therapy/people.html", context, status=status)


def _added(request: Asked, therapy: UUID, row: Row, form: forms.SinceForm) -> bool:
    added = tried(
        form,
        lambda: actions.add_participant(
            therapy, row.form.joining(), form.cleaned_data["from_on"],
            by=request.visitor, at=timezone.now(),
        ),
    )  # fmt: skip
    return added is not None


@door(Action.WRITE, Layer.ADMIN, what="participant to end")
def end_participant(request: Asked, participant: UUID) -> HttpResponse:
    by = request.visitor
    place = queries.one_participant(by, participant, Action.WRITE, Layer.ADMIN)
    form = forms.EndForm(posted(request))
    sheet = Sheet(
        _("No longer takes part"), _("Save"), page.href(place.therapy_id), over=place.person.name,
        lead=_("What was theirs in this therapy stays in it."),
    )  # fmt: skip
    return filled(
        request, form, sheet,
        lambda: actions.end_participant(
            participant, form.cleaned_data["on"], by=by, at=timezone.now()
        ),
    )  # fmt: skip


@door(Action.WRITE, Layer.ADMIN, what="care team")
def therapy_team(request: Asked, therapy: UUID) -> HttpResponse:
    by = request.visitor
    layer = Layer.RECORD if queries.has_somebody(by, therapy) else Layer.ADMIN
    known = queries.one(by, therapy, Action.WRITE, layer)
    form = forms.SeatForm(posted(request), offers=page.offers(by))
    sheet = Sheet(
        _("A colleague works here too"), _("Add"), page.href(therapy), over=known.title,
        lead=_("They can then read and write in all of this therapy."),
    )  # fmt: skip
    return filled(
        request, form, sheet,
        lambda: actions.add_therapist(
            therapy, form.cleaned_data["member"], form.cleaned_data["from_on"],
            Seat(form.cleaned_data["seat"]), by=by, at=timezone.now(),
        ),
    )  # fmt: skip


@door(Action.WRITE, Layer.RECORD, what="therapist to end")
def end_therapist(request: Asked, seat: UUID) -> HttpResponse:
    by = request.visitor
    held = queries.one_seat(by, seat, Action.WRITE)
    form = forms.EndForm(posted(request))
    leaves = held.member_id == by.id and request.method == "POST"
    sheet = Sheet(
        _("No longer works in this therapy"), _("Save"),
        reverse("find_person") if leaves else page.href(held.therapy_id),
        over=held.member.name, is_grave=True,
        lead=_("They can then no longer read it."),
    )  # fmt: skip
    return filled(
        request, form, sheet,
        lambda: actions.end_therapist(seat, form.cleaned_data["on"], by=by, at=timezone.now()),
    )  # fmt: skip


@door(Action.WRITE, Layer.RECORD, what="facts of a therapy")
def therapy_facts(request: Asked, therapy: UUID) -> HttpResponse:
    by = request.visitor
    known = queries.one(by, therapy, Action.WRITE)
    people = [(str(place.id), page.called(place)) for place in queries.participants(by, [therapy])]
    form = forms.FactForm(posted(request), people=people)
    sheet = Sheet(
        _("Kinship, authority, court orders"), _("Add"), page.href(therapy), over=known.title,
        lead=_("It is so in this therapy alone. That a relation exists is itself private."),
    )  # fmt: skip
    return filled(
        request, form, sheet,
        lambda: actions.state_fact(
            form.cleaned_data["participant"], form.said(), by=by, at=timezone.now()
        ),
    )  # fmt: skip


@door(Action.WRITE, Layer.RECORD, what="fact to end")
def end_fact(request: Asked, fact: UUID) -> HttpResponse:
    by = request.visitor
    known = queries.one_fact(by, fact, Action.WRITE)
    form = forms.EndForm(posted(request))
    sheet = Sheet(
        _("This is no longer so"), _("Save"), page.href(known.participant.therapy_id),
        over=known.words, lead=_("That it was so stays known."),
    )  # fmt: skip
    return filled(
        request, form, sheet,
        lambda: actions.end_fact(fact, form.cleaned_data["on"], by=by, at=timezone.now()),
    )  # fmt: skip
