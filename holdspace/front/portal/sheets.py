"""A form or map on a client's own device: opened by a link, filled in together or alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.cellar.access.doors import Asked, open_door
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.therapy.links import PinNeeded, TryLater, visitor_by_link
from holdspace.front.portal import care
from holdspace.front.portal.device import (
    SHEET,
    Device,
    asked_language,
    recognise,
    recognised,
    remember,
)
from holdspace.front.portal.pages import Shell
from holdspace.front.portal.threshold import a_shell, kept_apart, show, spoken, why_not
from holdspace.front.portal.words import Words, language_of, words
from holdspace.hour.worksheets import actions, asking, forms, pages, queries, saving
from holdspace.hour.worksheets.models import Worksheet
from holdspace.hour.worksheets.queries import Held
from holdspace.hour.worksheets.rules import PLAN, NoLongerOpen, State
from holdspace.hour.worksheets.saving import Sent

BY_LINK = "a client brings a link to a form that was handed to them"
BY_COOKIE = "a client brings the cookie of the device that exchanged their link to a form"
P = ParamSpec("P")
Inner = Callable[Concatenate[Asked, "Opened", P], HttpResponse]


@dataclass(frozen=True, slots=True)
class Opened:
    """A sheet on one device: who has it before them, by which link, in which language."""

    by: Visitor
    held: Held
    device: Device
    at: datetime

    @property
    def language(self) -> str:
        return self.device.language

    @property
    def say(self) -> Words:
        return words(self.language)


def on_this_device(view: Inner[P]) -> Callable[Concatenate[Asked, P], HttpResponse]:
    """Give the view the sheet that the device's cookie names, or answer that it is gone."""

    @wraps(view)
    def known(request: Asked, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        device, at = recognised(request, SHEET), timezone.now()
        held = queries.held(device.giving, at=at)
        wanted = asked_language(request)
        if wanted and request.method == "GET":
            response = HttpResponseRedirect(request.path)
            return _remembered(response, device.speaking(wanted), held)
        request.visitor = by = visitor_by_link(held.link)
        with translation.override(device.language):
            return view(request, Opened(by, held, device, at), *args, **kwargs)

    return kept_apart(cast("Callable[Concatenate[Asked, P], HttpResponse]", known))


def _remembered(response: HttpResponse, device: Device, held: Held) -> HttpResponse:
    return remember(response, device, until=held.link.ends_at, came_for=SHEET)


# ------------------------------------------------------------------ the link


@require_safe
@open_door(because=BY_LINK, what="form link")
@kept_apart
def link(request: Asked, token: str) -> HttpResponse:
    """Say what is given, by whom, and who reads it. Nothing is used up by looking."""
    return _welcome(request, token, queries.by_token(token, at=timezone.now()))


@csrf_exempt  # the page before sends neither a cookie nor an origin; the token is the proof
@require_http_methods(["GET", "POST"])
@open_door(because=BY_LINK, what="form link")
@kept_apart
def open_link(request: Asked, token: str) -> HttpResponse:
    """Exchange the link for this device's cookie; from here on no address carries the token."""
    if request.method == "GET":
        return redirect(f"{reverse('sheet_link', args=[token])}?language={spoken(request)}")
    at = timezone.now()
    held = queries.by_token(token, at=at)
    language, earlier = _language(request, held), recognise(request, SHEET)
    pin = request.POST.get("pin", "").strip()
    try:
        done = actions.exchange(token, pin, earlier.secret if earlier else "", at=at)
    except (PinNeeded, TryLater) as refusal:
        return _welcome(request, token, held, wrong=why_not(words(language), refusal))
    device = Device(held.link.id, done.found.device, sees_answers=True, language=language)
    response = HttpResponseRedirect(reverse("own_sheet"))
    response.status_code = 303
    return _remembered(response, device, held)


def _language(request: HttpRequest, held: Held) -> str:
    return asked_language(request) or language_of(held.link.language)


def _welcome(request: Asked, token: str, held: Held, *, wrong: str = "") -> HttpResponse:
    language = _language(request, held)
    say, name = words(language), queries.form_of(held.sheet).name.said(language)
    response = show(
        request, "portal/sheet_welcome.html", shell_of(held, language),
        status=422 if wrong else 200, held=held, wrong=wrong, reads=_reads(held, say),
        opening=say.sheet_asks.format(reader=held.reader, name=name),
        begin_href=f"{reverse('sheet_open', args=[token])}?language={language}",
    )  # fmt: skip
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def shell_of(held: Held, language: str) -> Shell:
    """What stands around a sheet on a client's device."""
    lines = care.lines(held.practice, words(language), language)
    return a_shell(language, lines=lines, help_href=reverse("checkin_help"))


def _reads(held: Held, say: Words) -> str:
    """Who reads and who writes, in a sentence or two."""
    if held.sheet.layer != Layer.CLIENT:
        return say.sheet_both.format(reader=held.reader)
    how = say.sheet_kept if held.sheet.lent_at is None else say.sheet_lent
    return f"{say.sheet_own} {how.format(reader=held.reader)}"


# ------------------------------------------------------------------ the sheet


@require_safe
@open_door(because=BY_COOKIE, what="form")
@on_this_device
def sheet(request: Asked, opened: Opened) -> HttpResponse:
    """The sheet as it stands: to be filled in, or to be read where it is kept."""
    found = queries.one(opened.by, opened.held.sheet.id)
    definition = queries.form_of(found)
    if found.state != State.OPEN or definition.editor:
        return _show(request, "portal/sheet_read.html", opened, found, status=200)
    form = forms.SheetForm(definition, found.content, opened.language)
    return _filling(request, opened, found, Sent(form, 200, found.version))


def _filling(request: Asked, opened: Opened, found: Worksheet, sent: Sent) -> HttpResponse:
    return _show(
        request, "portal/sheet.html", opened, found, status=sent.status,
        form=sent.form, parts=asking.as_asked(sent.form, found.content), version=sent.version,
        writing=uuid4().hex, save_href=reverse("own_sheet_save"),
        news_href=reverse("own_sheet_news"),
    )  # fmt: skip


def _show(
    request: Asked,
    template: str,
    opened: Opened,
    found: Worksheet,
    *,
    status: int,
    **context: Any,
) -> HttpResponse:
    held = opened.held
    read = pages.as_read(queries.form_of(found), found.content, opened.language)
    is_lent, reader = found.lent_at is not None, held.reader
    say = opened.say.sheet_take_back if is_lent else opened.say.sheet_lend
    return show(
        request, template, shell_of(held, opened.language), status=status, sheet=found, page=read,
        reads=_reads(held, opened.say), is_own=found.layer == Layer.CLIENT, is_lent=is_lent,
        lending=say.format(reader=reader), is_plan=found.definition == PLAN, **context,
    )  # fmt: skip


@require_POST
@open_door(because=BY_COOKIE, what="form")
@on_this_device
def save(request: Asked, opened: Opened) -> HttpResponse:
    """Keep what was typed: by script as it grows, without script as an ordinary form."""
    by, at, language = opened.by, opened.at, opened.language
    if request.content_type == "application/json":
        found = opened.held.sheet.id
        status, told = saving.save_typed(request, found, by=by, at=at, language=language)
        return JsonResponse(told, status=status)
    found_sheet = queries.one(by, opened.held.sheet.id)
    try:
        sent = saving.save_whole(request.POST, found_sheet, by=by, at=at, language=language)
    except NoLongerOpen:
        return redirect("own_sheet")
    if not sent.is_kept:
        return _filling(request, opened, queries.one(by, found_sheet.id), sent)
    return redirect("own_sheet_done" if request.POST.get("do") == "done" else "own_sheet")


@require_safe
@open_door(because=BY_COOKIE, what="form")
@on_this_device
def news(request: Asked, opened: Opened) -> JsonResponse:
    """What the therapist wrote since a version."""
    found = queries.one(opened.by, opened.held.sheet.id)
    since = forms.base_of({"base": request.GET.get("since", "")})
    told = saving.news(found, since, opened.language)
    if "cells" not in told:
        opened.by.opened.subjects.clear()  # nothing was shown
    return JsonResponse(told)


@require_POST
@open_door(because=BY_COOKIE, what="form lent")
@on_this_device
def lend(request: Asked, opened: Opened) -> HttpResponse:
    """Let the therapist read one's own sheet, or take it back."""
    wants = request.POST.get("do") == "lend"
    change = actions.lend if wants else actions.take_back
    change(opened.held.sheet.id, by=opened.by, at=opened.at)
    return redirect("own_sheet")


@require_safe
@open_door(because=BY_COOKIE, what="form")
@on_this_device
def done(request: Asked, opened: Opened) -> HttpResponse:
    """Thanks, and until when one can come back."""
    until = date_format(timezone.localtime(opened.held.link.ends_at), opened.say.date_format)
    said = opened.say.sheet_done_next.format(date=until)
    return show(
        request, "portal/sheet_done.html", shell_of(opened.held, opened.language), until=said,
        reads=_reads(opened.held, opened.say),
    )  # fmt: skip
