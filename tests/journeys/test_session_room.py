"""The room's shared and scribe modes: a screen turned to the client, and a plain pad."""

import re
import sqlite3

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import MIRA, Demo, sign_in
from tests.journeys.looking import links

pytestmark = [pytest.mark.journey, pytest.mark.enable_socket]
PIN, NOT_THE_PIN = "8624", "1111"
ANOTHER = "/therapies/01890000-0000-7000-8000-000000000000/"
WORDS = "He drew the house again, with the door open. كلمة 말 é"


def nobody_has_a_pin(demo: Demo) -> None:
    """In the sample practice everybody has chosen one already."""
    with sqlite3.connect(demo.home / "holdspace.sqlite3") as database:
        database.execute("UPDATE practice_member SET pin_hash = ''")
    database.close()


def open_the_room(page: Page) -> str:
    page.goto("/")
    page.locator(".slot.now").get_by_text("Open the session").click()
    page.wait_for_url(re.compile("/room/"), wait_until="networkidle")
    return page.url


def of_the_record(page: Page) -> list[str]:
    """Where a therapist goes in a day, a client's notes and another therapy among it."""
    found = [
        "/",
        "/caseload/",
        "/calendar/",
        "/my/",
        "/people/",
        "/notes/search",
        "/notes/draft-key",
    ]
    for start in ("/", "/caseload/"):
        page.goto(start)
        found += links(page)
    therapies = [one for one in found if re.match("/therapies/[0-9a-f-]{36}/$", one)]
    for therapy in therapies[:2]:
        page.goto(f"{therapy}notes")
        found += [one for one in links(page) if re.match("/notes/[0-9a-f-]{36}", one)][:2]
    return sorted({one for one in found if not one.startswith("/shared/")})


def what_opens(page: Page, addresses: list[str]) -> list[str]:
    """The addresses at which this browser is shown anything at all."""
    return [one for one in addresses if page.request.get(one).status != 404]


def turned_to_the_client(page: Page) -> None:
    page.keyboard.press("s")
    page.wait_for_url(re.compile("/shared/$"), wait_until="networkidle")
    expect(page.get_by_role("heading", name="Together")).to_be_visible()


def choose_a_pin(page: Page, password: str) -> None:
    expect(page.get_by_text("Choose a PIN first")).to_be_visible()
    page.locator("input[name=password]").fill(password)
    page.keyboard.press("Enter")
    page.get_by_label("New PIN").fill(PIN)
    page.get_by_label("Once more").fill(PIN)
    page.keyboard.press("Enter")


def type_the_pin(page: Page, pin: str) -> None:
    page.get_by_label("Your PIN").fill(pin)
    page.keyboard.press("Enter")


def test_a_screen_turned_to_the_client_shows_what_is_shared(
    browser: Browser, own_demo: Demo
) -> None:
    nobody_has_a_pin(own_demo)
    context = browser.new_context(base_url=own_demo.address)
    page = sign_in(context, own_demo)
    addresses = of_the_record(page)
    assert len([one for one in addresses if one.startswith("/notes/")]) > 3
    assert what_opens(page, addresses) == addresses
    room = open_the_room(page)
    page.keyboard.press("s")
    choose_a_pin(page, own_demo.password(MIRA))
    page.wait_for_url(room, wait_until="networkidle")
    turned_to_the_client(page)
    expect(page.locator(".course .line").first).to_have_css("fill", "none")

    assert what_opens(page, [*addresses, room, ANOTHER]) == []
    page.go_back(wait_until="networkidle")
    expect(page.get_by_text("There is nothing here")).to_be_visible()
    other_tab = context.new_page()
    other_tab.goto("/caseload/")
    expect(other_tab.get_by_text("There is nothing here")).to_be_visible()

    page.goto("/shared/")
    page.get_by_role("link", name="Turn the screen back").click()
    for left in ("4 tries are left", "3 tries are left"):
        type_the_pin(page, NOT_THE_PIN)
        expect(page.get_by_text(left)).to_be_visible()
        assert what_opens(page, ["/", "/caseload/"]) == []
    type_the_pin(page, PIN)
    page.wait_for_url(room)
    assert what_opens(page, addresses) == addresses
    context.close()
    assert_the_book_says_so(browser, own_demo)


def assert_the_book_says_so(browser: Browser, demo: Demo) -> None:
    """What was refused to the turned screen stands in the ledger, wrong PINs among it."""
    context = browser.new_context(base_url=demo.address)
    page = sign_in(context, demo, owner_of(demo))
    page.goto("/book/")
    lines = page.locator("main").inner_text()
    for what in ("turned to client", "turned back", "caseload"):
        assert what in lines
    assert len(re.findall(r"refused\s+pin\b", lines)) == 2
    context.close()


def owner_of(demo: Demo) -> str:
    return next(one["email"] for one in demo.accounts if one["role"] == "owner")


def test_what_is_scribbled_on_the_pad_ends_in_the_note(browser: Browser, own_demo: Demo) -> None:
    context = browser.new_context(base_url=own_demo.address)
    page = sign_in(context, own_demo)
    room = open_the_room(page)
    page.keyboard.press("w")
    page.wait_for_url(re.compile("/scribe/"), wait_until="networkidle")
    expect(page.get_by_role("button", name="Sign and lock")).to_have_count(0)
    assert not re.search("Amara", page.locator("body").inner_text())
    note = (page.locator("form.write").get_attribute("action") or "").removesuffix("/save")
    page.locator(".pad-here textarea").fill(WORDS)
    expect(page.locator("[data-saved]")).to_contain_text("Sealed and saved")
    page.get_by_role("link", name="The clock").click()
    page.wait_for_url(room, wait_until="networkidle")
    assert "He drew" not in page.content()
    page.keyboard.press("e")
    page.wait_for_url(re.compile("/after/"))
    expect(page.locator(".pad-here textarea")).to_have_value(WORDS)
    page.get_by_role("button", name="Sign and lock").click()
    page.wait_for_url(f"{own_demo.address}/")
    page.goto(note)
    expect(page.locator("main")).to_contain_text(WORDS)
    context.close()
