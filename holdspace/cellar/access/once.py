"""A form that is sent twice is done once: a double click, a page loaded anew, a line that dropped.

Each page gives its forms a token of their own, against forgery. The same words under the same token
are the same form: it is answered as it was before, and nothing is done again. Somebody who goes
back and sends other words, or loads the page once more, means it.
"""

import time
from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus
from typing import Final, cast

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from holdspace.cellar.access.doors import Asked

KEPT_FOR: Final = 10 * 60
WAITS: Final = 60
A_MOMENT: Final = 0.05
MOMENTS: Final = "moments"
OF_THE_PAGE: Final = "csrfmiddlewaretoken"


class Once:
    """For members' forms: whoever is still to sign in is handed a cookie with the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        by = cast("Asked", request).visitor
        is_form = request.method == "POST" and by.is_somebody and OF_THE_PAGE in request.POST
        if not is_form:
            return self.get_response(request)
        key = _hash(f"once {by.id} {request.get_full_path()} {request.POST[OF_THE_PAGE]}")
        words = _hash(request.POST.urlencode())
        kept = caches[MOMENTS]
        if not kept.add(key, (words, ""), KEPT_FOR):
            before = _answered(request, key, words)
            if before is not None:
                return before
            kept.set(key, (words, ""), KEPT_FOR)
        response = self.get_response(request)
        if HTTPStatus.MULTIPLE_CHOICES <= response.status_code < HTTPStatus.BAD_REQUEST:
            kept.set(key, (words, response.headers["location"]), KEPT_FOR)
        else:  # asked again, or answered with something that is not shown twice
            kept.delete(key)
        return response


def _hash(text: str) -> str:
    return sha256(text.encode(errors="backslashreplace")).hexdigest()


def _answered(request: HttpRequest, key: str, words: str) -> HttpResponse | None:
    """Where the same form led before; waited for while that is being done. None where it is new."""
    for _ in range(WAITS):
        done, leads_to = caches[MOMENTS].get(key) or ("", "")
        if done != words:
            return None
        if leads_to:
            return HttpResponseRedirect(leads_to)
        time.sleep(A_MOMENT)
    return render(request, "409.html", status=HTTPStatus.CONFLICT)
