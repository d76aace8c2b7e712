"""A telling as a list that can be read, heard and walked through: the drawing for those without it.

From the oldest down; each union stands under one of its partners, its children under the union, and
everybody is told in full once. Facts are set beside each other rather than put into sentences, so
that every language can say them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from holdspace.hour.worksheets.family.layout.generations import generations
from holdspace.hour.worksheets.family.layout.rows import by_age
from holdspace.hour.worksheets.family.meanings import FIGURES, HEALTH, HOWS, TIES, TURNS
from holdspace.hour.worksheets.family.model import Figure, How, Person, Telling, Tie, Union
from holdspace.hour.worksheets.family.refusal import _

Say = Callable[[str], str]
DIRECTED = {
    Tie.FOCUSED, Tie.CARETAKER, Tie.PHYSICAL_ABUSE, Tie.EMOTIONAL_ABUSE, Tie.SEXUAL_ABUSE,
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """Somebody with what is told of them, and their unions."""

    person: str
    name: str
    facts: str
    unions: tuple["Branch", ...] = ()


@dataclass(frozen=True)
class Branch:
    """A union, its partner, who may be told in full elsewhere, and its children."""

    union: str
    facts: str
    partner: Entry | None
    children: tuple[Entry, ...]
    is_elsewhere: bool = False


def called(person: Person, say: Say) -> str:
    """The name, or what stands for it."""
    return person.name or say(FIGURES[person.figure])


def facts(telling: Telling, person: Person, say: Say, *, secrets: bool = False) -> str:
    """All that is told of somebody, in one line."""
    return " · ".join(_facts(telling, person, say, secrets=secrets))


def _facts(telling: Telling, person: Person, say: Say, *, secrets: bool) -> Iterator[str]:
    if person.name:
        yield say(FIGURES[person.figure])
    if person.inner and person.figure is not Figure.STILLBIRTH:
        yield say(_("inner sign: {gender}")).format(gender=say(FIGURES[person.inner]))
    yield from (say(words) for is_so, words in _plain_facts(person, secrets=secrets) if is_so)
    yield from _years(person, say)
    for key in (("substance", person.substance), ("illness", person.illness)):
        if key[1]:
            yield say(HEALTH[key[0], key[1]])
    yield from _came(telling, person, say)
    yield from (one.name for one in telling.homes if one.id in person.homes and one.name)
    if person.notes:
        yield person.notes.replace("\n", " ")
    yield from (f"{one.year}: {one.words}" if one.year else one.words for one in person.events)


def _plain_facts(person: Person, *, secrets: bool) -> Iterator[tuple[bool, str]]:
    yield person.index, _("whose family this is")
    yield person.unspoken, _("not talked about")
    yield person.secret and secrets, _("a secret")


def _years(person: Person, say: Say) -> Iterator[str]:
    if person.born:
        yield say(_("born {year}")).format(year=person.born)
    if person.died:
        yield say(_("died {year}")).format(year=person.died)
    elif person.dead:
        yield say(_("has died"))
    if person.age:
        yield say(_("age: {age}")).format(age=person.age)


def _came(telling: Telling, person: Person, say: Say) -> Iterator[str]:
    """How somebody came to the union that they are drawn under, where that needs saying."""
    place = telling.places.get(person.id)
    if place and place.how is not How.BIOLOGICAL:
        yield say(HOWS[place.how])
    if place and place.twins:
        yield say(_("identical twins") if place.identical else _("twins"))


def union_facts(union: Union, say: Say) -> str:
    """The turns of a union with their years."""
    if len(union.partners) == 1:
        return say(_("alone"))
    turns = (f"{say(TURNS[step.turn])} {step.year or ''}".strip() for step in union.steps)
    return " · ".join(turns)


def entries(telling: Telling, say: Say, *, secrets: bool = False) -> tuple[Entry, ...]:
    """The whole family, the oldest generation first."""
    return tuple(_Reader(telling, say, secrets=secrets).all())


class _Reader:
    def __init__(self, telling: Telling, say: Say, *, secrets: bool) -> None:
        self.telling, self.say, self.secrets = telling, say, secrets
        self.told: set[str] = set()
        self.unions: set[str] = set()
        self.rows = generations(telling)

    def all(self) -> Iterator[Entry]:
        """From the top; a partner who has parents in the telling waits to be told under them."""
        for person in sorted(self.telling.by_id, key=self.rows.__getitem__):
            if person not in self.told and not self._comes_later(person):
                yield self.entry(person)

    def _comes_later(self, person: str) -> bool:
        """Partners of somebody with parents are told beside them."""
        partners = {
            other for union in self.telling.unions_of(person) for other in union.partners
        } - {person}
        has_parents = person in self.telling.places
        return has_parents or any(one in self.telling.places for one in partners)

    def entry(self, person: str) -> Entry:
        """Somebody and all that hangs on them."""
        self.told.add(person)
        one = self.telling.by_id[person]
        told = facts(self.telling, one, self.say, secrets=self.secrets)
        own = [union for union in self.telling.unions_of(person) if union.id not in self.unions]
        self.unions |= {union.id for union in own}
        return Entry(
            person, called(one, self.say), told, tuple(self._branch(person, union) for union in own)
        )

    def _branch(self, person: str, union: Union) -> Branch:
        partner, is_elsewhere = None, False
        for other in (self.telling.by_id[one] for one in union.partners if one != person):
            is_elsewhere = other.id in self.told or other.id in self.telling.places
            brief = Entry(other.id, called(other, self.say), "")
            partner = brief if is_elsewhere else self.entry(other.id)
        siblings = by_age(self.telling, union.id)
        children = tuple(self.entry(one) for one in siblings if one not in self.told)
        return Branch(union.id, union_facts(union, self.say), partner, children, is_elsewhere)


def ties(telling: Telling, say: Say, *, secrets: bool = False) -> list[str]:
    """What is between people, a line each."""
    return [
        tie_words(telling, at, say)
        for at, line in enumerate(telling.lines)
        if secrets or not line.secret
    ]


def tie_words(telling: Telling, at: int, say: Say) -> str:
    """What one line says; a directed one is told from whom to whom."""
    line = telling.lines[at]
    one, other = (called(telling.by_id[who], say) for who in (line.source, line.target))
    between = f"{one} → {other}" if line.tie in DIRECTED else f"{one} – {other}"
    return f"{between}: {say(TIES[line.tie])}"


def as_text(telling: Telling, say: Say, *, secrets: bool = False) -> str:
    """The list as plain lines, two spaces deeper for what hangs on the line above."""
    lines: list[str] = []
    for entry in entries(telling, say, secrets=secrets):
        lines += _lines(entry, 0)
    return "\n".join([*lines, *ties(telling, say, secrets=secrets)])


def _lines(entry: Entry, depth: int, before: str = "") -> Iterator[str]:
    pad = "  " * depth
    yield f"{pad}{before}{entry.name}{f' · {entry.facts}' if entry.facts else ''}"
    for branch in entry.unions:
        yield f"{pad}  {branch.facts}"
        if branch.partner:
            yield from _lines(branch.partner, depth + 1, "+ ")
        for child in branch.children:
            yield from _lines(child, depth + 2)


def summary(telling: Telling, say: Say) -> str:
    """How many people in how many generations: the sentence of the drawing."""
    rows = len(set(generations(telling).values()))
    return say(_("People: {people}. Generations: {rows}.")).format(
        people=len(telling.people), rows=rows
    )
