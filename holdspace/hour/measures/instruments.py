"""The library of questionnaires: what each asks, how it is scored, and who says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

LIBRARY = Path(__file__).parent / "data" / "instruments"
Loader: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)


class UnknownInstrument(LookupError):
    """No questionnaire of this name is in the library."""


class Direction(StrEnum):
    HIGHER_WORSE = "higher_worse"
    HIGHER_BETTER = "higher_better"


@dataclass(frozen=True, slots=True)
class Option:
    value: int
    label: str


@dataclass(frozen=True, slots=True)
class Anchors:
    """The words at the two ends of a scale."""

    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    number: int
    text: str
    loinc: str | None
    anchors: Anchors | None


@dataclass(frozen=True, slots=True)
class Ages:
    low: int | None
    high: int | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Subscale:
    id: str
    label: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Items of which so many must count for a symptom rule."""

    label: str
    items: tuple[str, ...]
    at_least: int
    at_most: int | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A published symptom rule; an item counts from `counts_at`, or its own `counts_at_for`."""

    id: str
    label: str
    counts_at: int
    counts_at_for: Mapping[str, int]
    clusters: tuple[Cluster, ...]
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Scoring:
    """`worth` says for each item what each answer adds, after reversing and recoding."""

    method: str
    multiplier: int
    worth: Mapping[str, Mapping[int, int]]
    subscales: tuple[Subscale, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    method: str
    at_most: int
    rule: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Band:
    low: int
    high: int
    label: str


@dataclass(frozen=True, slots=True)
class Bands:
    levels: tuple[Band, ...]
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A threshold of `kind` case, screening, or functional (the healthy side after treatment)."""

    id: str
    kind: str
    operator: str
    value: float
    meaning: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Reliability:
    value: float
    kind: str
    population: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """Standard deviation and mean in one population."""

    sd: float
    mean: float
    population: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Derived:
    """What a change rule was computed from, where it was not published as points."""

    sd: float
    reliability: float
    z: float


@dataclass(frozen=True, slots=True)
class ChangeRule:
    """How many points count as reliable change, and who says so."""

    points: float
    operator: str
    rule: str
    source: str
    verified: bool
    derived: Derived | None = None
    alternatives: tuple["ChangeRule", ...] = ()


@dataclass(frozen=True, slots=True)
class SafetyItem:
    item: str
    operator: str
    value: int
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Loinc:
    panel: str | None
    total: str | None
    notice: str | None
    unverified: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Licence:
    status: str
    statement: str
    source: str
    date: str
    verified: bool
    credit: str
    credit_required: bool


@dataclass(frozen=True, slots=True)
class Wording:
    source: str
    verified: bool
    note: str | None


@dataclass(frozen=True, slots=True)
class Translation:
    """The words of an instrument in another language, from the source named."""

    name: str
    stem: str
    items: Mapping[str, str]
    anchors: Mapping[str, Anchors]
    options: tuple[Option, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Instrument:
    id: str
    name: str
    short_name: str
    version: int
    thresholds: str
    as_of: str
    languages: tuple[str, ...]
    constructs: tuple[str, ...]
    respondent: str
    validated: bool
    direction: Direction
    range: tuple[int, int]
    recall_period: str
    ages: Ages | None
    stem: str
    options: tuple[Option, ...]
    items: tuple[Item, ...]
    scoring: Scoring
    missing: Missing
    bands: Bands | None
    cutoffs: tuple[Cutoff, ...]
    reliability: tuple[Reliability, ...]
    spread: tuple[Spread, ...]
    reliable_change: ChangeRule | None
    safety: tuple[SafetyItem, ...]
    loinc: Loinc
    licence: Licence
    wording: Wording
    translations: Mapping[str, Translation]
    verified: tuple[str, ...]
    notes: str | None

    def item(self, item_id: str) -> Item:
        """Return the item; KeyError if the instrument has none of this id."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)


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
    raw = yaml.load(path.read_text(encoding="utf-8"), Loader)  # noqa: S506 -- a safe loader either way
    options = _options(raw["options"])
    raw["scoring"] = _scoring(raw["scoring"], [item["id"] for item in raw["items"]], options)
    return Instrument(
        **raw
        | {name: tuple(raw[name]) for name in ("languages", "constructs", "range", "verified")}
        | {
            "direction": Direction(raw["direction"]),
            "ages": Ages(**raw["ages"]) if raw["ages"] else None,
            "options": options,
            "items": tuple(_item(item) for item in raw["items"]),
            "missing": Missing(**raw["missing"]),
            "bands": _bands(raw["bands"]),
            "cutoffs": tuple(Cutoff(**each) for each in raw["cutoffs"]),
            "reliability": tuple(Reliability(**each) for each in raw["reliability"]),
            "spread": tuple(Spread(**each) for each in raw["spread"]),
            "reliable_change": _change_rule(raw["reliable_change"]),
            "safety": tuple(SafetyItem(**each) for each in raw["safety"]),
            "loinc": Loinc(**raw["loinc"] | {"unverified": tuple(raw["loinc"]["unverified"])}),
            "licence": Licence(**raw["licence"]),
            "wording": Wording(**raw["wording"]),
            "translations": MappingProxyType(
                {language: _translation(words) for language, words in raw["translations"].items()}
            ),
        }
    )


def _options(raw: Iterable[dict[str, Any]]) -> tuple[Option, ...]:
    return tuple(Option(**each) for each in raw)


def _anchors(raw: dict[str, str] | None) -> Anchors | None:
    return Anchors(**raw) if raw else None


def _item(raw: dict[str, Any]) -> Item:
    return Item(**raw | {"anchors": _anchors(raw.get("anchors"))})


def _bands(raw: dict[str, Any] | None) -> Bands | None:
    if raw is None:
        return None
    return Bands(**raw | {"levels": tuple(Band(**each) for each in raw["levels"])})


def _change_rule(raw: dict[str, Any] | None) -> ChangeRule | None:
    if raw is None:
        return None
    derived = Derived(**raw["derived"]) if raw["derived"] else None
    others = tuple(ChangeRule(**each) for each in raw["alternatives"])
    return ChangeRule(**raw | {"derived": derived, "alternatives": others})


def _scoring(raw: dict[str, Any], items: list[str], options: tuple[Option, ...]) -> Scoring:
    plain = [option.value for option in options]
    turned = [plain[0] + plain[-1] - value for value in plain]
    values = {item: turned if item in raw["reversed"] else plain for item in items}
    values |= {item: code["values"] for code in raw["recode"] for item in code["items"]}
    return Scoring(
        method=raw["method"],
        multiplier=raw["multiplier"],
        worth=MappingProxyType(
            {item: dict(zip(plain, values[item], strict=True)) for item in items}
        ),
        subscales=tuple(
            Subscale(**each | {"items": tuple(each["items"])}) for each in raw["subscales"]
        ),
        rules=tuple(_rule(each) for each in raw["rules"]),
    )


def _rule(raw: dict[str, Any]) -> Rule:
    clusters = tuple(Cluster(**each | {"items": tuple(each["items"])}) for each in raw["clusters"])
    return Rule(**raw | {"clusters": clusters})


def _translation(raw: dict[str, Any]) -> Translation:
    items: dict[str, dict[str, Any]] = raw["items"]
    ends = {item: _anchors(words.get("anchors")) for item, words in items.items()}
    return Translation(
        name=raw["name"],
        stem=raw["stem"],
        items=MappingProxyType({item: words["text"] for item, words in items.items()}),
        anchors=MappingProxyType({item: pair for item, pair in ends.items() if pair}),
        options=_options(raw["options"]),
        source=raw["source"],
    )
