"""Doors: who is let in, what is written down, and what a refusal looks like."""

from uuid import UUID

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from holdspace.cellar.access.doors import Asked, door, open_door
from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor, nobody
from holdspace.cellar.ledger.models import Line
from holdspace.cellar.vault.layers import Layer
from tests.cast import Cast, nobodys_id


def asked(visitor: Visitor, **headers: str) -> Asked:
    request = RequestFactory(headers=headers).get("/somewhere")
    request.session = SessionStore()
    request.visitor = visitor  # type: ignore[attr-defined]
    return request  # type: ignore[return-value]


@door(Action.WRITE, Layer.RECORD, what="a page")
def page(request: Asked, subject: object = None) -> HttpResponse:
    if subject is not None:
        request.visitor.opened.note([subject])  # type: ignore[list-item]
    return HttpResponse("words")


@door(Action.WRITE, Layer.RECORD, what="a page")
def nothing_here(request: Asked) -> HttpResponse:  # noqa: ARG001 - a view
    raise NotHere(subject=nobodys_id())


@open_door(because="anyone may knock", what="a link")
def link(request: Asked) -> HttpResponse:
    return HttpResponse(request.visitor.kind)


def lines() -> list[tuple[str, str, int]]:
    return [(line.act, line.what, len(line.subjects)) for line in Line.objects.order_by("id")]


def test_one_page_is_one_line_that_names_its_subjects(cast: Cast) -> None:
    assert page(asked(cast.visitor("mira")), cast.amara.id).content == b"words"
    assert lines() == [("read", "a page", 1)]
    assert Line.objects.get().subjects == [str(cast.amara.id)]


def test_a_page_about_nobody_leaves_no_line(cast: Cast) -> None:
    page(asked(cast.visitor("mira")))
    assert lines() == []


@pytest.mark.usefixtures("house")
def test_nobody_is_asked_to_sign_in() -> None:
    answer = page(asked(nobody()))
    assert answer.status_code == 302
    assert answer.headers["location"] == "/sign-in/?next=/somewhere"


@pytest.mark.usefixtures("house")
def test_a_script_is_told_to_sign_in_without_a_page() -> None:
    assert page(asked(nobody(), accept="application/json")).status_code == 401


def test_who_has_no_way_in_is_told_there_is_nothing(cast: Cast) -> None:
    answer = page(asked(cast.visitor("sam")), cast.amara.id)
    assert (answer.status_code, lines()) == (404, [("refused", "a page", 0)])


def test_a_refusal_names_what_was_asked_for(cast: Cast) -> None:
    assert nothing_here(asked(cast.visitor("mira"))).status_code == 404
    assert lines() == [("refused", "a page", 1)]


def test_nothing_is_shown_when_the_line_cannot_be_written(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_line RENAME TO ledger_line_gone")
    with pytest.raises(Exception, match="ledger_line"):
        page(asked(cast.visitor("mira")), cast.amara.id)


@pytest.mark.usefixtures("house")
def test_an_open_door_says_why_and_lets_anyone_knock() -> None:
    assert link.open_because == "anyone may knock"  # type: ignore[attr-defined]
    assert link(asked(nobody())).content == b"nobody"


def test_pages_are_kept_in_no_cache(cast: Cast) -> None:
    assert "no-store" in page(asked(cast.visitor("mira"))).headers["cache-control"]


def test_a_member_without_a_second_factor_is_sent_to_set_one_up(cast: Cast) -> None:
    mira = cast.visitor("mira")
    lacking = Visitor(mira.id, mira.practice, mira.kind, mira.roles, lacks_second_factor=True)
    assert page(asked(lacking)).headers["location"] == "/my/second-factor/"


@door(Action.WRITE, Layer.RECORD, what="a step")
def step(request: Asked, subject: UUID) -> HttpResponse:
    request.visitor.opened.note([subject])
    return HttpResponseRedirect("/elsewhere")


def test_a_redirect_shows_nobody_and_writes_no_reading(cast: Cast) -> None:
    step(asked(cast.visitor("mira")), cast.amara.id)
    assert not Line.objects.exists()
