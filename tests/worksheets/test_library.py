"""Every form and map of the library: valid, sourced, whole in each language, and drawable."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from holdspace.frame.approaches.catalogue import catalogue
from holdspace.hour.worksheets.definitions import GRADED, Definition, Kind, Placed, Type
from holdspace.hour.worksheets.library import (
    FORMER,
    LIBRARY,
    UnknownDefinition,
    current,
    definition,
    library,
)
from holdspace.hour.worksheets.reckoning import HOWS
from holdspace.hour.worksheets.shapes import SHAPES, Takes

FILES = [*sorted(LIBRARY.glob("*.yaml")), *sorted((LIBRARY / FORMER).glob("*.yaml"))]
SCHEMA = json.loads((LIBRARY.parent / "definition.schema.json").read_text(encoding="utf-8"))
every_definition = pytest.mark.parametrize("one", library().values(), ids=list(library()))
ANY = dict.fromkeys(("en", "de", "es"), "x")
PLAIN = {
    Takes.NUMBER: GRADED,
    Takes.WORDS: {Type.WORDS, Type.LINE, Type.CHOICE, Type.DATE},
    Takes.CHOICE: {Type.CHOICE},
}


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_file_fits_the_schema(path: Path) -> None:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(SCHEMA)
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(raw)] == []
    assert path.stem in {raw["id"], f"{raw['id']}.{raw['version']}"}


def broken(**more: Any) -> list[str]:
    raw = yaml.safe_load((LIBRARY / "thought_record.yaml").read_text(encoding="utf-8"))
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(raw | more)]


@pytest.mark.parametrize(
    "fault",
    [
        {"strange": 1},
        {"kind": "diagram"},
        {"name": {"en": "In one language"}},
        {"editor": "family"},
        {"fields": [{"id": "x", "type": "choice", "label": ANY}]},
        {"fields": [{"id": "x", "type": "line", "label": ANY,
                     "min": 1}]},
        {"kind": "log", "fields": [
            {"id": "x", "type": "line", "label": ANY}]},
    ],
)  # fmt: skip
def test_the_schema_refuses_what_does_not_fit_together(fault: dict[str, Any]) -> None:
    assert broken() == []
    assert broken(**fault)


@every_definition
def test_ids_stand_once(one: Definition) -> None:
    for fields in (one.fields, *(field.columns for field in one.fields)):
        ids = [field.id for field in fields]
        assert len(ids) == len(set(ids))
    for field in one.every_field():
        options = [option.id for option in field.options]
        assert len(options) == len(set(options))


@every_definition
def test_a_scale_goes_upwards(one: Definition) -> None:
    for field in one.every_field():
        if field.least is not None and field.most is not None:
            assert field.least < field.most


@every_definition
def test_a_chart_is_of_columns_that_are_numbers(one: Definition) -> None:
    if one.chart is None:
        return
    rows = one.field(one.chart.rows)
    sums = {each.id for each in one.worked_out if each.rows == rows.id}
    assert all(rows.column(line).type in GRADED for line in one.chart.lines if line not in sums)
    assert not one.chart.over or rows.column(one.chart.over).type is Type.DATE


@every_definition
def test_a_diagram_fills_the_places_that_its_shape_has(one: Definition) -> None:
    assert (one.kind is Kind.DIAGRAM) is bool(one.diagram or one.editor)
    if one.diagram is None:
        return
    shape = SHAPES[one.diagram.shape]
    for place, filled in one.diagram.places.items():
        takes = shape.places[place]
        if isinstance(filled, Placed):
            assert takes is Takes.ROWS
            rows = one.field(filled.rows)
            for name, column in filled.columns.items():
                assert rows.column(column).type in PLAIN[shape.columns[place][name]]
        else:
            assert one.field(filled).type in PLAIN[takes]


@every_definition
def test_what_is_worked_out_takes_fields_that_it_can_be_worked_out_from(one: Definition) -> None:
    for each in one.worked_out:
        takes = HOWS[each.how].takes
        assert set(each.of) == set(takes)
        for name, source in each.of.items():
            of = one.field(each.rows).column(source) if each.rows else one.field(source)
            assert of.type in takes[name]


def test_what_an_approach_uses_is_a_form_here_or_known_to_be_elsewhere() -> None:
    elsewhere = yaml.safe_load((LIBRARY.parent / "elsewhere.yaml").read_text(encoding="utf-8"))
    wanted = {name for one in catalogue().values() for name in one.artefacts}
    assert wanted - set(library()) - set(elsewhere) == set()


def test_a_definition_is_found_in_its_version() -> None:
    assert definition("hexaflex", 1) is current("hexaflex")
    for name, version in (("hexaflex", 99), ("nothing", 1), ("../hexaflex", 1)):
        with pytest.raises(UnknownDefinition):
            definition(name, version)


def test_a_field_that_is_not_there_is_not_found() -> None:
    with pytest.raises(KeyError):
        current("hexaflex").field("nothing")
