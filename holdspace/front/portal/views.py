"""The check-in on a client's phone: a welcome, one question a screen, help on every page."""

from base64 import b64encode
from typing import Any
from uuid import UUID

from django.contrib.auth import logout
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from holdspace.cellar.access.doors import Asked, open_door
from holdspace.cellar.access.gate import NotHere
from holdspace.frame.therapy.links import PinNeeded, TryLater
from holdspace.front.portal import care, pages, seeing, when
from holdspace.front.portal.device import Device, asked_language, forget, recognise, remember
from holdspace.front.portal.pages import Checkin, Question
from holdspace.front.portal.threshold import (
    a_shell,
    enter,
    go,
    kept_apart,
    on_this_device,
    part,
    shell,
    show,
    spoken,
    why_not,
)
from holdspace.front.portal.words import language_of, words
from holdspace.hour.measures import actions, queries
from holdspace.hour.measures.queries import Held
from holdspace.hour.measures.rules import code_from

BY_LINK = "a client brings a link that was made for them"
BY_CODE = "a client brings a code that a member has just shown them"
BY_COOKIE = "a client brings the cookie of the device that exchanged their link"


@require_safe
@open_door(because=BY_LINK, what="check-in link")
@kept_apart
def link(request: Asked, token: str) -> HttpResponse:
    """Say who asks and who reads. Nothing is used up by looking, and no cookie is set."""
    held = queries.by_token(token, at=timezone.now())
    return _welcome(request, token, held)


@csrf_exempt  # the page before sends neither a cookie nor an origin; the token is the proof
@require_http_methods(["GET", "POST"])
@open_door(because=BY_LINK, what="check-in link")
@kept_apart
def open_link(request: Asked, token: str) -> HttpResponse:
    """Exchange the link for this device's cookie; from here on no address carries the token."""
    if request.method == "GET":
        return redirect(f"{reverse('checkin_link', args=[token])}?language={spoken(request)}")
    at = timezone.now()
    held = queries.by_token(token, at=at)
    language, earlier = _language(request, held), recognise(request)
    pin = request.POST.get("pin", "").strip()
    try:
        let_in = actions.exchange(token, pin, earlier.secret if earlier else "", at=at)
    except (PinNeeded, TryLater) as refusal:
        return _welcome(request, token, held, wrong=why_not(words(language), refusal))
    device = Device(held.giving.id, let_in.device, let_in.sees_answers, language)
    checkin = enter(request, device)
    return remember(go(request, pages.next_place(checkin)), device, until=held.giving.ends_at)


@require_http_methods(["GET", "HEAD", "POST"])
@open_door(because=BY_CODE, what="tablet code")
@kept_apart
def tablet(request: Asked) -> HttpResponse:
    """The neutral page of a device that is handed over: it knows nobody, and takes a code."""
    language = asked_language(request) or spoken(request)
    around = a_shell(language, help_href=reverse("checkin_help"))
    if request.method != "POST":
        thanks, code = "thanks" in request.GET, code_from(request.GET.get("code", ""))
        page = show(request, "portal/tablet.html", around, thanks=thanks, wrong="", code=code)
        return forget(page)
    try:
        let_in = actions.take_over(request.POST.get("code", ""), at=timezone.now())
    except NotHere:
        wrong, code = around.say.code_wrong, request.POST.get("code", "")
        return show(
            request, "portal/tablet.html", around, status=422, thanks=False, wrong=wrong, code=code
        )
    logout(request)  # whoever handed over their own device
    giving = let_in.giving
    language = language_of(giving.language)
    device = Device(giving.id, let_in.device, let_in.sees_answers, language, is_handed=True)
    checkin = enter(request, device)
    return remember(go(request, pages.next_place(checkin)), device, until=giving.ends_at)


def _language(request: Asked, held: Held) -> str:
    return asked_language(request) or language_of(held.giving.language)


