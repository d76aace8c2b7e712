"""A form as its page lays it out, field by field."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from holdspace.hour.worksheets import content
from holdspace.hour.worksheets.content import Cells
from holdspace.hour.worksheets.definitions import Field, Type
from holdspace.hour.worksheets.forms import EMPTY_ROW, PlacesForm, SheetForm


@dataclass(frozen=True, slots=True)
class Asked:
    """One control of the form, the marks beside it, and what somebody else wrote there."""

    bound: BoundField
    place: str
    ends: tuple[str, str]
    unit: str
    marks: Sequence["Asked"] = ()
    theirs: str | None = None


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One row; a new one is empty and has no place yet."""

    id: str
    number: int
    is_new: bool
    asked: Sequence[Asked]


@dataclass(frozen=True, slots=True)
class AskedPart:
    """A field, or a field of rows with what a row is called and an empty one to copy."""

    name: str
    heading: str
    label: str
    hint: str
    entry: str = ""
    asked: Asked | None = None
    rows: Sequence[AskedRow] = ()
    empty: Sequence[Asked] = ()


def as_asked(form: SheetForm, cells: Cells) -> list[AskedPart]:
    """A form field by field, as the page lays it out."""
    return [_asked_part(form, field, cells) for field in form.definition.fields]


def _asked_part(form: SheetForm, field: Field, cells: Cells) -> AskedPart:
    language = form.language
    heading, label, hint = (
        one.said(language) if one else "" for one in (field.heading, field.label, field.hint)
    )
    if field.type is not Type.ROWS:
        marks = [
            _asked(form, f"{field.id}:{mark.id}", mark)
            for mark in content.marks_of(form.definition, field)
        ]
        asked = _asked(form, field.id, field, marks)
        return AskedPart(field.id, heading, label, hint, asked=asked)
    there = content.rows(cells, field.id)
    rows = [
        AskedRow(row, number, row not in there, _asked_row(form, field, row))
        for number, row in enumerate(form.rows[field.id], start=1)
    ]
    empty = _asked_row(form.empty_row(field), field, EMPTY_ROW)
    entry = field.entry.said(language) if field.entry else ""
    return AskedPart(field.id, heading, label, hint, entry, rows=rows, empty=empty)


def _asked_row(form: PlacesForm, field: Field, row: str) -> list[Asked]:
    return [_asked(form, place.path, place.field) for place in content.row_of(field, row)]


def _asked(form: PlacesForm, path: str, field: Field, marks: Sequence[Asked] = ()) -> Asked:
    low, high = (one.said(form.language) if one else "" for one in (field.low, field.high))
    unit = field.unit.said(form.language) if field.unit else _unit(field)
    return Asked(form[path], path, (low, high), unit, marks, form.theirs.get(path))


def _unit(field: Field) -> str:
    return {Type.PERCENT: "%", Type.SUDS: _("of 100")}.get(field.type, "")
