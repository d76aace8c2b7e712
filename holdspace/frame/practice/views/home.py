"""The practice's choices, and the crisis help that clients may be shown."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.practice import actions, queries
from holdspace.frame.practice.forms import CrisisHelpForm, PracticeForm
from holdspace.frame.practice.rules import NOTICE_HOURS

USUAL = {"cancellation_hours": NOTICE_HOURS, "note_format": "three_line"}
SHOWN = ("name", "language", "voice", "time_zone", "currency", "country", "session_minutes")


@require_http_methods(["GET", "HEAD", "POST"])
@door(Action.CONFIGURE, Layer.ADMIN, what="practice")
def practice(request: Asked) -> HttpResponse:
    """What the practice chose, to be changed in place."""
    if request.method != "POST":
        return _page(request, PracticeForm(initial=_chosen(request)), _empty_help(request))
    form = PracticeForm(request.POST)
    if form.is_valid():
        try:
            actions.configure(form.choices(), by=request.visitor, at=timezone.now())
        except actions.CannotChoose as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("practice")
    return _page(request, form, _empty_help(request))


@require_POST
@door(Action.CONFIGURE, Layer.ADMIN, what="crisis help")
def confirm_help(request: Asked) -> HttpResponse:
    """The owner says that a number is right."""
    form = CrisisHelpForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.confirm_crisis_help(
                given["country"], given["number"], given["words"],
                by=request.visitor, at=timezone.now(),
            )  # fmt: skip
        except actions.CannotChoose as refusal:
            form.add_error("country", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("practice")
    return _page(request, PracticeForm(initial=_chosen(request)), form)


@require_POST
@door(Action.CONFIGURE, Layer.ADMIN, what="crisis help")
def withdraw_help(request: Asked) -> HttpResponse:
    """A number is not shown any more."""
    country, number = request.POST.get("country", ""), request.POST.get("number", "")
    actions.withdraw_crisis_help(country, number, by=request.visitor, at=timezone.now())
    return redirect("practice")


def _chosen(request: Asked) -> dict[str, object]:
    found = queries.practice_of(request.visitor)
    chosen = {name: getattr(found, name) for name in SHOWN}
    return {**USUAL, **found.choices, **chosen}


def _empty_help(request: Asked) -> CrisisHelpForm:
    return CrisisHelpForm(initial={"country": queries.practice_of(request.visitor).country})


def _page(request: Asked, form: PracticeForm, help_form: CrisisHelpForm) -> HttpResponse:
    names = {member.id: member.name for member in queries.members(request.visitor)}
    help_rows = [
        {"help": one, "who": names.get(one.verified_by, _("somebody who has left"))}
        for one in queries.crisis_help(request.visitor)
    ]
    context = {"form": form, "help_form": help_form, "help_rows": help_rows}
    wrong = form.errors or help_form.errors
    return render(request, "practice/practice.html", context, status=422 if wrong else 200)
