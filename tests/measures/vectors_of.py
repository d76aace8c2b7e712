"""The score vectors beside the tests, read once."""

from pathlib import Path
from typing import Any

import yaml

from holdspace.hour.measures.instruments import Instrument

VECTORS = Path(__file__).parent / "vectors"


def vectors_of(name: str) -> Any:
    """Return what stands in one vector file."""
    return yaml.safe_load((VECTORS / f"{name}.yaml").read_text(encoding="utf-8"))


def cases_of(*names: str) -> list[Any]:
    """Return one (instrument id, case) for each case in the files."""
    return [(name, case) for name in names for case in vectors_of(name)["cases"]]


def chosen(instrument: Instrument, chance: bytes) -> list[int | None]:
    """Return an answer, or none, to each item: whichever the bytes choose."""
    offered = [
        [None, *(option.value for option in instrument.options_of(item))]
        for item in instrument.items
    ]
    return [values[byte % len(values)] for values, byte in zip(offered, chance, strict=True)]
