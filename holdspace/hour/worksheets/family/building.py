"""Small changes to a telling: one more person in their place, one less, one told differently.

Every function takes a telling and returns another one that holds together; raises CannotTell.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from holdspace.hour.worksheets.family.checking import check
from holdspace.hour.worksheets.family.model import (
    MOST_HOMES,
    MOST_LINES,
    MOST_PEOPLE,
    Home,
    How,
    Line,
    Parentage,
    Person,
    Step,
    Telling,
    Tie,
    Turn,
    Union,
)
from holdspace.hour.worksheets.family.refusal import CannotTell, _

_TOGETHER: Final = (Step(Turn.TOGETHER),)


def new_id(kind: str, taken: Iterable[str]) -> str:
    """The next free id that begins with this letter."""
    numbers = (int(one[1:]) for one in taken if one[:1] == kind and one[1:].isdecimal())
    return f"{kind}{max(numbers, default=0) + 1}"


def person(telling: Telling, told: Person) -> tuple[Telling, str]:
    """One more person, who gets an id."""
    if len(telling.people) >= MOST_PEOPLE:
        raise CannotTell(_("At most {most} people fit into one telling."), most=MOST_PEOPLE)
    one = replace(told, id=new_id("p", telling.by_id))
    return replace(telling, people=(*telling.people, one)), one.id


def union(
    telling: Telling, partners: tuple[str, ...], steps: tuple[Step, ...] = _TOGETHER
) -> tuple[Telling, str]:
    """One more union, which gets an id."""
    one = Union(new_id("u", telling.union_by_id), partners, steps)
    return _checked(replace(telling, unions=(*telling.unions, one))), one.id


def child(
    telling: Telling, under: str, who: str, *, how: How = How.BIOLOGICAL, twins: str = ""
) -> Telling:
    """Somebody who is there becomes a child of a union."""
    one = Parentage(who, under, how, twins)
    return _checked(replace(telling, children=(*telling.children, one)))


def partner(
    telling: Telling, of: str, told: Person, steps: tuple[Step, ...] = _TOGETHER
) -> tuple[Telling, str]:
    """A new partner of somebody."""
    telling, who = person(telling, told)
    return union(telling, (of, who), steps)[0], who


def child_of(telling: Telling, parent: str, told: Person) -> tuple[Telling, str]:
    """A new child of somebody, in their latest union; where there is none, of them alone."""
    own = telling.unions_of(parent)
    under = own[-1].id if own else ""
    if not own:
        telling, under = union(telling, (parent,))
    telling, who = person(telling, told)
    return child(telling, under, who), who


def parent_of(telling: Telling, of: str, told: Person) -> tuple[Telling, str]:
    """A new parent of somebody: their first, or the second beside the first."""
    place = telling.places.get(of)
    parents = telling.union_by_id[place.union].partners if place else ()
    if len(parents) > 1:
        raise CannotTell(_("Both parents are there. Add another union for further parents."))
    telling, who = person(telling, told)
    if place:
        unions = (
            replace(one, partners=(*one.partners, who)) if one.id == place.union else one
            for one in telling.unions
        )
        return _checked(replace(telling, unions=tuple(unions))), who
    telling, under = union(telling, (who,))
    return child(telling, under, of), who


def sibling_of(telling: Telling, of: str, told: Person) -> tuple[Telling, str]:
    """A new child of the same parents; where none are told, of a parent nobody knows."""
    if of not in telling.places:
        telling, _parent = parent_of(telling, of, Person(""))
    telling, who = person(telling, told)
    return child(telling, telling.places[of].union, who), who


def line(telling: Telling, source: str, target: str, tie: Tie, *, secret: bool = False) -> Telling:
    """One more line between two people."""
    if len(telling.lines) >= MOST_LINES:
        raise CannotTell(_("At most {most} lines fit into one telling."), most=MOST_LINES)
    one = Line(new_id("l", (line.id for line in telling.lines)), source, target, tie, secret)
    return _checked(replace(telling, lines=(*telling.lines, one)))


def home(telling: Telling, name: str) -> tuple[Telling, str]:
    """One more home."""
    if len(telling.homes) >= MOST_HOMES:
        raise CannotTell(_("At most {most} homes fit into one telling."), most=MOST_HOMES)
    one = Home(new_id("h", (home.id for home in telling.homes)), name)
    return replace(telling, homes=(*telling.homes, one)), one.id


def without_home(telling: Telling, gone: str) -> Telling:
    """The telling without one home; whoever lived there lives elsewhere."""
    people = (
        replace(one, homes=tuple(home for home in one.homes if home != gone))
        for one in telling.people
    )
    homes = tuple(one for one in telling.homes if one.id != gone)
    return replace(telling, people=tuple(people), homes=homes)


def told_as(telling: Telling, changed: Person) -> Telling:
    """Somebody told differently."""
    people = (changed if one.id == changed.id else one for one in telling.people)
    return _checked(replace(telling, people=tuple(people)))


def turned(telling: Telling, changed: Union) -> Telling:
    """A union told differently."""
    unions = (changed if one.id == changed.id else one for one in telling.unions)
    return _checked(replace(telling, unions=tuple(unions)))


def without_line(telling: Telling, gone: str) -> Telling:
    """The telling without one line."""
    return replace(telling, lines=tuple(one for one in telling.lines if one.id != gone))


def without_union(telling: Telling, gone: str) -> Telling:
    """The telling without one union; its children stay, without a place under it."""
    return replace(
        telling,
        unions=tuple(one for one in telling.unions if one.id != gone),
        children=tuple(one for one in telling.children if one.union != gone),
    )


def without(telling: Telling, gone: str) -> Telling:
    """The telling without somebody; a union that has children goes on with the one who is left."""
    unions = []
    for one in telling.unions:
        left = tuple(who for who in one.partners if who != gone)
        has_children = any(told.union == one.id for told in telling.children)
        if left == one.partners or (left and has_children):
            unions.append(replace(one, partners=left))
    kept = {one.id for one in unions}
    return replace(
        telling,
        people=tuple(one for one in telling.people if one.id != gone),
        unions=tuple(unions),
        children=tuple(one for one in telling.children if one.child != gone and one.union in kept),
        lines=tuple(one for one in telling.lines if gone not in (one.source, one.target)),
    )


def _checked(telling: Telling) -> Telling:
    check(telling)
    return telling


def came(telling: Telling, who: str, how: How) -> Telling:
    """How somebody came to the union that they are drawn under."""
    place = telling.places[who]
    return _placed(telling, {place: replace(place, how=how)})


def twins(telling: Telling, who: str, other: str, *, identical: bool) -> Telling:
    """Somebody born together with a sibling, and everybody who was born with that one; or alone."""
    place = telling.places[who]
    if not other:
        return _placed(telling, {place: replace(place, twins="", identical=False)})
    beside = telling.places[other]
    name = beside.twins or beside.child
    together = {beside, place} | {
        one for one in telling.placed(place.union) if beside.twins and one.twins == beside.twins
    }
    changed = {one: replace(one, twins=name, identical=identical) for one in together}
    return _placed(telling, changed)


def _placed(telling: Telling, changed: dict[Parentage, Parentage]) -> Telling:
    children = (changed.get(one, one) for one in telling.children)
    return _checked(replace(telling, children=tuple(children)))
