"""Pages of persons: finding them, describing them, and how it is safe to reach them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.people import actions, page, queries
from holdspace.frame.people.forms import Confirm, PersonForm, PointForm, posted, today
from holdspace.frame.people.sheets import Sheet, filled


@door(Action.FIND, Layer.ADMIN, what="persons found")
@require_safe
def find_person(request: Asked) -> HttpResponse:
    found = page.find_page(request.visitor, request.GET.get("q", ""))
    template = "people/found.html" if request.headers.get("HX-Request") else "people/find.html"
    return render(request, template, {"page": found})


@door(Action.READ, Layer.ADMIN, what="person")
@require_safe
def person(request: Asked, person: UUID) -> HttpResponse:
    shown = page.person_page(request.visitor, person, today=today())
    return render(request, "people/person.html", {"page": shown})


@door(Action.WRITE, Layer.ADMIN, what="person to describe")
def describe_person(request: Asked, person: UUID) -> HttpResponse:
    known = queries.one(request.visitor, person, Action.WRITE)
    said = {name: getattr(known, name) for name in PersonForm.base_fields}
    form = PersonForm(posted(request), initial={**said, "languages": ", ".join(known.languages)})
    sheet = Sheet(_("Name and particulars"), _("Save"), _page_of(person), over=known.name)
    return filled(
        request, form, sheet,
        lambda: actions.describe(person, form.said(), by=request.visitor, at=timezone.now()),
    )  # fmt: skip


@door(Action.WRITE, Layer.ADMIN, what="contact point to add")
def add_contact_point(request: Asked, person: UUID) -> HttpResponse:
    known = queries.one(request.visitor, person, Action.WRITE)
    form = PointForm(posted(request))
    sheet = Sheet(_("A way to reach them"), _("Add"), _page_of(person), over=known.name)
    return filled(
        request, form, sheet,
        lambda: actions.add_contact_point(
            person, form.said(), by=request.visitor, at=timezone.now()
        ),
    )  # fmt: skip


@door(Action.WRITE, Layer.ADMIN, what="contact point to change")
def change_contact_point(request: Asked, point: UUID) -> HttpResponse:
    known = queries.contact_point(request.visitor, point, Action.WRITE)
    said = {name: getattr(known, name) for name in PointForm.base_fields}
    form = PointForm(posted(request), initial=said)
    sheet = Sheet(
        _("A way to reach them"), _("Save"), _page_of(known.person_id), over=known.person.name,
        lead=_("What held until now is kept, with the day it ended."),
    )  # fmt: skip
    return filled(
        request, form, sheet,
        lambda: actions.change_contact_point(
            point, form.said(), by=request.visitor, at=timezone.now()
        ),
    )  # fmt: skip


@door(Action.WRITE, Layer.ADMIN, what="contact point to end")
def end_contact_point(request: Asked, point: UUID) -> HttpResponse:
    known = queries.contact_point(request.visitor, point, Action.WRITE)
    sheet = Sheet(
        _("No longer reach them this way?"), _("End it"), _page_of(known.person_id),
        over=known.value, is_grave=True,
        lead=_("It stays on their page as a way that once was, so that nobody adds it anew."),
    )  # fmt: skip
    return filled(
        request, Confirm(posted(request)), sheet,
        lambda: actions.end_contact_point(point, by=request.visitor, at=timezone.now()),
    )  # fmt: skip


def _page_of(person: UUID) -> str:
    return reverse("person", args=[person])
