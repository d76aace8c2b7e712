"""Drawings for paper: a page's SVG takes its colours from the page's styles, which paper lacks."""

from typing import Final

# The light tokens of ui/css/tokens.css, for the classes of both charts of ui.
STYLE: Final = """
text{font:11px "Libertinus Serif";fill:#4a554f}
.grid{stroke:#dfdacd;stroke-width:1}
.band{fill:#dfe9e2;stroke:none}
.line{stroke:#2e6b52;stroke-width:2;fill:none}
.second{stroke:#a8503c;stroke-dasharray:5 3}
.third{stroke:#6b6a3a;stroke-dasharray:2 3}
.rim{stroke:#9aa59e;stroke-width:1;fill:none}
.mark{stroke:#4a554f;stroke-width:1;stroke-dasharray:1 3}
.limit{stroke:#4a554f;stroke-width:1;stroke-dasharray:4 4;fill:none}
.cut{stroke:#4a554f;stroke-width:1;stroke-dasharray:3 3}
circle{fill:#2e6b52;stroke:none}
circle.other{fill:#9aa59e}
circle.last,circle.mine{fill:#a8503c}
"""


def for_paper(svg: str, more: str = "") -> str:
    """The same drawing with its colours in it, and with `more` rules of a room's own.

    `svg` is one `<svg …>` element of ours.
    """
    opening, _, rest = svg.strip().partition(">")
    return f'{opening} xmlns="http://www.w3.org/2000/svg"><style>{STYLE}{more}</style>{rest}'
