"""What is written in a sheet: values by their places, read, merged and told apart. Pure of storage.

A place is `field`, `field.row.column` in a field of rows, or `field:mark` in a formulation. What
is kept of a place is a cell: its value (nothing: `None`), the version of the sheet at which it was
last written, by whose hand, and when. A field of rows keeps the ids of its rows in their order.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from django.utils.translation import gettext as _

from holdspace.hour.worksheets.definitions import Definition, Field, Type, WorkedOut, field_from
from holdspace.hour.worksheets.reckoning import worked_out
from holdspace.hour.worksheets.typed import CannotKeep, Place, Value, read

Cells = dict[str, dict[str, Any]]
MOST_CONTROLS: Final = 360  # of rows, in one form: no more is sent at once
FEWEST_ROWS: Final = 6
WHOLE: Final = "whole"  # the one place of a sheet that an editor fills
_PLACE: Final = re.compile(
    r"(?P<field>[a-z][a-z0-9_]{0,39})"
    r"(?::(?P<mark>[a-z]{1,20})|\.(?P<row>[a-z0-9]{1,24})\.(?P<column>[a-z][a-z0-9_]{0,39}))?"
)
ROW: Final = re.compile(r"[a-z0-9]{1,24}")
_MARKS: Final = Path(__file__).parent / "data" / "marks.yaml"
_MARKED: Final = (Type.WORDS, Type.LINE)


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
    if definition.editor and path == WHOLE:
        return whole_of(definition)
    found = _PLACE.fullmatch(path)
    try:
        return _found(definition, path, **found.groupdict()) if found else _nowhere(path)
    except KeyError:
        return _nowhere(path)


def whole_of(definition: Definition) -> Place:
    """Return the one place of a map that an editor fills."""
    return Place(WHOLE, Field(definition.editor, Type.EDITED, definition.name))


def _found(
    definition: Definition, path: str, field: str, mark: str | None, row: str, column: str
) -> Place:
    named = definition.field(field)
    if mark:
        return Place(path, {one.id: one for one in marks_of(definition, named)}[mark])
    return Place(path, named.column(column), field, row) if row else Place(path, named)


def _nowhere(path: str) -> Place:
    raise CannotKeep(_("This form has no such field."), path)


# ------------------------------------------------------------------ what stands in a sheet


def value(cells: Mapping[str, Mapping[str, Any]], path: str) -> Value:
    """Return what stands at a place; nothing where it is empty."""
    return cells.get(path, {}).get("value")


def rows(cells: Mapping[str, Mapping[str, Any]], field: str) -> list[str]:
    """Return the ids of the rows of a field, in their order."""
    return list(value(cells, field) or ())


def sum_of(cells: Mapping[str, Mapping[str, Any]], one: WorkedOut, row: str = "") -> float | None:
    """Return what is worked out, of one row where it is of rows; nothing where something lacks."""
    before = f"{one.rows}.{row}." if one.rows else ""
    return worked_out(one.how, {name: value(cells, before + of) for name, of in one.of.items()})


def most_rows(definition: Definition) -> int:
    """Return how many rows each field of rows has room for."""
    columns = sum(len(one.columns) for one in definition.fields)
    return max(FEWEST_ROWS, MOST_CONTROLS // max(columns, 1))


def places(definition: Definition, rows_of: Mapping[str, Sequence[str]]) -> Iterator[Place]:
    """Go through every place of a form with these rows in its fields of rows, in its order."""
    if definition.editor:
        yield whole_of(definition)
    for one in definition.fields:
        if one.type is not Type.ROWS:
            yield Place(one.id, one)
            for mark in marks_of(definition, one):
                yield Place(f"{one.id}:{mark.id}", mark)
        for row in rows_of.get(one.id, ()):
            yield from row_of(one, row)


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
    before: dict[str, Value] = field(default_factory=dict)
    collisions: list[Collision] = field(default_factory=list)
    wrong: dict[str, str] = field(default_factory=dict)

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
    over: the two writings are answered as a collision. What cannot be kept is answered by its
    place, with a sentence.
    """
    found = Merged(dict(cells))
    for change in changes:
        try:
            _write(definition, found, place_of(definition, change.path), change, hand)
        except CannotKeep as why:
            found.wrong[change.path] = str(why)
    return found


def _write(form: Definition, found: Merged, place: Place, change: Change, hand: Hand) -> None:
    written, base = read(place, change.said), change.base
    cell = found.cells.get(place.path, {})
    if cell.get("value") == written:
        return
    if cell and cell["version"] > base and cell["page"] != hand.page:
        found.collisions.append(Collision(place.path, cell["value"], written))
        return
    if place.row and place.row not in rows(found.cells, place.rows):
        _add_row(found, place, most_rows(form), hand)
    _put(found, place.path, written, hand)


def _add_row(found: Merged, place: Place, most: int, hand: Hand) -> None:
    there = rows(found.cells, place.rows)
    if len(there) >= most:
        msg = _("There is room for %(most)s rows: begin another sheet.")
        raise CannotKeep(msg % {"most": most}, place.path)
    _put(found, place.rows, [*there, place.row], hand)


def _put(found: Merged, path: str, written: Value, hand: Hand) -> None:
    found.before.setdefault(path, value(found.cells, path))
    found.cells[path] = hand.cell(written)


def without_row(form: Definition, cells: Cells, name: str, row: str, hand: Hand) -> Merged:
    """Return the sheet without one row; what stood in it is told as before."""
    found = Merged(dict(cells))
    if row in rows(cells, name):
        _put(found, name, [one for one in rows(cells, name) if one != row], hand)
        for place in row_of(form.field(name), row):
            if value(cells, place.path) is not None:
                _put(found, place.path, None, hand)
    return found


def with_row_earlier(cells: Cells, name: str, row: str, hand: Hand) -> Merged:
    """Return the sheet with one row before the one that it followed."""
    found, order = Merged(dict(cells)), rows(cells, name)
    if row in order[1:]:
        at = order.index(row)
        order[at - 1 : at + 1] = [order[at], order[at - 1]]
        _put(found, name, order, hand)
    return found


def value_at(
    cells: Mapping[str, Mapping[str, Any]],
    since: Iterable[Mapping[str, Sequence[Value]]],
    path: str,
) -> Value:
    """Return what a place held before the changes `since` were made, given in their order."""
    first = next((changed[path] for changed in since if path in changed), None)
    return value(cells, path) if first is None else first[0]
