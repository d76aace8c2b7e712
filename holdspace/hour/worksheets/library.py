"""The library of forms and maps: a file for each, read once when it is first asked for."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import yaml

from holdspace.hour.worksheets.definitions import Definition, definition_from

LIBRARY: Final = Path(__file__).parent / "data" / "definitions"
FORMER: Final = "former"  # the folder of versions that were filled in before
_Loader: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)


class UnknownDefinition(LookupError):
    """There is no form or map of this name, or not in this version."""


@cache
def library() -> Mapping[str, Definition]:
    """Return every form and map as it is filled in today, by its id, in the order of ids."""
    return MappingProxyType({name: current(name) for name in sorted(_files()) if "." not in name})


@cache
def current(name: str) -> Definition:
    """Return one form or map as it is filled in today; raises UnknownDefinition."""
    path = _files().get(name)
    if path is None:
        raise UnknownDefinition(name)
    return definition_from(yaml.load(path.read_text(encoding="utf-8"), _Loader))  # noqa: S506 -- a safe loader either way


def definition(name: str, version: int) -> Definition:
    """Return one form or map as it was in a version; raises UnknownDefinition."""
    now = current(name)
    return now if now.version == version else current(f"{name}.{version}")


@cache
def _files() -> Mapping[str, Path]:
    """The file of each by its name; of a former version, `name.version`."""
    found = [*LIBRARY.glob("*.yaml"), *(LIBRARY / FORMER).glob("*.yaml")]
    return MappingProxyType({path.stem: path for path in found})
