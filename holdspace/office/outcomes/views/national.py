"""England's published figures, with one's own beside them."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.hour.measures.instruments import load
from holdspace.office.outcomes.queries import service
from holdspace.office.outcomes.queries.service import Numbers, Wanted
from holdspace.office.outcomes.shown import england, paper, summary
from holdspace.office.outcomes.shown.parts import Section
from holdspace.office.outcomes.statistics.national import MEASURES


@dataclass(frozen=True, slots=True)
class _Beside:
    """A cell that was chosen, with one's own work, or the practice's where one runs it."""

    asked: england.Asked
    numbers: Numbers | None
    section: Section
    whole: bool
    may_choose_whose: bool


@require_safe
@door(Action.SURVEY, Layer.ADMIN, what="outcomes beside england")
def beside_england(request: Asked) -> HttpResponse:
    """Both in one table, and which cell it is."""
    found = _beside(request)
    context = {
        "section": found.section,
        "asked": found.asked,
        "problems": england.problems(),
        "therapies": england.therapies(found.asked.problem),
        "measures": [load(one) for one in MEASURES],
        "numbers": found.numbers,
        "whole": found.whole,
        "may_choose_whose": found.may_choose_whose,
        "paper": england.address("outcomes_national_pdf", found.asked, whole=found.whole),
    }
    return render(request, "outcomes/national.html", context)


@require_safe
@door(Action.SURVEY, Layer.ADMIN, what="outcomes beside england")
def beside_england_pdf(request: Asked) -> HttpResponse:
    """The same on paper."""
    found = _beside(request)
    told = summary.on_paper([found.section], found.numbers, about=england.source())
    return paper.document("outcomes", told, title=_("Beside England’s figures"))


def _beside(request: Asked) -> _Beside:
    by, said = request.visitor, request.GET
    may_own, may_whole = service.may_see_own(by), service.may_see_service(by)
    whole = may_whole and (not may_own or said.get("whose") == "practice")
    asked = england.asked(said)
    numbers = (service.service if whole else service.own)(
        by, Wanted(asked.measure, only_ended=not whole)
    )
    has_it = numbers and numbers.chosen and numbers.chosen.instrument == asked.measure
    own = numbers.change if numbers and has_it else None
    section = england.section(asked, own, whole=whole)
    return _Beside(asked, numbers, section, whole, may_own and may_whole)
