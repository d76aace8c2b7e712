"""The pages that are measured: what is sent, and how long the house takes over it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from time import perf_counter
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from bench.laying import EACH, Seat
from bench.words import content
from holdspace.front.portal.device import Device, cookie_name, remember
from holdspace.hour.measures.instruments import load
from holdspace.hour.notes.models import Note
from holdspace.hour.notes.rules import Content

CSRF: Final = "c" * 32
BACKEND: Final = "holdspace.frame.practice.sign_in.Accounts"
WENT_WELL: Final = (200, 302, 303)


class WentWrong(Exception):
    """A page that does not answer as it should has no time worth knowing."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One request, made ready before the clock starts."""

    path: str
    body: bytes = b""
    content_type: str = ""
    cookies: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """A page, what it may cost (ms, 95th percentile), and what is sent to it."""

    name: str
    budget: float | None
    ask: Callable[[Seat, int], Ask]


def form(path: str, typed: dict[str, Any], **cookies: str) -> Ask:
    typed = {**typed, "csrfmiddlewaretoken": CSRF}
    return Ask(path, urlencode(typed).encode(), "application/x-www-form-urlencoded", cookies)


def _session(seat: Seat, turn: int) -> str:
    return str(seat.today[turn % len(seat.today)])


def _after(seat: Seat, turn: int) -> Ask:
    """Of a session whose draft has begun."""
    return Ask(reverse("after", args=[seat.today[turn % len(seat.drafts)]]))


def _find(seat: Seat, turn: int) -> Ask:
    first, last = seat.names[turn % len(seat.names)].split()
    typed = last[:5] if turn % 2 else f"{first[:3]} {last[:3]}"
    return Ask(f"{reverse('find_person')}?{urlencode({'q': typed})}")


def _save(seat: Seat, turn: int) -> Ask:
    note = seat.drafts[turn % len(seat.drafts)]
    version = Note.objects.values_list("version", flat=True).get(pk=note)
    sent = {"content": content(turn, f"typed so far, {turn}"), "base_version": version,
            "tab": "measured"}  # fmt: skip
    return Ask(reverse("note_save", args=[note]), json.dumps(sent).encode(), "application/json")


def _sign(seat: Seat, turn: int) -> Ask:
    """A draft that was saved while it grew; its last words come with the signature."""
    at, therapy = timezone.now(), seat.therapies[turn % len(seat.therapies)]
    note = Note(
        practice_id=seat.member.practice_id, therapy_id=therapy, author=seat.member,
        format="three_line", content=content(turn, "before"), version=1, saved_by_tab="measured",
        began_at=at, saved_at=at,
    )  # fmt: skip
    note.save(force_insert=True)
    return form(reverse("note_sign", args=[note.id]), _typed(content(turn, "at last")))


def _typed(words: Content) -> dict[str, Any]:
    fields = {f"note-f-{name}": said for name, said in words["fields"].items()}
    return {
        "note-base_version": 1, "note-tab": "measured", "note-thread": words["thread"],
        "note-safety": "no", "note-safety_words": "", "note-between": "",
        "note-supervision_words": "", **fields,
    }  # fmt: skip


def _answer(seat: Seat, turn: int) -> Ask:
    row = seat.waiting[turn % len(seat.waiting)]
    items = load(row.instrument).items
    number = turn // len(seat.waiting) % (len(items) - 1)  # the last item raises a flag
    device = Device(row.giving_id, "measured", sees_answers=True, language="en")
    until = timezone.now() + timedelta(days=1)
    cookie = remember(HttpResponse(), device, until=until).cookies[cookie_name()].value
    path = reverse("checkin_item", args=[row.id, number + 1])
    return form(path, {"answer": turn % 4}, **{cookie_name(): cookie})


PAGES: Final = (
    Page("Today", 15, lambda _seat, _turn: Ask(reverse("today"))),
    Page("prepare card", None, lambda s, n: Ask(reverse("prepare", args=[_session(s, n)]))),
    Page("after-form", None, _after),
    Page("room", 20, lambda s, n: Ask(reverse("room", args=[_session(s, n)]))),
    Page("caseload", 25, lambda _seat, _turn: Ask(reverse("caseload"))),
    Page("course", 50, lambda s, n: Ask(reverse("therapy_course", args=[s.therapies[n % EACH]]))),
    Page("find a person", 10, _find),
    Page("answer an item", 5, _answer),
    Page("save a draft", 6, _save),
    Page("sign", 12, _sign),
)


# ------------------------------------------------------------------ the clock


def cookies_of(seat: Seat) -> dict[str, str]:
    """A real browser session of a member."""
    client = Client()
    client.force_login(seat.member.account, backend=BACKEND)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def _start(_status: str, _headers: list[tuple[str, str]], _error: Any = None, /) -> Any:
    """A server's part of WSGI, where nobody listens."""


def served(handler: WSGIHandler, ask: Ask, cookies: dict[str, str]) -> float:
    """Milliseconds from the request's arrival to the last byte of its answer."""
    kept = {**(ask.cookies or cookies), settings.CSRF_COOKIE_NAME: CSRF}
    environ = RequestFactory().generic(
        "POST" if ask.body else "GET", ask.path, ask.body, ask.content_type,
        headers={"cookie": "; ".join(f"{k}={v}" for k, v in kept.items()), "x-csrftoken": CSRF},
    ).environ  # fmt: skip
    began = perf_counter()
    response = handler(environ, _start)
    size = sum(len(part) for part in response)
    response.close()
    took = (perf_counter() - began) * 1000
    if response.status_code not in WENT_WELL:
        msg = f"{ask.path} answered {response.status_code} with {size} bytes"
        raise WentWrong(msg)
    return took


def times(
    handler: WSGIHandler, page: Page, seats: list[Seat], turns: range, cookies: list[dict[str, str]]
) -> Iterator[float]:
    """One time for each turn, going round among the therapists."""
    for turn in turns:
        which, of_one = turn % len(seats), turn // len(seats)
        yield served(handler, page.ask(seats[which], of_one), cookies[which])


def desk_of(seat: Seat) -> dict[str, Any]:
    """What one browser needs to ask over the wire: addresses, cookies, a draft to save."""
    cookies = {**cookies_of(seat), settings.CSRF_COOKIE_NAME: CSRF}
    note = seat.drafts[0]
    return {
        "cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), "csrf": CSRF,
        "today": [reverse("today")], "caseload": [reverse("caseload")],
        "prepare": [reverse("prepare", args=[one]) for one in seat.today],
        "room": [reverse("room", args=[one]) for one in seat.today],
        "after": [reverse("after", args=[seat.today[0]])],
        "save": [reverse("note_save", args=[note])],
        "save_body": {"content": content(1, "typed together"), "tab": "measured"},
        "version": Note.objects.values_list("version", flat=True).get(pk=note),
    }  # fmt: skip
