"""A form on a client's own device: opened by a link, filled in, lent and taken back."""

import json
from typing import Any

import pytest
from django.test import Client

from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.hour.worksheets import actions, queries
from holdspace.hour.worksheets.models import SheetLink, Worksheet
from tests.cast import NOW, Cast
from tests.worksheets.fill import ELSEWHERE, a_link, a_sheet, now, values, write


@pytest.fixture(autouse=True)
def _at(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def opened(client: Client, link: SheetLink, **sent: str) -> Any:
    return client.post(f"/c/form/{link.token}/begin", sent, follow=True)


def a_safety_plan(cast: Cast) -> Worksheet:
    """A form that is the client's own."""
    sheet = a_sheet(cast, "exposure_hierarchy")
    sheet.move_to(Layer.CLIENT)
    sheet.lent_at = NOW
    sheet.save()
    return sheet


def test_a_link_says_who_gives_what_and_who_reads_it(cast: Cast, client: Client) -> None:
    link = a_link(cast, a_sheet(cast))
    page = text(client.get(f"/c/form/{link.token}"))
    assert "Mira Osei gives you this to fill in: Thought record" in page
    assert "sees what you write" in page
    assert not client.cookies
    assert "Mira Osei gibt Ihnen" in text(client.get(f"/c/form/{link.token}?language=de"))


def test_looking_uses_nothing_up_and_a_get_begins_nothing(cast: Cast, client: Client) -> None:
    link = a_link(cast, a_sheet(cast))
    assert client.get(f"/c/form/{link.token}/begin").status_code == 302
    assert SheetLink.objects.get().device_hash is None


def test_a_sheet_is_filled_in_and_finished_without_script(cast: Cast, client: Client) -> None:
    sheet = a_sheet(cast)
    page = text(opened(client, a_link(cast, sheet)))
    assert "When, where and with whom" in page
    sent = {"base": "0", "page": "p", "sheet-situation": "at home", "do": "done"}
    done = client.post("/c/form/save", sent, follow=True)
    assert "Saved. Thank you." in text(done)
    assert "16 March" in text(done)
    assert values(sheet) == {"situation": "at home"}
    client.post("/c/form/save", {"base": "1", "page": "p", "sheet-belief": "5", "do": "save"})
    assert values(sheet)["belief"] == 5


def test_what_is_wrong_is_said_and_stays(cast: Cast, client: Client) -> None:
    opened(client, a_link(cast, a_sheet(cast)))
    answer = client.post("/c/form/save", {"base": "0", "page": "p", "sheet-belief": "much"})
    assert answer.status_code == 422
    assert 'value="much"' in text(answer)


def test_both_see_what_the_other_writes(cast: Cast, client: Client) -> None:
    sheet = a_sheet(cast)
    opened(client, a_link(cast, sheet))
    write(sheet, cast.visitor("mira"), page=ELSEWHERE, belief="80")
    assert client.get("/c/form/news?since=0").json()["cells"] == {"belief": "80"}
    assert client.get("/c/form/news?since=1").json() == {"version": 1, "state": "open"}
    sent = {"page": "p", "changes": [{"path": "situation", "said": "at home", "base": 1}]}
    told = client.post("/c/form/save", json.dumps(sent), content_type="application/json")
    assert told.json()["version"] == 2
    assert values(sheet) == {"belief": 80, "situation": "at home"}


def test_a_link_behind_a_pin_asks_for_it(cast: Cast, client: Client) -> None:
    link = a_link(cast, a_sheet(cast), pin="2468")
    assert "Please write the PIN." in text(opened(client, link))
    assert "That is not the PIN" in text(opened(client, link, pin="1111"))
    for _ in range(4):
        assert opened(client, link, pin="1111").status_code == 422
    assert "too many tries" in text(opened(client, link, pin="2468"))


def test_a_clients_own_is_lent_and_taken_back_on_their_page(cast: Cast, client: Client) -> None:
    sheet = a_safety_plan(cast)
    page = opened(client, a_link(cast, sheet))
    assert "Keep it to myself" in text(page)
    client.post("/c/form/lend", {"do": "keep"})
    assert now(sheet).lent_at is None
    assert not queries.may(cast.visitor("mira"), now(sheet), Action.READ)
    assert "Let Mira Osei read it" in text(client.get("/c/form/"))
    client.post("/c/form/lend", {"do": "lend"})
    assert now(sheet).lent_at == NOW


def test_a_kept_sheet_is_read(cast: Cast, client: Client) -> None:
    sheet = a_sheet(cast)
    write(sheet, cast.visitor("mira"), situation="at home")
    opened(client, a_link(cast, sheet))
    actions.keep(sheet.id, by=cast.visitor("mira"), at=NOW)
    page = text(client.get("/c/form/"))
    assert "it can be read, and not written in now" in page
    assert "at home" in page
    closed = client.post("/c/form/save", {"base": "1", "page": "p", "sheet-situation": "x"})
    assert closed.headers["location"] == "/c/form/"


def test_the_page_speaks_the_language_that_is_asked_for(cast: Cast, client: Client) -> None:
    opened(client, a_link(cast, a_sheet(cast)))
    page = text(client.get("/c/form/?language=es", follow=True))
    assert "Registro de pensamientos" in page
    assert 'lang="es"' in page


@pytest.mark.parametrize("token", ["made-up", "x" * 43])
def test_an_unknown_link_shows_one_plain_page(client: Client, cast: Cast, token: str) -> None:  # noqa: ARG001
    assert client.get(f"/c/form/{token}").status_code == 404
    assert client.get("/c/form/").status_code == 404


def test_a_withdrawn_link_opens_nothing_also_for_who_was_in(cast: Cast, client: Client) -> None:
    sheet = a_sheet(cast)
    link = a_link(cast, sheet)
    opened(client, link)
    actions.withdraw(link.id, by=cast.visitor("mira"), at=NOW)
    assert client.get("/c/form/").status_code == 404
    assert client.post("/c/form/save", {"base": "0", "sheet-situation": "x"}).status_code == 404
    assert values(sheet) == {}


def test_the_cookie_of_a_check_in_opens_no_sheet(cast: Cast, client: Client) -> None:
    opened(client, a_link(cast, a_sheet(cast)))
    client.cookies["checkin"] = client.cookies["sheet"].value
    assert client.get("/c/go-on/").status_code == 404
