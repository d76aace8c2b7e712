"""What stands on a practice's shelf, for its members; what its owner loaded."""

from dataclasses import dataclass

from holdspace.cellar.access.gate import NotHere, check
from holdspace.cellar.access.table import Action, Relation
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.hour.measures.checking import Looked, look
from holdspace.hour.measures.definitions import Instrument
from holdspace.hour.measures.instruments import library
from holdspace.hour.measures.models import LocalFile
from holdspace.hour.measures.rules import FileKind
from holdspace.hour.measures.shelves import Shelf


@dataclass(frozen=True, slots=True)
class Loaded:
    """One file that is in force, and the name of its instrument."""

    file: LocalFile
    name: str
    is_words: bool


def instruments(by: Visitor) -> list[Instrument]:
    """Every instrument on the shelf of somebody's practice, by short name."""
    check(by, Action.READ, Layer.ADMIN, {Relation.SELF})
    return sorted(Shelf(by.practice).values(), key=lambda each: each.short_name.lower())


def instrument(by: Visitor, name: str) -> Instrument:
    """One instrument of the shelf, or NotHere."""
    check(by, Action.READ, Layer.ADMIN, {Relation.SELF})
    found = Shelf(by.practice).get(name)
    if found is None:
        raise NotHere
    return found


def files(by: Visitor) -> list[Loaded]:
    """What the practice loaded and has not taken away, the newest first."""
    check(by, Action.CONFIGURE, Layer.ADMIN, {Relation.SAME_PRACTICE})
    found = LocalFile.objects.filter(practice_id=by.practice, taken_at=None)
    shelf = Shelf(by.practice)
    return [
        Loaded(file, shelf[file.instrument].name, file.kind == FileKind.WORDS)
        for file in found.order_by("-loaded_at", "-id")
        if file.instrument in shelf
    ]


def looked_at(by: Visitor, text: str) -> Looked:
    """What a file holds that somebody may load, or its faults by line."""
    check(by, Action.CONFIGURE, Layer.ADMIN, {Relation.SAME_PRACTICE})
    return look(text, Shelf(by.practice), library())
