"""The page of a therapy."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.people.forms import today
from holdspace.frame.therapy import page


@door(Action.READ, Layer.ADMIN, what="therapy")
@require_safe
def therapy(request: Asked, therapy: UUID) -> HttpResponse:
    shown = page.therapy_page(request.visitor, therapy, today=today())
    return render(request, "therapy/therapy.html", {"page": shown})
