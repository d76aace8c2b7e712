"""Pages of who is in one session without taking part in the therapy."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.people.forms import posted
from holdspace.frame.people.sheets import Sheet, filled
from holdspace.hour.encounters import actions, forms, queries
from holdspace.hour.encounters.rules import GuestRole


@door(Action.ATTEND, Layer.ADMIN, what="guest")
def session_guest(request: Asked, session: UUID) -> HttpResponse:
    """Somebody else is there."""
    by = request.visitor
    found = queries.one(by, session, Action.ATTEND, Layer.ADMIN)
    form = forms.GuestForm(posted(request))
    sheet = Sheet(
        _("Somebody else is there"), _("Add"), reverse("session", args=[session]),
        over=found.therapy.title,
        lead=_("In this session alone. They take no part in the therapy and see nothing of it."),
    )  # fmt: skip
    return filled(
        request, form, sheet,
        lambda: actions.add_guest(
            session, GuestRole(form.cleaned_data["role"]), form.cleaned_data["name"],
            is_agreed=form.cleaned_data["is_agreed"], by=by, at=timezone.now(),
        ),
    )  # fmt: skip


@require_POST
@door(Action.ATTEND, Layer.ADMIN, what="guest")
def guest_mistaken(request: Asked, guest: UUID) -> HttpResponse:
    """They were not there after all."""
    found = actions.take_back_guest(guest, by=request.visitor, at=timezone.now())
    return redirect("session", session=found.session_id)
