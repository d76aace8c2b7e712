"""A therapist's day: from sign-in to a signed note, and nothing about it in the house's files."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.journeys.conftest import Demo, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.enable_socket]
PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
SENTENCE = "She laughed at the kettle, and then she did not: zaunkoenig-4711."


def test_the_day_shows_what_matters_before_the_door_opens(desk: BrowserContext, demo: Demo) -> None:
    page = sign_in(desk, demo)
    now = page.locator(".slot.now")
    expect(now.get_by_text("Amara K.")).to_be_visible()
    expect(now.locator(".thread")).to_be_visible()
    expect(page.get_by_text("Look first: item 9").first).to_be_visible()
    if os.environ.get("HOLDSPACE_WRITE_PICTURES"):
        page.screenshot(path=PICTURES / "today.png")


def test_the_room_opens_dark_and_says_nothing_of_anybody(desk: BrowserContext, demo: Demo) -> None:
    page = sign_in(desk, demo)
    page.locator(".slot.now").get_by_text("Open the session").click()
    expect(page.locator("time[data-clock]")).to_be_visible()
    assert not re.search("Amara|psycho|angry", page.content(), re.IGNORECASE)


def test_a_session_is_ended_written_up_and_signed(browser: Browser, own_demo: Demo) -> None:
    demo, desk = own_demo, browser.new_context(base_url=own_demo.address)
    page = sign_in(desk, demo)
    page.locator(".slot.now").get_by_text("Open the session").click()
    page.wait_for_url(re.compile("/room/"), wait_until="networkidle")
    page.keyboard.press("e")
    page.wait_for_url(re.compile("/after/"))
    page.get_by_role("button", name="Write").click()
    expect(page.get_by_label("Thread for next time")).to_be_focused()
    page.get_by_label("Thread for next time").fill("Ask about the kettle.")
    page.locator(".pad-here textarea").fill(SENTENCE)
    expect(page.locator("[data-saved]")).to_contain_text("Sealed and saved")
    page.get_by_role("button", name="Sign and lock").click()
    page.wait_for_url(f"{demo.address}/")
    slot = page.locator(".slot", has_text="Amara K.").first
    expect(slot.get_by_text("Note signed")).to_be_visible()
    held = [path for path in demo.home.rglob("*") if path.is_file()]
    assert [path for path in held if b"zaunkoenig" in path.read_bytes()] == []
    desk.close()


def test_on_a_phone_to_write_leads_into_the_form_even_without_script(
    browser: Browser, demo: Demo
) -> None:
    phone = browser.new_context(
        base_url=demo.address, viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    page = sign_in(phone, demo)
    page.get_by_role("button", name="Write").first.click()
    page.wait_for_url(re.compile("/after/"))
    expect(page.get_by_label("Thread for next time")).to_be_focused()
    expect(page.get_by_text("Thread for next time")).to_be_in_viewport()


def test_the_keyboard_alone_leads_everywhere(desk: BrowserContext, demo: Demo) -> None:
    page = sign_in(desk, demo)
    for key, address in (("c", "/calendar/"), ("l", "/caseload/"), ("t", "/")):
        page.keyboard.press(key)
        page.wait_for_url(f"{demo.address}{address}")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the page")).to_be_focused()


def test_one_key_veils_every_name(desk: BrowserContext, demo: Demo) -> None:
    page = sign_in(desk, demo)
    page.keyboard.press("v")
    expect(page.locator("html[data-veiled]")).to_be_attached()


def test_nothing_is_asked_of_anybody_else(desk: BrowserContext, demo: Demo) -> None:
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    page = sign_in(desk, demo)
    for address in ("/caseload/", "/calendar/", "/my/"):
        page.goto(address)
    ours = (demo.address, "data:")
    assert [url for url in asked if not url.startswith(ours)] == []
