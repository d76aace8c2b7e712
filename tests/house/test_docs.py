"""What is written is checked: settings, commands, acts and instruments are in the reference."""

import re
from pathlib import Path

import pytest

from holdspace.cellar.access.table import Action, Relation, Role
from holdspace.cellar.vault.layers import Layer
from holdspace.cli import COMMANDS
from holdspace.hour.measures.instruments import library
from tools import reference

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])
SETTING = re.compile(
    r"\b(HOLDSPACE_[A-Z_]+|DATABASE_URL|KEYRING_URL|PORT)\b(?=[\"'])"
)  # as environment variables are named in the code
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def page(name: str) -> str:
    return (DOCS / name).read_text()


@pytest.mark.parametrize("name", reference.PAGES)
def test_a_page_that_the_code_tells_is_up_to_date(name: str) -> None:
    assert page(f"reference/{name}") == reference.PAGES[name](), "run make reference"


def test_every_setting_is_in_the_reference() -> None:
    code = [path.read_text() for path in (ROOT / "holdspace").rglob("*.py")]
    named = {setting for text in code for setting in SETTING.findall(text)}
    assert named
    assert sorted(name for name in named if name not in page("reference/settings.md")) == []


def test_every_command_is_in_the_reference() -> None:
    told = page("reference/commands.md")
    assert [name for name in COMMANDS if f"`holdspace {name}" not in told] == []


def test_every_instrument_is_in_the_reference() -> None:
    told = page("reference/instruments.md")
    assert [name for name in library() if f"`{name}`" not in told] == []


def test_every_role_relation_action_and_layer_of_the_table_is_explained() -> None:
    told = page("reference/words.md") + page("reference/access.md")
    words = [*Role, *Relation, *Action, *Layer]
    assert [word.value for word in words if word.value not in told] == []


def test_every_dependency_says_why_it_is_there() -> None:
    lines = (ROOT / "requirements" / "run.in").read_text().splitlines()
    assert [line for line in lines if "#" not in line] == []


def test_every_tool_says_why_it_is_there_or_is_named_for_it() -> None:
    lines = (ROOT / "requirements" / "check.in").read_text().splitlines()
    plain = re.compile(r"-r run\.in|pytest|ruff|types-|pytest-|hypothesis|mypy|django-stubs")
    assert [line for line in lines if "#" not in line and not plain.match(line)] == []


@pytest.mark.parametrize("path", PAGES, ids=short)
def test_a_page_leads_only_to_what_exists(path: Path) -> None:
    targets = [link for link in LINK.findall(path.read_text()) if not link.endswith(".png")]
    assert [link for link in targets if not (path.parent / link).exists()] == []


DECISIONS = sorted((DOCS / "decisions").glob("*.md"))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_what_was_decided_and_what_follows(path: Path) -> None:
    text = path.read_text()
    for heading in ("## Context", "## Decision", "## Consequences"):
        assert heading in text
    assert len(text.splitlines()) <= 40
