"""Sheets for the tests: begun, filled in, handed over."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from holdspace.cellar.access.visitor import Visitor
from holdspace.frame.therapy.links import visitor_by_link
from holdspace.hour.worksheets import actions, content, library
from holdspace.hour.worksheets.actions import Handing, Written
from holdspace.hour.worksheets.content import Cells, Change, Hand
from holdspace.hour.worksheets.definitions import Definition, Field, Type, definition_from
from holdspace.hour.worksheets.models import SheetLink, Worksheet
from tests.cast import NOW, Cast

PAGE, ELSEWHERE = "a-page", "another-page"
ANY = dict.fromkeys(("en", "de", "es"), "Any words")
CREDIT = {"source": "these tests", "as_of": "2026-11-24", "verified": True, "after": "Nobody, 2026"}
NIGHTS = {
    "id": "nights", "version": 1, "name": ANY, "about": ANY, "kind": "series", "layer": "client",
    "credit": CREDIT,
    "fields": [
        {"id": "nights", "type": "rows", "label": ANY, "entry": ANY, "columns": [
            {"id": "on", "type": "date", "label": ANY},
            {"id": "at", "type": "time", "label": ANY},
            {"id": "hours", "type": "number", "label": ANY, "unit": ANY},
            {"id": "rest", "type": "scale", "min": 0, "max": 4, "label": ANY, "low": ANY},
            {"id": "slept", "type": "yes_no", "label": ANY},
            {"id": "with", "type": "choices", "label": ANY, "options": [
                {"id": "tea", "label": ANY}, {"id": "walk", "label": ANY}]},
        ]},
    ],
    "chart": {"rows": "nights", "over": "on", "lines": ["hours", "rest"]},
}  # fmt: skip
LENS = {
    "id": "lens", "version": 1, "name": ANY, "about": ANY, "kind": "form", "layer": "record",
    "lens": True, "credit": {"source": "these tests", "as_of": "2026-11-24", "verified": False},
    "fields": [{"id": "keeps", "type": "words", "label": ANY, "heading": ANY}],
}  # fmt: skip
OWN_WORDS = {**LENS, "id": "own_words", "layer": "private", "lens": False, "voices": ["analytic"]}
MAP = {
    "id": "kin", "version": 1, "name": ANY, "about": ANY, "kind": "diagram", "layer": "shared",
    "credit": CREDIT, "editor": "kin",
}  # fmt: skip
EXTRA = {one.id: one for one in map(definition_from, (NIGHTS, LENS, OWN_WORDS, MAP))}
SHEET = definition_from({**NIGHTS, "layer": "shared"})


def offer_extra(monkeypatch: Any) -> None:
    """Lay the forms of these tests on the shelf: a form of each layer, and a map with an editor."""
    real = library.current

    def current(name: str) -> Definition:
        return EXTRA[name] if name in EXTRA else real(name)

    for module in (library, actions.writing):
        monkeypatch.setattr(module, "current", current)


def hand(page: str = PAGE, version: int = 1) -> Hand:
    return Hand("member", page, version, NOW.isoformat())


def filled(definition: Definition, of: Mapping[str, Any]) -> Cells:
    """Cells that hold these values."""
    changes = [Change(path, value, 0) for path, value in of.items()]
    return content.merged(definition, {}, changes, hand()).cells


def some(field: Field, words: str) -> Any:
    """Something that can stand in a field."""
    kind = field.type
    if kind in (Type.WORDS, Type.LINE):
        return words
    if field.options:
        ids = [option.id for option in field.options]
        return ids if kind is Type.CHOICES else ids[-1]
    if kind is Type.YES_NO:
        return True
    if kind in (Type.DATE, Type.TIME):
        return "2026-03-02" if kind is Type.DATE else "16:20"
    return str(int(field.most if field.most is not None else field.least or 7))


def everything(definition: Definition, words: str, rows: int = 2) -> Cells:
    """A sheet with something in each of its places."""
    names = [f"r{number}" for number in range(rows)]
    of = dict.fromkeys((one.id for one in definition.fields if one.columns), names)
    places = content.places(definition, of)
    return filled(definition, {place.path: some(place.field, words) for place in places})


# ------------------------------------------------------------------ in the house


def a_sheet(cast: Cast, form: str = "thought_record", therapy: str = "amara") -> Worksheet:
    return actions.begin(getattr(cast, therapy).id, form, by=cast.visitor("mira"), at=NOW)


def write(
    sheet: Worksheet,
    by: Visitor,
    *,
    page: str = PAGE,
    base: int = 0,
    minutes: int = 0,
    **said: object,
) -> Written:
    """Type in fields; `steps__r1__situation` is a place in a row."""
    changes = [Change(path.replace("__", "."), value, base) for path, value in said.items()]
    return actions.save(sheet.id, changes, page=page, by=by, at=NOW + timedelta(minutes=minutes))


def now(sheet: Worksheet) -> Worksheet:
    return Worksheet.objects.get(pk=sheet.pk)


def values(sheet: Worksheet) -> dict[str, Any]:
    return {path: cell["value"] for path, cell in now(sheet).content.items()}


def a_link(cast: Cast, sheet: Worksheet, **more: Any) -> SheetLink:
    return actions.hand(sheet.id, Handing(**more), by=cast.visitor("mira"), at=NOW)


def the_client(link: SheetLink) -> Visitor:
    return visitor_by_link(link)
