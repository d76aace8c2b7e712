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
    inked = ink.for_paper if 'class="family' in page.drawn else for_paper
    return {"svg": inked(page.drawn), "sentence": said, "legend": ""}


def _curve(curve: Curve) -> dict[str, str]:
    context = {"course": curve.drawn, "sentence": curve.sentence}
    svg = render_to_string("ui/chart_course.html", context)
    return {"svg": for_paper(svg), "sentence": curve.sentence, "legend": ""}


def as_file(made: bytes) -> HttpResponse:
    """A file to keep. Its name says nothing of what is in it."""
    headers = {"Content-Disposition": 'attachment; filename="sheet.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)
