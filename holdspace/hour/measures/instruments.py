"""The library of questionnaires: what each asks, how it is scored, and who says so."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from holdspace.hour.measures.definitions import (
    Anchors,
    ChangeRule,
    Cluster,
    Cutoff,
    Direction,
    Instrument,
    Item,
    Option,
    Rule,
    Subscale,
    Translation,
)
from holdspace.hour.measures.reading import instrument_from, plain

__all__ = [
    "Anchors",
    "ChangeRule",
    "Cluster",
    "Cutoff",
    "Direction",
    "Instrument",
    "Item",
    "Option",
    "Rule",
    "Subscale",
    "Translation",
    "UnknownInstrument",
    "library",
    "load",
    "read",
]

LIBRARY = Path(__file__).parent / "data" / "instruments"


class UnknownInstrument(LookupError):
    """No questionnaire of this name is in the library."""


def load(instrument_id: str) -> Instrument:
    """Return one instrument of the library, or raise UnknownInstrument."""
    found = library().get(instrument_id)
    if found is None:
        known = ", ".join(library())
        raise UnknownInstrument(f"There is no instrument “{instrument_id}”. There are: {known}.")
    return found


@cache
def library() -> Mapping[str, Instrument]:
    """Return every instrument by its id, in the order of ids; read once."""
    found = [read(path) for path in sorted(LIBRARY.glob("*.yaml"))]
    return MappingProxyType({instrument.id: instrument for instrument in found})


def read(path: Path) -> Instrument:
    """Return the instrument described in one file, which must fit the schema."""
    return instrument_from(plain(path.read_text(encoding="utf-8")))
