"""What is agreed for a therapy or the practice: offers, batteries, own words, a handed device."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.therapy import queries as therapies
from holdspace.hour.measures import actions, agreed, pages, queries
from holdspace.hour.measures.forms import BatteryForm, OwnWordsForm, ShowingForm
from holdspace.hour.measures.personal import Kind
from holdspace.hour.measures.shelves import Shelf
from holdspace.hour.measures.views import page


@require_POST
@door(Action.GIVE, Layer.ADMIN, what="add a measure rule")
def rule_offered(request: Asked, therapy: UUID) -> HttpResponse:
    """Agree on what is offered for this way of working, in one step."""
    added = actions.add_offered_rules(therapy, by=request.visitor, at=timezone.now())
    if added:
        messages.success(request, _("The rules are added. Each can be ended by itself."))
    return redirect("therapy_measures", therapy)


@require_POST
@door(Action.GIVE, Layer.SHARED, what="tablet")
def hand_over(request: Asked, giving: UUID) -> HttpResponse:
    """Show the code that opens this on a device that is handed over."""
    by = request.visitor
    found = queries.giving(by, giving)
    try:
        code = actions.hand_over(giving, by=by, at=timezone.now())
    except actions.CannotGive as why:
        messages.error(request, str(why))
        return redirect("therapy_measures", found.therapy_id)
    therapy = therapies.one(by, found.therapy_id, Action.GIVE, Layer.SHARED)
    address = request.build_absolute_uri(reverse("checkin_tablet"))
    context = {
        "therapy": therapy, "code": code, "shown": f"{code[:4]} {code[4:]}",
        "name": pages.name_of(pages.people(by, therapy)[found.participant_id]),
        "address": address, "scanned": f"{address}?code={code}",
    }  # fmt: skip
    return render(request, "measures/tablet.html", context)


@require_safe
@door(Action.GIVE, Layer.SHARED, what="link")
def show_link(request: Asked, giving: UUID) -> HttpResponse:
    """A client's link as a code for their camera, on the screen or on paper."""
    by, at = request.visitor, timezone.now()
    found = queries.giving(by, giving)
    if found.withdrawn_at is not None or found.ends_at <= at:
        messages.error(request, _("Nothing of this is open any more."))
        return redirect("therapy_measures", found.therapy_id)
    therapy = therapies.one(by, found.therapy_id, Action.GIVE, Layer.SHARED)
    context = {
        "therapy": therapy, "giving": found,
        "name": pages.name_of(pages.people(by, therapy)[found.participant_id]),
        "link": request.build_absolute_uri(reverse("checkin_link", args=[found.token])),
    }  # fmt: skip
    return render(request, "measures/link.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Action.CONFIGURE, Layer.ADMIN, what="batteries")
def batteries(request: Asked) -> HttpResponse:
    """Several questionnaires under one name, as the practice puts them together."""
    by = request.visitor
    queries.may_define(by)
    form = BatteryForm(pages.to_give(Shelf(by.practice)), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.define_battery(**form.cleaned_data, by=by, at=timezone.now())
        except actions.CannotDefine as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Added."))
            return redirect("batteries")
    context = {"form": form, "batteries": agreed.shown_batteries(by)}
    return render(request, "measures/batteries.html", context, status=422 if form.errors else 200)


@require_POST
@door(Action.CONFIGURE, Layer.ADMIN, what="battery to end")
def end_battery(request: Asked, battery: UUID) -> HttpResponse:
    """Offer a battery no more."""
    actions.end_battery(battery, by=request.visitor, at=timezone.now())
    return redirect("batteries")


@require_POST
@door(Action.GIVE, Layer.SHARED, what="what a client sees")
def showing(request: Asked, therapy: UUID) -> HttpResponse:
    """Choose what the client is shown of their own answers."""
    form = ShowingForm(request.POST)
    if not form.is_valid():
        return page(request, therapy, showing_form=form)
    actions.choose_showing(therapy, **form.cleaned_data, by=request.visitor, at=timezone.now())
    messages.success(request, _("Chosen."))
    return redirect("therapy_measures", therapy)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Action.WRITE, Layer.SHARED, what="personal questions")
def own_words(request: Asked, therapy: UUID, participant: UUID, kind: str) -> HttpResponse:
    """Goals or problems in somebody's own words, to be asked about again and again."""
    by = request.visitor
    held = queries.own_words(by, therapy, Action.WRITE)
    who = therapies.one_participant(by, participant, Action.WRITE, Layer.SHARED)
    if kind not in list(Kind) or who.therapy_id != therapy:
        raise NotHere(subject=participant)
    now = held.get((participant, kind))
    form = OwnWordsForm(Kind(kind), now.words if now else [], request.POST or None)
    if request.method == "POST" and form.is_valid():
        worded = actions.Worded(therapy, participant, Kind(kind), form.words)
        try:
            actions.put_in_words(worded, by=by, at=timezone.now())
        except actions.CannotWord as why:
            form.add_error(None, str(why))
        else:
            return redirect("therapy_measures", therapy)
    context = {
        "therapy": therapies.one(by, therapy, Action.READ, Layer.SHARED), "form": form,
        "name": pages.name_of(who), "is_goals": kind == Kind.GOALS, "is_new": now is None,
    }  # fmt: skip
    return render(request, "measures/own_words.html", context, status=422 if form.errors else 200)
