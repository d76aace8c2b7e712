"""Sheets in a member's browser: which there are, filled in, read, and what was written when."""

import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.approaches import queries as approaches
from holdspace.frame.approaches.tongues import spoken
from holdspace.frame.practice import queries as practices
from holdspace.frame.therapy import queries as therapies
from holdspace.hour.worksheets import actions, asking, forms, labels, pages, paper, queries, saving
from holdspace.hour.worksheets.content import WHOLE, Change
from holdspace.hour.worksheets.editors import EDITORS
from holdspace.hour.worksheets.rules import PLAN, NoLongerOpen, State
from holdspace.hour.worksheets.saving import NOT_KEPT, Sent
from holdspace.hour.worksheets.shelf import offered

if TYPE_CHECKING:
    from holdspace.hour.worksheets.models import Worksheet

JSON = "application/json"
TO_BEGIN = (Layer.RECORD, Layer.SHARED, Layer.CLIENT, Layer.ADMIN, Layer.PRIVATE)


@require_safe
@door(Action.READ, Layer.RECORD, what="forms of a therapy")
def therapy_sheets(request: Asked, therapy: UUID) -> HttpResponse:
    """The sheets of a therapy, and the forms and maps that can be begun in it."""
    return _therapy_sheets(request, therapy)


def _therapy_sheets(
    request: Asked, therapy: UUID, *, wrong: str = "", status: int = 200
) -> HttpResponse:
    by, language = request.visitor, spoken()
    of = therapies.one(by, therapy)
    search = forms.SearchForm(request.GET if "q" in request.GET else None)
    sought = search.cleaned_data["q"] if search.is_valid() else ""
    chosen = approaches.among(by, of.approaches).values()
    found = offered(of, chosen, language, sought, TO_BEGIN)
    context = {
        "therapy": of, "words": approaches.words(by, of), "search": search, "sought": sought,
        "offered": labels.on_shelf(found, language),
        "sheets": labels.in_list(queries.of_therapy(by, therapy)),
        "parts": queries.parts(by, therapy), "wrong": wrong,
        "session": request.GET.get("session", ""),
    }  # fmt: skip
    return render(request, "worksheets/therapy_sheets.html", context, status=status)


@require_POST
@door(Action.FILL, Layer.RECORD, what="new form")
def new_sheet(request: Asked, therapy: UUID) -> HttpResponse:
    """Begin a sheet, and go to it; or to handing it over, where it is the client's own."""
    form = forms.BeginForm(request.POST)
    if not form.is_valid():
        raise NotHere("malformed ids")
    wanted = form.cleaned_data
    try:
        sheet = actions.begin(
            therapy, wanted["form"], wanted["participant"], wanted["session"],
            by=request.visitor, at=timezone.now(),
        )  # fmt: skip
    except actions.CannotBegin as why:
        return _therapy_sheets(request, therapy, wrong=str(why), status=NOT_KEPT)
    is_theirs = sheet.layer == Layer.CLIENT
    return redirect("sheet_hand" if is_theirs else "sheet", sheet=sheet.id)


@require_POST
@door(Action.FILL, Layer.RECORD, what="new form")
def safety_plan(request: Asked, therapy: UUID) -> HttpResponse:
    """The plan as it stands, or a new one; where several take part, each has their own."""
    by = request.visitor
    known = [one.sheet for one in queries.of_therapy(by, therapy) if one.is_to_be_shown]
    plans = [one for one in known if one.definition == PLAN]
    if queries.parts(by, therapy):
        return redirect(f"{reverse('therapy_sheets', args=[therapy])}?{urlencode({'q': PLAN})}")
    found = plans[0] if plans else actions.begin(therapy, PLAN, by=by, at=timezone.now())
    return redirect("sheet", sheet=found.id)


@require_safe
@door(Action.READ, Layer.SHARED, what="form")
def sheet(request: Asked, sheet: UUID) -> HttpResponse:
    """One sheet: to be filled in where it is open and that may be, else to be read."""
    by = request.visitor
    found = queries.one(by, sheet)
    definition = queries.form_of(found)
    if found.state != State.OPEN or not queries.may(by, found, Action.FILL):
        return sheet_to_read(request, found)
    if by.narrowed_to is not None:
        actions.show(found.id, by=by, at=timezone.now())
    if definition.editor:
        return redirect(EDITORS[definition.editor].page, sheet=sheet)
    form = forms.SheetForm(definition, found.content, spoken())
    return filling(request, found, Sent(form, 200, found.version))


@require_safe
@door(Action.READ, Layer.SHARED, what="form")
def sheet_read(request: Asked, sheet: UUID) -> HttpResponse:
    """One sheet as it stands, to be read and printed."""
    return sheet_to_read(request, queries.one(request.visitor, sheet))


