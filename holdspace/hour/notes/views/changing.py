"""What is done to notes afterwards: discarded or moved as drafts, added to or voided as signed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.therapy import queries as therapies
from holdspace.hour.notes import actions, forms, queries, rules
from holdspace.hour.notes.actions import CannotAdd, NoLongerADraft, Where

page = require_http_methods(["GET", "HEAD", "POST"])


@require_POST
@door(Action.WRITE, Layer.RECORD, what="note to discard")
def note_discard(request: Asked, note: UUID) -> HttpResponse:
    """Put a draft away."""
    try:
        gone = actions.discard(note, by=request.visitor, at=timezone.now())
    except NoLongerADraft as why:
        messages.warning(request, str(why))
        return _back_to(note)
    messages.success(request, _("The draft is discarded."))
    return HttpResponseRedirect(reverse("therapy_notes", args=[gone.therapy_id]))


@page
@door(Action.WRITE, Layer.RECORD, what="note to move")
def note_move(request: Asked, note: UUID) -> HttpResponse:
    """Put a draft where it belongs."""
    by, at = request.visitor, timezone.now()
    found = queries.one(by, note, Action.WRITE)
    places, caseload = queries.places(by, at=at), therapies.caseload(by)
    form = forms.MoveForm(places, caseload, request.POST or None)
    if form.is_valid():
        therapy, session = form.chosen()
        try:
            actions.move(note, Where(therapy, session), by=by, at=at)
        except (rules.CannotMove, NoLongerADraft) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("The draft is moved, and sealed anew where it is now."))
            return _back_to(note)
    return _page(request, found, form, _("Move this draft"), _("Move it there"))


@page
@door(Action.WRITE, Layer.RECORD, what="note to add to")
def note_addendum(request: Asked, note: UUID) -> HttpResponse:
    """Add to a signed note."""
    found = queries.one(request.visitor, note, Action.WRITE)
    form = forms.AddendumForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            actions.add(
                note, typed["words"], typed["reason"], by=request.visitor, at=timezone.now()
            )
        except (CannotAdd, rules.CannotKeep) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Added, under your name and the time."))
            return _back_to(note)
    return _page(request, found, form, _("Add to this note"), _("Sign the addendum"))


@page
@door(Action.WRITE, Layer.RECORD, what="note to void")
def note_void(request: Asked, note: UUID) -> HttpResponse:
    """Mark a signed note as made in error."""
    found = queries.one(request.visitor, note, Action.WRITE)
    form = forms.VoidForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.void(note, reason, by=request.visitor, at=timezone.now())
        except (CannotAdd, rules.CannotKeep) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("The note is voided. It stays to be seen."))
            return _back_to(note)
    return _page(request, found, form, _("Void this note"), _("Void the note"))


def _back_to(note: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("note", args=[note]))


def _page(request: Asked, note: Any, form: Form, heading: str, do: str) -> HttpResponse:
    context = {"note": note, "form": form, "heading": heading, "do": do}
    return render(request, "notes/change.html", context, status=422 if form.errors else 200)
