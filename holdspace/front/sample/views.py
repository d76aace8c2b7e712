"""The specimen: every component once, to be looked at. The demo shows it, a real house does not."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from holdspace.cellar.access.doors import open_door
from holdspace.cellar.ui.specimen import SHEETS, specimen_context


@require_safe
@open_door(because="the demo shows its components", what="specimen")
def specimen(request: HttpRequest, sheet: str = "") -> HttpResponse:
    """One sheet of components, with invented words."""
    if sheet not in SHEETS:
        raise Http404
    return render(request, SHEETS[sheet], specimen_context(at=timezone.now()))
