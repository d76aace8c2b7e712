"""Paper: tagged PDFs with title and language, made in memory, of nothing that was fetched."""

import tempfile
from pathlib import Path

import pytest

from holdspace.cellar.paper.document import CannotPrint, render
from holdspace.cellar.paper.drawing import for_paper

SVG = '<svg class="plot" viewBox="0 0 9 9"><path class="line" d="M0 0 L9 9"></path></svg>'


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A letter that says everything a template can say."""
    file = tmp_path / "letter.typ"
    file.write_text(
        "#title()\n= #data.heading\n#columns-of(data.head, data.rows)\n#drawing(data.drawing)\n"
        "#quiet(data.heading)\n",
        encoding="utf-8",
    )
    return file


def data() -> dict[str, object]:
    return {
        "heading": "Grüße an Łukasz", "head": ["Group", "n"], "rows": [["all", "34"]],
        "drawing": {
            "svg": for_paper(SVG), "sentence": "It goes down.", "legend": "Upwards: all."
        },
    }  # fmt: skip


def test_a_document_is_tagged_and_says_its_title_and_language(template: Path) -> None:
    made = render(template, data(), title="Outcomes", language="en-gb")
    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made
    assert b"/Lang" in made
    assert b"pdfuaid" in made  # it says of itself that it is PDF/UA
    assert b"Outcomes" in made


def test_a_language_without_a_region_is_enough(template: Path) -> None:
    assert render(template, data(), title="Ergebnisse", language="de").startswith(b"%PDF-")


def test_what_makes_no_document_is_said(template: Path) -> None:
    with pytest.raises(CannotPrint, match="heading"):
        render(template, {}, title="Outcomes", language="en")


def test_a_drawing_without_words_is_refused(template: Path) -> None:
    mute = {**data(), "drawing": {"svg": for_paper(SVG), "sentence": None, "legend": ""}}
    with pytest.raises(CannotPrint):
        render(template, mute, title="Outcomes", language="en")


def test_nothing_is_written_to_a_file(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "temporary"
    elsewhere.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(elsewhere))
    monkeypatch.setattr(tempfile, "tempdir", str(elsewhere))
    render(template, data(), title="Outcomes", language="en")
    assert list(elsewhere.iterdir()) == []


def test_a_drawing_brings_its_colours() -> None:
    drawn = for_paper(SVG)
    assert drawn.startswith(
        '<svg class="plot" viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg">'
    )
    assert "<style>" in drawn
    assert drawn.endswith("</svg>")
