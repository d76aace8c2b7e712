"""A sheet as a page shows it to be read: each thing under its name; and what was written when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import formats
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from holdspace.hour.worksheets import content
from holdspace.hour.worksheets.content import Cells
from holdspace.hour.worksheets.definitions import Credit, Definition, Field, Kind, Language, Type
from holdspace.hour.worksheets.drawn import Curve, curves, drawing
from holdspace.hour.worksheets.editors import EDITORS
from holdspace.hour.worksheets.models import WorksheetVersion
from holdspace.hour.worksheets.rules import By
from holdspace.hour.worksheets.typed import Value
from holdspace.hour.worksheets.wording import sum_said, written


@dataclass(frozen=True, slots=True)
class Line:
    """Something written, and what it is; `marks` are said of it in a formulation."""

    label: str
    words: str
    marks: Sequence["Line"] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A field with its rows or its words, in the order of the form."""

    heading: str
    label: str
    lines: Sequence[Line] = ()
    rows: Sequence[tuple[str, Sequence[Line]]] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """A sheet to be read; what was left empty is not shown."""

    name: str
    about: str
    kind: Kind
    parts: Sequence[Part]
    curves: Sequence[Curve]
    drawn: SafeString
    credit: str

    @property
    def is_blank(self) -> bool:
        return not self.parts


def as_read(definition: Definition, cells: Cells, language: Language) -> Read:
    """A sheet with everything that was written in it, in one language."""
    parts = [_part(definition, field, cells, language) for field in definition.fields]
    sums = [Part("", "", [line]) for line in _sums(definition, cells, language)]
    return Read(
        name=definition.name.said(language),
        about=definition.about.said(language),
        kind=definition.kind,
        parts=[*_told(definition, cells, language), *(part for part in parts if part), *sums],
        curves=curves(definition, cells, language),
        drawn=drawing(definition, cells, language),
        credit=credit(definition),
    )


def _told(definition: Definition, cells: Cells, language: Language) -> list[Part]:
    """What an editor says of its map, line by line."""
    kept = content.value(cells, content.WHOLE)
    if not definition.editor or kept is None:
        return []
    told = EDITORS[definition.editor].text(kept, language)
    return [Part("", definition.name.said(language), [Line("", line) for line in told])]


def _part(definition: Definition, field: Field, cells: Cells, language: Language) -> Part | None:
    heading = field.heading.said(language) if field.heading else ""
    label = field.label.said(language)
    if field.type is Type.ROWS:
        rows = _rows(definition, field, cells, language)
        return Part(heading, label, rows=rows) if rows else None
    said = written(field, content.value(cells, field.id), language)
    marks = [
        Line(mark.label.said(language), words)
        for mark in content.marks_of(definition, field)
        if (words := written(mark, content.value(cells, f"{field.id}:{mark.id}"), language))
    ]
    return Part(heading, "", [Line(label, said, marks)]) if said or marks else None


def _rows(
    definition: Definition, field: Field, cells: Cells, language: Language
) -> list[tuple[str, list[Line]]]:
    entry = field.entry.said(language) if field.entry else ""
    found = []
    for number, row in enumerate(content.rows(cells, field.id), start=1):
        lines = [
            Line(place.field.label.said(language), said)
            for place in content.row_of(field, row)
            if (said := written(place.field, content.value(cells, place.path), language))
        ]
        lines += _sums(definition, cells, language, field.id, row)
        if lines:
            found.append((f"{entry} {number}", lines))
    return found


def _sums(
    definition: Definition, cells: Cells, language: Language, rows: str = "", row: str = ""
) -> list[Line]:
    """What is worked out of a row, or of the fields that stand alone."""
    return [
        Line(one.label.said(language), sum_said(one, value))
        for one in definition.worked_out
        if one.rows == rows and (value := content.sum_of(cells, one, row)) is not None
    ]


def credit(definition: Definition) -> str:
    """Whose model a form follows, and whether that was looked up."""
    said = definition.credit
    if not said.after:
        return _("A form in general use, in our own words.")
    after = _("After %(whom)s; in our own words.") % {"whom": said.after}
    if said.verified:
        return f"{after} {_('Source: %(source)s, read %(day)s.') % _read_on(said)}"
    return f"{after} {_('From general knowledge, not looked up (%(day)s).') % _read_on(said)}"


def _read_on(said: Credit) -> dict[str, str]:
    day = formats.date_format(date.fromisoformat(said.as_of), "DATE_FORMAT")
    return {"source": said.source, "day": day}


# ------------------------------------------------------------------ what was written when


@dataclass(frozen=True, slots=True)
class Difference:
    """One place in which a version differs from the one before it."""

    label: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Past:
    """One version: when, by whom, what it changed."""

    saved_at: datetime
    who: str
    is_kept: bool
    is_aside: bool
    differences: Sequence[Difference]


def differences(
    definition: Definition, changed: Mapping[str, Sequence[Value]], language: Language
) -> list[Difference]:
    """What a version changed, under the names of the form; an order of rows goes without saying."""
    found = []
    for path, (was, now) in changed.items():
        place = content.place_of(definition, path)
        if place.field.type is Type.ROWS:
            continue
        label = place.field.label.said(language)
        if place.field.type is Type.EDITED:
            found.append(Difference(label, "", _("changed")))
            continue
        before, after = (written(place.field, one, language) for one in (was, now))
        found.append(Difference(label, before, after))
    return found


def as_past(
    definition: Definition, versions: Iterable[WorksheetVersion], language: Language
) -> list[Past]:
    """Everything that was saved, the newest first."""
    return [
        Past(
            one.saved_at, _who(one), one.is_kept, one.lost_to is not None,
            differences(definition, one.changed, language),
        )
        for one in versions
    ]  # fmt: skip


def _who(version: WorksheetVersion) -> str:
    if version.participant is not None:
        person = version.participant.person
        return str(person.preferred_name or person.name)
    name = version.member.name if version.member else ""
    return (
        _("%(name)s, screen turned to the client") % {"name": name}
        if version.hand == By.SCREEN
        else str(name)
    )