def sheet_to_read(request: Asked, found: "Worksheet") -> HttpResponse:
    """The page on which a sheet is read."""
    by = request.visitor
    context = {
        **around(request, found),
        "page": pages.as_read(queries.form_of(found), found.content, spoken()),
        "may_fill": queries.may(by, found, Action.FILL),
    }
    return render(request, "worksheets/read.html", context)


def filling(request: Asked, found: "Worksheet", sent: Sent) -> HttpResponse:
    """The page on which a sheet is filled in, as it stands or as it was just typed."""
    definition = queries.form_of(found)
    context = {
        **around(request, found),
        "form": sent.form, "parts": asking.as_asked(sent.form, found.content),
        "version": sent.version, "writing": uuid.uuid4().hex,
        "page": pages.as_read(definition, found.content, spoken()),
        "save_href": reverse("sheet_save", args=[found.id]),
        "news_href": reverse("sheet_news", args=[found.id]),
    }  # fmt: skip
    return render(request, "worksheets/fill.html", context, status=sent.status)


def around(request: Asked, found: "Worksheet") -> dict[str, Any]:
    """What stands around a sheet: whose it is, how it stands, what may be done with it."""
    by = request.visitor
    is_turned = by.narrowed_to is not None
    return {
        "sheet": found, "standing": labels.standing(found), "whose": labels.whose(found),
        "is_turned": is_turned, "frame": "ui/plain.html" if is_turned else "ui/frame.html",
        "may_hand": not is_turned and found.layer in (Layer.SHARED, Layer.CLIENT),
    }  # fmt: skip


# ------------------------------------------------------------------ saved


def save_map(
    request: Asked, found: "Worksheet", told: dict[str, Any], base: int
) -> actions.Written | None:
    """Save a whole map as it is told now; None, which is said, where it is open no more."""
    change, page = Change(WHOLE, told, base), forms.page_of(request.POST)
    try:
        written = actions.save(found.id, [change], page=page, by=request.visitor, at=timezone.now())
    except NoLongerOpen as locked:
        messages.warning(request, str(locked))
        return None
    if written.wrong:
        messages.warning(request, next(iter(written.wrong.values())))
    return written


@require_POST
@door(Action.FILL, Layer.SHARED, what="form")
def sheet_save(request: Asked, sheet: UUID) -> HttpResponse:
    """Keep what was typed: by script as it grows, without script as an ordinary form."""
    by, at = request.visitor, timezone.now()
    if request.content_type == JSON:
        status, told = saving.save_typed(request, sheet, by=by, at=at, language=spoken())
        return JsonResponse(told, status=status)
    found = queries.one(by, sheet, Action.FILL)
    try:
        sent = saving.save_whole(request.POST, found, by=by, at=at, language=spoken())
        if sent.is_kept and request.POST.get("do") == "keep" and by.narrowed_to is None:
            actions.keep(sheet, by=by, at=at)
    except NoLongerOpen as locked:
        messages.warning(request, str(locked))
        return redirect("sheet", sheet=sheet)
    if not sent.is_kept:
        return filling(request, queries.one(by, sheet, Action.FILL), sent)
    return HttpResponseRedirect(reverse("sheet", args=[sheet]))


@require_safe
@door(Action.READ, Layer.SHARED, what="form")
def sheet_news(request: Asked, sheet: UUID) -> JsonResponse:
    """What somebody else wrote since a version; nobody is shown anew, so the ledger has it once."""
    by = request.visitor
    found = queries.one(by, sheet)
    told = saving.news(found, forms.base_of({"base": request.GET.get("since", "")}), spoken())
    if "cells" not in told:
        by.opened.subjects.clear()  # nothing was shown
    return JsonResponse(told)


# ------------------------------------------------------------------ what was written when; on paper


@require_safe
@door(Action.READ, Layer.RECORD, what="versions of a form")
def sheet_versions(request: Asked, sheet: UUID) -> HttpResponse:
    """Everything that was saved in a sheet: what stood there before, and what stands there then."""
    by = request.visitor
    found = queries.one(by, sheet)
    past = pages.as_past(queries.form_of(found), queries.versions(by, found), spoken())
    return render(request, "worksheets/versions.html", {**around(request, found), "past": past})


@require_safe
@door(Action.READ, Layer.RECORD, what="form on paper")
def sheet_pdf(request: Asked, sheet: UUID) -> HttpResponse:
    """A sheet as a letter."""
    by = request.visitor
    found = queries.one(by, sheet)
    page = pages.as_read(queries.form_of(found), found.content, spoken())
    house = practices.practice_of(by).name
    return paper.as_file(paper.printed(found, page, labels.whose(found), house))
