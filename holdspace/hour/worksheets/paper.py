"""A sheet on paper: a letter of what was written, with its drawing and its curves."""

from pathlib import Path
from typing import Final

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from holdspace.cellar.paper.document import render
from holdspace.cellar.paper.drawing import for_paper
from holdspace.hour.worksheets.drawn import Curve
from holdspace.hour.worksheets.family.drawing import ink
from holdspace.hour.worksheets.models import Worksheet
from holdspace.hour.worksheets.pages import Line, Read

# The light tokens of tokens.css, for the inks of worksheets.css.
_INKS: Final = """
.shape text{font-size:13px;fill:#20312d}
.tone-label,.tone-value{font-weight:bold}
.shape .tone-small{font-size:12px;fill:#51625c}
.shape path,.shape rect,.shape circle{fill:none;stroke:none}
.shape .ink-line{stroke:#51625c;stroke-width:1.5}
.shape .ink-thick{stroke:#51625c;stroke-width:4;stroke-linecap:round}
.shape .ink-dashed{stroke:#51625c;stroke-width:1.25;stroke-dasharray:5 4}
.shape .ink-grid{stroke:#e5ddcf;stroke-width:1}
.shape .ink-fill{fill:#e2eee8;fill-opacity:.7;stroke:#2c6a5b;stroke-width:2}
.shape .ink-box{fill:#fffdf9;stroke:#857f72;stroke-width:1.25}
.shape .ink-strong{fill:#fffdf9;stroke:#2c6a5b;stroke-width:3}
.shape .ink-soft{fill:#f3eee4}
.shape .ink-band{fill:#e2eee8}
.shape .ink-stone{fill:#51625c}
.shape .ink-arrow{fill:#2c6a5b}
"""
TEMPLATE: Final = Path(__file__).parent / "templates" / "worksheets" / "paper" / "sheet.typ"


def printed(sheet: Worksheet, page: Read, whose: str, practice: str) -> bytes:
    """A sheet as a tagged PDF, dated in the reader's language."""
    began = date_format(timezone.localtime(sheet.began_at), "DATE_FORMAT")
    saved = date_format(timezone.localtime(sheet.saved_at), "DATE_FORMAT")
    data = {
        "from": practice,
        "head": f"{whose} · {began}" if began == saved else f"{whose} · {began} – {saved}",
        "is_letter": page.kind == "letter",
        "drawing": _drawing(page),
        "curves": [_curve(one) for one in page.curves],
        "parts": [
            {
                "heading": part.heading,
                "label": part.label,
                "is_below": any(one.heading for one in page.parts[: place + 1]),
                "lines": [_line(line) for line in part.lines],
                "rows": [[name, [_line(line) for line in lines]] for name, lines in part.rows],
            }
            for place, part in enumerate(page.parts)
        ],
        "nothing": "" if page.parts else _("Nothing is written on it yet."),
        "credit": page.credit,
        "printed": _("Printed on %(day)s.")
        % {"day": date_format(timezone.localdate(), "DATE_FORMAT")},
    }
    return render(TEMPLATE, data, title=page.name, language=get_language() or "en")


def _line(line: Line) -> dict[str, object]:
    return {
        "label": line.label, "words": line.words,
        "marks": [f"{mark.label}: {mark.words}" for mark in line.marks],
    }  # fmt: skip


def _drawing(page: Read) -> dict[str, str] | None:
    if not page.drawn:
        return None
    said = _("%(name)s, as it is told below in words.") % {"name": page.name}
    if 'class="family' in page.drawn:
        drawn = ink.for_paper(page.drawn)
    else:
        drawn = for_paper(page.drawn, _INKS)
    return {"svg": drawn, "sentence": said, "legend": ""}


def _curve(curve: Curve) -> dict[str, str]:
    context = {"course": curve.drawn, "sentence": curve.sentence}
    svg = render_to_string("ui/chart_course.html", context)
    return {"svg": for_paper(svg), "sentence": curve.sentence, "legend": ""}


def as_file(made: bytes) -> HttpResponse:
    """A file to keep. Its name says nothing of what is in it."""
    headers = {"Content-Disposition": 'attachment; filename="sheet.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)
