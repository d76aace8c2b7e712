"""The PHQ-9 on a phone: given in the room, answered with the network away, arrived at the desk."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Demo, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.enable_socket]
PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


def given(page: Page, name: str = "Amara K.") -> str:
    """A link to the PHQ-9, as its therapist makes one."""
    page.goto("/caseload/")
    page.get_by_role("link", name=name).first.click()
    therapy = page.url.rstrip("/").rsplit("/", 1)[-1]
    page.goto(f"/therapy/{therapy}/measures/give/")
    page.locator("input[value=phq9]").check()
    page.get_by_role("button", name="Make the link").click()
    found = re.search(r"/c/[\w-]{20,}", page.content())
    assert found is not None
    return found.group(0)


def answer(page: Page, label: str) -> None:
    page.get_by_label(label, exact=True).check()
    page.get_by_role("button", name="Next").click()


def test_an_answer_arrives_at_the_desk(
    desk: BrowserContext, phone: BrowserContext, demo: Demo
) -> None:
    therapist = sign_in(desk, demo)
    link = given(therapist)
    page = phone.new_page()
    page.goto(link)
    page.get_by_role("button").first.click()
    for number in range(1, 10):
        expect(page.locator(".num", has_text=f"{number} of 9")).to_be_visible()
        if number == 4 and os.environ.get("HOLDSPACE_WRITE_PICTURES"):
            page.screenshot(path=PICTURES / "check-in.png")
        answer(page, "Several days" if number < 9 else "Not at all")
    page.get_by_role("button", name="Hand it over").click()
    expect(page.get_by_text(re.compile("Thank you", re.IGNORECASE)).first).to_be_visible()
    therapist.goto("/caseload/")
    row = therapist.locator("tr", has_text="Amara K.")
    row.get_by_role("link").first.click()
    therapist.goto(therapist.url.replace("/therapies/", "/therapy/") + "measures/")
    expect(therapist.get_by_text("PHQ-9: 8 of 27").first).to_be_visible()


def test_the_phone_page_fits_and_is_small(
    desk: BrowserContext, phone: BrowserContext, demo: Demo
) -> None:
    link = given(sign_in(desk, demo))
    page = phone.new_page()
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto(link)
    page.wait_for_load_state("networkidle")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360
    assert sum(sizes) < 90_000  # before compression; the room's own tests weigh it on the wire
