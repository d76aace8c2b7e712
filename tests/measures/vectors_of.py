"""The score vectors beside the tests, read once."""

from pathlib import Path
from typing import Any

import yaml

VECTORS = Path(__file__).parent / "vectors"


def vectors_of(name: str) -> Any:
    """Return what stands in one vector file."""
    return yaml.safe_load((VECTORS / f"{name}.yaml").read_text(encoding="utf-8"))


def cases_of(*names: str) -> list[Any]:
    """Return one (instrument id, case) for each case in the files."""
    return [(name, case) for name in names for case in vectors_of(name)["cases"]]
