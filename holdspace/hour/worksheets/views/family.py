"""A genogram's page: the family as it is told, changed person by person; ways to take it along."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.hour.worksheets import (
    map_changes,
    map_forms,
    map_pages,
    map_paper,
    paper,
    queries,
)
from holdspace.hour.worksheets.content import WHOLE
from holdspace.hour.worksheets.family import gedcom, tellings, text
from holdspace.hour.worksheets.family.checking import parse, to_plain
from holdspace.hour.worksheets.family.model import Telling
from holdspace.hour.worksheets.family.refusal import CannotTell
from holdspace.hour.worksheets.forms import base_of
from holdspace.hour.worksheets.saving import CONFLICT, NOT_KEPT
from holdspace.hour.worksheets.views import around, save_map

if TYPE_CHECKING:
    from holdspace.hour.worksheets.models import Worksheet

PAPERS = ("a4", "a3")


@require_safe
@door(Action.READ, Layer.SHARED, what="form")
def family(request: Asked, sheet: UUID) -> HttpResponse:
    """The genogram: drawn, as a list, and with a form where it may be changed."""
    return _page(request, _of_kind(request, sheet))


@require_POST
@door(Action.FILL, Layer.SHARED, what="form")
def family_change(request: Asked, sheet: UUID) -> HttpResponse:
    """Change the telling by one button, and save it at once."""
    found = _of_kind(request, sheet, Action.FILL)
    telling = map_pages.kept(found)
    look = map_pages.seen(QueryDict(request.POST.get("look", "").removeprefix("?")))
    try:
        if request.POST.get("do") == "undo":
            return _undone(request, found, look)
        done = map_changes.done(telling, request.POST, request.FILES)
    except CannotTell as why:
        messages.warning(request, why.said(gettext))
        return _back(found, look)
    look = replace(look, person=done.person)
    if done.wrong:
        return _page(request, found, look, done.wrong, status=NOT_KEPT)
    if _is_stale(request, found, telling):
        form = map_forms.PersonForm(telling, telling.by_id[look.person], request.POST)
        return _page(request, found, look, {"form": form, "is_stale": True}, status=CONFLICT)
    return _saved(request, found, done.telling, look)


def _of_kind(request: Asked, sheet: UUID, action: Action = Action.READ) -> "Worksheet":
    found = queries.one(request.visitor, sheet, action)
    if queries.form_of(found).editor != "family":
        raise NotHere("not a genogram", found.id)
    return found


def _is_stale(request: Asked, found: "Worksheet", telling: Telling) -> bool:
    """Whether somebody else told this person differently since the page was opened."""
    who = request.POST.get("person", "")
    base = base_of(request.POST)
    if request.POST.get("do") != "tell" or base >= found.version:
        return False
    before = parse(queries.before(request.visitor, found, base, [WHOLE])[WHOLE] or {})
    return before.by_id.get(who) != telling.by_id.get(who)


def _saved(
    request: Asked, found: "Worksheet", telling: Telling, look: map_pages.Seen, back: str = ""
) -> HttpResponse:
    written = save_map(request, found, to_plain(telling), found.version)
    if written is None:
        return redirect("sheet", sheet=found.id)
    if written.collisions:
        messages.warning(request, _("Somebody else changed this map just now. Do it once more."))
    return _back(found, look, back)


def _undone(request: Asked, found: "Worksheet", look: map_pages.Seen) -> HttpResponse:
    """The telling as it was at an earlier version, saved as the newest."""
    to = base_of({"base": request.POST.get("to", "")})
    before = queries.before(request.visitor, found, to, [WHOLE])[WHOLE]
    telling = parse(before or {})
    person = look.person if look.person in telling.by_id else ""
    return _saved(request, found, telling, replace(look, person=person), f"&back={to}")


def _back(found: "Worksheet", look: map_pages.Seen, back: str = "") -> HttpResponse:
    address = reverse("family", args=[found.id])
    return redirect(f"{address}{look.here}{back}")


def _page(
    request: Asked,
    found: "Worksheet",
    look: map_pages.Seen | None = None,
    wrong: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    by = request.visitor
    telling, wrong = map_pages.kept(found), wrong or {}
    look = look or map_pages.seen(request.GET)
    context = {
        **around(request, found),
        "look": look, "telling": telling, "may_fill": map_pages.may_fill(by, found),
        "is_stale": wrong.get("is_stale"),
        "drawn": map_pages.picture(telling, look, link=True),
        "entries": text.entries(telling, gettext), "ties": text.ties(telling, gettext),
        "chosen": map_pages.chosen(telling, look.person, wrong), "writing": uuid.uuid4().hex,
        "undo_to": _undo_to(request, found), "beside": _beside(by, look, found),
        "others": map_pages.others(by, found), "stops": map_pages.stops(telling),
        "layers": [(one, said, one not in look.off) for one, said in map_pages.LAYERS.items()],
        **_forms(telling, wrong),
    }  # fmt: skip
    return render(request, "worksheets/family.html", context, status=status)


def _forms(telling: Telling, wrong: Mapping[str, Any]) -> dict[str, Any]:
    told = {"told_by": telling.told_by, "date": telling.date or None}
    return {
        "line_form": wrong.get("line_form") or map_forms.LineForm(),
        "stumbled": wrong.get("stumbled", ""),
        "told_form": wrong.get("told_form") or map_forms.ToldForm(initial=told),
        "home_form": wrong.get("home_form") or map_forms.HomeForm(),
        "file_form": wrong.get("file_form") or map_forms.FileForm(),
    }


def _undo_to(request: Asked, found: "Worksheet") -> int | None:
    """The version that the next undoing goes back to; after one, the one before that."""
    back = request.GET.get("back", "")
    newest = int(back) if back.isdecimal() and len(back) < 7 else found.version
    return newest - 1 if newest > 0 else None


def _beside(by: Visitor, look: map_pages.Seen, found: "Worksheet") -> map_pages.Beside | None:
    if look.beside is None:
        return None
    other = queries.one(by, look.beside)
    if other.definition != found.definition or other.therapy_id != found.therapy_id:
        raise NotHere("no other telling of this family", other.id)
    plain = replace(look, person="")
    svg = map_pages.picture(map_pages.kept(other), plain, key="b")
    return map_pages.Beside(map_pages.named(other), svg, other)


# ------------------------------------------------------------------ taken along


@require_safe
@door(Action.READ, Layer.RECORD, what="form as a file")
def family_file(request: Asked, sheet: UUID) -> HttpResponse:
    """The family as a GEDCOM file, or the drawing as SVG; without names where that is asked."""
    telling = _taken(request, sheet)
    if request.GET.get("as") == "ged":
        return _file(gedcom.to_gedcom(telling), "application/x-gedcom", "family.ged")
    return _file(map_paper.as_svg(telling), "image/svg+xml", "family.svg")


@require_safe
@door(Action.READ, Layer.RECORD, what="form on paper")
def family_pdf(request: Asked, sheet: UUID) -> HttpResponse:
    """The drawing on a wide sheet, and the family in words."""
    telling = _taken(request, sheet)
    size = request.GET.get("size", "")
    return paper.as_file(map_paper.as_pdf(telling, size if size in PAPERS else PAPERS[0]))


def _taken(request: Asked, sheet: UUID) -> Telling:
    telling = map_pages.kept(_of_kind(request, sheet))
    return tellings.anonymous(telling, gettext) if request.GET.get("names") == "no" else telling


def _file(made: str, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type=f"{kind}; charset=utf-8", headers=headers)
