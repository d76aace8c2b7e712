"""What a form or map is made of: the fields of a definition file, name by name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

Language = str  # `en`, `de` or `es`
Raw = Mapping[str, Any]


class Kind(StrEnum):
    """What a sheet is like to somebody who fills it in."""

    FORM = "form"
    LIST = "list"
    LOG = "log"
    SERIES = "series"
    LETTER = "letter"
    CARD = "card"
    DIAGRAM = "diagram"


class Type(StrEnum):
    """What can be written in a field."""

    WORDS = "words"
    LINE = "line"
    SCALE = "scale"
    RULER = "ruler"
    SUDS = "suds"
    PERCENT = "percent"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    ROWS = "rows"
    EDITED = "edited"  # never in a file: what an editor of its own keeps


RANGES: Final = MappingProxyType(
    {Type.RULER: (0, 10), Type.SUDS: (0, 100), Type.PERCENT: (0, 100)}
)  # of the types whose ends are always the same
GRADED: Final = frozenset({Type.SCALE, Type.NUMBER, *RANGES})


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in each language of the house."""

    en: str
    de: str
    es: str

    def said(self, language: Language) -> str:
        """Return them in one language."""
        words: str = getattr(self, language)
        return words


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose."""

    id: str
    label: Words


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in; a field of rows has `columns`, and `entry` is what a row is called.

    `low` and `high` are the words at the two ends; `least` and `most` the numbers there, in `unit`.
    """

    id: str
    type: Type
    label: Words
    hint: Words | None = None
    heading: Words | None = None
    options: tuple[Option, ...] = ()
    least: float | None = None
    most: float | None = None
    step: float | None = None
    low: Words | None = None
    high: Words | None = None
    unit: Words | None = None
    entry: Words | None = None
    columns: tuple["Field", ...] = ()

    def column(self, name: str) -> "Field":
        """Return a column; KeyError if there is none of this id."""
        return _named(self.columns, name)


@dataclass(frozen=True, slots=True)
class Credit:
    """Whose model it is, where that was read and when; the words are ours in any case."""

    source: str
    as_of: str
    verified: bool
    after: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Which columns of which rows are drawn over which other; over none: in their order."""

    rows: str
    lines: tuple[str, ...]
    over: str = ""


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """A sum of `reckoning`, what its result is called, and which fields (or columns) it is of."""

    id: str
    how: str
    label: Words
    of: Mapping[str, str]
    rows: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """The rows that fill one place of a shape, and which column is which of its own."""

    rows: str
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Diagram:
    """A shape by its name, and the field that fills each of its places."""

    shape: str
    places: Mapping[str, str | Placed]


@dataclass(frozen=True, slots=True)
class Definition:
    """One form or map. One that has an `editor` is filled by that, and has no fields."""

    id: str
    version: int
    name: Words
    about: Words
    kind: Kind
    layer: str
    credit: Credit
    fields: tuple[Field, ...] = ()
    voices: tuple[str, ...] = ()
    lens: bool = False
    chart: Chart | None = None
    diagram: Diagram | None = None
    worked_out: tuple[WorkedOut, ...] = ()
    editor: str = ""

    def field(self, name: str) -> Field:
        """Return a field; KeyError if there is none of this id."""
        return _named(self.fields, name)

    def every_field(self) -> Iterator[Field]:
        """Go through all fields, and the columns of each."""
        for field in self.fields:
            yield field
            yield from field.columns

    def is_for(self, voice: str) -> bool:
        """Say whether a therapy that speaks in this voice has it."""
        return not self.voices or voice in self.voices


def _named(fields: tuple[Field, ...], name: str) -> Field:
    found = next((each for each in fields if each.id == name), None)
    if found is None:
        raise KeyError(name)
    return found


# ------------------------------------------------------------------ from a file


def definition_from(raw: Raw) -> Definition:
    """Return the definition that a mapping describes, which must fit the schema."""
    return Definition(
        id=raw["id"],
        version=raw["version"],
        name=Words(**raw["name"]),
        about=Words(**raw["about"]),
        kind=Kind(raw["kind"]),
        layer=raw["layer"],
        credit=Credit(**raw["credit"]),
        fields=tuple(map(field_from, raw.get("fields", ()))),
        voices=tuple(raw.get("voices", ())),
        lens=raw.get("lens", False),
        chart=_chart(raw["chart"]) if "chart" in raw else None,
        diagram=_diagram(raw["diagram"]) if "diagram" in raw else None,
        worked_out=tuple(map(_worked_out, raw.get("worked_out", ()))),
        editor=raw.get("editor", ""),
    )


def field_from(raw: Raw) -> Field:
    """Return the field that a mapping describes, which must fit the schema."""
    kind = Type(raw["type"])
    least, most = RANGES.get(kind, (raw.get("min"), raw.get("max")))
    said = ("label", "hint", "heading", "low", "high", "unit", "entry")
    words: dict[str, Any] = {name: Words(**raw[name]) for name in said if name in raw}
    return Field(
        id=raw["id"],
        type=kind,
        least=least,
        most=most,
        step=raw.get("step"),
        options=tuple(
            Option(each["id"], Words(**each["label"])) for each in raw.get("options", ())
        ),
        columns=tuple(map(field_from, raw.get("columns", ()))),
        **words,
    )


def _chart(raw: Raw) -> Chart:
    return Chart(raw["rows"], tuple(raw["lines"]), raw.get("over", ""))


def _worked_out(raw: Raw) -> WorkedOut:
    label = Words(**raw["label"])
    return WorkedOut(raw["id"], raw["how"], label, dict(raw["of"]), raw.get("rows", ""))


def _diagram(raw: Raw) -> Diagram:
    places = {
        name: filled if isinstance(filled, str) else Placed(filled["rows"], dict(filled["columns"]))
        for name, filled in raw["places"].items()
    }
    return Diagram(raw["shape"], MappingProxyType(places))
