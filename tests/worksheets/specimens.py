"""A sheet of each diagram, filled in as somebody might, to be looked at and measured."""

from typing import Any

from holdspace.hour.worksheets import content
from holdspace.hour.worksheets.content import Cells
from holdspace.hour.worksheets.definitions import Definition, Type
from holdspace.hour.worksheets.library import library
from holdspace.hour.worksheets.typed import Place
from tests.worksheets.fill import filled, some

SAYINGS = (
    "I stayed at home again and said I was ill",
    "Nobody will want me there",
    "tight in the chest, cold hands",
    "Before the talk at work, in the lift with two colleagues, I thought of my father's voice",
    "calm",
    "Call Ana first, then walk to the bridge and back, even if it rains",
)
LONG = "Donaudampfschifffahrtsgesellschaftskapitän & <b>incomprehensibilities</b> " * 6
ROWS = 5
DIAGRAMS = {name: one for name, one in library().items() if one.diagram}


def specimen(definition: Definition, *, rows: int = ROWS, words: str = "") -> Cells:
    """A sheet with something in each place: different sayings, or the same words everywhere."""
    ids = [f"r{number}" for number in range(rows)]
    of = dict.fromkeys((one.id for one in definition.fields if one.columns), ids)
    places = list(content.places(definition, of))
    return filled(
        definition, {place.path: _at(place, number, words) for number, place in enumerate(places)}
    )


def _at(place: Place, number: int, words: str) -> Any:
    field = place.field
    row = int(place.row[1:]) if place.row else number
    if field.type is Type.CHOICE:
        return field.options[row % len(field.options)].id
    if field.least is not None and field.most is not None:
        return str(int(field.least + (row * 3 + 2) % (field.most - field.least + 1)))
    if words:
        return some(field, words[:400])
    saying = SAYINGS[(number + row) % len(SAYINGS)]
    return some(field, saying[:24].rsplit(" ", 1)[0] if field.id in ("name", "who") else saying)
