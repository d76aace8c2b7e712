"""Documents on paper: a typst template and its data become a tagged PDF, in memory alone.

A template is typst source with `data` in its hands, and what `templates/paper/base.typ` offers:
the sheet, its type, `facts`, `grid` and `drawing`. Nothing is fetched (no package, no font of the
machine), and no file is written: the source and the data are handed over as bytes.

Source of the format: ISO 14289-1 (PDF/UA-1), as typst checks it while it compiles.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final, cast

import typst

BASE: Final = Path(__file__).parent / "templates" / "paper" / "base.typ"
STANDARD: Final = "ua-1"  # tagged, with title and language, and words for every drawing
_one_at_a_time: Final = Lock()  # a compiler keeps what it has learned, and serves one thread


class CannotPrint(Exception):
    """The template or its data make no document; says what typst says."""


@cache
def _compiler() -> typst.Compiler:
    """One for the process: it has read the fonts that typst brings, and reads no others."""
    return typst.Compiler(ignore_system_fonts=True)


@cache
def _source(template: Path) -> bytes:
    return b"\n".join(file.read_bytes() for file in (BASE, template))


def render(template: Path, data: Mapping[str, Any], *, title: str, language: str) -> bytes:
    """A PDF/UA-1 document of this template; raises CannotPrint.

    `data` is whatever JSON can say; drawings are SVG source made by `drawing.for_paper`.
    `language` is a tag such as `en-gb`; it is written into the document for whoever reads it aloud.
    """
    tongue, _, region = language.partition("-")
    told = {**data, "title": title, "language": tongue, "region": region.upper() or None}
    with _one_at_a_time:
        try:
            made = _compiler().compile(
                _source(template),
                format="pdf",
                sys_inputs={"data": json.dumps(told, ensure_ascii=False)},
                pdf_standards=[STANDARD],
            )
        except typst.TypstError as refusal:
            raise CannotPrint(str(refusal)) from None
    return cast("bytes", made)  # a PDF is one file, whatever its pages
