"""What every test may use: a house with a root key, and the cast that lives in it."""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.utils import translation
from hypothesis import settings as trying
from playwright.sync_api import Browser, Playwright, sync_playwright

from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.sealing import new_key
from tests.cast import NOW, Cast, the_cast
from tests.ledger.guards import flush_past_the_guards  # noqa: F401
from tools.front_end import find_node

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
QUIETLY = (
    "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic",
)  # fmt: skip
BOTH = ("default", "keyring")
# A busy machine is no fault of what is tried.
trying.register_profile("unhurried", deadline=None)
trying.load_profile("unhurried")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only", action="store_true", help="Leave out what touches no database."
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A house has two databases: its own, and the keyring's."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "house" in fixtures and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db(databases=BOTH))
        if "driver" in fixtures:
            item.add_marker(pytest.mark.journey)
    if config.getoption("--database-only"):
        others = [item for item in items if not item.get_closest_marker("django_db")]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item.get_closest_marker("django_db")]


@pytest.fixture(autouse=True)
def _in_nobodys_language() -> Iterator[None]:
    """What a page was read in stays with the thread; the next test begins in the house's own."""
    yield
    translation.deactivate()


@pytest.fixture
def house(db: None) -> Iterator[None]:  # noqa: ARG001 - a fixture
    """A house that was just founded: a root key, and nothing else."""
    keyring.found(new_key(), kind="test", at=NOW)
    yield
    keyring.forget()


@pytest.fixture
def cast(house: None) -> Cast:  # noqa: ARG001 - a fixture
    """The permanent cast, in a founded house."""
    return the_cast()


def chromium() -> str:
    """Where Chromium is; without one journeys are skipped loudly, or fail if all is required."""
    named = os.environ.get("HOLDSPACE_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if found is None:
        sentence = "no Chromium: install it, or name it in HOLDSPACE_CHROMIUM"
        if os.environ.get("HOLDSPACE_REQUIRE_ALL"):
            pytest.fail(sentence)
        pytest.skip(f"JOURNEY SKIPPED: {sentence}")
    return found


def quietly() -> list[str]:
    """A browser that asks nobody for anything; a container's root has no sandbox to give."""
    return [*QUIETLY, "--no-sandbox"] if os.geteuid() == 0 else [*QUIETLY]


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """What drives browsers: one for a whole run, since a second in the same thread is refused."""
    chromium()
    with pytest.MonkeyPatch.context() as patch:
        # The Node that Playwright brings wants a library which a bare Debian lacks; ours runs.
        patch.setenv("PLAYWRIGHT_NODEJS_PATH", find_node()[0])
        with sync_playwright() as playwright:
            # Playwright keeps an event loop running in this thread; Django is used beside it.
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
            yield playwright


@pytest.fixture(scope="session")
def opened(driver: Playwright) -> Iterator[Browser]:
    """One browser for a whole run, since opening one takes a second."""
    found = driver.chromium.launch(executable_path=chromium(), args=quietly())
    yield found
    found.close()


@pytest.fixture
def browser(opened: Browser) -> Iterator[Browser]:
    """A real browser; no page of it is left open to ask a server for something later."""
    yield opened
    for context in opened.contexts:
        context.close()
