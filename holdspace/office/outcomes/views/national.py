"""England's published figures, with one's own beside them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.hour.measures.instruments import load
from holdspace.office.outcomes.queries import service
from holdspace.office.outcomes.queries.service import Wanted
from holdspace.office.outcomes.shown import england


@require_safe
@door(Action.SURVEY, Layer.ADMIN, what="outcomes beside england")
def beside_england(request: Asked) -> HttpResponse:
    """A cell that is chosen; one's own work, or the practice's where one runs it."""
    by, said = request.visitor, request.GET
    may_own, may_whole = service.may_see_own(by), service.may_see_service(by)
    whole = may_whole and (not may_own or said.get("whose") == "practice")
    asked = england.asked(said)
    wanted = Wanted(asked.measure, only_ended=not whole)
    numbers = (service.service if whole else service.own)(by, wanted)
    has_it = numbers and numbers.chosen and numbers.chosen.instrument == asked.measure
    own = numbers.change if numbers and has_it else None
    context = {
        "section": england.section(asked, own, whole=whole),
        "asked": asked,
        "problems": england.problems(),
        "therapies": england.therapies(asked.problem),
        "measures": [load(one) for one in england.MEASURES],
        "numbers": numbers,
        "whole": whole,
        "may_choose_whose": may_own and may_whole,
    }
    return render(request, "outcomes/national.html", context)
