"""No page has to be pushed sideways: on a small phone, and at a desk at 200 % zoom."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.conftest import Demo, sign_in
from tests.journeys.looking import kind, links
from tests.journeys.test_check_in import given

pytestmark = [pytest.mark.journey, pytest.mark.enable_socket]
PHONE, ZOOMED = 360, 1360 // 2
OF_THE_OWNER = ["/practice/", "/practice/members/", "/practice/places/", "/book/"]
STICKS_OUT = """() => [...document.querySelectorAll("body *")]
    .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .slice(0, 3).map(one => one.outerHTML.slice(0, 80))"""


def too_wide(page: Page) -> dict[int, list[str]]:
    """At which widths the page that is open is wider than its window, and what sticks out."""
    found = {}
    for width in (PHONE, ZOOMED):
        page.set_viewport_size({"width": width, "height": 740})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found[width] = page.evaluate(STICKS_OUT)
    return found


def signed_in_as(browser: Browser, demo: Demo, role: str) -> Page:
    email = next(one["email"] for one in demo.accounts if one["role"] == role)
    return sign_in(browser.new_context(base_url=demo.address), demo, email)


@pytest.mark.parametrize("role", ["therapist", "reception"])
def test_no_page_of_a_member_scrolls_sideways(browser: Browser, demo: Demo, role: str) -> None:
    page = signed_in_as(browser, demo, role)
    waiting, seen, found = ["/", "/calendar/?view=day", "/notes/search"], set[str](), {}
    while waiting:
        address = waiting.pop(0)
        if kind(address) in seen:
            continue
        seen.add(kind(address))
        page.goto(address)
        waiting += links(page)
        if sticks := too_wide(page):
            found[kind(address)] = sticks
    assert len(seen) > 15
    assert found == {}


def test_no_page_of_the_practice_scrolls_sideways(browser: Browser, demo: Demo) -> None:
    page = signed_in_as(browser, demo, "owner")
    for address in OF_THE_OWNER:
        page.goto(address)
        assert too_wide(page) == {}, address


def test_no_page_of_a_client_scrolls_sideways(
    desk: BrowserContext, phone: BrowserContext, demo: Demo
) -> None:
    link = given(sign_in(desk, demo))
    page = phone.new_page()
    page.goto(link)
    assert too_wide(page) == {}
    page.get_by_role("button").first.click()
    for way in ("I’d rather not answer these at all", "Not safe right now"):
        assert too_wide(page) == {}
        page.get_by_text(way).first.click()
    assert too_wide(page) == {}
