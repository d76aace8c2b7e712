"""Templates: no inline script or style, nothing from elsewhere, no rude words of ours."""

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2] / "holdspace"
TEMPLATES = sorted(HOUSE.rglob("*.html"))
INLINE = re.compile(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE)
SCRIPT_BODY = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", re.IGNORECASE)
ELSEWHERE = re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE)

# The pages behind a link: the link itself is the secret, and no cookie is set before it is used.
WITHOUT_TOKEN = (
    "front/portal/templates/portal/welcome.html",
    "front/portal/templates/portal/sheet_welcome.html",
)


def short(path: Path) -> str:
    return str(path.relative_to(HOUSE))


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_nothing_is_inline(path: Path) -> None:
    text = path.read_text()
    assert INLINE.findall(text) == []
    assert SCRIPT_BODY.findall(text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_nothing_comes_from_elsewhere(path: Path) -> None:
    assert ELSEWHERE.findall(path.read_text()) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_every_form_that_changes_something_carries_its_token(path: Path) -> None:
    text = path.read_text()
    posts = re.findall(
        r"<form[^>]*method=[\"']post[\"'].*?</form>", text, re.DOTALL | re.IGNORECASE
    )
    if short(path) not in WITHOUT_TOKEN:
        assert [form[:80] for form in posts if "csrf_token" not in form] == []
