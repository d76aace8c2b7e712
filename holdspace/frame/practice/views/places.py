"""Sites and rooms."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.practice import actions, queries
from holdspace.frame.practice.forms import RoomForm, SiteForm


@require_safe
@door(Action.CONFIGURE, Layer.ADMIN, what="places")
def places(request: Asked) -> HttpResponse:
    """Where the practice is."""
    return _page(request, SiteForm(), RoomForm(sites=_sites(request)))


@require_POST
@door(Action.CONFIGURE, Layer.ADMIN, what="site")
def add_site(request: Asked) -> HttpResponse:
    form = SiteForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        actions.add_site(
            given["site_name"], given["address"], by=request.visitor, at=timezone.now()
        )
        messages.success(request, _("Added."))
        return redirect("places")
    return _page(request, form, RoomForm(sites=_sites(request)))


@require_POST
@door(Action.CONFIGURE, Layer.ADMIN, what="room")
def add_room(request: Asked) -> HttpResponse:
    form = RoomForm(request.POST, sites=_sites(request))
    if form.is_valid():
        given = form.cleaned_data
        actions.add_room(given["site"], given["room_name"], by=request.visitor, at=timezone.now())
        messages.success(request, _("Added."))
        return redirect("places")
    return _page(request, SiteForm(), form)


@require_POST
@door(Action.CONFIGURE, Layer.ADMIN, what="room")
def close_room(request: Asked, room: UUID) -> HttpResponse:
    actions.close_room(room, by=request.visitor, at=timezone.now())
    messages.success(request, _("The room is closed. Sessions that were keep it."))
    return redirect("places")


def _sites(request: Asked) -> list[tuple[str, str]]:
    return [(str(site.id), site.name) for site in queries.sites(request.visitor)]


def _page(request: Asked, site_form: SiteForm, room_form: RoomForm) -> HttpResponse:
    rooms = queries.rooms(request.visitor)
    rows = [
        {"site": site, "rooms": [room for room in rooms if room.site_id == site.id]}
        for site in queries.sites(request.visitor)
    ]
    context = {"rows": rows, "site_form": site_form, "room_form": room_form}
    wrong = site_form.errors or room_form.errors
    return render(request, "practice/places.html", context, status=422 if wrong else 200)
