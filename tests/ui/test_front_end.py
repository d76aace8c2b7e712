"""The front end's files: what is used is brought in, and nothing says where from."""

import json
import re
from pathlib import Path

import pytest

import holdspace

HOUSE = Path(holdspace.__file__).parent
ROOT = HOUSE.parent
STATIC = HOUSE / "cellar/ui/static/ui"
ICONS = set((ROOT / "tools/icons.txt").read_text().split())


def test_every_icon_that_a_template_names_is_in_the_list() -> None:
    named = {
        name
        for template in HOUSE.rglob("templates/**/*.html")
        for name in re.findall(r'{%\s*icon "([a-z0-9-]+)"', template.read_text())
    }
    assert named <= ICONS


def test_the_lock_file_names_no_registry() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert not [name for name, entry in packages.items() if "resolved" in entry]
    assert all(entry.get("integrity") for name, entry in packages.items() if name)


@pytest.mark.parametrize("path", sorted(STATIC.glob("css/*.css")), ids=lambda path: path.name)
def test_a_style_sheet_is_small_and_fetches_nothing_foreign(path: Path) -> None:
    sheet = path.read_text()
    assert len(sheet.splitlines()) <= 250
    assert "@import" not in sheet
    assert "http" not in sheet


@pytest.mark.parametrize("path", sorted(STATIC.glob("js/*.js")), ids=lambda path: path.name)
def test_a_behaviour_is_small_and_says_what_it_is_for(path: Path) -> None:
    lines = path.read_text().splitlines()
    assert len(lines) < 150
    assert lines[0].startswith("// ")
    assert not re.search(r"\b(eval|innerHTML|document\.write)\b", path.read_text())
