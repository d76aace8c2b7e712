"""A safety plan on a client's phone in aeroplane mode: it opens at once, and calls."""

import time

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Demo, sign_in
from tests.journeys.test_network_dropped import Wire

pytestmark = [pytest.mark.journey, pytest.mark.enable_socket]
AT_MOST = 2.0  # seconds


def made_together(page: Page) -> str:
    """A plan with somebody to call, written and handed over by a link; the link."""
    page.goto("/caseload/")
    page.get_by_role("link", name="Amara K.").first.click()
    page.get_by_role("link", name="Safety", exact=True).click()
    page.get_by_role("button", name="Safety plan").click()
    sheet = page.url
    page.get_by_label("Name").first.fill("Tunde")
    page.get_by_label("Phone number").nth(1).fill("+44 7700 900123")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("Name").first).to_have_value("Tunde")
    page.wait_for_load_state("networkidle")
    page.goto(f"{sheet}/hand")
    page.get_by_role("button", name="Make a link").click()
    return page.get_by_label("The link").first.input_value()


def test_a_plan_opens_without_network_within_two_seconds(browser: Browser, own_demo: Demo) -> None:
    desk = browser.new_context(base_url=own_demo.address)
    phone = browser.new_context(
        base_url=own_demo.address, viewport={"width": 360, "height": 740}, has_touch=True
    )
    link, page = made_together(sign_in(desk, own_demo)), phone.new_page()
    page.goto(link)
    page.get_by_role("button").first.click()
    page.get_by_role("link", name="Open it to read and to call").click()

    page.get_by_role("button", name="Keep it on this phone").click()
    expect(page.get_by_text("A copy is kept on this phone.")).to_be_visible()
    page.close()

    phone.clear_cookies()
    phone.set_offline(True)
    away = phone.new_page()
    Wire(away).set(away=True)
    begun = time.monotonic()
    away.goto("/c/plan/")
    call = away.get_by_role("link", name="Call Tunde")
    expect(call).to_be_visible()
    took = time.monotonic() - begun
    assert call.get_attribute("href") == "tel:+447700900123"
    assert away.evaluate("document.documentElement.scrollWidth") <= 360
    assert took < AT_MOST, took
    print(f"opened without network in {took:.2f} s")  # noqa: T201 - what was measured

    away.get_by_role("button", name="Take the copy off this phone").click()
    expect(away.get_by_role("button", name="Keep it on this phone")).to_be_visible()