def _welcome(request: Asked, token: str, held: Held, *, wrong: str = "") -> HttpResponse:
    language, at = _language(request, held), timezone.now()
    say = words(language)
    opening = say.asks_about if held.about else say.asks
    around = a_shell(
        language,
        lines=care.lines(held.practice, say, language),
        help_href=f"{reverse('checkin_help')}?language={language}",
        reads=when.reads(held, say, language, at=at),
    )
    response = show(
        request, "portal/welcome.html", around, status=422 if wrong else 200,
        held=held, wrong=wrong, opening=opening.format(reader=held.reader),
        begin_href=f"{reverse('checkin_open', args=[token])}?language={language}",
    )  # fmt: skip
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
@open_door(because=BY_COOKIE, what="check-in")
@on_this_device
def resume(request: Asked, checkin: Checkin) -> HttpResponse:
    """Go to where the answers stopped."""
    return go(request, pages.next_place(checkin))


@require_http_methods(["GET", "HEAD", "POST"])
@open_door(because=BY_COOKIE, what="check-in question")
@on_this_device
def item(request: Asked, checkin: Checkin, answering: UUID, number: int) -> HttpResponse:
    """One question; each answer is saved by its own POST."""
    asked = _question(checkin, answering, number)
    is_taken = asked.item.id in asked.row.answers and not checkin.sees_answers
    if is_taken:
        return go(request, pages.next_place(checkin))
    if request.method == "POST":
        return _answered(request, checkin, asked)
    return _show_question(request, checkin, asked)


def _question(checkin: Checkin, answering: UUID, number: int) -> Question:
    row = next((row for row in checkin.rows if row.id == answering), None)
    if row is None:
        raise NotHere(subject=answering)
    try:
        return pages.question(checkin, row, number)
    except IndexError:
        raise NotHere(subject=answering) from None


def _show_question(
    request: Asked, checkin: Checkin, asked: Question, *, wrong: str = ""
) -> HttpResponse:
    around = shell(checkin)
    if asked.chosen is not None:
        checkin.by.opened.note([asked.row.therapy_id])
    return show(
        request, "portal/item.html", around, status=422 if wrong else 200, wrong=wrong,
        giving=checkin.held.giving.id.hex, **_said(checkin, asked),
    )  # fmt: skip


def _said(checkin: Checkin, asked: Question) -> dict[str, Any]:
    """What a question's own part of the page is made of."""
    say = words(checkin.language)
    return {
        "asked": asked,
        "occasion": when.occasion(checkin.held, say, at=checkin.at),
        "progress": say.progress.format(number=asked.place, count=asked.count),
        "most": asked.options[-1],
        "faces": pages.faces_of(checkin, asked.instrument, asked.options, say),
    }


@require_safe
@open_door(because=BY_COOKIE, what="check-in questions ahead")
@on_this_device
def ahead(request: Asked, checkin: Checkin) -> JsonResponse:
    """The questions to come, for when there is no network, and the key to keep answers sealed.

    A device that is handed over keeps nothing: it gets no key.
    """
    key = b"" if checkin.device.is_handed else pages.key_of(checkin)
    around = a_shell(checkin.language)
    found = []
    for each in pages.ahead(checkin):
        html = part(request, "portal/question.html", around, wrong="", **_said(checkin, each))
        found.append({"href": each.href, "html": html})
    return JsonResponse({"key": b64encode(key).decode(), "pages": found})


def _answered(request: Asked, checkin: Checkin, asked: Question) -> HttpResponse:
    say = words(checkin.language)
    try:
        value = _value(request)
        is_watched = actions.answer(
            asked.row.id, asked.item.id, value, by=checkin.by, at=checkin.at,
            language=checkin.language,
        )  # fmt: skip
    except actions.NotOffered:
        return _show_question(request, checkin, asked, wrong=say.choose)
    except actions.HandedOver:
        wrong = say.handed_over.format(reader=checkin.held.reader)
        return _show_question(request, checkin, asked, wrong=wrong)
    if is_watched:
        return go(request, reverse("checkin_care", args=[asked.row.id, asked.number]))
    pages.note_answer(asked.row, asked.item, value)
    return go(request, pages.after(checkin, asked.row, asked.number))


