"""Pages about safety: what is open, asking and hearing, steps, closing and opening again."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.approaches import queries as approaches
from holdspace.frame.people.forms import posted, tried
from holdspace.frame.people.sheets import UNPROCESSABLE, Sheet, filled
from holdspace.frame.therapy import actions, forms, page, queries, safety_page
from holdspace.frame.therapy.safety import Source


def _page_of(item: UUID) -> str:
    return reverse("safety_item", args=[item])


@door(Action.READ, Layer.RECORD, what="safety")
@require_safe
def therapy_safety(request: Asked, therapy: UUID) -> HttpResponse:
    """What is open about safety in a therapy, and what was."""
    by = request.visitor
    known = queries.one(by, therapy)
    items = queries.safety_of(by, therapy)
    steps = queries.safety_steps(by, items)
    shown = [safety_page.item_shown(by, item, steps) for item in items]
    context = {"therapy": known, "words": approaches.words(by, known), "items": shown}
    return render(request, "therapy/safety.html", context)


@door(Action.WRITE, Layer.RECORD, what="safety item")
def safety_new(request: Asked, therapy: UUID) -> HttpResponse:
    """Something came up: what was asked and heard, in words."""
    by = request.visitor
    known = queries.one(by, therapy, Action.WRITE)
    here = queries.here(by, therapy)
    people = [(str(one.id), page.called(one)) for one in here] if len(here) > 1 else []
    form = forms.EnquiryForm(posted(request), people=people)
    opened = tried(
        form,
        lambda: actions.open_safety(
            therapy, form.enquiry(_source(request)), by=by, at=timezone.now()
        ),
    )
    if opened is not None:
        return redirect("safety_item", opened.id)
    back = reverse("therapy_safety", args=[therapy])
    return _asking(request, form, known.title, back)


def _source(request: Asked) -> Source:
    """From where one came to write it."""
    asked = request.GET.get("from", "")
    return (
        Source(asked) if asked in (Source.NOTE, Source.MEASURE, Source.SESSION) else Source.THERAPY
    )


def _asking(request: Asked, form: forms.EnquiryForm, over: str, back: str) -> HttpResponse:
    context = {"form": form, "over": over, "back_href": back}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "therapy/safety_asking.html", context, status=status)


@door(Action.READ, Layer.RECORD, what="safety item")
@require_safe
def safety_item(request: Asked, item: UUID) -> HttpResponse:
    """One item with everything that was added to it."""
    by = request.visitor
    found = queries.one_safety(by, item)
    steps = queries.safety_steps(by, [found])
    shown = safety_page.item_shown(by, found, steps, is_whole=True)
    return render(request, "therapy/safety_item.html", {"shown": shown, "item": found})


@door(Action.WRITE, Layer.RECORD, what="safety item")
def safety_add(request: Asked, item: UUID) -> HttpResponse:
    """More was asked and heard."""
    by = request.visitor
    found = queries.one_safety(by, item, Action.WRITE)
    form = forms.EnquiryForm(posted(request))
    added = tried(form, lambda: actions.add_to_safety(item, form.words(), by=by, at=timezone.now()))
    if added is not None:
        return redirect("safety_item", item)
    return _asking(request, form, found.therapy.title, _page_of(item))


@door(Action.WRITE, Layer.RECORD, what="safety step")
def safety_step(request: Asked, item: UUID) -> HttpResponse:
    """Somebody will do something by a time."""
    by = request.visitor
    found = queries.one_safety(by, item, Action.WRITE)
    seats = queries.therapists(by, [found.therapy_id])
    owners = [(str(seat.member_id), seat.member.name) for seat in seats]
    form = forms.StepForm(posted(request), owners=owners, me=by.id)
    sheet = Sheet(_("What will be done"), _("Save"), _page_of(item), over=found.therapy.title)
    return filled(
        request, form, sheet,
        lambda: actions.set_step(item, form.said(), by=by, at=timezone.now()),
    )  # fmt: skip


@door(Action.WRITE, Layer.RECORD, what="safety step")
@require_POST
def safety_step_done(request: Asked, step: UUID) -> HttpResponse:
    done = actions.finish_step(step, by=request.visitor, at=timezone.now())
    return redirect("safety_item", done.item_id)


@door(Action.WRITE, Layer.RECORD, what="safety item")
def safety_close(request: Asked, item: UUID) -> HttpResponse:
    """It need not be carried any further."""
    by = request.visitor
    found = queries.one_safety(by, item, Action.WRITE)
    form = forms.BecauseForm(posted(request))
    sheet = Sheet(
        _("Close this"), _("Close"), _page_of(item), over=found.therapy.title,
        lead=_("It is no longer carried from session to session. What was written stays, and it can be opened again."),  # noqa: E501
    )  # fmt: skip
    return filled(
        request, form, sheet,
        lambda: actions.close_safety(
            item, form.cleaned_data["because"], by=by, at=timezone.now()
        ),
    )  # fmt: skip


@door(Action.WRITE, Layer.RECORD, what="safety item")
def safety_reopen(request: Asked, item: UUID) -> HttpResponse:
    """It is carried on after all."""
    by = request.visitor
    found = queries.one_safety(by, item, Action.WRITE)
    form = forms.BecauseForm(posted(request))
    sheet = Sheet(_("Open this again"), _("Open again"), _page_of(item), over=found.therapy.title)
    return filled(
        request, form, sheet,
        lambda: actions.reopen_safety(
            item, form.cleaned_data["because"], by=by, at=timezone.now()
        ),
    )  # fmt: skip


# ------------------------------------------------------------------ a crisis


@door(Action.WRITE, Layer.RECORD, what="crisis")
def crisis(request: Asked, therapy: UUID) -> HttpResponse:
    """What is needed in a crisis, and a place for one line after the other: nothing else."""
    by, step = request.visitor, request.POST.get("do", "")
    known = queries.one(by, therapy, Action.WRITE)
    if step == "begin":
        actions.begin_crisis(therapy, by=by, at=timezone.now())
        return redirect("crisis", therapy)
    shown = safety_page.crisis_shown(by, known)
    made = {"line": forms.LineForm, "contact": forms.ContactForm, "calm": forms.CalmForm}
    given = {name: form(request.POST if step == name else None) for name, form in made.items()}
    item = shown.item.item.id if shown.item is not None and step in given else None
    if item and _in_crisis(request, item, step, given[step]):
        return redirect("crisis", therapy)
    status = UNPROCESSABLE if any(form.errors for form in given.values()) else 200
    context = {"shown": shown, "therapy": known, **given}
    return render(request, "therapy/crisis.html", context, status=status)


def _in_crisis(request: Asked, item: UUID, step: str, form: Any) -> bool:
    """Write the line, the attempt, or how it was left."""
    by, at = request.visitor, timezone.now()
    acts: dict[str, Callable[[], object]] = {
        "line": lambda: actions.add_line(item, form.cleaned_data["line"], by=by, at=at),
        "contact": lambda: actions.log_contact(item, *form.said(), by=by, at=at),
        "calm": lambda: actions.calm(item, form.said(), by=by, at=at),
    }
    return tried(form, acts[step]) is not None
