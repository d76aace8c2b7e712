"""Families for the tests: one that was told in full, and as many grown ones as wanted."""

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

from holdspace.hour.worksheets.family import building
from holdspace.hour.worksheets.family.checking import parse
from holdspace.hour.worksheets.family.model import (
    Figure,
    How,
    Mark,
    Person,
    Step,
    Telling,
    Tie,
    Turn,
)
from holdspace.hour.worksheets.family.refusal import CannotTell

HERE = Path(__file__).parent


def told() -> dict[str, Any]:
    """Four generations, two homes, a remarriage, an adoption, twins: as plain JSON."""
    found: dict[str, Any] = json.loads((HERE / "four_generations.json").read_text())
    return found


def four_generations() -> Telling:
    return parse(told())


def grown(seed: int, people: int) -> Telling:
    """A family that grew by chance: children, remarriages, parents, siblings, cousins, adoption."""
    chance = random.Random(seed)  # noqa: S311 -- the same family for the same seed
    telling, first = building.person(Telling(date="2026-11-24"), somebody(chance))
    telling, _other = building.partner(telling, first, somebody(chance))
    while len(telling.people) < people:
        who = chance.choice(telling.people).id
        telling = chance.choice(GROWTH)(telling, who, chance)
    return _with_homes(telling, chance)


def somebody(chance: random.Random) -> Person:
    names = ("Ana", "Bo", "Maximiliane von Hohenfels", "Wim", "", "Ilse Marie", "Ζωή", "李小龍")
    figures = [Figure.WOMAN, Figure.MAN] * 3 + list(Figure)
    return Person(
        "", chance.choice(names), chance.choice(figures),
        born=chance.choice([None, *range(1900, 2020, 7)]),
        notes=chance.choice(["", "", "moved to another country after the war"]),
    )  # fmt: skip


def _child(telling: Telling, who: str, chance: random.Random) -> Telling:
    return building.child_of(telling, who, somebody(chance))[0]


def _partner(telling: Telling, who: str, chance: random.Random) -> Telling:
    if len(telling.unions_of(who)) > 2:
        return telling
    steps = (Step(Turn.MARRIED, chance.choice([None, 1950, 1999])), Step(Turn.DIVORCED, 2001))
    return building.partner(telling, who, somebody(chance), steps)[0]


def _parent(telling: Telling, who: str, chance: random.Random) -> Telling:
    place = telling.places.get(who)
    if place and len(telling.union_by_id[place.union].partners) > 1:
        return telling
    return building.parent_of(telling, who, somebody(chance))[0]


def _sibling(telling: Telling, who: str, chance: random.Random) -> Telling:
    return building.sibling_of(telling, who, somebody(chance))[0]


def _adoption(telling: Telling, who: str, chance: random.Random) -> Telling:
    """A child goes to another couple of its parents' generation, where there is one."""
    place = telling.places.get(who)
    others = [one for one in telling.unions if not place or one.id != place.union]
    if not place or not others or len([1 for one in telling.children if one.child == who]) > 1:
        return telling
    try:
        return building.child(telling, chance.choice(others).id, who, how=How.ADOPTED)
    except CannotTell:  # it would be its own ancestor
        return telling


def _loner(telling: Telling, who: str, chance: random.Random) -> Telling:
    telling, other = building.person(telling, somebody(chance))
    return building.line(telling, who, other, chance.choice(list(Tie)))


GROWTH = [_child] * 6 + [_partner] * 4 + [_parent] * 3 + [_sibling] * 2 + [_adoption, _loner]


def _with_homes(telling: Telling, chance: random.Random) -> Telling:
    for name in ("Maple Street", "The farm"):
        telling, home = building.home(telling, name)
        for one in chance.sample(telling.people, min(4, len(telling.people))):
            person = telling.by_id[one.id]
            moved = replace(person, homes=(*person.homes, home), substance=Mark.PRESENT)
            telling = building.told_as(telling, moved)
    return telling
