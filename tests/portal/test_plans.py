"""A safety plan on a client's phone: read, called from, told of changes, named neutrally."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from holdspace.hour.worksheets.models import Worksheet
from tests.cast import NOW, Cast
from tests.worksheets.fill import a_link, a_sheet, write

pytestmark = pytest.mark.usefixtures("cast")


@pytest.fixture(autouse=True)
def _at(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


FILLED = {
    "helpers__a1__who": "Tunde", "helpers__a1__phone": "+44 7700 900123",
    "company__b1__who": "The canal", "services__c1__phone": "ask at the desk",
    "reasons": "My sister.",
}  # fmt: skip


def a_plan(cast: Cast) -> Worksheet:
    sheet = a_sheet(cast, "safety_plan")
    write(sheet, cast.visitor("mira"), **FILLED)  # type: ignore[arg-type]
    return sheet


def on_the_phone(cast: Cast, sheet: Worksheet, client: Client) -> str:
    client.post(f"/c/form/{a_link(cast, sheet).token}/begin")
    found: str = client.get(reverse("own_plan")).content.decode()
    return found


def test_a_plan_has_a_button_for_each_number_and_leaves_out_what_is_empty(
    cast: Cast, client: Client
) -> None:
    page = on_the_phone(cast, a_plan(cast), client)
    assert 'href="tel:+447700900123"' in page
    assert "The canal" in page
    assert "ask at the desk" in page
    assert "My sister." in page
    assert "1. How I notice" not in page


def test_an_empty_plan_says_so(cast: Cast, client: Client) -> None:
    assert "Nothing is written yet." in on_the_phone(cast, a_sheet(cast, "safety_plan"), client)


def test_the_sheet_leads_to_the_plan_and_another_sheet_does_not(cast: Cast, client: Client) -> None:
    on_the_phone(cast, a_plan(cast), client)
    assert reverse("own_plan") in client.get(reverse("own_sheet")).content.decode()
    other = Client()
    other.post(f"/c/form/{a_link(cast, a_sheet(cast)).token}/begin")
    assert reverse("own_plan") not in other.get(reverse("own_sheet")).content.decode()
    assert other.get(reverse("own_plan")).status_code == 404


def test_what_was_changed_since_a_copy_is_told_as_a_suggestion(cast: Cast, client: Client) -> None:
    sheet = a_plan(cast)
    on_the_phone(cast, sheet, client)
    sheet.refresh_from_db()
    was = sheet.version
    write(sheet, cast.visitor("mira"), base=was, reasons="My sister and the dog.")
    told = client.get(reverse("own_plan_news"), {"since": was}).json()
    assert told["version"] > was
    assert [(one["was"], one["now"]) for one in told["changes"]] == [
        ("My sister.", "My sister and the dog.")
    ]
    same = client.get(reverse("own_plan_news"), {"since": told["version"]}).json()
    assert same["changes"] == []


def test_what_a_phone_shows_of_it_says_nothing(client: Client) -> None:
    named = client.get(reverse("own_plan_manifest")).json()
    assert (named["name"], named["scope"]) == ("My page", "/c/plan/")
    worker = client.get(reverse("own_plan_worker"))
    assert worker.headers["content-type"] == "text/javascript"
    assert b"caches" in worker.content


def test_nobody_opens_a_plan_without_a_link(client: Client) -> None:
    assert client.get(reverse("own_plan")).status_code == 404
