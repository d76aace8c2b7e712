"""Writing in a real browser: killed, offline, signed out, in two tabs; nothing lies open in it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session as SignIn
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from holdspace.hour.notes.models import Note, Version
from tests.cast import Cast
from tests.conftest import BOTH, chromium, quietly
from tests.notes.places import a_note

pytestmark = [
    pytest.mark.journey,
    pytest.mark.enable_socket,
    pytest.mark.django_db(transaction=True, databases=BOTH),
]
CANARY = "quetzal-canary"
THREAD = "#id_note-thread"
SAVED = "[data-saved]"


@pytest.fixture
def browse(tmp_path: Path, driver: Playwright) -> Iterator[Callable[[], BrowserContext]]:
    """Opens a browser on one and the same profile, again after it was closed."""
    with ExitStack() as opened:
        yield lambda: opened.enter_context(
            driver.chromium.launch_persistent_context(
                tmp_path / "profile", executable_path=chromium(), args=quietly(), headless=True
            )
        )


@pytest.fixture
def note(cast: Cast, settings: Any) -> Note:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
    return a_note(cast)


def sign_in(context: BrowserContext, cast: Cast, live_server: Any) -> None:
    client = Client()
    client.force_login(cast.mira.account)
    kept = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": kept, "url": live_server.url}])


def opened(context: BrowserContext, note: Note, live_server: Any) -> Page:
    page = context.new_page()
    page.goto(live_server.url + reverse("note", args=[note.id]))
    expect(page.locator("form[data-ready]")).to_be_visible()
    return page


def thread_of(note: Note) -> str:
    return str(Note.objects.get(pk=note.id).content["thread"])


def drafts_in(page: Page) -> int:
    return int(
        page.evaluate("""() => new Promise((done) => {
        const asked = indexedDB.open("holdspace", 1);
        asked.onsuccess = () => {
            const all = asked.result.transaction("drafts").objectStore("drafts").count();
            all.onsuccess = () => { asked.result.close(); done(all.result); };
        };
    })""")
    )


def holds(folder: Path, words: str) -> list[str]:
    """The files of a folder in which words lie in clear."""
    shapes = (words.encode(), words.encode("utf-16-le"))
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(one in path.read_bytes() for one in shapes)]


def test_what_is_typed_is_saved_and_then_gone_from_the_browser(
    browse: Callable[[], BrowserContext], cast: Cast, note: Note, live_server: Any
) -> None:
    context = browse()
    sign_in(context, cast, live_server)
    page = opened(context, note, live_server)
    page.fill(THREAD, "She waited for me to be angry.")
    expect(page.locator(SAVED)).to_contain_text("Sealed and saved")
    assert thread_of(note) == "She waited for me to be angry."
    page.wait_for_timeout(400)
    assert drafts_in(page) == 0


def test_a_browser_killed_before_saving_has_kept_the_words_sealed(
    browse: Callable[[], BrowserContext], cast: Cast, note: Note, live_server: Any, tmp_path: Path
) -> None:
    context = browse()
    sign_in(context, cast, live_server)
    page = opened(context, note, live_server)
    wire = context.new_cdp_session(page)  # the browser's own, which holds until it is gone
    wire.send("Network.enable")
    wire.send("Network.setBlockedURLs", {"urls": ["*/save*"]})
    page.fill(THREAD, CANARY)
    page.wait_for_timeout(800)
    context.close()
    assert thread_of(note) == ""
    assert holds(tmp_path / "profile", CANARY) == []
    again = browse()
    sign_in(again, cast, live_server)
    page = opened(again, note, live_server)
    expect(page.locator(THREAD)).to_have_value(CANARY)
    expect(page.locator(SAVED)).to_contain_text("Sealed and saved")
    assert thread_of(note) == CANARY


def test_a_page_that_is_closed_at_once_still_saves(
    browse: Callable[[], BrowserContext], cast: Cast, note: Note, live_server: Any
) -> None:
    context = browse()
    sign_in(context, cast, live_server)
    page = opened(context, note, live_server)
    page.fill(THREAD, "Typed, and gone")
    page.goto("about:blank")
    page.wait_for_timeout(1000)
    assert thread_of(note) == "Typed, and gone"


def test_without_a_connection_the_words_wait_and_are_saved_later(
    browse: Callable[[], BrowserContext], cast: Cast, note: Note, live_server: Any
) -> None:
    context = browse()
    sign_in(context, cast, live_server)
    page = opened(context, note, live_server)
    context.set_offline(True)
    page.fill(THREAD, "In the lift")
    expect(page.locator(SAVED)).to_contain_text("no connection; kept in this browser")
    context.set_offline(False)
    expect(page.locator(SAVED)).to_contain_text("Sealed and saved")
    assert thread_of(note) == "In the lift"


def test_an_ended_sign_in_loses_nothing(
    browse: Callable[[], BrowserContext], cast: Cast, note: Note, live_server: Any
) -> None:
    context = browse()
    sign_in(context, cast, live_server)
    page = opened(context, note, live_server)
    SignIn.objects.all().delete()
    page.fill(THREAD, "After the evening")
    expect(page.locator("[data-signed-out]")).to_be_visible()
    page.get_by_role("link", name="Sign in again here").click()
    expect(page.locator("input[type=password]")).to_be_visible()
    sign_in(context, cast, live_server)
    page = opened(context, note, live_server)
    expect(page.locator(THREAD)).to_have_value("After the evening")
    expect(page.locator(SAVED)).to_contain_text("Sealed and saved")
    assert thread_of(note) == "After the evening"


def test_two_tabs_are_shown_both_and_can_join_them(
    browse: Callable[[], BrowserContext], cast: Cast, note: Note, live_server: Any
) -> None:
    context = browse()
    sign_in(context, cast, live_server)
    one, other = (opened(context, note, live_server) for _ in range(2))
    one.fill(THREAD, "From the first tab")
    expect(one.locator(SAVED)).to_contain_text("Sealed and saved")
    other.fill(THREAD, "From the second tab")
    beside = other.locator("[data-conflict]")
    expect(beside).to_contain_text("From the first tab")
    expect(beside).to_contain_text("From the second tab")
    assert thread_of(note) == "From the first tab"
    other.get_by_role("button", name="Join both").click()
    expect(other.locator(SAVED)).to_contain_text("Sealed and saved")
    assert thread_of(note) == "From the first tab\n\nFrom the second tab"
    assert Version.objects.filter(lost_to__isnull=False).exists()


def test_signing_saves_what_was_typed_last(
    browse: Callable[[], BrowserContext], cast: Cast, note: Note, live_server: Any
) -> None:
    context = browse()
    sign_in(context, cast, live_server)
    page = opened(context, note, live_server)
    page.fill("#id_note-f-did", "We sat.")
    page.get_by_role("button", name="Sign and lock").click()
    expect(page.get_by_text("Signed and locked.")).to_be_visible()
    assert Note.objects.get().state == "signed"


def test_what_is_too_long_stays_in_the_page_with_a_reason(
    browse: Callable[[], BrowserContext], cast: Cast, note: Note, live_server: Any
) -> None:
    context = browse()
    sign_in(context, cast, live_server)
    page = opened(context, note, live_server)
    page.evaluate("""() => {
        const place = document.querySelector("#id_note-thread");
        place.value = "x".repeat(200_001);
        place.dispatchEvent(new Event("input", { bubbles: true }));
    }""")
    expect(page.locator("[data-refused]")).to_contain_text("200,000 characters")
    page.get_by_role("button", name="Sign and lock").click()
    expect(page.locator("[data-refused]")).to_be_visible()
    assert len(page.input_value(THREAD)) == 200_001


def test_what_a_proxy_finds_too_long_stays_in_the_page_with_a_reason(
    browse: Callable[[], BrowserContext], cast: Cast, note: Note, live_server: Any
) -> None:
    context = browse()
    sign_in(context, cast, live_server)
    page = opened(context, note, live_server)
    page.route("**/save", lambda route: route.fulfill(status=413, body="<h1>Too large</h1>"))
    page.fill(THREAD, "She waited for me to be angry.")
    expect(page.locator("[data-refused]")).to_contain_text("Nothing of it is lost here")
    assert page.input_value(THREAD) == "She waited for me to be angry."
    assert drafts_in(page) == 1
