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
from holdspace.frame.therapy.forms import NewTherapyForm, SeveralForm
from holdspace.frame.therapy.rows import (
    EMPTY,
    Row,
    filled_rows,
    of_unit,
    shown,
    sought,
    stepped,
    typed_rows,
    with_names,
)

BEGIN = "begin"
UNIT = "unit"  # another unit was chosen: as many rows as it usually has
SEVERAL = "several"  # names in a list become rows
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
    rows = typed_rows(request.POST)
    if step == UNIT:
        rows = of_unit(rows, typed.get("unit", ""))
    elif step == SEVERAL:
        rows = with_names(rows, typed.get("names", ""))
    else:
        rows = stepped(rows, step)
    shown_rows = shown(request.visitor, rows, is_final=False, finding=sought(step))
    return _page(request, form, shown_rows, several=SeveralForm(initial=typed))


def _begun(request: Asked) -> HttpResponse:
    by = request.visitor
    form = NewTherapyForm(request.POST, offers=page.offers(by), ways=page.ways(by))
    several = SeveralForm(request.POST)
    names = several.cleaned_data["names"] if several.is_valid() else ""
    rows = shown(by, filled_rows(with_names(typed_rows(request.POST), names)), is_final=True)
    are_valid = [several.is_valid(), *(row.form.is_valid() for row in rows)]
    if form.is_valid() and all(are_valid):
        joining = tuple(row.form.joining() for row in rows)
        begun = tried(
            form,
            lambda: actions.begin(form.beginning(joining), by=by, at=timezone.now()),
        )
        if begun is not None:
            return redirect("therapy", begun.id)
    return _page(request, form, rows, several=several, status=UNPROCESSABLE)


def _page(
    request: Asked,
    form: NewTherapyForm,
    rows: list[Row],
    *,
    several: SeveralForm | None = None,
    status: int = 200,
) -> HttpResponse:
    wrong = [row for row in rows if row.form.errors]
    context = {
        "form": form, "rows": rows, "wrong": wrong, "may_add": True,
        "several": several or SeveralForm(),
    }  # fmt: skip
    return render(request, "therapy/new.html", context, status=status)
