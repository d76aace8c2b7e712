"""How much room words take: lines of a name, and widths without a browser's measuring.

Widths are rounded up, so that words which fit here fit in every font of the house; the units are
those of the drawing, one of which is one CSS pixel at 100 %.
"""

import textwrap
from typing import Final
from unicodedata import east_asian_width

NAME, SMALL = 14.0, 12.0  # type sizes
LEADING: Final = 1.2
WIDEST: Final = 124.0  # of a line under a person
_NARROW: Final = frozenset("iljtfrI.,:;' |!()-")
_BROAD: Final = frozenset("mwMW@%—")


def width(text: str, size: float) -> float:
    """At least as wide as the text will be."""
    return size * sum(_of(sign) for sign in text)


def _of(sign: str) -> float:
    if east_asian_width(sign) in "WF":
        return 1.05
    if sign in _BROAD:
        return 0.95
    if sign in _NARROW:
        return 0.38
    return 0.72 if sign.isupper() else 0.6


def lines(text: str, size: float, most: int, wide: float = WIDEST) -> tuple[str, ...]:
    """The text in so many lines at most, so wide; what does not fit ends in an ellipsis."""
    found = textwrap.wrap(text, int(wide / (0.6 * size)), break_long_words=True)
    kept = found[:most]
    if len(found) > most:
        kept[-1] += "…"
    return tuple(_cut(line, size, wide) for line in kept)


def _cut(line: str, size: float, wide: float) -> str:
    if width(line, size) <= wide:
        return line
    line = line.rstrip("…")
    while width(f"{line}…", size) > wide:
        line = line[:-1]
    return f"{line.rstrip()}…"
