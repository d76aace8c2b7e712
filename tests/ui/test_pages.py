"""Every page of the specimen renders whole, without inline style or script, and light."""

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.template.loader import render_to_string

import holdspace
from holdspace.cellar.ui.specimen import SHEETS, specimen_context

HOUSE = Path(holdspace.__file__).parent
STATIC = HOUSE / "cellar/ui/static/ui"
FONT = "fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def page(template: str) -> str:
    """Render one sheet of the specimen."""
    return render_to_string(template, specimen_context(at=NOON))


@pytest.mark.parametrize("template", SHEETS.values())
def test_a_page_names_nothing_that_is_not_there(template: str) -> None:
    assert "!!!" not in page(template)


@pytest.mark.parametrize("template", SHEETS.values())
def test_a_page_carries_no_style_and_no_script_of_its_own(template: str) -> None:
    html = page(template)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", html)
    assert not re.search(r"<script[^>]*>[^<]", html)


@pytest.mark.parametrize("template", SHEETS.values())
def test_a_page_has_a_language_a_title_and_one_main_part(template: str) -> None:
    html = page(template)
    assert '<html lang="en-gb"' in html
    assert " · Holdspace</title>" in html
    assert html.count("<main") == 1
    assert len(re.findall(r"<h1[ >]", html)) == 1


@pytest.mark.parametrize("template", SHEETS.values())
def test_a_page_links_at_most_five_style_sheets(template: str) -> None:
    assert page(template).count('rel="stylesheet"') <= 5


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 500])
def test_an_error_page_needs_nothing(status: int) -> None:
    html = render_to_string(f"{status}.html")
    assert "!!!" not in html
    assert "<h1>" in html


def test_unknown_and_forbidden_read_alike() -> None:
    assert render_to_string("403.html") == render_to_string("404.html")


def test_a_page_for_a_phone_is_light() -> None:
    html = page("ui/specimen/client.html")
    sheets = [STATIC / name for name in re.findall(r"ui/(css/[a-z_]+\.css)", html)]
    carried = [gzip.compress(html.encode()), *(gzip.compress(s.read_bytes()) for s in sheets)]
    font = STATIC / "libraries" / FONT
    size = sum(map(len, carried)) + (font.stat().st_size if font.exists() else 34_000)
    assert len(sheets) == 3
    assert size < 50_000
    assert "<script" not in html


def test_the_veil_covers_the_title_of_a_working_page() -> None:
    html = page("ui/specimen.html")
    assert 'data-plain-title="Holdspace"' in html
    assert "data-veil-button" in html


def test_what_just_happened_is_said() -> None:
    class Message(str):
        level_tag = "success"

    html = render_to_string("ui/messages.html", {"messages": [Message("Saved")]})
    assert '<li class="message success">Saved</li>' in html


def test_a_page_with_a_token_sends_it_along() -> None:
    html = render_to_string("ui/frame.html", {"nav": [], "csrf_token": "abc"})
    assert "X-CSRFToken" in html


def test_the_clock_without_an_end_stays_dark() -> None:
    context = specimen_context(at=NOON) | {"ends": None, "is_warm": False}
    html = render_to_string("ui/dark_room.html", context)
    assert "data-ends" not in html
    assert "data-warm>" not in html
