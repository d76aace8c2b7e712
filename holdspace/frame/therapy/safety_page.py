"""What the pages about safety show: items with what was added to them, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from holdspace.cellar.access.visitor import Visitor
from holdspace.frame.people import queries as people
from holdspace.frame.people.labels import Label
from holdspace.frame.people.models import ContactPoint
from holdspace.frame.people.rules import Safe
from holdspace.frame.practice import queries as practice
from holdspace.frame.practice.rules import CrisisHelp
from holdspace.frame.therapy import labels, queries
from holdspace.frame.therapy.models import SafetyEntry, SafetyItem, SafetyStep, Therapy
from holdspace.frame.therapy.page import called
from holdspace.frame.therapy.safety import PROMPTS


@dataclass(frozen=True, slots=True)
class EntryShown:
    """One thing that was added: what, when, by whom; lines are what it is, and words."""

    kind: Label
    at: datetime
    who: str
    lines: Sequence[tuple[Label, str]]


@dataclass(frozen=True, slots=True)
class ItemShown:
    """An item in a list or on its page."""

    item: SafetyItem
    whose: str
    source: Label
    entries: Sequence[EntryShown]
    steps: Sequence[SafetyStep]


def item_shown(
    by: Visitor, item: SafetyItem, steps: Sequence[SafetyStep] = (), *, is_whole: bool = False
) -> ItemShown:
    """An item; its entries only on its own page."""
    whose = called(item.participant) if item.participant is not None else ""
    entries = [entry_shown(one) for one in queries.safety_entries(by, item)] if is_whole else []
    own = [one for one in steps if one.item_id == item.id]
    return ItemShown(item, whose, labels.SOURCES[item.source], entries, own)


def entry_shown(entry: SafetyEntry) -> EntryShown:
    lines = [(label, said) for label, said in _lines(entry.words) if said]
    return EntryShown(labels.ENTRIES[entry.kind], entry.at, entry.by.name, lines)


def _lines(words: Mapping[str, str]) -> list[tuple[Label, str]]:
    if "whom" in words:
        said = f"{labels.CHANNELS[words['channel']]} · {labels.RESULTS[words['result']]}"
        return [(words["whom"], said)]
    asked = [(labels.PROMPTS[name], words.get(name, "")) for name in PROMPTS]
    told = [("", words.get(name, "")) for name in ("line", "words", "because")]
    return [*asked, *told, (labels.HANDED_TO, words.get("handed_to", ""))]


@dataclass(frozen=True, slots=True)
class Reach:
    """Somebody who takes part, and the ways to reach them that they said are safe."""

    name: str
    points: Sequence[ContactPoint]


@dataclass(frozen=True, slots=True)
class CrisisShown:
    """What one needs in a crisis: whom to call, what was written, and nothing else."""

    item: ItemShown | None
    people: Sequence[Reach]
    lines: Sequence[CrisisHelp]


def crisis_shown(by: Visitor, therapy: Therapy) -> CrisisShown:
    """Contacts that are safe, the practice's own numbers, and the lines of the crisis under way."""
    places = queries.here(by, therapy.id)
    under_way = [one for one in queries.open_safety(by, [therapy.id]) if one.in_crisis]
    item = queries.one_safety(by, under_way[0].id) if under_way else None
    return CrisisShown(
        item=item_shown(by, item, is_whole=True) if item is not None else None,
        people=[Reach(called(place), _safe(by, place.person_id)) for place in places],
        lines=practice.crisis_help(by),
    )


def _safe(by: Visitor, person: UUID) -> list[ContactPoint]:
    return [one for one in people.contact_points(by, person) if one.safe == Safe.YES]
