"""Pages of units of several: homes, what is agreed about secrets, a group's places, going on."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.people.forms import posted, tried
from holdspace.frame.people.sheets import UNPROCESSABLE, Sheet, filled
from holdspace.frame.therapy import actions, forms, page, queries
from holdspace.frame.therapy.rows import filled_rows, is_said, shown, sought, stepped, typed_rows
from holdspace.frame.therapy.secrets import Means
from holdspace.frame.therapy.units import AT_HOME, SHARED


def _names(request: Asked, therapy: UUID) -> dict[UUID, str]:
    """Those who take part now, by what they wish to be called."""
    return {place.id: page.called(place) for place in queries.here(request.visitor, therapy)}


@door(Action.WRITE, Layer.RECORD, what="home")
def home_add(request: Asked, therapy: UUID) -> HttpResponse:
    by = request.visitor
    known = queries.one(by, therapy, Action.WRITE)
    if known.unit not in AT_HOME:
        raise NotHere(subject=therapy)
    form = forms.HomeForm(posted(request), names=_names(request, therapy))
    sheet = Sheet(
        _("A home"), _("Add"), page.href(therapy), over=known.title,
        lead=_("Somebody can live in two homes. Addresses stay with each person."),
    )  # fmt: skip
    return filled(
        request, form, sheet,
        lambda: actions.add_home(therapy, form.household(), by=by, at=timezone.now()),
    )  # fmt: skip


@door(Action.WRITE, Layer.RECORD, what="stay to end")
def end_stay(request: Asked, stay: UUID) -> HttpResponse:
    by = request.visitor
    known = queries.one_stay(by, stay, Action.WRITE)
    form = forms.EndForm(posted(request))
    sheet = Sheet(
        _("No longer lives there"), _("Save"), page.href(known.home.therapy_id),
        over=f"{page.called(known.participant)} · {known.home.name}",
    )  # fmt: skip
    return filled(
        request, form, sheet,
        lambda: actions.end_stay(stay, form.cleaned_data["on"], by=by, at=timezone.now()),
    )  # fmt: skip


@door(Action.WRITE, Layer.SHARED, what="rule about secrets")
def agreement_set(request: Asked, therapy: UUID) -> HttpResponse:
    by = request.visitor
    known = queries.one(by, therapy, Action.WRITE, Layer.SHARED)
    if known.unit not in SHARED:
        raise NotHere(subject=therapy)
    form = forms.AgreeForm(posted(request), names=_names(request, therapy))
    sheet = Sheet(
        _("What one of them tells alone"), _("Agree"), page.href(therapy), over=known.title,
        lead=_("You are reminded of it wherever you write about one of them. What held until then is kept."),  # noqa: E501
    )  # fmt: skip
    return filled(
        request, form, sheet,
        lambda: actions.agree(therapy, form.agreed(), by=by, at=timezone.now()),
    )  # fmt: skip


@door(Action.WRITE, Layer.SHARED, what="rule about secrets")
def agreement_also(request: Asked, agreement: UUID) -> HttpResponse:
    by = request.visitor
    holds = queries.one_agreement(by, agreement, Action.WRITE)
    done = {row.participant_id for row in queries.agreed(by, holds)}
    names = {
        one: name for one, name in _names(request, holds.therapy_id).items() if one not in done
    }
    form = forms.AlsoAgreesForm(posted(request), names=names)
    sheet = Sheet(_("One more agrees"), _("Save"), page.href(holds.therapy_id))
    return filled(
        request, form, sheet,
        lambda: actions.also_agrees(
            agreement, form.cleaned_data["participant"], form.cleaned_data["on"],
            Means(form.cleaned_data["means"]), by=by, at=timezone.now(),
        ),
    )  # fmt: skip


@door(Action.WRITE, Layer.ADMIN, what="places of a group")
def therapy_roster(request: Asked, therapy: UUID) -> HttpResponse:
    by = request.visitor
    known = queries.one(by, therapy, Action.WRITE, Layer.ADMIN)
    if known.unit != "group":
        raise NotHere(subject=therapy)
    now = {name: getattr(known, name) for name in ("opening", "places", "notice_weeks")}
    form = forms.RosterForm(posted(request), initial=now)
    sheet = Sheet(_("Joining and leaving"), _("Save"), page.href(therapy), over=known.title)
    return filled(
        request, form, sheet,
        lambda: actions.set_roster(therapy, form.roster(), by=by, at=timezone.now()),
    )  # fmt: skip


# ------------------------------------------------------------------ going on

GO_ON = "begin"  # the button that means it


@door(Action.WRITE, Layer.RECORD, what="therapy to go on")
def therapy_go_on(request: Asked, therapy: UUID) -> HttpResponse:
    """In another unit, as a therapy of its own: records stay apart."""
    by = request.visitor
    known = queries.one(by, therapy, Action.WRITE)
    step = request.POST.get("step", GO_ON)
    is_final = request.method == "POST" and step == GO_ON
    typed = filled_rows(typed_rows(request.POST)) if is_final else typed_rows(request.POST)
    someone = [row for row in stepped(typed, step) if is_said(row) or not is_final]
    rows = shown(by, someone, is_final=is_final, finding=sought(step))
    names = _names(request, therapy)
    asked = {**request.POST.dict(), "staying": request.POST.getlist("staying")}
    first = asked if request.method == "POST" else {"unit": _another(known.unit)}
    form = forms.GoOnForm(request.POST if is_final else None, names=names, initial=first)
    are_valid = [row.form.is_valid() for row in rows]
    if is_final and form.is_valid() and all(are_valid):
        joining = tuple(row.form.joining() for row in rows)
        now = tried(
            form,
            lambda: actions.go_on(therapy, form.going_on(joining), by=by, at=timezone.now()),
        )
        if now is not None:
            return redirect("therapy", now.id)
    context: dict[str, Any] = {"form": form, "rows": rows, "therapy": known, "may_add": True}
    status = UNPROCESSABLE if is_final else 200
    return render(request, "therapy/go_on.html", context, status=status)


def _another(unit: str) -> str:
    return "couple" if unit == "individual" else "individual"
