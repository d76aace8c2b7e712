"""A check-in on a phone in a lift: the connection goes, and nothing that was said is lost."""

import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.conftest import Demo, sign_in
from tests.journeys.test_check_in import answer, given

pytestmark = [pytest.mark.journey, pytest.mark.enable_socket]


class Wire:
    """What the phone itself has: the browser's own switch, below every script."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)
        self.session.send("Network.enable")

    def set(self, *, away: bool) -> None:
        conditions = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        self.session.send("Network.emulateNetworkConditions", {"offline": away, **conditions})


def the_reply_is_lost(route: Route) -> None:
    """The answer arrives at the house, and the connection goes before the phone hears of it."""
    if route.request.method == "POST":
        route.fetch(max_redirects=0)
    route.abort("connectionreset")


def stands_at(page: Page, number: int) -> None:
    expect(page.locator(".num", has_text=f"{number} of 9")).to_be_visible(timeout=10_000)


def is_kept(page: Page) -> None:
    expect(page.get_by_text("Your answer is kept here")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def begun(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("button").first.click()


def answered(page: Page, label: str, *numbers: int) -> None:
    for number in numbers:
        stands_at(page, number)
        answer(page, label)


def test_a_check_in_survives_the_lift(browser: Browser, own_demo: Demo) -> None:
    desk = browser.new_context(base_url=own_demo.address)
    phone = browser.new_context(
        base_url=own_demo.address, viewport={"width": 360, "height": 740}, has_touch=True
    )
    therapist = sign_in(desk, own_demo)
    link, page = given(therapist), phone.new_page()
    begun(page, link)
    answered(page, "Several days", 1, 2, 3)

    stands_at(page, 4)
    page.wait_for_load_state()  # the script that keeps answers is there
    wire = Wire(page)
    wire.set(away=True)
    answered(page, "Nearly every day", 4)
    is_kept(page)
    stands_at(page, 5)  # the next question was fetched ahead
    expect(page.get_by_label("Nearly every day")).not_to_be_checked()
    wire.set(away=False)
    expect(page.get_by_text("Your answer is kept here")).to_be_hidden(timeout=20_000)

    page.route("**/c/q/**", the_reply_is_lost)
    answered(page, "More than half the days", 5)
    is_kept(page)
    page.unroute("**/c/q/**")
    stands_at(page, 6)

    page.close()
    again = phone.new_page()
    begun(again, link)
    answered(again, "Not at all", 6, 7, 8, 9)
    again.get_by_role("button", name="Hand it over").click()
    expect(again.get_by_text(re.compile("Thank you", re.IGNORECASE)).first).to_be_visible()
    therapist.reload()
    expect(therapist.get_by_text("PHQ-9: 8 of 27").first).to_be_visible()
    for context in (desk, phone):
        context.close()
