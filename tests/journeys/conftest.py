"""The sample practice, really served, and real browsers before it."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.conftest import chromium

DEMO: Final = (sys.executable, "-m", "holdspace.cli", "demo")
MIRA: Final = "mira.osei@linden.example"
PATIENCE: Final = 60


@dataclass(frozen=True)
class Demo:
    """A demo that is being served."""

    address: str
    home: Path

    @property
    def accounts(self) -> list[dict[str, str]]:
        written = (self.home / "demo-accounts.json").read_text(encoding="utf-8")
        return list(json.loads(written))

    def password(self, email: str) -> str:
        return next(one["password"] for one in self.accounts if one["email"] == email)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="session")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Linden House as `make demo` lays it: once, since that takes seconds."""
    chromium()
    home = tmp_path_factory.mktemp("laid")
    subprocess.run([*DEMO, "--load-only"], env=_for(home), check=True, capture_output=True)
    return home


@pytest.fixture(scope="session")
def demo(laid: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Linden House, served as `make demo` does it; for who only looks."""
    with served(laid, tmp_path_factory.mktemp("demo") / "home") as found:
        yield found


@pytest.fixture
def own_demo(laid: Path, tmp_path: Path) -> Iterator[Demo]:
    """A Linden House of one's own, for who changes the day."""
    with served(laid, tmp_path / "home") as found:
        yield found


@contextmanager
def served(laid: Path, home: Path) -> Iterator[Demo]:
    shutil.copytree(laid, home)
    port = free_port()
    with (home / "log.txt").open("wb") as log:
        server = subprocess.Popen(
            [*DEMO, "--port", str(port)], env=_for(home), stdout=log, stderr=log
        )
        try:
            yield Demo(_answering(f"http://127.0.0.1:{port}", home), home)
        finally:
            server.terminate()
            server.wait()


def _for(home: Path) -> dict[str, str]:
    """The surroundings of a command that works in this home, without the tests' own settings."""
    around = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}
    return around | {"HOLDSPACE_HOME": str(home)}


def _answering(address: str, home: Path) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urlopen(f"{address}/sign-in/"):  # noqa: S310 - our own server
                return address
        except OSError:
            time.sleep(0.2)
    raise TimeoutError((home / "log.txt").read_text())


@pytest.fixture
def desk(browser: Browser, demo: Demo) -> Iterator[BrowserContext]:
    """A therapist's computer; it keeps a list of what it asked of whom."""
    context = browser.new_context(base_url=demo.address, viewport={"width": 1360, "height": 900})
    yield context
    context.close()


@pytest.fixture
def phone(browser: Browser, demo: Demo) -> Iterator[BrowserContext]:
    """A client's phone."""
    context = browser.new_context(
        base_url=demo.address, viewport={"width": 360, "height": 740}, has_touch=True
    )
    yield context
    context.close()


def sign_in(context: BrowserContext, demo: Demo, email: str = MIRA) -> Page:
    """Sign in as a person would."""
    context.set_default_timeout(8_000)
    page = context.new_page()
    page.goto("/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(demo.password(email))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{demo.address}/")
    return page
