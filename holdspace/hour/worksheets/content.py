"""What is written in a sheet: values by their places, read, merged and told apart. Pure of storage.

A place is `field`, `field.row.column` in a field of rows, or `field:mark` in a formulation. What
is kept of a place is a cell: its value (nothing: `None`), the version of the sheet at which it was
last written, by whose hand, and when. A field of rows keeps the ids of its rows in their order.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from django.utils.translation import gettext as _

from holdspace.hour.worksheets.definitions import GRADED, Definition, Field, Type, field_from

Value = Any  # what JSON can say: text, a number, yes or no, ids; nothing where it is empty
Cells = dict[str, dict[str, Any]]
LONGEST_WORDS: Final = 50_000  # characters in one field
LONGEST_LINE: Final = 500
LARGEST: Final = 1e9
MOST_ROWS: Final = 400
YEARS: Final = (1900, 2200)  # beyond these something was mistyped
WHOLE: Final = "whole"  # the one place of a sheet that an editor fills
_PLACE: Final = re.compile(
    r"(?P<field>[a-z][a-z0-9_]{0,39})"
    r"(?::(?P<mark>[a-z]{1,20})|\.(?P<row>[a-z0-9]{1,24})\.(?P<column>[a-z][a-z0-9_]{0,39}))?"
)
ROW: Final = re.compile(r"[a-z0-9]{1,24}")
_UNWRITABLE: Final = re.compile("[\x00\ud800-\udfff]")
_MARKS: Final = Path(__file__).parent / "data" / "marks.yaml"
_MARKED: Final = (Type.WORDS, Type.LINE)


class CannotKeep(Exception):
    """This cannot be kept as it is; the message says why, and `place` where it stands."""

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(message)
        self.place = place


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: its path, the field that says what it is, and its row if any."""

    path: str
    field: Field
    rows: str = ""
    row: str = ""


@cache
def marks() -> tuple[Field, ...]:
    """Return what each field of a formulation may be marked with."""
    raw = yaml.safe_load(_MARKS.read_text(encoding="utf-8"))
    return tuple(map(field_from, raw))


def marks_of(definition: Definition, field: Field) -> tuple[Field, ...]:
    """Return the marks that a field has: only words of a formulation have any."""
    return marks() if definition.lens and field.type in _MARKED else ()


def place_of(definition: Definition, path: str) -> Place:
    """Return the place of a path; raises CannotKeep where the form has none."""
    found = _PLACE.fullmatch(path)
    try:
        if found is None:
            raise KeyError(path)
        field = definition.field(found["field"])
        if found["mark"]:
            marked = {mark.id: mark for mark in marks_of(definition, field)}
            return Place(path, marked[found["mark"]])
        if found["row"]:
            return Place(path, field.column(found["column"]), field.id, found["row"])
    except KeyError:
        raise CannotKeep(_("This form has no such field."), path) from None
    return Place(path, field)


# ------------------------------------------------------------------ reading what was typed


def read(place: Place, said: object) -> Value:
    """Return what was typed in a place as its value; nothing for what is empty. Or CannotKeep."""
    kind = place.field.type
    if kind is Type.CHOICES:
        return _chosen(place, said)
    if said is None or said == "":
        return None
    if kind is Type.YES_NO and isinstance(said, bool):
        return said
    if kind in GRADED and isinstance(said, int | float) and not isinstance(said, bool):
        said = str(said)
    if not isinstance(said, str):
        raise CannotKeep(_("This is not in the shape of the form."), place.path)
    return _READERS[kind](place, said)


def _words(place: Place, said: str) -> Value:
    longest = LONGEST_WORDS if place.field.type is Type.WORDS else LONGEST_LINE
    if len(said) > longest:
        msg = _("This is longer than %(longest)s characters.")
        raise CannotKeep(msg % {"longest": f"{longest:,}"}, place.path)
    if _UNWRITABLE.search(said):
        msg = _("A character in this cannot be written down (it has no shape). Take it out.")
        raise CannotKeep(msg, place.path)
    said = said.replace("\r\n", "\n").replace("\r", "\n")
    return said if said.strip() else None


