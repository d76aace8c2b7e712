"""axe finds nothing at AA on any page that anybody comes to, light and dark."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import MIRA, Demo, sign_in
from tests.journeys.looking import Eyes
from tests.journeys.test_check_in import answer, given
from tests.journeys.test_session_room import open_the_room, owner_of, turned_to_the_client
from tests.practice.browser import code_of

pytestmark = [pytest.mark.journey, pytest.mark.enable_socket]
NOWHERE = "/therapies/01890000-0000-7000-8000-000000000000/"


@pytest.fixture
def eyes() -> Iterator[Eyes]:
    found = Eyes()
    yield found
    assert found.found == {}


def signed_in(browser: Browser, demo: Demo, email: str = MIRA) -> Page:
    """Somebody who has also just shown once more that it is them, as some pages ask."""
    page = sign_in(at(browser, demo), demo, email)
    page.goto("/again/?next=/my/")
    page.locator("input[name=password]").fill(demo.password(email))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{demo.address}/my/")
    return page


def at(browser: Browser, demo: Demo) -> BrowserContext:
    context = browser.new_context(base_url=demo.address)
    context.set_default_timeout(20_000)
    return context


def test_members_come_to_no_page_at_which_axe_finds_anything(
    browser: Browser, demo: Demo, eyes: Eyes
) -> None:
    for account in demo.accounts:
        page = signed_in(browser, demo, account["email"])
        assert len(eyes.crawl(page, account["name"])) > 15
        page.context.close()


def test_at_the_second_factors_axe_finds_nothing(
    browser: Browser, own_demo: Demo, eyes: Eyes
) -> None:
    page = signed_in(browser, own_demo)
    page.goto("/my/second-factor/app/")
    page.locator("input[name=code]").fill("000000")
    page.keyboard.press("Enter")
    expect(page.locator(".errorlist, [role=alert]").first).to_be_visible()
    eyes.look(page, "a wrong code")
    page.locator("input[name=code]").fill(code_of(page.locator("#secret").input_value()))
    page.keyboard.press("Enter")
    page.wait_for_url("**/codes/")
    expect(page.locator(".messages .message").first).to_be_visible()
    eyes.look(page, "a message")
    for address in ("", "app/remove/", "codes/", "codes/new/", "passkeys/"):
        page.goto(f"/my/second-factor/{address}")
        eyes.look(page, address)
    page.goto(NOWHERE)
    eyes.look(page, "nothing here, for a member")


def test_strangers_come_to_no_page_at_which_axe_finds_anything(
    browser: Browser, demo: Demo, eyes: Eyes
) -> None:
    page = at(browser, demo).new_page()
    for address in ("/sign-in/", "/password/forgotten/", "/password/new/a-b/", "/join/a/", NOWHERE):
        page.goto(address)
        eyes.look(page, address)
    page.goto("/sign-in/")
    page.locator("input[name=login]").fill(MIRA)
    page.locator("input[name=password]").fill("not this one")
    page.keyboard.press("Enter")
    expect(page.locator(".errorlist, [role=alert]").first).to_be_visible()
    eyes.look(page, "a wrong password")
    page.goto("/password/forgotten/")
    page.locator("input[name=email]").fill(MIRA)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sent/")
    eyes.look(page, "a link that was sent")
    owner = signed_in(browser, demo, owner_of(demo))
    page.goto(invited(owner, eyes))
    eyes.look(page, "an invitation")


def invited(page: Page, eyes: Eyes) -> str:
    """The link that an owner hands to somebody new."""
    page.goto("/practice/members/invite/")
    page.locator("input[name=name]").fill("New Colleague")
    page.locator("input[name=email]").fill("new@linden.example")
    page.locator("input[name=roles]").first.check()
    page.get_by_role("button", name="Make the link").click()
    link = page.locator("#link")
    expect(link).to_be_visible()
    eyes.look(page, "the link of an invitation")
    return link.input_value()


def test_clients_come_to_no_page_at_which_axe_finds_anything(
    browser: Browser, phone: BrowserContext, demo: Demo, eyes: Eyes
) -> None:
    link = given(sign_in(at(browser, demo), demo))
    page = phone.new_page()
    page.goto(link)
    eyes.look(page, "welcome")
    page.get_by_role("button").first.click()
    eyes.look(page, "a question")
    for number in range(1, 10):
        expect(page.locator(".num", has_text=f"{number} of 9")).to_be_visible()
        answer(page, "Several days")
    page.wait_for_url("**/care/")
    eyes.look(page, "care")
    for address in ("/c/help/", "/c/not-this-time/", "/c/review/"):
        page.goto(address)
        eyes.look(page, address)
    page.get_by_role("button", name="Hand it over").click()
    page.wait_for_url("**/done/")
    eyes.look(page, "done")
    page.goto("/c/a-link-that-was-never-made-by-anybody")
    eyes.look(page, "gone")


def test_in_the_room_axe_finds_nothing(browser: Browser, own_demo: Demo, eyes: Eyes) -> None:
    page = sign_in(at(browser, own_demo), own_demo)
    room = open_the_room(page)
    eyes.look(page, "the dark room")
    page.keyboard.press("w")
    page.wait_for_url("**/scribe/", wait_until="networkidle")
    eyes.look(page, "scribe")
    page.goto(room, wait_until="networkidle")
    turned_to_the_client(page)
    eyes.look(page, "the shared screen")
    page.get_by_role("link", name="Turn the screen back").click()
    page.wait_for_url("**/leave/")
    eyes.look(page, "the PIN")
    page.goto("/caseload/")
    expect(page.get_by_text("There is nothing here")).to_be_visible()
    eyes.look(page, "nothing here, on a shared screen")
