"""Reading notes: one, a therapy's, and where words stand in all of one's own."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.approaches import queries as approaches
from holdspace.frame.therapy import queries as therapies
from holdspace.hour.notes import forms, queries
from holdspace.hour.notes.pages import as_present, as_read, as_written
from holdspace.hour.notes.signature import verify_signature

NOTES_A_PAGE = 20


@require_safe
@door(Action.READ, Layer.RECORD, what="note")
def note(request: Asked, note: UUID) -> HttpResponse:
    """One note: a draft of mine opens to be written, any other to be read."""
    by = request.visitor
    found = queries.one(by, note)
    present = as_present(queries.present(by, found))
    if queries.is_mine_to_write(by, found):
        unmarked = queries.unmarked_of(by, found, at=timezone.now())
        words = forms.editor(found, unmarked=unmarked, voice=approaches.words(by, found.therapy))
        context = {"note": found, "words": words, "present": present}
        context["aside"] = as_written(found, queries.kept_aside(by, note))
        context["reminder"] = therapies.reminder(by, found.therapy)
        return render(request, "notes/write.html", context)
    done = queries.done(by, [found])
    context = {
        "page": as_read(found, queries.addenda(by, [note]).get(note, []), done.get(note, ())),
        "present": present,
        "is_whole": found.signed_hash is None or verify_signature(found),
        "is_mine": found.author_id == by.id,
    }  # fmt: skip
    return render(request, "notes/read.html", context)


@require_safe
@door(Action.READ, Layer.RECORD, what="notes of a therapy")
def therapy_notes(request: Asked, therapy: UUID) -> HttpResponse:
    """What was written in a therapy, newest first."""
    by, before = request.visitor, _before(request.GET.get("before", ""))
    found = queries.of_therapy(by, therapy, limit=NOTES_A_PAGE, before=before)
    added = queries.addenda(by, [one.id for one in found])
    done = queries.done(by, found)
    older = queries.about_at(found[-1]) if len(found) >= NOTES_A_PAGE else None
    of = therapies.one(by, therapy)
    context = {
        "therapy": of, "words": approaches.words(by, of), "parts": queries.parts(by, therapy),
        "pages": [as_read(one, added.get(one.id, []), done.get(one.id, ())) for one in found],
        "older": older.isoformat() if older else "", "before": before,
        "search": forms.SearchForm(),
    }  # fmt: skip
    return render(request, "notes/therapy_notes.html", context)


@door(Action.READ, Layer.RECORD, what="words found in notes")
def note_search(request: Asked) -> HttpResponse:
    """Where something stands in the notes of one's own caseload.

    The words sought come by POST: an address is kept in histories and logs.
    """
    form = forms.SearchForm(request.POST or None)
    sought = form.cleaned_data["q"] if form.is_valid() else ""
    found = queries.search(request.visitor, sought)
    context = {"search": form, "sought": sought, "found": found}
    return render(request, "notes/search.html", context, status=422 if form.errors else 200)


def _before(written: str) -> datetime | None:
    """A moment from an address; anything else is the first page."""
    try:
        moment = parse_datetime(written)
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
