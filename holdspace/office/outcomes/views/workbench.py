"""The workbench: bring a table of scores, say what it means, read what follows, take it away."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.office.outcomes import actions, reading
from holdspace.office.outcomes.forms.workbench import FileForm, PasteForm, ReadingForm
from holdspace.office.outcomes.queries import workbench as imports
from holdspace.office.outcomes.reading import Result
from holdspace.office.outcomes.shown import paper, results
from holdspace.office.outcomes.statistics.table import Sheet

PREVIEWED: Final = 5  # rows


@require_safe
@door(Action.WRITE, Layer.PRIVATE, what="workbench")
def workbench(request: Asked) -> HttpResponse:
    """What one brought, and how to bring more."""
    return _bench(request)


@require_POST
@door(Action.WRITE, Layer.PRIVATE, what="table to bring")
def bring_file(request: Asked) -> HttpResponse:
    """Bring a file."""
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _bench(request, file_form=form)
    file = form.cleaned_data["file"]
    return _bring(request, form, actions.Brought(file.name, file.read()))


@require_POST
@door(Action.WRITE, Layer.PRIVATE, what="table to bring")
def bring_rows(request: Asked) -> HttpResponse:
    """Bring rows that were copied."""
    form = PasteForm(request.POST)
    if not form.is_valid():
        return _bench(request, paste_form=form)
    said = form.cleaned_data
    return _bring(request, form, actions.Brought(said["name"], said["rows"].encode()))


def _bring(request: Asked, form: FileForm | PasteForm, brought: actions.Brought) -> HttpResponse:
    try:
        made = actions.bring(brought, by=request.visitor, at=timezone.now())
    except actions.CannotBring as why:
        form.add_error("file" if isinstance(form, FileForm) else "rows", str(why))
        which = "file_form" if isinstance(form, FileForm) else "paste_form"
        return _bench(request, **{which: form})
    return redirect("table", made.id)


def _bench(request: Asked, **wrong: Any) -> HttpResponse:
    context = {
        "tables": imports.imports(request.visitor),
        "file_form": FileForm(),
        "paste_form": PasteForm(),
        **wrong,
    }
    return render(request, "outcomes/workbench.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Action.WRITE, Layer.PRIVATE, what="table of scores")
def table(request: Asked, table: UUID) -> HttpResponse:
    """One table: its first rows, what they mean, and what follows."""
    found = imports.one(request.visitor, table)
    of = reading.opened(found.table)
    said = found.reading or reading.guessed(of)
    asked = request.POST.get("time", "")
    time = asked if of.header.count(asked) == 1 else said["time"]
    form = ReadingForm(of, time, request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        refused = reading.refusal(of, form.cleaned_data)
        if refused is None:
            actions.read_as(table, form.cleaned_data, by=request.visitor, at=timezone.now())
            return redirect("table", table)
        form.refuse(refused)
    result, first = _result_of(of, found.reading), list(of.rows.items())[:PREVIEWED]
    context = {
        "table": found, "form": form, "header": of.header,
        "rows": [(number, list(zip(of.header, row, strict=True))) for number, row in first],
        "count": len(of.rows), "result": result,
        "methods": results.shown(result) if result else [],
        "categories": list(results.CATEGORIES.values()),
        "note": results.note(result) if result else "",
        "faults": results.faults(result.faults if result else of.faults),
        "refused": results.refusals(result) if result else [],
    }  # fmt: skip
    return render(request, "outcomes/table.html", context, status=422 if form.errors else 200)


def _result_of(of: Sheet, said: reading.Said) -> Result | None:
    return reading.result(of, said) if said else None


@require_POST
@door(Action.WRITE, Layer.PRIVATE, what="table to take away")
def take_away(request: Asked, table: UUID) -> HttpResponse:
    """Destroy a table."""
    actions.take_away(table, by=request.visitor, at=timezone.now())
    messages.success(request, _("The table is destroyed."))
    return redirect("workbench")


@require_safe
@door(Action.READ, Layer.PRIVATE, what="table of scores")
def as_csv(request: Asked, table: UUID) -> HttpResponse:
    """Everybody by every method, as a file."""
    _name, result = _read(request, table)
    return paper.attached(results.as_csv(result).encode(), "results.csv", "text/csv; charset=utf-8")


@require_safe
@door(Action.READ, Layer.PRIVATE, what="table of scores")
def as_pdf(request: Asked, table: UUID) -> HttpResponse:
    """The report of groups and plots."""
    name, result = _read(request, table)
    return paper.document("workbench", results.on_paper(name, result), title=name)


def _read(request: Asked, table: UUID) -> tuple[str, Result]:
    """A table that was read; before that there is no report of it."""
    found = imports.one(request.visitor, table)
    result = _result_of(reading.opened(found.table), found.reading)
    if result is None:
        raise NotHere(subject=table)
    return found.name, result