def _number(place: Place, said: str) -> Value:
    field = place.field
    written = said.strip().replace(",", ".").replace("−", "-")
    is_number = re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", written)
    value = float(written) if is_number else math.nan
    least = -LARGEST if field.least is None else field.least
    most = LARGEST if field.most is None else field.most
    if not least <= value <= most:
        raise CannotKeep(_not_a_number(field), place.path)
    if field.type is not Type.NUMBER and not value.is_integer():
        raise CannotKeep(_not_a_number(field), place.path)
    return int(value) if value.is_integer() else value


def _not_a_number(field: Field) -> str:
    if field.least is None or field.most is None:
        return _("Write a number.")
    ends = {"low": f"{field.least:g}", "high": f"{field.most:g}"}
    return _("Write a number from %(low)s to %(high)s.") % ends


def _date(place: Place, said: str) -> Value:
    try:
        day = date.fromisoformat(said.strip())
    except ValueError:
        raise CannotKeep(_("Write a day as year-month-day: 2026-03-02."), place.path) from None
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise CannotKeep(_("Is this the year you meant?"), place.path)
    return day.isoformat()


def _time(place: Place, said: str) -> Value:
    try:
        return time.fromisoformat(said.strip()).strftime("%H:%M")
    except ValueError:
        raise CannotKeep(_("Write a time of day: 16:20."), place.path) from None


def _yes_no(place: Place, said: str) -> Value:
    return _one_of(place, said, ("yes", "no")) == "yes"


def _choice(place: Place, said: str) -> Value:
    return _one_of(place, said, [option.id for option in place.field.options])


def _one_of(place: Place, said: str, offered: Iterable[str]) -> str:
    if said not in offered:
        raise CannotKeep(_("Choose one of what is offered."), place.path)
    return said


def _chosen(place: Place, said: object) -> Value:
    given = [] if said is None or said == "" else [said] if isinstance(said, str) else said
    if not isinstance(given, list | tuple) or not all(isinstance(one, str) for one in given):
        raise CannotKeep(_("This is not in the shape of the form."), place.path)
    offered = [option.id for option in place.field.options]
    for one in given:
        _one_of(place, one, offered)
    return [one for one in offered if one in given] or None


def _no_rows(place: Place, _said: str) -> Value:
    raise CannotKeep(_("This is not in the shape of the form."), place.path)


_READERS: Final = {
    Type.WORDS: _words, Type.LINE: _words, Type.DATE: _date, Type.TIME: _time,
    Type.YES_NO: _yes_no, Type.CHOICE: _choice, Type.ROWS: _no_rows,
    **dict.fromkeys(GRADED, _number),
}  # fmt: skip


# ------------------------------------------------------------------ what stands in a sheet


def value(cells: Mapping[str, Mapping[str, Any]], path: str) -> Value:
    """Return what stands at a place; nothing where it is empty."""
    return cells.get(path, {}).get("value")


def rows(cells: Mapping[str, Mapping[str, Any]], field: str) -> list[str]:
    """Return the ids of the rows of a field, in their order."""
    return list(value(cells, field) or ())


def places(definition: Definition, cells: Mapping[str, Mapping[str, Any]]) -> Iterator[Place]:
    """Go through every place that a sheet has now, in the order of its form."""
    for field in definition.fields:
        if field.type is not Type.ROWS:
            yield Place(field.id, field)
            for mark in marks_of(definition, field):
                yield Place(f"{field.id}:{mark.id}", mark)
        for row in rows(cells, field.id):
            yield from row_of(field, row)


def row_of(field: Field, row: str) -> list[Place]:
    """Return the places of one row."""
    return [Place(f"{field.id}.{row}.{one.id}", one, field.id, row) for one in field.columns]


