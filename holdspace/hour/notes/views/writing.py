"""Writing a note: begun, saved from the page as it grows, or sent as an ordinary form; signed."""

import base64
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.ui.errors import hear_out
from holdspace.cellar.ui.places import within
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.approaches import queries as approaches
from holdspace.hour.notes import actions, forms, queries, rules
from holdspace.hour.notes.actions import NoLongerADraft, Saved, SavedElsewhere
from holdspace.hour.notes.pages import as_present, as_written

JSON = "application/json"
CONFLICT, TOO_LARGE, NOT_KEPT, LOCKED = 409, 413, 422, 423


@require_POST
@door(Action.WRITE, Layer.RECORD, what="new note")
def new_note(request: Asked) -> HttpResponse:
    """Begin a note, or go on with the draft that is there."""
    form = forms.BeginForm(request.POST)
    if not form.is_valid():
        raise NotHere("malformed ids")
    typed = form.cleaned_data
    note = actions.begin(
        typed["therapy"], typed["session"], typed["participant"],
        by=request.visitor, at=timezone.now(),
    )  # fmt: skip
    return HttpResponseRedirect(reverse("note", args=[note.id]))


@require_safe
@door(Action.READ, Layer.ADMIN, what="draft key")
def draft_key(request: Asked) -> JsonResponse:
    """The key of this member's local drafts: for the memory of their own page, never stored."""
    key = keyring.derived(request.visitor.practice, f"draft {request.visitor.id}")
    return JsonResponse({"key": base64.b64encode(key).decode()})


@require_POST
@door(Action.WRITE, Layer.RECORD, what="note")
def note_save(request: Asked, note: UUID) -> HttpResponse:
    """Keep what was typed: by script as it grows, without script as an ordinary form."""
    if request.content_type == JSON:
        return _save_from_script(request, note)
    return _from_form(request, note, is_signing=False)


@require_POST
@door(Action.SIGN, Layer.RECORD, what="note to sign")
def note_sign(request: Asked, note: UUID) -> HttpResponse:
    """Keep what was typed, and lock it under the author's signature."""
    return _from_form(request, note, is_signing=True)


# ------------------------------------------------------------------ from the page's script


@dataclass(frozen=True, slots=True)
class Typed:
    """What the page's script sent."""

    content: Any
    base_version: int
    tab: Any


def _typed(request: Asked) -> Typed:
    try:
        sent = json.loads(request.body)
        return Typed(sent["content"], int(sent["base_version"]), sent["tab"])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise rules.CannotKeep(_("This is not in the shape of a note.")) from None


def _save_from_script(request: Asked, note: UUID) -> JsonResponse:
    longest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
    if int(request.META.get("CONTENT_LENGTH") or 0) > longest:
        too_large = _("This is too long to be kept as one note. Nothing of it is lost here.")
        hear_out(request)
        return _no(TOO_LARGE, too_large)
    try:
        typed = _typed(request)
        saved = actions.save(
            note, typed.content, base_version=typed.base_version, tab=typed.tab,
            by=request.visitor, at=timezone.now(),
        )  # fmt: skip
    except SavedElsewhere as elsewhere:
        return _elsewhere(request, note, elsewhere)
    except NoLongerADraft as locked:
        return _no(LOCKED, str(locked))
    except rules.CannotKeep as why:
        return _no(NOT_KEPT, str(why), field=why.field)
    return JsonResponse({"version": saved.version, "said": said(saved)})


def _no(status: int, message: str, **more: str) -> JsonResponse:
    return JsonResponse({"message": message, **more}, status=status)


def _elsewhere(request: Asked, note_id: UUID, elsewhere: SavedElsewhere) -> JsonResponse:
    note = queries.one(request.visitor, note_id)
    beside = forms.side_by_side(note.format, elsewhere.theirs, elsewhere.yours)
    answer = {
        "message": str(elsewhere), "version": elsewhere.version, "theirs": elsewhere.theirs,
        "yours": elsewhere.yours, "joined": elsewhere.joined,
        "html": render_to_string("notes/both.html", {"beside": beside}),
    }  # fmt: skip
    return JsonResponse(answer, status=CONFLICT)


def said(saved: Saved) -> str:
    """When a note was last sealed and saved, as the page says it."""
    moment = formats.time_format(timezone.localtime(saved.saved_at), "H:i:s")
    return _("Sealed and saved %(moment)s") % {"moment": moment}


# ------------------------------------------------------------------ from an ordinary form


def _from_form(request: Asked, note_id: UUID, *, is_signing: bool) -> HttpResponse:
    """Save what was sent, sign it where that was asked, and go on; or show what is wrong."""
    by, at = request.visitor, timezone.now()
    note = queries.one(by, note_id)
    unmarked = queries.unmarked_of(by, note, at=at)
    editor = forms.editor(
        note,
        then=_then(request),
        typed=request.POST,
        unmarked=unmarked,
        voice=approaches.words(request.visitor, note.therapy),
    )
    try:
        if not editor.form.is_valid():
            return _again(request, note, editor, status=NOT_KEPT)
        typed = editor.form.cleaned_data
        actions.save(
            note_id, editor.form.content(), base_version=typed["base_version"], tab=typed["tab"],
            by=by, at=at,
        )  # fmt: skip
        if is_signing:
            actions.sign(note_id, editor.form.there(), by=by, at=at)
    except SavedElsewhere as elsewhere:
        return _both(request, note, elsewhere)
    except NoLongerADraft as locked:
        messages.warning(request, str(locked))
        return HttpResponseRedirect(reverse("note", args=[note_id]))
    except (rules.CannotKeep, rules.CannotBeSigned) as why:
        _mark(editor.form, why)
        return _again(request, note, editor, status=NOT_KEPT)
    if is_signing:
        messages.success(request, _("Signed and locked."))
    return HttpResponseRedirect(editor.then or reverse("note", args=[note_id]))


def _mark(form: forms.NoteForm, why: Exception) -> None:
    """Say what is wrong beside its field, or above all of them."""
    field = getattr(why, "field", "")
    name = f"f-{field}" if f"f-{field}" in form.fields else field
    form.add_error(name if name in form.fields else None, str(why))


def _then(request: Asked) -> str:
    return within(request.POST.get("then", ""))


def _again(request: Asked, note: Any, editor: forms.Editor, *, status: int) -> HttpResponse:
    by = request.visitor
    context = {"note": note, "words": editor, "present": as_present(queries.present(by, note))}
    context["aside"] = as_written(note, queries.kept_aside(by, note.id))
    return render(request, "notes/write.html", context, status=status)


def _both(request: Asked, note: Any, elsewhere: SavedElsewhere) -> HttpResponse:
    """Both writings side by side, to choose one or join them: the same without script."""

    def offered(content: rules.Content) -> forms.NoteForm:
        first = forms.as_typed(content, elsewhere.version, f"page-{forms.new_tab()}")
        return forms.NoteForm(note.format, initial=first, auto_id=False)

    context = {
        "note": note, "message": str(elsewhere),
        "beside": forms.side_by_side(note.format, elsewhere.theirs, elsewhere.yours),
        "yours": offered(elsewhere.yours), "joined": offered(elsewhere.joined),
    }  # fmt: skip
    return render(request, "notes/conflict.html", context, status=CONFLICT)
