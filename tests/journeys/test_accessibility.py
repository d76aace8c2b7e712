"""axe finds nothing at AA on any page that a member comes to, light and dark."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import Demo, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.enable_socket]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
NOT_PAGES = re.compile("/static/|sign-out|download|#")


def kind(address: str) -> str:
    return re.sub(r"[0-9a-f-]{36}", "ID", address.split("?")[0])


def links(page: Page) -> list[str]:
    hrefs = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    return [href for href in hrefs if href.startswith("/") and not NOT_PAGES.search(href)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, demo: Demo, scheme: str) -> None:
    context = browser.new_context(
        base_url=demo.address, color_scheme="dark" if scheme == "dark" else "light"
    )
    page, axe = sign_in(context, demo), Axe()
    waiting, seen, found = ["/"], set[str](), {}
    while waiting:
        address = waiting.pop(0)
        if kind(address) in seen:
            continue
        seen.add(kind(address))
        answer = page.goto(address)
        assert answer is None or answer.status < 500, address
        waiting += links(page)
        violations = axe.run(page, options=RULES).response["violations"]
        if violations:
            found[kind(address)] = [
                (one["id"], [node["html"][:160] for node in one["nodes"][:2]]) for one in violations
            ]
    context.close()
    assert len(seen) > 30
    assert found == {}
