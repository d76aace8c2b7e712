"""Outcomes added up: one's own work, the whole practice, and England's figures beside them."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.office.outcomes.many_courses import FEWEST_CLIENTS
from holdspace.office.outcomes.queries import service
from holdspace.office.outcomes.queries.service import Numbers, Wanted
from holdspace.office.outcomes.shown import choosing, paper, summary
from holdspace.office.outcomes.shown.choosing import Choice


@require_safe
@door(Action.SURVEY, Layer.ADMIN, what="outcomes")
def own(request: Asked) -> HttpResponse:
    """What came of one's own work; who has none of their own is led to the practice's."""
    if not service.may_see_own(request.visitor):
        return redirect("outcomes_service")
    wanted = choosing.wanted(request.GET)
    return _page(request, service.own(request.visitor, wanted), wanted, whole=False)


@require_safe
@door(Action.SURVEY, Layer.ADMIN, what="outcomes of the practice")
def whole(request: Asked) -> HttpResponse:
    """What came of the whole practice's work, small numbers left out."""
    wanted = choosing.wanted(request.GET, may_narrow=False)
    return _page(request, service.service(request.visitor, wanted), wanted, whole=True)


@require_safe
@door(Action.SURVEY, Layer.ADMIN, what="outcomes")
def own_pdf(request: Asked) -> HttpResponse:
    """The same on paper."""
    wanted = choosing.wanted(request.GET)
    return _paper(service.own(request.visitor, wanted), _("Outcomes of one therapist"), whole=False)


@require_safe
@door(Action.SURVEY, Layer.ADMIN, what="outcomes of the practice")
def whole_pdf(request: Asked) -> HttpResponse:
    """The same on paper."""
    wanted = choosing.wanted(request.GET, may_narrow=False)
    numbers = service.service(request.visitor, wanted)
    return _paper(numbers, _("Outcomes of the practice"), whole=True)


def _page(request: Asked, numbers: Numbers | None, wanted: Wanted, *, whole: bool) -> HttpResponse:
    by, here = request.visitor, "outcomes_service" if whole else "outcomes"
    asked = choosing.asked(numbers, wanted)
    toggled = {**asked, "only": "" if wanted.only_ended else "ended"}
    context: dict[str, Any] = {
        "whole": whole,
        "numbers": numbers,
        "caveat": summary.caveat(),
        "chosen": numbers.chosen if numbers else None,
        "sections": summary.sections(numbers, whole=whole) if numbers else [],
        "choices": [] if numbers is None else _choices(numbers, wanted, here, whole=whole),
        "only_ended": wanted.only_ended,
        "toggle": _address(here, toggled),
        "paper": _address(f"{here}_pdf", asked),
        "may_own": service.may_see_own(by),
        "may_whole": service.may_see_service(by),
    }
    return render(request, "outcomes/outcomes.html", context)


def _choices(numbers: Numbers, wanted: Wanted, here: str, *, whole: bool) -> list[Choice]:
    fewest = FEWEST_CLIENTS if whole else 1
    return choosing.choices(numbers, lambda said: _address(here, said), wanted, fewest)


def _address(name: str, said: dict[str, str]) -> str:
    told = urlencode({key: value for key, value in said.items() if value})
    return f"{reverse(name)}?{told}" if told else reverse(name)


def _paper(numbers: Numbers | None, title: str, *, whole: bool) -> HttpResponse:
    if numbers is None:
        raise NotHere
    told = summary.on_paper(summary.sections(numbers, whole=whole), numbers)
    return paper.document("outcomes", told, title=title)
