"""An approach of a practice's own as it is kept, and as an approach like any other."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString

from holdspace.frame.approaches import catalogue
from holdspace.frame.approaches.catalogue import Approach, Step, Technique
from holdspace.frame.approaches.models import OwnApproach
from holdspace.frame.approaches.rules import Described, StepSaid, with_ids
from holdspace.frame.approaches.tongues import everywhere, in_tongue, marked

Kept = dict[str, Any]
_PLAIN = ("name", "family", "stance", "structure", "voice", "note_format")
_LISTS = ("artefacts", "measures")


def kept(said: Described, known: Mapping[str, str]) -> Kept:
    """What is said, as it is kept; `known` are the techniques that it had or was begun with."""
    techniques = with_ids(said.techniques, known)
    return {
        **{name: getattr(said, name) for name in _PLAIN},
        **{name: list(getattr(said, name)) for name in _LISTS},
        "hour": [[step.minutes, step.words] for step in said.hour],
        "techniques": techniques,
        "gone": {name: words for name, words in known.items() if name not in techniques},
    }


def techniques_of(row: OwnApproach) -> dict[str, str]:
    """Every technique that it has or once had, by its id."""
    return {**row.description["gone"], **row.description["techniques"]}


def said_of(row: OwnApproach) -> Described:
    """What was said of it, for saying it anew."""
    raw: Kept = row.description
    return Described(
        **{name: raw[name] for name in (*_PLAIN, *_LISTS)},
        hour=[StepSaid(minutes, words) for minutes, words in raw["hour"]],
        techniques=list(raw["techniques"].values()),
    )


def begun_from(one: Approach) -> Described:
    """What an approach of one's own begins with: all of another, in the page's language."""
    return Described(
        name=in_tongue(one.name).words,
        **{name: getattr(one, name) for name in _PLAIN[1:]},
        artefacts=one.artefacts,
        measures=[name for name in one.measures if catalogue.measures()[name].known],
        hour=[StepSaid(step.minutes, in_tongue(step.said).words) for step in one.hour],
        techniques=[in_tongue(technique.said).words for technique in one.techniques],
    )


def approach_of(row: OwnApproach) -> Approach:
    """A practice's own approach as any other. Its words are the practice's, in any language."""
    raw: Kept = row.description
    name = everywhere(raw["name"])
    return Approach(
        id=row.key, name=name, short=name,
        **{field: raw[field] for field in (*_PLAIN[1:], *_LISTS)},
        minutes=sum(minutes for minutes, _words in raw["hour"]),
        hour=[Step(minutes, everywhere(words)) for minutes, words in raw["hour"]],
        techniques=_techniques(raw["techniques"].items()),
        former=_techniques(raw["gone"].items()),
        is_own=True,
        is_retired=row.retired_at is not None,
    )  # fmt: skip


def _techniques(some: Iterable[tuple[str, str]]) -> list[Technique]:
    return [Technique(name, everywhere(words)) for name, words in some]


def known_measures() -> list[tuple[str, str]]:
    """Questionnaires that can be offered, by name."""
    found = [(name, one.name) for name, one in catalogue.measures().items() if one.known]
    return sorted(found, key=lambda pair: pair[1].casefold())


def known_artefacts() -> list[tuple[str, SafeString]]:
    """Records and tools that there are, by name; marked where they wait for their translation."""
    found = [(name, in_tongue(said)) for name, said in catalogue.artefacts().items()]
    found.sort(key=lambda pair: pair[1].words.casefold())
    return [(name, marked(said)) for name, said in found]


def techniques_by_id(one: Approach) -> dict[str, str]:
    """The techniques of an approach, in the page's language, by their ids."""
    return {technique.id: in_tongue(technique.said).words for technique in one.techniques}
