"""What is done with a sheet: kept, gone on with, put away, handed over by a link."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.hour.worksheets import actions, forms, labels, queries
from holdspace.hour.worksheets.actions import Handing
from holdspace.hour.worksheets.rules import CannotMove
from holdspace.hour.worksheets.saving import NOT_KEPT
from holdspace.hour.worksheets.typed import CannotKeep


@require_POST
@door(Action.FILL, Layer.RECORD, what="form")
def sheet_keep(request: Asked, sheet: UUID) -> HttpResponse:
    """Let a sheet stand as it is."""
    return _moved(request, sheet, is_kept=True)


@require_POST
@door(Action.FILL, Layer.RECORD, what="form")
def sheet_go_on(request: Asked, sheet: UUID) -> HttpResponse:
    """Open a kept sheet again."""
    return _moved(request, sheet, is_kept=False)


def _moved(request: Asked, sheet: UUID, *, is_kept: bool) -> HttpResponse:
    move = actions.keep if is_kept else actions.go_on
    try:
        move(sheet, by=request.visitor, at=timezone.now())
    except CannotMove as why:
        messages.warning(request, str(why))
    return redirect("sheet", sheet=sheet)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Action.FILL, Layer.RECORD, what="form")
def sheet_put_away(request: Asked, sheet: UUID) -> HttpResponse:
    """Put a sheet away, for a reason."""
    by = request.visitor
    found = queries.one(by, sheet, Action.FILL)
    form = forms.PutAwayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.put_away(sheet, form.cleaned_data["reason"], by=by, at=timezone.now())
        except CannotMove as why:
            messages.warning(request, str(why))
            return redirect("sheet", sheet=sheet)
        except CannotKeep as why:
            form.add_error("reason", str(why))
        else:
            return redirect("sheet", sheet=sheet)
    context = {"sheet": found, "whose": labels.whose(found), "standing": labels.standing(found)}
    status = NOT_KEPT if form.errors else 200
    return render(request, "worksheets/put_away.html", {**context, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Action.GIVE, Layer.SHARED, what="form to hand over")
def sheet_hand(request: Asked, sheet: UUID) -> HttpResponse:
    """Hand a sheet over by a link; the links there are."""
    by = request.visitor
    found = queries.one(by, sheet, Action.FIND)
    people = labels.people(queries.recipients(by, found))
    form = forms.HandForm(people, request.POST if request.method == "POST" else None)
    if form.is_valid():
        wanted = form.cleaned_data
        handing = Handing(
            UUID(wanted["participant"]), wanted["language"], wanted["pin"], wanted["days"]
        )
        try:
            actions.hand(sheet, handing, by=by, at=timezone.now())
        except actions.CannotHand as why:
            form.add_error(why.field or None, str(why))
        else:
            messages.success(request, _("Handed over. Copy the link and send it the safe way."))
            return redirect("sheet_hand", sheet=sheet)
    root = request.build_absolute_uri("/").rstrip("/")
    context = {
        "sheet": found, "whose": labels.whose(found), "standing": labels.standing(found),
        "form": form, "links": labels.links(queries.links(by, found), root, timezone.now()),
        "may_read": queries.may(by, found, Action.READ),
    }  # fmt: skip
    status = NOT_KEPT if form.errors else 200
    return render(request, "worksheets/hand.html", context, status=status)


@require_POST
@door(Action.GIVE, Layer.SHARED, what="form to hand over")
def sheet_link_withdraw(request: Asked, link: UUID) -> HttpResponse:
    """Take a link back."""
    found = actions.withdraw(link, by=request.visitor, at=timezone.now())
    messages.success(request, _("Taken back: the link opens nothing any more."))
    return redirect(reverse("sheet_hand", args=[found.worksheet_id]))
