"""Doors: each address names the action it performs, or says why it is open to anyone.

A door lets in who the table could let in at all, runs the view, and then writes the page's one
line in the ledger; if that line cannot be written, nothing is shown. Refusals are written here
too, after whatever the view began has been rolled back.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from holdspace.cellar.access import lines
from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action, ways
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer

P = ParamSpec("P")


class Asked(HttpRequest):
    """A request whose visitor is known."""

    visitor: Visitor


View = Callable[Concatenate[Asked, P], HttpResponse]
Door = Callable[Concatenate[HttpRequest, P], HttpResponse]


def door(action: Action, layer: Layer, *, what: str) -> Callable[[View[P]], Door[P]]:
    """An address for those whom some row of the table lets do this."""

    def hang(view: View[P]) -> Door[P]:
        @wraps(view)
        def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            asked = cast("Asked", request)
            if not asked.visitor.is_somebody:
                return _ask_to_sign_in(asked)
            if asked.visitor.lacks_second_factor:
                return HttpResponseRedirect(reverse("mfa_index"))
            if not ways(asked.visitor.roles, layer, action):
                return _refuse(asked, what, None)
            return _walk(asked, what, lambda: view(asked, *args, **kwargs))

        return cast("Door[P]", _marked(never_cache(opened), needs=(action, layer)))

    return hang


def open_door(*, because: str, what: str) -> Callable[[View[P]], Door[P]]:
    """An address that anyone may knock at; what lies behind it is decided by what they bring."""

    def hang(view: View[P]) -> Door[P]:
        @wraps(view)
        def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            asked = cast("Asked", request)
            return _walk(asked, what, lambda: view(asked, *args, **kwargs))

        return cast("Door[P]", _marked(never_cache(opened), open_because=because))

    return hang


def _walk(request: Asked, what: str, view: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        response = view()
    except NotHere as refusal:
        return _refuse(request, what, refusal.subject)
    if not HTTPStatus.MULTIPLE_CHOICES <= response.status_code < HTTPStatus.BAD_REQUEST:
        lines.read(request.visitor, what, at=timezone.now())  # a redirect shows nobody
    return response


def _refuse(request: Asked, what: str, subject: UUID | None) -> HttpResponse:
    """The same page, and the same line, whether the thing is unknown or forbidden."""
    lines.refused(request.visitor, what, subject, at=timezone.now())
    return render(request, "404.html", status=404)


def _ask_to_sign_in(request: Asked) -> HttpResponse:
    if request.headers.get("accept", "").startswith("application/json"):
        return HttpResponse(status=401)
    return redirect_to_login(request.get_full_path())


def _marked(view: Callable[..., HttpResponse], **marks: Any) -> Any:
    for name, value in marks.items():
        setattr(view, name, value)
    return view
