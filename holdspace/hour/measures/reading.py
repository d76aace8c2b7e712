"""From a definition file to an instrument: the file's names are the fields' names."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import is_dataclass
from enum import Enum
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import yaml

from holdspace.hour.measures.definitions import Instrument, Translation

Loader: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)
Raw = Mapping[str, Any]
Kind = TypeVar("Kind")


def plain(text: str) -> Any:
    """Return what a YAML text holds; raises yaml.YAMLError."""
    return yaml.load(text, Loader)  # noqa: S506 -- a safe loader either way


def instrument_from(raw: Raw) -> Instrument:
    """Return the instrument that a mapping describes, which must fit the schema."""
    items = _items(raw.get("items", ()))
    options = _options(raw.get("options", ()))
    scoring = {**raw["scoring"], "worth": _worth(raw["scoring"], items, options)}
    return made(
        Instrument,
        {
            "coding": _coding(options),
            "thresholds": f"{raw['id']}-{raw['version']}",
            **raw,
            "items": items,
            "options": options,
            "scoring": scoring,
            "translations": {
                language: worded(words) for language, words in raw.get("translations", {}).items()
            },
        },
    )


def words_from(raw: Raw) -> Translation:
    """Return the words that a mapping holds, which must fit the schema."""
    return made(Translation, worded(raw))


def worded(raw: Raw) -> Raw:
    """Return the words of a translation with every set of answers written out."""
    items = {name: _with_options(words) for name, words in raw["items"].items()}
    return {**raw, "items": items, "options": _options(raw["options"])}


def made(kind: type[Kind], raw: Raw) -> Kind:
    """Return a dataclass made from a mapping, the dataclasses within it made alike."""
    kinds = _kinds(cast("Hashable", kind))
    return kind(**{name: _value(kinds[name], value) for name, value in raw.items()})


@cache
def _kinds(kind: Hashable) -> dict[str, Any]:
    return get_type_hints(kind)


def _value(kind: Any, raw: Any) -> Any:
    if raw is None:
        return None
    if get_origin(kind) in {Union, UnionType}:
        kind = next(each for each in get_args(kind) if each is not NoneType)
    if get_origin(kind) is tuple:
        return tuple(_value(get_args(kind)[0], each) for each in raw)
    if get_origin(kind) is Mapping:
        inner = get_args(kind)[1]
        return MappingProxyType({name: _value(inner, value) for name, value in raw.items()})
    if is_dataclass(kind):
        return made(cast("type[Any]", kind), raw)
    return kind(raw) if issubclass(kind, Enum) else raw


def _items(raw: int | Sequence[Raw]) -> Sequence[Raw]:
    """Items, or how many there are where nothing is to be said of them."""
    numbers = range(1, raw + 1) if isinstance(raw, int) else ()
    plain_items = [{"id": f"q{number}", "number": number} for number in numbers]
    given = [] if isinstance(raw, int) else raw
    return plain_items or [_with_options(item) for item in given]


def _with_options(raw: Raw) -> Raw:
    return {**raw, "options": _options(raw["options"])} if raw.get("options") else raw


def _options(raw: Raw | Sequence[Raw]) -> Sequence[Raw]:
    """Answers, or the lowest and the highest where nothing is to be said of them."""
    if isinstance(raw, Mapping):
        return [{"value": value} for value in range(raw["low"], raw["high"] + 1)]
    return raw


def _coding(options: Sequence[Raw]) -> str:
    values = [option["value"] for option in options]
    return f"{min(values)}-{max(values)}" if values else "total"


def _worth(
    scoring: Raw, items: Sequence[Raw], options: Sequence[Raw]
) -> Mapping[str, Mapping[int, int]]:
    recoded = {item: each["values"] for each in scoring.get("recode", ()) for item in each["items"]}
    return {
        item["id"]: _added(
            [option["value"] for option in item.get("options") or options],
            recoded.get(item["id"]),
            is_reversed=item["id"] in scoring.get("reversed", ()),
        )
        for item in items
    }


def _added(
    values: Sequence[int], recoded: Sequence[int] | None, *, is_reversed: bool
) -> Mapping[int, int]:
    turned = [min(values) + max(values) - value for value in values]
    return dict(zip(values, recoded or (turned if is_reversed else values), strict=True))