def is_blank(cells: Mapping[str, Mapping[str, Any]]) -> bool:
    """Say whether nothing at all is written."""
    return all(cell.get("value") in (None, []) for cell in cells.values())


# ------------------------------------------------------------------ changing it


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody typed at a place, and the sheet's version that they had before them."""

    path: str
    said: object
    base: int


@dataclass(frozen=True, slots=True)
class Collision:
    """A place that somebody else wrote in the meantime: both writings."""

    path: str
    theirs: Value
    yours: Value


@dataclass(slots=True)
class Merged:
    """What came of changes: new cells, what each place held before, and what was not taken."""

    cells: Cells
    before: dict[str, Value]
    collisions: list[Collision]

    @property
    def changed(self) -> dict[str, list[Value]]:
        """Return what each changed place held, and what it holds now."""
        return {path: [was, value(self.cells, path)] for path, was in self.before.items()}


@dataclass(frozen=True, slots=True)
class Hand:
    """Who writes, from which page, as which version of the sheet, at what time."""

    by: str
    page: str
    version: int
    at: str

    def cell(self, written: Value) -> dict[str, Any]:
        return {
            "value": written, "version": self.version, "by": self.by, "page": self.page,
            "at": self.at,
        }  # fmt: skip


def merged(definition: Definition, cells: Cells, changes: Sequence[Change], hand: Hand) -> Merged:
    """Return the sheet with these changes, field by field.

    A place that another page wrote after the version that this one had before it is not written
    over: the two writings are answered as a collision. Raises CannotKeep for what cannot be read.
    """
    found = Merged(dict(cells), {}, [])
    for change in changes:
        place = place_of(definition, change.path)
        _write(found, place, read(place, change.said), change.base, hand)
    return found


def _write(found: Merged, place: Place, written: Value, base: int, hand: Hand) -> None:
    cell = found.cells.get(place.path, {})
    if cell.get("value") == written:
        return
    if cell and cell["version"] > base and cell["page"] != hand.page:
        found.collisions.append(Collision(place.path, cell["value"], written))
        return
    _put(found, place.path, written, hand)
    if place.row and place.row not in rows(found.cells, place.rows):
        _put(found, place.rows, [*rows(found.cells, place.rows), place.row], hand)
        if len(rows(found.cells, place.rows)) > MOST_ROWS:
            msg = _("There is room for %(most)s rows: begin another sheet.")
            raise CannotKeep(msg % {"most": MOST_ROWS}, place.path)


def _put(found: Merged, path: str, written: Value, hand: Hand) -> None:
    found.before.setdefault(path, value(found.cells, path))
    found.cells[path] = hand.cell(written)


def without_row(definition: Definition, cells: Cells, field: str, row: str, hand: Hand) -> Merged:
    """Return the sheet without one row; what stood in it is told as before."""
    found = Merged(dict(cells), {}, [])
    if row in rows(cells, field):
        _put(found, field, [one for one in rows(cells, field) if one != row], hand)
        for place in row_of(definition.field(field), row):
            if value(cells, place.path) is not None:
                _put(found, place.path, None, hand)
    return found


def with_row_earlier(cells: Cells, field: str, row: str, hand: Hand) -> Merged:
    """Return the sheet with one row before the one that it followed."""
    found, order = Merged(dict(cells), {}, []), rows(cells, field)
    if row in order[1:]:
        at = order.index(row)
        order[at - 1 : at + 1] = [order[at], order[at - 1]]
        _put(found, field, order, hand)
    return found


def value_at(
    cells: Mapping[str, Mapping[str, Any]],
    since: Iterable[Mapping[str, Sequence[Value]]],
    path: str,
) -> Value:
    """Return what a place held before the changes `since` were made, given in their order."""
    first = next((changed[path] for changed in since if path in changed), None)
    return value(cells, path) if first is None else first[0]
