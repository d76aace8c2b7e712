"""Drawings on paper: the page's style sheet in black, inside the drawing.

Only what static/worksheets/family.css says, without its colours and variables; who changes one
changes the other.
"""

from typing import Final

STYLE: Final = """<style>
text{font:12px "Libertinus Serif";fill:#000;stroke:none}
.name{font-size:14px;font-weight:600}
.year,.bond-year,.note,.tie-word,.home-name,.legend-word{fill:#222}
.name,.year,.bond-year,.note,.tie-word,.home-name{stroke:#fff;stroke-width:4px;paint-order:stroke}
.shape{fill:#fff;stroke:#000;stroke-width:2}
.outline{fill:none;stroke:#000;stroke-width:2}
.cross,.slash,.mark-line{fill:none;stroke:#000;stroke-width:1.6}
.bubble{fill:#fff;stroke:#000;stroke-width:1.4}
.solid{fill:#000}
.health{fill:#777}
.health.illness{fill:#555}
.health.suspected{fill:none;stroke:#333;stroke-width:40;stroke-dasharray:2 3}
.half-way{stroke:#000;stroke-width:1.4}
.bond,.descent{fill:none;stroke:#000;stroke-width:1.8}
.bond.together{stroke-dasharray:7 4}
.bond.affair,.descent.foster{stroke-dasharray:1.5 4;stroke-linecap:round;stroke-width:2.2}
.descent.donor,.descent.surrogate{stroke-dasharray:4 4;stroke-width:1.2}
.home{fill:none;stroke:#333;stroke-width:1.6;stroke-dasharray:9 5}
.home-1{stroke-dasharray:3 4}
.home-2{stroke-dasharray:12 4 3 4}
.stroke{fill:none;stroke:#000;stroke-width:1.8;stroke-linejoin:round}
.stroke.strong{stroke-width:5}
.stroke.tenuous{stroke-dasharray:5 6;stroke-width:1.4}
.arrow{fill:#000;stroke:#000;stroke-width:1.5}
.arrow.open{fill:#fff}
.distant .stroke{stroke-dasharray:1.5 5;stroke-linecap:round;stroke-width:2.4}
.caretaker .stroke{stroke-width:5}
.emotional_abuse .jagged{stroke-dasharray:9 3}
.age{font-weight:600;stroke:#fff;stroke-width:4px;paint-order:stroke}
</style>"""


def for_paper(svg: str) -> str:
    """The same drawing with its ink in it. `svg` is one `<svg …>` element of this package."""
    opening, _, rest = svg.partition(">")
    return f'{opening} xmlns="http://www.w3.org/2000/svg">{STYLE}{rest}'
