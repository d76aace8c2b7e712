"""A client's check-in on a phone, in a real browser: with script, without, and without network."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from holdspace.cellar.ledger.models import Line
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.sealing import new_key
from holdspace.hour.measures import actions
from holdspace.hour.measures.models import Answering, Giving, SafetyFlag
from tests.cast import NOW, Cast, the_cast
from tests.portal.at_the_phone import confirm_help

pytestmark = [
    pytest.mark.journey,
    pytest.mark.enable_socket,
    pytest.mark.django_db(transaction=True, databases=("default", "keyring")),
]
Scheme = Literal["light", "dark"]
PICTURES = os.environ.get("PICTURES", "")


@pytest.fixture
def phoned(transactional_db: None) -> Iterator[Giving]:  # noqa: ARG001 - a fixture
    """A house with a link to the PHQ-9 for a session of this day."""
    keyring.found(new_key(), kind="test", at=NOW)
    cast: Cast = the_cast()
    confirm_help(cast)
    at = timezone.now()
    cast.session.starts_at, cast.session.ends_at = at + timedelta(hours=2), at + timedelta(hours=3)
    cast.session.save()
    handing = actions.Handing(
        cast.amara.id, cast.participant().id, ("phq9",), session=cast.session.id
    )
    yield actions.give(handing, by=cast.visitor("mira"), at=at)
    keyring.forget()


def a_phone(browser: Browser, *, script: bool, scheme: Scheme = "light") -> Page:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=script,
        color_scheme=scheme,
    )  # fmt: skip
    return context.new_page()


def photograph(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


@pytest.mark.parametrize("script", [True, False])
def test_a_client_answers_on_a_phone(
    browser: Browser, phoned: Giving, live_server: Any, *, script: bool
) -> None:
    page = a_phone(browser, script=script)
    page.goto(live_server.url + reverse("checkin_link", args=[phoned.token]))
    photograph(page, f"welcome-{script}")
    page.get_by_role("button", name="Begin").click()
    assert phoned.token not in page.url
    for number in range(1, 9):
        expect(page.get_by_text(f"{number} of 9").first).to_be_visible()
        page.get_by_label("Several days").check()
        if number == 4:
            photograph(page, f"item-{script}")
        page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("9 of 9").first).to_be_visible()
    page.get_by_label("Nearly every day").check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="Thank you for saying this")).to_be_visible()
    photograph(page, f"care-{script}")
    page.get_by_role("link", name="Go on with the questions").click()
    photograph(page, f"review-{script}")
    page.get_by_role("button", name="Hand it over").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert Answering.objects.get().total == 11
    assert SafetyFlag.objects.get().what["shown"]["numbers"]


def away(browser: Browser, phoned: Giving, live_server: Any) -> Page:
    """A phone that has looked ahead, and lost its network."""
    page = a_phone(browser, script=True)
    page.goto(live_server.url + reverse("checkin_link", args=[phoned.token]))
    with page.expect_response("**/c/ahead/"):
        page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/c/q/**", wait_until="networkidle")
    page.context.set_offline(True)
    return page


def test_one_goes_on_without_network_and_every_answer_is_sent(
    browser: Browser, phoned: Giving, live_server: Any
) -> None:
    page = away(browser, phoned, live_server)
    for number in range(1, 10):
        expect(page.get_by_text(f"{number} of 9").first).to_be_visible()
        page.get_by_label("Several days").check()
        page.get_by_role("button", name="Next").click()
        expect(page.get_by_text("No connection").first).to_be_visible()
        if number == 3:
            photograph(page, "offline")
    expect(page.get_by_text("These were all the questions")).to_be_visible()
    photograph(page, "offline-end")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="Thank you for saying this")).to_be_visible(
        timeout=15_000
    )
    assert set(Answering.objects.get().answers.values()) == {1}
    assert Line.objects.filter(act="answered").count() == 9


def test_what_a_closed_page_kept_is_sealed_and_sent_by_the_next(
    browser: Browser, phoned: Giving, live_server: Any
) -> None:
    page = away(browser, phoned, live_server)
    page.get_by_label("Several days").check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Nobody can read it here until then")).to_be_visible()
    page.context.set_offline(False)
    again = page.context.new_page()
    page.close()
    again.goto(live_server.url + reverse("checkin_link", args=[phoned.token]))
    again.get_by_role("button", name="Begin").click()
    expect(again.get_by_text("2 of 9").first).to_be_visible(timeout=15_000)
    assert Answering.objects.get().answers == {"q1": 1}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    browser: Browser, phoned: Giving, live_server: Any, scheme: Scheme
) -> None:
    page = a_phone(browser, script=True, scheme=scheme)
    page.goto(live_server.url + reverse("checkin_link", args=[phoned.token]))
    tags = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
    assert Axe().run(page, options=tags).violations_count == 0
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("Several days").check()
    photograph(page, f"item-{scheme}")
    found = [Axe().run(page, options=tags)]
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.goto(live_server.url + reverse("checkin_help"))
    photograph(page, f"help-{scheme}")
    found.append(Axe().run(page, options=tags))
    assert [each.generate_report() for each in found if each.violations_count] == []
    assert wide <= 360
