"""Genograms on paper and as files: black on white, with their legend, and in words."""

from pathlib import Path
from typing import Final

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext as _

from holdspace.cellar.paper.document import render
from holdspace.hour.worksheets import maps
from holdspace.hour.worksheets.family import text
from holdspace.hour.worksheets.family.drawing.ink import for_paper
from holdspace.hour.worksheets.family.model import Telling

TEMPLATE: Final = Path(__file__).parent / "templates" / "worksheets" / "paper" / "family.typ"


def as_svg(telling: Telling) -> str:
    """The drawing as a file of its own."""
    return for_paper(maps.picture(telling))


def as_pdf(telling: Telling, size: str) -> bytes:
    """The drawing on a wide sheet (`a4` or `a3`), and on the next the family in words."""
    name = maps.title(telling.told_by)
    data = {
        "paper": size,
        "svg": as_svg(telling),
        "sentence": text.summary(telling, gettext),
        "told_on": telling.date,
        "lines": maps.lines(telling),
        "credit": _("Signs after McGoldrick, Gerson and Petry (2020); from general knowledge."),
        "printed": _("Printed on %(day)s.") % {"day": date_format(localdate(), "DATE_FORMAT")},
    }
    return render(TEMPLATE, data, title=name, language=get_language() or "en")