def _value(request: Asked) -> int | None:
    """The answer as a number; None for “rather not say”. Anything else is no answer."""
    if "rather_not" in request.POST:
        return None
    typed = request.POST.get("answer", "")
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 6):
        raise actions.NotOffered
    return int(typed)


@require_safe
@open_door(because=BY_COOKIE, what="check-in help")
@on_this_device
def after_flag(request: Asked, checkin: Checkin, answering: UUID, number: int) -> HttpResponse:
    """What somebody reads who has just said that they are not safe; it is written down."""
    asked, around = _question(checkin, answering, number), shell(checkin)
    shown = care.as_shown(around.lines, around.say, around.reads, checkin.language)
    actions.show_help(asked.row.id, asked.item.id, shown, by=checkin.by, at=checkin.at)
    href = pages.after(checkin, asked.row, number)
    seen = around.say.care_seen.format(reader=checkin.held.reader)
    return show(request, "portal/care.html", around, next_href=href, seen=seen)


@require_http_methods(["GET", "HEAD", "POST"])
@open_door(because=BY_COOKIE, what="check-in review")
@on_this_device
def review(request: Asked, checkin: Checkin) -> HttpResponse:
    """Look it over, and hand it over."""
    if request.method == "POST":
        _hand_over(checkin)
        return go(request, reverse("checkin_done"))
    if not checkin.open_rows:
        return go(request, reverse("checkin_done"))
    around = shell(checkin)
    checkin.by.opened.note([checkin.held.giving.therapy_id])
    said = pages.answers_of(checkin, checkin.open_rows, around.say)
    why = around.say.review_why.format(reader=checkin.held.reader)
    return show(request, "portal/review.html", around, said=said, why=why)


def _hand_over(checkin: Checkin) -> None:
    """What has an answer is finished; what has none was declined."""
    for row in checkin.open_rows:
        close = actions.finish if row.answered else actions.decline
        close(row.id, by=checkin.by, at=checkin.at)


@require_http_methods(["GET", "HEAD", "POST"])
@open_door(because=BY_COOKIE, what="check-in declined")
@on_this_device
def not_this_time(request: Asked, checkin: Checkin) -> HttpResponse:
    """Decline everything that is still open."""
    if request.method == "POST":
        for row in checkin.open_rows:
            actions.decline(row.id, by=checkin.by, at=checkin.at)
        return go(request, reverse("checkin_done"))
    around = shell(checkin)
    why = around.say.decline_why.format(reader=checkin.held.reader)
    href = pages.next_place(checkin)
    return show(request, "portal/decline.html", around, next_href=href, why=why)


@require_safe
@open_door(because=BY_COOKIE, what="check-in done")
@on_this_device
def done(request: Asked, checkin: Checkin) -> HttpResponse:
    """Thanks, what happens next, and one's own answers where they may be shown."""
    if checkin.device.is_handed:
        return go(request, f"{reverse('checkin_tablet')}?thanks=1")
    around, finished = shell(checkin), pages.finished(checkin.rows)
    declined = pages.declined(checkin.rows)
    said = pages.answers_of(checkin, finished, around.say) if checkin.sees_answers else []
    if said:
        checkin.by.opened.note([checkin.held.giving.therapy_id])
    return show(
        request, "portal/done.html", around, said=said, finished=finished,
        seen=seeing.seen(checkin, around.say),
        again_href=pages.item_href(declined[0], 1) if declined else "",
    )  # fmt: skip


@require_safe
@open_door(because="help is for anyone, whatever they bring", what="check-in help")
@kept_apart
def find_help(request: Asked) -> HttpResponse:
    """Help this minute: with the practice's numbers where a device is known, else without any."""
    device, language = recognise(request), asked_language(request) or spoken(request)
    if device is None:
        return show(request, "portal/help.html", a_shell(language), back_href="")
    try:
        around = shell(enter(request, device.speaking(language)))
    except NotHere:
        return show(request, "portal/help.html", a_shell(language), back_href="")
    return show(request, "portal/help.html", around, back_href=reverse("checkin"))
