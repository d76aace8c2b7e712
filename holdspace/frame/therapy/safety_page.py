"""What the pages about safety show: items with what was added to them, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from holdspace.cellar.access.visitor import Visitor
from holdspace.frame.people.labels import Label
from holdspace.frame.therapy import labels, queries
from holdspace.frame.therapy.models import SafetyEntry, SafetyItem, SafetyStep
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
