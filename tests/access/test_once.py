"""A form that is sent twice is done once."""

from collections.abc import Callable

import pytest
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from holdspace.cellar.access import once
from holdspace.cellar.access.once import Once
from holdspace.cellar.access.visitor import Visitor, nobody
from tests.cast import Cast

Done = list[str]


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    caches[once.MOMENTS].clear()


def form(by: Visitor, words: str = "a", page: str = "a page") -> HttpRequest:
    typed = {"words": words, "csrfmiddlewaretoken": page} if page else {"words": words}
    request = RequestFactory().post("/somewhere", typed)
    request.visitor = by  # type: ignore[attr-defined]
    return request


def doing(done: Done, status: int = 302) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        done.append(str(request.POST["words"]))
        if status != 302:
            return HttpResponse(status=status)
        return HttpResponseRedirect(f"/done/{len(done)}")

    return view


def test_the_second_is_answered_as_the_first(cast: Cast) -> None:
    done: Done = []
    house, mira = Once(doing(done)), cast.visitor("mira")
    answers = [house(form(mira)).headers["location"] for _ in range(2)]
    assert (answers, done) == (["/done/1", "/done/1"], ["a"])


def test_other_words_are_meant_and_so_are_the_first_again(cast: Cast) -> None:
    done: Done = []
    house, mira = Once(doing(done)), cast.visitor("mira")
    for words in ("a", "b", "a"):
        house(form(mira, words))
    assert done == ["a", "b", "a"]


def test_another_page_and_another_member_mean_it(cast: Cast) -> None:
    done: Done = []
    house, mira, tom = Once(doing(done)), cast.visitor("mira"), cast.visitor("tom")
    for request in (form(mira), form(mira, page="another"), form(tom), form(mira, page="")):
        house(request)
    assert len(done) == 4


@pytest.mark.parametrize("status", [200, 422, 500])
def test_what_was_not_done_may_be_sent_again(cast: Cast, status: int) -> None:
    done: Done = []
    house, mira = Once(doing(done, status)), cast.visitor("mira")
    for _ in range(2):
        house(form(mira))
    assert done == ["a", "a"]


def test_who_is_still_to_sign_in_is_let_through() -> None:
    done: Done = []
    house = Once(doing(done))
    for _ in range(2):
        house(form(nobody()))
    assert done == ["a", "a"]


def test_what_is_still_being_done_is_not_done_beside_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(once, "WAITS", 1)
    mira = cast.visitor("mira")
    seen: list[HttpResponse] = []

    def slow(_request: HttpRequest) -> HttpResponse:
        seen.append(house(form(mira)))  # the second click comes while the first is being done
        return HttpResponseRedirect("/done/1")

    house = Once(slow)
    assert house(form(mira)).headers["location"] == "/done/1"
    assert [one.status_code for one in seen] == [409]
    assert "sent twice" in seen[0].content.decode()
