"""Looking at pages with axe, light and dark, and never twice at what is the same page."""

import re
from collections import defaultdict
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve
from playwright.sync_api import Page

STANDARDS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# No rule that runs reads the style sheets again, and to fetch them takes as long as to look.
QUICKLY: Final = {"resultTypes": ["violations"], "preload": {"assets": ["media"]}}
RULES: Final = {"runOnly": STANDARDS, **QUICKLY}
# Only colours differ in the dark: the style sheets exchange their tokens and nothing else.
COLOURS: Final = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    **QUICKLY,
}
RUN: Final = """rules => axe.run(rules).then(found => found.violations.map(
    one => [one.id, ...one.nodes.slice(0, 2).map(node => node.html.slice(0, 200))]))"""
NOT_PAGES: Final = re.compile(r"/static/|sign-out|download|#|\.(pdf|csv)\b")
VOID: Final = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
TELLING: Final = ("class", "role", "type")
Parts = set[tuple[str, str]]


def kind(address: str) -> str:
    return re.sub(r"[0-9a-f-]{36}", "ID", address.split("?")[0])


def links(page: Page) -> list[str]:
    return Made(page.content()).links


class Made(HTMLParser):
    """What a page is made of: which elements stand in which. And where its links lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.parts: Parts = set()
        self.ways: Parts = set()  # in the navigation, which is the same on every page
        self.links: list[str] = []
        self._within = [""]
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = [f"{name}={value}" if name in TELLING else name for name, value in attrs]
        element = re.sub(r"\d+", "0", " ".join([tag, *told]))  # h10 and h11 are places in a diary
        is_way = any(one.startswith("nav ") for one in self._within)
        (self.ways if is_way else self.parts).add((self._within[-1], element))
        if tag not in VOID:
            self._within.append(element)
        href = dict(attrs).get("href") or ""
        if tag == "a" and href.startswith("/") and not NOT_PAGES.search(href):
            self.links.append(href)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._within) - 1, 0, -1):
            if self._within[depth].split(" ")[0] == tag:
                del self._within[depth:]
                return


class Eyes:
    """Remember what each page was made of, and what axe had to say."""

    def __init__(self) -> None:
        self.found: dict[str, Any] = {}
        self.looked: list[str] = []
        self._known: dict[str, Parts] = defaultdict(set)
        self._axe = Axe().axe_script

    def look(self, page: Page, name: str) -> None:
        """At the page as it stands, light and then dark."""
        self.looked.append(name)
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.evaluate(self._axe)
        said = page.evaluate(RUN, RULES)
        page.emulate_media(color_scheme="dark")
        said += [["in the dark", *one] for one in page.evaluate(RUN, COLOURS)]
        if said:
            self.found[name] = said

    def crawl(self, page: Page, who: str) -> set[str]:
        """Every kind of page that somebody comes to; those with something new are looked at."""
        waiting, seen = ["/"], set[str]()
        while waiting:
            address = waiting.pop(0)
            if kind(address) in seen:
                continue
            seen.add(kind(address))
            answer = page.request.get(address)
            assert answer.status < 500, address
            made = Made(answer.text())
            waiting += made.links
            if self._is_new(urlsplit(answer.url).path, made):
                page.goto(address)
                self.look(page, f"{kind(address)} for {who}")
        return seen

    def _is_new(self, path: str, made: Made) -> bool:
        """Whether this page has a part which it had for nobody before."""
        page, ways = self._known[resolve(path).view_name], self._known["ways"]
        is_new = bool(made.parts - page or made.ways - ways)
        page |= made.parts
        ways |= made.ways
        return is_new
