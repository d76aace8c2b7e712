"""Outcomes added up."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer


@require_safe
@door(Action.SURVEY, Layer.ADMIN, what="outcomes")
def own(request: Asked) -> HttpResponse:
    """One's own."""
    return HttpResponse("")
