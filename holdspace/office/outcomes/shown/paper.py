"""The room's reports as files that a browser keeps."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from holdspace.cellar.paper.document import render

TEMPLATES: Final = Path(__file__).parents[1] / "templates" / "outcomes" / "paper"


def document(template: str, data: Mapping[str, Any], *, title: str) -> HttpResponse:
    """One of the room's reports as a tagged PDF, dated today in the reader's language."""
    told = {**data, "made_on": date_format(timezone.localdate(), "DATE_FORMAT")}
    language = get_language() or "en"
    made = render(TEMPLATES / f"{template}.typ", told, title=title, language=language)
    return attached(made, f"{template}.pdf", "application/pdf")


def attached(made: bytes, name: str, kind: str) -> HttpResponse:
    """A file to keep. Its name says nothing of what is in it."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type=kind, headers=headers)
