"""The page on which a therapy begins: with one person or with many, in under a minute."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.people.forms import tried
from holdspace.frame.therapy import actions, page
from holdspace.frame.therapy.forms import NewTherapyForm
from holdspace.frame.therapy.rows import (
    EMPTY,
    Row,
    filled_rows,
    shown,
    sought,
    stepped,
    typed_rows,
)

BEGIN = "begin"
UNPROCESSABLE = 422


@door(Action.TAKE_IN, Layer.ADMIN, what="therapy to begin")
def new_therapy(request: Asked) -> HttpResponse:
    if request.method != "POST":
        return _fresh(request)
    step = request.POST.get("step", BEGIN)
    return _begun(request) if step == BEGIN else _stepped(request, step)


def _fresh(request: Asked) -> HttpResponse:
    by = request.visitor
    voice = getattr(getattr(request, "member", None), "voice", "")
    initial = page.usual_beginning(by, voice)
    form = NewTherapyForm(offers=page.offers(by), ways=page.ways(by), initial=initial)
    return _page(request, form, shown(by, [dict(EMPTY)], is_final=False))


def _stepped(request: Asked, step: str) -> HttpResponse:
    """A button that changes the rows: all that was typed stays, and nothing is checked yet."""
    typed: dict[str, Any] = request.POST.dict()
    form = NewTherapyForm(
        offers=page.offers(request.visitor), ways=page.ways(request.visitor), initial=typed
    )
    rows = stepped(typed_rows(request.POST), step)
    return _page(request, form, shown(request.visitor, rows, is_final=False, finding=sought(step)))


def _begun(request: Asked) -> HttpResponse:
    by = request.visitor
    form = NewTherapyForm(request.POST, offers=page.offers(by), ways=page.ways(by))
    rows = shown(by, filled_rows(typed_rows(request.POST)), is_final=True)
    are_valid = [row.form.is_valid() for row in rows]
    if form.is_valid() and all(are_valid):
        joining = tuple(row.form.joining() for row in rows)
        begun = tried(
            form,
            lambda: actions.begin(form.beginning(joining), by=by, at=timezone.now()),
        )
        if begun is not None:
            return redirect("therapy", begun.id)
    return _page(request, form, rows, status=UNPROCESSABLE)


def _page(
    request: Asked, form: NewTherapyForm, rows: list[Row], *, status: int = 200
) -> HttpResponse:
    wrong = [row for row in rows if row.form.errors]
    context = {"form": form, "rows": rows, "wrong": wrong, "may_add": True}
    return render(request, "therapy/new.html", context, status=status)
