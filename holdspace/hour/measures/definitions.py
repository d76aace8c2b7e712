"""What an instrument is made of: the fields of a definition file, name by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Direction(StrEnum):
    HIGHER_WORSE = "higher_worse"
    HIGHER_BETTER = "higher_better"


@dataclass(frozen=True, slots=True)
class Option:
    value: int
    label: str = ""  # empty where the words are not ours to give: the number is shown


@dataclass(frozen=True, slots=True)
class Anchors:
    """The words at the two ends of a scale."""

    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question; without text where its words are not ours to give.

    `options` and `stem` stand here where they differ from the instrument's.
    """

    id: str
    number: int
    text: str = ""
    loinc: str | None = None
    anchors: Anchors | None = None
    options: tuple[Option, ...] | None = None
    stem: str = ""


@dataclass(frozen=True, slots=True)
class Ages:
    low: int | None
    high: int | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Subscale:
    """Some items scored by themselves: their sum, mean or highest, where few enough are missing.

    No items: it is typed as it stands on the sheet, within `range`.
    """

    id: str
    label: str
    items: tuple[str, ...]
    method: str = "sum"
    multiplier: float = 1
    at_most: int = 0
    range: tuple[float, float] | None = None
    bands: "Bands | None" = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """Items of which so many must count for a symptom rule."""

    label: str
    items: tuple[str, ...]
    at_least: int
    at_most: int | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A published symptom rule; an item counts at `counts_at`, or at its own `counts_at_for`."""

    id: str
    label: str
    counts_at: int
    counts_at_for: Mapping[str, int]
    clusters: tuple[Cluster, ...]
    source: str
    verified: bool
    operator: str = ">="
    excludes: tuple[str, ...] = ()  # rules that must not be met beside it


@dataclass(frozen=True, slots=True)
class Recode:
    """What each answer to some items adds, in the order of their options."""

    items: tuple[str, ...]
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Skip:
    """Questions that are not asked, and count 0, once each item of `zero` was answered 0."""

    zero: tuple[str, ...]
    items: tuple[str, ...]
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Conversion:
    """A published table from a total to another unit, shown beside the total."""

    label: str
    table: Mapping[int, float]
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Scoring:
    """How a total is made: a sum or a mean of items or of subscales, or none at all.

    `items` are those that count (none named: all). `worth` is made when a file is read: what each
    answer to each item adds, after reversing and recoding.
    """

    method: str
    over: str = "items"
    multiplier: float = 1
    items: tuple[str, ...] = ()
    reversed: tuple[str, ...] = ()
    recode: tuple[Recode, ...] = ()
    skips: tuple[Skip, ...] = ()
    subscales: tuple[Subscale, ...] = ()
    rules: tuple[Rule, ...] = ()
    conversion: Conversion | None = None
    worth: Mapping[str, Mapping[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Missing:
    """How many items may be left out (`only` these, where named), and what stands in for them."""

    method: str
    at_most: int
    rule: str
    source: str
    verified: bool
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    low: float
    high: float
    label: str


@dataclass(frozen=True, slots=True)
class Bands:
    levels: tuple[Band, ...]
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A threshold of the total, or `of` a subscale; for one sex, ages or respondent where named.

    Its kind: case, screening, functional (the healthy side after treatment), or other (told, and
    never flagged).
    """

    id: str
    kind: str
    operator: str
    value: float
    meaning: str
    source: str
    verified: bool
    of: str | None = None
    sex: str | None = None
    ages: tuple[int, int] | None = None
    respondent: str | None = None


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
    mean: float | None
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
    panel: str | None = None
    total: str | None = None
    notice: str | None = None
    unverified: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Licence:
    """Status ship: its words are here; score: keys only; no: a typed total only; own: our words."""

    status: str
    statement: str
    source: str
    date: str
    verified: bool
    credit: str
    credit_required: bool


@dataclass(frozen=True, slots=True)
class Wording:
    source: str | None
    verified: bool
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ItemWords:
    """One question in another language."""

    text: str
    anchors: Anchors | None = None
    options: tuple[Option, ...] | None = None
    stem: str = ""


@dataclass(frozen=True, slots=True)
class Translation:
    """The words of an instrument in another language, from the source named."""

    name: str
    stem: str
    items: Mapping[str, ItemWords]
    options: tuple[Option, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """One questionnaire. Its range is that of the total, or of its scales where it has no total."""

    id: str
    name: str
    short_name: str
    version: int
    thresholds: str
    as_of: str
    constructs: tuple[str, ...]
    direction: Direction
    range: tuple[float, float]
    scoring: Scoring
    missing: Missing
    licence: Licence
    wording: Wording
    coding: str
    options: tuple[Option, ...] = ()
    items: tuple[Item, ...] = ()
    languages: tuple[str, ...] = ()  # in which its words are here, the original first
    respondent: str = "client"
    informants: tuple[str, ...] = ()  # who else may answer it
    validated: bool = True
    monitoring: bool = True  # false: a screen or a history, never a measure of change
    recall_period: str = "not stated"
    ages: Ages | None = None
    stem: str = ""
    bands: Bands | None = None
    cutoffs: tuple[Cutoff, ...] = ()
    reliability: tuple[Reliability, ...] = ()
    spread: tuple[Spread, ...] = ()
    reliable_change: ChangeRule | None = None
    safety: tuple[SafetyItem, ...] = ()
    loinc: Loinc = field(default_factory=Loinc)
    translations: Mapping[str, Translation] = field(default_factory=dict)
    verified: tuple[str, ...] = ()
    notes: str | None = None

    def item(self, item_id: str) -> Item:
        """Return the item; KeyError if the instrument has none of this id."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)

    def options_of(self, item: Item) -> tuple[Option, ...]:
        """Return the answers offered to one item."""
        return self.options if item.options is None else item.options

    @property
    def is_total_only(self) -> bool:
        """Whether nothing but the figures of a sheet scored elsewhere can be entered."""
        return not self.items

    @property
    def has_total(self) -> bool:
        """Whether its answers make one figure."""
        return self.scoring.method != "none"

    @property
    def total_items(self) -> tuple[str, ...]:
        """Return the items that the total is made of."""
        scoring = self.scoring
        if scoring.over == "subscales":
            return tuple(dict.fromkeys(item for each in scoring.subscales for item in each.items))
        return scoring.items or tuple(scoring.worth)

    @property
    def is_worded(self) -> bool:
        """Whether the words of every question are here, so that it can be given to somebody."""
        return bool(self.items) and all(item.text for item in self.items)

    @property
    def original(self) -> str:
        """Return the language that its own words are in."""
        return self.languages[0] if self.languages else "en"
