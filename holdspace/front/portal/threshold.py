"""The threshold of the client's pages: who comes by which cookie; one plain page for the rest."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.context_processors import csrf
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from holdspace.cellar.access import lines as ledger
from holdspace.cellar.access.doors import Asked
from holdspace.cellar.access.gate import NotHere
from holdspace.frame.therapy.links import PinNeeded, TryLater
from holdspace.front.portal import care, when
from holdspace.front.portal.device import (
    Device,
    asked_language,
    forget,
    recognise,
    recognised,
    remember,
)
from holdspace.front.portal.pages import Checkin, Shell
from holdspace.front.portal.words import LANGUAGES, Words, language_of, words
from holdspace.hour.measures import queries

LEFT_ALONE: Final = 15 * 60  # seconds, until a handed device shows its neutral page again
P = ParamSpec("P")
View = Callable[Concatenate[Asked, P], HttpResponse]
Inner = Callable[Concatenate[Asked, Checkin, P], HttpResponse]


def kept_apart(view: View[P]) -> View[P]:
    """No page of these is kept, found by search, or told to another house by a referrer."""

    @wraps(view)
    def apart(request: Asked, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except NotHere as refusal:
            response = _gone(request, refusal)
        # Browsers send `Origin: null` from a page without any referrer, which our forms refuse.
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return cast("View[P]", apart)


def on_this_device(view: Inner[P]) -> View[P]:
    """Give the view the check-in that the device's cookie names, or answer that it is gone."""

    @wraps(view)
    def known(request: Asked, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        device = recognised(request)
        wanted = asked_language(request)
        checkin = enter(request, device.speaking(wanted or device.language))
        if wanted and request.method == "GET":
            ends_at = checkin.held.giving.ends_at
            return remember(HttpResponseRedirect(request.path), checkin.device, until=ends_at)
        response = view(request, checkin, *args, **kwargs)
        if device.is_handed:
            response.headers["Refresh"] = f"{LEFT_ALONE}; url={reverse('checkin_tablet')}"
        return response

    return kept_apart(cast("View[P]", known))


def enter(request: Asked, device: Device) -> Checkin:
    """Find what a device came for; from here on the visitor is the client who holds the link."""
    at = timezone.now()
    held = queries.held(device.giving, at=at)
    request.visitor = by = queries.visitor_by_link(held.giving)
    return Checkin(by, held, device, device.sees_answers, queries.answerings_of(by), at)


def shell(checkin: Checkin) -> Shell:
    """What stands around every page of a check-in."""
    say, held = words(checkin.language), checkin.held
    reads = when.reads(held, say, checkin.language, at=checkin.at)
    found = care.lines(held.practice, say, checkin.language)
    return a_shell(checkin.language, lines=found, help_href=reverse("checkin_help"), reads=reads)


def a_shell(
    language: str, *, lines: tuple[care.Line, ...] = (), help_href: str = "", reads: str = ""
) -> Shell:
    """A shell for any page, also where nobody is known."""
    names = tuple((code, words(code).language_name) for code in LANGUAGES)
    return Shell(words(language), language, names, lines, help_href, reads)


def show(
    request: HttpRequest, template: str, around: Shell, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page in the client's language; Django's own words and dates in it as well."""
    return HttpResponse(part(request, template, around, **context), status=status)


def part(request: HttpRequest, template: str, around: Shell, **context: Any) -> str:
    """A page, or a part of one, as text."""
    # Without the context of members' pages: nothing of the practice's frame is looked up here.
    given = {"shell": around, "say": around.say, **csrf(request), **context}
    with translation.override(around.language):
        return render_to_string(template, given)


def why_not(say: Words, refusal: PinNeeded | TryLater) -> str:
    """Why a device is not let in by a link, beside the field for the PIN."""
    if isinstance(refusal, TryLater):
        return say.pin_later.format(time=f"{timezone.localtime(refusal.until):%H:%M}")
    return say.pin_wrong if refusal.was_wrong else say.pin_missing


def go(request: HttpRequest, href: str) -> HttpResponse:
    """On to the next page; the script that keeps answers is told where, and goes there itself."""
    if request.headers.get("Accept") == "application/json":
        cast("Asked", request).visitor.opened.subjects.clear()  # as a redirect, it shows nobody
        return JsonResponse({"next": href})
    response = HttpResponseRedirect(href)
    response.status_code = 303
    return response


def _gone(request: Asked, refusal: NotHere) -> HttpResponse:
    """Unknown, past, withdrawn, used up: one page, one line."""
    ledger.refused(request.visitor, "check-in", refusal.subject, at=timezone.now())
    device = recognise(request)
    if device is not None and device.is_handed:
        return forget(HttpResponseRedirect(reverse("checkin_tablet")))
    language = asked_language(request) or spoken(request)
    around = a_shell(language, help_href=reverse("checkin_help"))
    return show(request, "portal/gone.html", around, status=404)


def spoken(request: HttpRequest) -> str:
    """The language of a page where no link says one."""
    device = recognise(request)
    if device is not None:
        return device.language
    return language_of(translation.get_language_from_request(request))
