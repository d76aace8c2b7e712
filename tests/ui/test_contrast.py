"""Every pair of text and ground that the pages use is legible, by day and by night."""

import re
from pathlib import Path

import pytest

import holdspace.cellar.ui

CSS = Path(holdspace.cellar.ui.__file__).parent / "static/ui/css"
TEXT = 4.5  # WCAG 2.2, success criterion 1.4.3
OUTLINE = 3.0  # WCAG 2.2, success criterion 1.4.11

GROUNDS = ("paper", "sheet", "sunk")
TEXT_PAIRS = [
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in GROUNDS),
    *((ink, ground) for ink in ("green", "clay", "ochre", "plum") for ground in GROUNDS),
    *((ink, f"{hue}-soft") for ink in ("ink", "ink-2") for hue in ("green", "clay", "ochre")),
    ("ink", "plum-soft"),
    ("green-ink", "green-soft"),
    ("green", "green-soft"),
    ("clay", "clay-soft"),
    ("ochre", "ochre-soft"),
    ("plum", "plum-soft"),
    ("sheet", "green"),
    ("sheet", "green-ink"),
]
OUTLINES = [(line, ground) for line in ("edge", "green", "clay") for ground in GROUNDS]
BLOCKS = {
    "light": r":root \{\s*color-scheme: light;(.*?)\}",
    "dark": r":root:not\(\[data-theme=\"light\"\]\) \{\s*color-scheme: dark;(.*?)\}",
    "dark by choice": r":root\[data-theme=\"dark\"\] \{\s*color-scheme: dark;(.*?)\}",
}


def tokens(theme: str) -> dict[str, str]:
    """Read the colours of one theme from the style sheet."""
    found = re.search(BLOCKS[theme], (CSS / "tokens.css").read_text(), re.DOTALL)
    assert found, theme
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", found[1]))


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1; WCAG 2.2, definition."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21; WCAG 2.2, definition."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", BLOCKS)
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_is_legible_on_its_ground(theme: str, ink: str, ground: str) -> None:
    colours = tokens(theme)
    assert contrast(colours[ink], colours[ground]) >= TEXT


@pytest.mark.parametrize("theme", BLOCKS)
@pytest.mark.parametrize(("line", "ground"), OUTLINES)
def test_what_can_be_filled_in_stands_out(theme: str, line: str, ground: str) -> None:
    colours = tokens(theme)
    assert contrast(colours[line], colours[ground]) >= OUTLINE


def test_the_dark_theme_is_one_however_it_came_about() -> None:
    assert tokens("dark") == tokens("dark by choice")


@pytest.mark.parametrize("ink", ["#97a49e", "#cfd8d3"])
def test_the_dark_screen_is_legible(ink: str) -> None:
    assert ink in (CSS / "dark.css").read_text()
    assert contrast(ink, "#131917") >= TEXT
