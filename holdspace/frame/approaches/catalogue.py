"""The approaches that the house knows: what an hour of each is like, what it asks and keeps.

Facts are the field's general knowledge and say so; nothing here recommends anything to anybody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import yaml

from holdspace.frame.approaches.tongues import LANGUAGES, Said

DATA: Final = Path(__file__).parent / "data"
COMPILED: Final = "2026-01"  # when the files were; unverified but for the pages they name
FAMILIES: Final = (
    "psychodynamic", "humanistic_existential", "cognitive_behavioural", "systemic", "postmodern",
    "integrative", "expressive_arts", "body_oriented", "group", "child_play", "other_and_allied",
)  # fmt: skip
STANCES: Final = ("clinical", "facilitative", "mixed")
STRUCTURES: Final = ("unstructured", "semi", "structured")
FORMATS: Final = ("individual", "couple", "family", "group", "child", "adolescent", "parent_child")
_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C it takes a tenth as long


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of the hour, and about how long it takes."""

    minutes: int
    said: Said


@dataclass(frozen=True, slots=True)
class Technique:
    """Something that is done; its id means this within its approach for ever."""

    id: str
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Approach:
    """One approach, of the catalogue or of a practice's own. What is not said is empty."""

    id: str
    name: Said
    short: Said  # for a line with little room
    family: str
    year: int | None = None  # to sort by
    since: str = ""
    founders: str = ""
    stance: str
    structure: str
    voice: str
    note_format: str
    formats: Sequence[str] = ()
    least: int | None = None  # sessions
    most: int | None = None
    is_open: bool = False
    frequency: Said | None = None
    minutes: int
    minutes_range: tuple[int, int] | None = None
    phases: Sequence[Said] = ()
    hour: Sequence[Step] = ()
    cue: str = ""  # of time in the room, where it is another than its structure has
    techniques: Sequence[Technique] = ()
    former: Sequence[Technique] = ()  # no longer offered; sessions name them still
    artefacts: Sequence[str] = ()
    measures: Sequence[str] = ()
    record_holds: Sequence[Said] = ()
    pages: Sequence[str] = ()  # where a part of it was read
    evidence: str = ""
    is_own: bool = False
    is_retired: bool = False

    @property
    def usual_cue(self) -> str:
        """How time is shown in the room unless the therapy says otherwise."""
        return self.cue or ("phase" if self.structure == "structured" else "soft")


@dataclass(frozen=True, slots=True)
class Measure:
    """A questionnaire that approaches name; only one that the library knows is ever offered."""

    name: str
    known: bool


@cache
def catalogue() -> Mapping[str, Approach]:
    """Every approach by its id, family by family in the order of `FAMILIES`; read once."""
    found = (one for family in FAMILIES for one in _family(family)["approaches"])
    return MappingProxyType({one.id: one for one in found})


@cache
def families() -> Mapping[str, Said]:
    """What each family is called."""
    return MappingProxyType({family: _family(family)["name"] for family in FAMILIES})


@cache
def artefacts() -> Mapping[str, Said]:
    """Records and tools that approaches name, by their ids."""
    return MappingProxyType(read("artefacts.yaml"))


@cache
def measures() -> Mapping[str, Measure]:
    """Questionnaires that approaches name and those that the library knows, by their ids."""
    return MappingProxyType({name: Measure(**one) for name, one in read("measures.yaml").items()})


@cache
def not_offered() -> Sequence[tuple[Said, Said]]:
    """Practices that are not offered as templates, and why."""
    return [(one["what"], one["why"]) for one in read("not_offered.yaml")]


def short_of(name: str) -> str:
    """A name without what stands in brackets at its end."""
    return name.rpartition(" (")[0] if name.endswith(")") and " (" in name else name


def read(name: str) -> Any:
    """What a data file of this room holds."""
    return yaml.load((DATA / name).read_text(encoding="utf-8"), _Loader)  # noqa: S506 -- a safe one


@cache
def _family(name: str) -> dict[str, Any]:
    raw = read(f"catalogue/{name}.yaml")
    of = raw["family"]
    return {"name": of["name"], "approaches": [_approach(one, name) for one in raw["approaches"]]}


def _approach(raw: dict[str, Any], family: str) -> Approach:
    plain = ("id", "name", "founders", "stance", "structure", "voice", "note_format", "formats",
             "frequency", "minutes", "artefacts", "measures")  # fmt: skip
    return Approach(
        **{name: raw[name] for name in plain},
        short=raw.get("short") or {to: short_of(words) for to, words in raw["name"].items()},
        family=family,
        year=raw["since"]["year"],
        since=raw["since"]["said"],
        least=raw["sessions"]["least"],
        most=raw["sessions"]["most"],
        is_open=raw["sessions"]["is_open"],
        minutes_range=tuple(raw["minutes_range"]) if "minutes_range" in raw else None,
        phases=_each(raw["phases"]),
        cue=raw.get("cue", ""),
        hour=[Step(one["minutes"], _said(one)) for one in raw["hour"]],
        techniques=[Technique(one["id"], _said(one)) for one in raw["techniques"]],
        record_holds=_each(raw["record_holds"]),
        pages=raw.get("pages", ()),
        evidence=raw.get("evidence", ""),
    )


def _said(raw: Mapping[str, Any]) -> Said:
    """The words beside other facts of the same line."""
    return {language: raw[language] for language in LANGUAGES if language in raw}


def _each(raw: Mapping[str, Iterable[str]]) -> list[Said]:
    """Lines in several languages, each with its translations."""
    spoken = list(raw)
    return [dict(zip(spoken, line, strict=True)) for line in zip(*raw.values(), strict=True)]
