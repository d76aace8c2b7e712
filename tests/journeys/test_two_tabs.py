"""One draft open in two tabs and on another device: whoever is late is told, and shown both."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import Demo, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.enable_socket]
FIRST, SECOND, THIRD = "From the first tab.", "From the second tab.", "From the train."


def a_draft(page: Page) -> str:
    """The draft of the session that goes on, at its own address."""
    page.locator(".slot.now").get_by_text("Open the session").click()
    page.wait_for_url(re.compile("/room/"), wait_until="networkidle")
    page.keyboard.press("w")
    page.wait_for_url(re.compile("/scribe/"))
    save = page.locator("form.write").get_attribute("action")
    assert save is not None
    return save.removesuffix("/save")


def opened(context: BrowserContext, draft: str) -> Page:
    page = context.new_page()
    page.goto(draft)
    expect(page.locator("form[data-ready]")).to_be_visible()
    return page


def test_nothing_is_lost_between_two_tabs_and_a_phone(browser: Browser, own_demo: Demo) -> None:
    desk = browser.new_context(base_url=own_demo.address)
    draft = a_draft(sign_in(desk, own_demo))
    phone = browser.new_context(
        base_url=own_demo.address, viewport={"width": 360, "height": 740}, has_touch=True
    )
    sign_in(phone, own_demo)
    one, other, away = opened(desk, draft), opened(desk, draft), opened(phone, draft)

    one.get_by_label("Thread for next time").fill(FIRST)
    expect(one.locator("[data-saved]")).to_contain_text("Sealed and saved")
    other.get_by_label("Thread for next time").fill(SECOND)
    both = other.locator("[data-conflict]")
    expect(both.get_by_text("This note was also saved elsewhere")).to_be_visible()
    for words in (FIRST, SECOND):
        expect(both.get_by_text(words)).to_be_visible()
    other.get_by_role("button", name="Join both").click()
    expect(other.locator("[data-saved]")).to_contain_text("Sealed and saved")

    away.get_by_label("Thread for next time").fill(THIRD)
    expect(away.locator("[data-conflict]").get_by_text(SECOND)).to_be_visible()
    assert away.evaluate("document.documentElement.scrollWidth") <= 360
    away.get_by_role("button", name="Take the other one").click()
    expect(away.locator("[data-conflict]")).to_be_hidden()

    now = opened(desk, draft)
    expect(now.get_by_label("Thread for next time")).to_have_value(f"{FIRST}\n\n{SECOND}")
    aside = now.locator("aside", has_text="Kept aside").inner_text() + now.content()
    assert THIRD in aside
    for context in (desk, phone):
        context.close()
