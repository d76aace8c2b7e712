"""Keep the message catalogues: python -m tools.tongues gathers; with `compile` it only compiles.

Gathering reads every message of the members' pages from the code, and brings the .po files of
holdspace/locale in line with it. Django reads .mo files, which are compiled at set-up and never
committed.
"""

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT: Final = Path(__file__).resolve().parent.parent
HOUSE: Final = ROOT / "holdspace"
TONGUES: Final = {"de": "German", "es": "Spanish"}
# The command line and the sample practice are English; the specimen is for builders.
UNTRANSLATED: Final = (
    "cli", "front/sample", "cellar/ui/specimen", "cellar/ui/templates/ui/specimen",
)  # fmt: skip
NAMED: Final = {"_": 1, "gettext": 1, "gettext_noop": 1, "ngettext": 2, "pgettext": 2}
# How a template writes a date, where that names a day or a month: templatetags/ui.py looks it up.
DATE: Final = re.compile(r"""\|date:["']([^"']*[DlFMN][^"']*)["']""")
Read = tuple[str | tuple[str, ...], str | None]  # a message (or its one and many), its context
HEAD: Final = """\
# Holdspace's members' pages in {tongue}. docs/how-to/translate.md tells how a message gets here.
msgid ""
msgstr ""
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


def po(code: str) -> Path:
    """Where a catalogue is written, to be read by people."""
    return HOUSE / "locale" / code / "LC_MESSAGES" / "django.po"


def sources() -> Iterator[Path]:
    """Every file of the house whose messages members read."""
    for path in sorted(HOUSE.rglob("*")):
        short = path.relative_to(HOUSE).as_posix()
        is_template = "/templates/" in short and path.suffix in {".html", ".txt"}
        if (path.suffix == ".py" or is_template) and not short.startswith(UNTRANSLATED):
            yield path


def messages() -> Catalog:
    """Every message in the code, without translations."""
    found = Catalog(fuzzy=False)
    for path in sources():
        text = path.read_text(encoding="utf-8")
        read = _of_code(text) if path.suffix == ".py" else _of_template(text, str(path))
        for said, context in read:
            found.add(said, context=context)
    return found


def _of_code(text: str) -> Iterator[Read]:
    """The messages of a module, those inside an f-string too."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func).removesuffix("_lazy").rpartition(".")[2]
        given = [one.value for one in node.args if isinstance(one, ast.Constant)]
        words = [one for one in given if isinstance(one, str)][: NAMED.get(name, 0)]
        if words and len(words) == NAMED[name]:
            said = (words[0], words[1]) if name == "ngettext" else words[-1]
            yield said, words[0] if name == "pgettext" else None


def _of_template(text: str, name: str) -> Iterator[Read]:
    """The messages of a template, and the ways in which it writes dates."""
    for form in DATE.findall(text):
        yield form, "date"
    # Django turns a template into calls of gettext; what is between them is blanked out.
    calls = "\n".join(line.strip() for line in templatize(text, origin=name).splitlines())
    code = BytesIO(calls.encode())
    for _line, said, _notes, context in extract("python", code, keywords=DEFAULT_KEYWORDS):
        yield said, context


def catalogue(code: str) -> Catalog:
    """The catalogue of a language as it is written."""
    with po(code).open("rb") as file:
        return read_po(file, locale=code)


def gathered(code: str, found: Catalog) -> str:
    """The catalogue in line with the code: new messages empty, old ones gone."""
    known = catalogue(code)
    for message in found:
        before = known.get(message.id, message.context)
        empty = ("", "") if message.pluralizable else None
        message.string = before.string if before and not before.fuzzy else empty
    written = BytesIO()
    write_po(written, found, width=0, no_location=True, omit_header=True, sort_output=True)
    return f"{HEAD.format(code=code, tongue=TONGUES[code])}\n{written.getvalue().decode()}"


def gather() -> None:
    """Write each catalogue anew."""
    found = messages()
    for code in TONGUES:
        po(code).write_text(gathered(code, found), encoding="utf-8")


def compile_all() -> None:
    """Write each .mo file that is missing or older than its catalogue."""
    for code in TONGUES:
        source, made = po(code), po(code).with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime_ns < source.stat().st_mtime_ns:
            with made.open("wb") as file:
                write_mo(file, catalogue(code))


def main() -> int:
    """Gather, unless told only to compile; then compile."""
    if sys.argv[1:] != ["compile"]:
        gather()
    compile_all()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
