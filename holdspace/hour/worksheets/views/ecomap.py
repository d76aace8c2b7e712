"""An ecomap's page: the household, what is around it, and the same on another day."""

import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.hour.worksheets import content, map_forms, map_pages, queries
from holdspace.hour.worksheets.content import WHOLE
from holdspace.hour.worksheets.family import ecomap as around_us
from holdspace.hour.worksheets.family.ecomap import Ecomap
from holdspace.hour.worksheets.forms import base_of
from holdspace.hour.worksheets.saving import CONFLICT, NOT_KEPT
from holdspace.hour.worksheets.views import around, save_map

if TYPE_CHECKING:
    from holdspace.hour.worksheets.models import Worksheet


@require_safe
@door(Action.READ, Layer.SHARED, what="form")
def ecomap(request: Asked, sheet: UUID) -> HttpResponse:
    """The ecomap, drawn and in words, and its form; another day beside it where that is asked."""
    return _page(request, _of_kind(request, sheet))


@require_POST
@door(Action.FILL, Layer.SHARED, what="form")
def ecomap_save(request: Asked, sheet: UUID) -> HttpResponse:
    """Save the whole ecomap as it was typed."""
    found = _of_kind(request, sheet, Action.FILL)
    home = map_forms.HouseholdForm(request.POST)
    systems = map_forms.system_forms(_kept(found), request.POST)
    if not all([home.is_valid(), *(one.is_valid() for one in systems)]):
        return _page(request, found, (home, systems), status=NOT_KEPT)
    told_by, date = home.told()
    told = (one.told() for one in systems)
    now = Ecomap(told_by, date, home.cleaned_data["home"], tuple(one for one in told if one))
    written = save_map(request, found, around_us.to_plain(now), base_of(request.POST))
    if written is None:
        return redirect("sheet", sheet=sheet)
    if written.collisions:
        newest = queries.one(request.visitor, sheet)
        return _page(request, newest, (home, systems), status=CONFLICT)
    return redirect("ecomap", sheet=sheet)


def _of_kind(request: Asked, sheet: UUID, action: Action = Action.READ) -> "Worksheet":
    found = queries.one(request.visitor, sheet, action)
    if queries.form_of(found).editor != "ecomap":
        raise NotHere("not an ecomap", found.id)
    return found


def _kept(found: "Worksheet") -> Ecomap:
    return around_us.parse(content.value(found.content, WHOLE) or {})


Typed = tuple[map_forms.HouseholdForm, Sequence[map_forms.SystemForm]]


def _page(
    request: Asked, found: "Worksheet", typed: Typed | None = None, *, status: int = 200
) -> HttpResponse:
    told = _kept(found)
    home, systems = typed or (_home_form(told), map_forms.system_forms(told))
    context = {
        **around(request, found),
        "is_stale": status == CONFLICT, "home": home, "systems": systems,
        "writing": uuid.uuid4().hex,
        "may_fill": map_pages.may_fill(request.visitor, found),
        "drawn": _drawn(told, "e"), "lines": around_us.as_text(told, gettext).splitlines(),
        "others": map_pages.others(request.visitor, found), **_beside(request, found, told),
    }  # fmt: skip
    return render(request, "worksheets/ecomap.html", context, status=status)


def _home_form(told: Ecomap) -> map_forms.HouseholdForm:
    lines = "\n".join(told.home)
    return map_forms.HouseholdForm(
        initial={"told_by": told.told_by, "date": told.date or None, "home": lines}
    )


def _drawn(told: Ecomap, key: str) -> SafeString:
    svg = around_us.drawn(told, _("What is around us"), say=gettext, key=key)
    return mark_safe(svg)  # noqa: S308 -- our own lines, every word escaped


def _beside(request: Asked, found: "Worksheet", told: Ecomap) -> Mapping[str, Any]:
    """Another day beside this one, and what is different between the two."""
    look = map_pages.seen(request.GET)
    if look.beside is None:
        return {"beside": None, "changed": []}
    other = _of_kind(request, look.beside)
    if other.therapy_id != found.therapy_id:
        raise NotHere("not of this therapy", other.id)
    then = _kept(other)
    first, last = (then, told) if other.began_at < found.began_at else (told, then)
    return {
        "beside": map_pages.Beside(map_pages.named(other), _drawn(then, "b"), other),
        "changed": around_us.changed(first, last, gettext),
    }
