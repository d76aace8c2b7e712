"""The shelf of instruments, for every member; what the practice loads for itself, for its owner."""

from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.hour.measures import actions, queries, sentences
from holdspace.hour.measures.checking import Looked
from holdspace.hour.measures.forms import FileForm
from holdspace.hour.measures.instruments import Instrument
from holdspace.hour.measures.rules import FileKind

STATUSES = ("own", "ship", "score", "no")


@require_safe
@door(Action.READ, Layer.ADMIN, what="instruments")
def instruments(request: Asked) -> HttpResponse:
    """Every instrument there is, by what it measures, or those of one status or construct."""
    shelf = queries.instruments(request.visitor)
    status, construct = request.GET.get("status", ""), request.GET.get("construct", "")
    chosen = [
        each
        for each in shelf
        if status in {"", each.licence.status} and (not construct or construct in each.constructs)
    ]
    context = {
        "groups": [(name, list(each)) for name, each in groupby(_by_construct(chosen), _construct)],
        "count": len(chosen),
        "status": status,
        "construct": construct,
        "statuses": [(each, sentences.status_sentence(each)) for each in STATUSES],
        "constructs": sorted({name for each in shelf for name in each.constructs}),
    }
    return render(request, "measures/instruments.html", context)


def _construct(instrument: Instrument) -> str:
    return instrument.constructs[0]


def _by_construct(shelf: list[Instrument]) -> list[Instrument]:
    return sorted(shelf, key=_construct)


@require_safe
@door(Action.READ, Layer.ADMIN, what="instrument")
def instrument(request: Asked, name: str) -> HttpResponse:
    """One instrument: its facts, each with its source, and whether that was read."""
    found = queries.instrument(request.visitor, name)
    context = {
        "instrument": found,
        "direction": sentences.direction_sentence(found),
        "status": sentences.status_sentence(found.licence.status),
        "why_not": sentences.why_not_given(found),
        "languages": list(map(sentences.language_name, found.languages)),
        "cutoffs": [(sentences.threshold(each), each) for each in found.cutoffs],
    }
    return render(request, "measures/instrument.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Action.CONFIGURE, Layer.ADMIN, what="instrument files")
def files(request: Asked) -> HttpResponse:
    """What the practice loaded; a new file is looked at first, and loaded by a second button."""
    by = request.visitor
    if request.method != "POST":
        return _files_page(request, FileForm())
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _files_page(request, form)
    text = form.cleaned_data["text"]
    form = FileForm({"text": text})  # what was read, to be seen and corrected
    form.is_valid()
    looked = queries.looked_at(by, text)
    for fault in looked.faults:
        line = {"line": fault.line, "fault": fault.sentence}
        form.add_error("text", _("Line %(line)s: %(fault)s") % line)
    if "load" in request.POST and not looked.faults:
        try:
            actions.load_file(text, by=by, at=timezone.now())
        except actions.CannotLoad as why:
            form.add_error("text", str(why))
        else:
            messages.success(request, _("Loaded. It stands on the shelf now."))
            return redirect("instrument_files")
    return _files_page(request, form, looked=looked)


@require_POST
@door(Action.CONFIGURE, Layer.ADMIN, what="instrument file")
def take_away(request: Asked, file: UUID) -> HttpResponse:
    """Take a file off the shelf."""
    actions.take_away(file, by=request.visitor, at=timezone.now())
    messages.success(request, _("Taken away. What was answered stays readable."))
    return redirect("instrument_files")


def _files_page(request: Asked, form: FileForm, *, looked: Looked | None = None) -> HttpResponse:
    context = {
        "files": queries.files(request.visitor),
        "form": form,
        "looked": looked.raw if looked and not form.errors else None,
        "is_words": looked is not None and looked.kind is FileKind.WORDS,
    }
    status = 422 if form.errors else 200
    return render(request, "measures/instrument_files.html", context, status=status)
