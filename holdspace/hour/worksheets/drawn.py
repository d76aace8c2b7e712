"""What a sheet shows at a glance: its map as a drawing, its numbers as curves with a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import formats
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from holdspace.cellar.ui import charts
from holdspace.hour.worksheets import content
from holdspace.hour.worksheets.content import Cells
from holdspace.hour.worksheets.definitions import (
    GRADED,
    Chart,
    Definition,
    Field,
    Language,
    Placed,
    Type,
    WorkedOut,
)
from holdspace.hour.worksheets.editors import EDITORS
from holdspace.hour.worksheets.reckoning import HOWS
from holdspace.hour.worksheets.shapes import SHAPES
from holdspace.hour.worksheets.shapes.drawing import Filled, Said, Table, svg
from holdspace.hour.worksheets.wording import written


@dataclass(frozen=True, slots=True)
class Curve:
    """A column of numbers over its rows."""

    label: str
    sentence: str
    drawn: charts.Course


def drawing(definition: Definition, cells: Cells, language: Language) -> SafeString:
    """The map that a sheet is, as an SVG whose words are escaped; nothing for other forms."""
    name = definition.name.said(language)
    kept = content.value(cells, content.WHOLE)
    if definition.editor:
        source = EDITORS[definition.editor].svg(kept, language) if kept is not None else ""
        return mark_safe(source)  # noqa: S308 -- the editor's own drawing, its words escaped
    if definition.diagram is None:
        return SafeString("")
    drawn = SHAPES[definition.diagram.shape].draw(filled(definition, cells, language))
    return mark_safe(svg(drawn, name))  # noqa: S308 -- our own marks, every word escaped


def filled(definition: Definition, cells: Cells, language: Language) -> Filled:
    """Return what fills each place of a shape."""
    found: dict[str, Said | Table] = {}
    for place, source in (definition.diagram.places if definition.diagram else {}).items():
        if isinstance(source, Placed):
            found[place] = _filled_rows(definition.field(source.rows), source, cells, language)
        else:
            found[place] = _said(definition.field(source), cells, source, language)
    return found


def _filled_rows(field: Field, source: Placed, cells: Cells, language: Language) -> Table:
    """The rows that something stands in, and an empty one."""
    columns = {name: field.column(column) for name, column in source.columns.items()}
    rows = [
        {
            name: _said(column, cells, f"{field.id}.{row}.{column.id}", language)
            for name, column in columns.items()
        }
        for row in content.rows(cells, field.id)
    ]
    blank = {name: _said(column, {}, column.id, language) for name, column in columns.items()}
    return Table([row for row in rows if any(one.words for one in row.values())], blank)


def _said(field: Field, cells: Cells, path: str, language: Language) -> Said:
    value = content.value(cells, path)
    number = float(value) if field.type in GRADED and value is not None else None
    if field.type is Type.CHOICE and value is not None:
        number = 1 + [option.id for option in field.options].index(value)
    among = tuple(option.label.said(language) for option in field.options)
    return Said(field.label.said(language), written(field, value, language), number, among)


def curves(definition: Definition, cells: Cells, language: Language) -> list[Curve]:
    """The columns of a series that have at least two numbers, each as a curve with its sentence."""
    if definition.chart is None:
        return []
    field, chart = definition.field(definition.chart.rows), definition.chart
    order = _in_order(field, chart, cells)
    found = []
    for name in chart.lines:
        line = _line(definition, field, name)
        values = [_value(cells, line, field.id, row) for row in order]
        if sum(value is not None for value in values) > 1:
            found.append(_curve(line, values, language))
    return found


def _line(definition: Definition, field: Field, name: str) -> Field | WorkedOut:
    """What a curve is of: a column, or something worked out of each row."""
    return next((one for one in definition.worked_out if one.id == name), None) or field.column(
        name
    )


def _value(cells: Cells, line: Field | WorkedOut, rows: str, row: str) -> float | None:
    if isinstance(line, WorkedOut):
        return content.sum_of(cells, line, row)
    found: float | None = content.value(cells, f"{rows}.{row}.{line.id}")
    return found


def _in_order(field: Field, chart: Chart, cells: Cells) -> list[str]:
    """The rows by their day, those without one last; or as they stand."""
    rows = content.rows(cells, field.id)
    if not chart.over:
        return rows
    return sorted(
        rows, key=lambda row: content.value(cells, f"{field.id}.{row}.{chart.over}") or "9999"
    )


def _curve(line: Field | WorkedOut, values: Sequence[float | None], language: Language) -> Curve:
    said = [value for value in values if value is not None]
    ends = HOWS[line.how] if isinstance(line, WorkedOut) else line
    low = ends.least if ends.least is not None else min(0, *said)
    high = ends.most if ends.most is not None else max(said)
    label = line.label.said(language)
    drawn = charts.course(list(enumerate(values, start=1)), low, high)
    return Curve(label, _sentence(label, said), drawn)


def _sentence(label: str, said: Sequence[float]) -> str:
    ends = {"first": said[0], "last": said[-1], "low": min(said), "high": max(said)}
    return _(
        "%(label)s, %(n)s times: %(first)s at first, %(last)s at last, "
        "lowest %(low)s, highest %(high)s."
    ) % {
        "label": label, "n": len(said),
        **{name: formats.number_format(one) for name, one in ends.items()},
    }  # fmt: skip
