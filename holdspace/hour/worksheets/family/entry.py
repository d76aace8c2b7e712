"""Families typed as they are told: `mum Ana 1951-2019; m 1970 dad Luis; 3 children: Eva 1972, Jan`.

The grammar (docs/reference/family-lines.md says it for people at a keyboard):

    telling    = statement { (";" | line end) statement }
    statement  = person | "@" name | union [year] person | turn [year]
               | [number] "children" [":" list] | "parents:" list | "siblings:" list
    list       = person { "," person }
    person     = { word | years | sign | quoted }        "quoted" words are notes
    years      = 1951 | 1951-2019 | 1951- | -2019        a dash of any length
    union      = "m" (married) | "t" (together) | "a" (affair)
    turn       = "s" (separated) | "d" (divorced) | "r" (together again)
    sign       = "(m)" "(w)" "(nb)" "(pet)" | "adopted" | "foster" | "twin" | "identical" | "†"
               | "index" | "miscarriage" | "abortion" | "stillbirth" | "pregnancy"

A statement speaks of whoever was told of last; `@Eva` goes back to Eva. Words such as mum, Opa or
hijo say a gender and stand as the name where no other is given. English, German and Spanish words
are all understood.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import yaml

from holdspace.hour.worksheets.family import building
from holdspace.hour.worksheets.family.checking import check
from holdspace.hour.worksheets.family.model import (
    NAME,
    NOTE,
    Figure,
    How,
    Parentage,
    Person,
    Step,
    Telling,
    Turn,
)
from holdspace.hour.worksheets.family.reading import EARLIEST, LATEST
from holdspace.hour.worksheets.family.refusal import CannotTell, _

LONGEST: Final = 4000
_WORDS: Final[dict[str, dict[str, list[str]]]] = yaml.safe_load(
    (Path(__file__).parent / "data" / "words.yaml").read_text(encoding="utf-8")
)
WOMEN, MEN, CHILDREN, PARENTS, SIBLINGS = (
    frozenset(word for words in _WORDS[kind].values() for word in words)
    for kind in ("women", "men", "children", "parents", "siblings")
)
UNIONS: Final = {"m": Turn.MARRIED, "t": Turn.TOGETHER, "a": Turn.AFFAIR}
TURNS: Final = {"s": Turn.SEPARATED, "d": Turn.DIVORCED, "r": Turn.REUNITED}
FIGURES: Final = {
    "(m)": Figure.MAN, "(w)": Figure.WOMAN, "(f)": Figure.WOMAN, "(nb)": Figure.NONBINARY,
    "(pet)": Figure.PET, "miscarriage": Figure.MISCARRIAGE, "abortion": Figure.ABORTION,
    "stillbirth": Figure.STILLBIRTH, "pregnancy": Figure.PREGNANCY,
    "fehlgeburt": Figure.MISCARRIAGE, "totgeburt": Figure.STILLBIRTH,
    "schwangerschaft": Figure.PREGNANCY, "aborto": Figure.MISCARRIAGE, "embarazo": Figure.PREGNANCY,
}  # fmt: skip
HOWS: Final = {
    "adopted": How.ADOPTED, "adoptiert": How.ADOPTED,
    "foster": How.FOSTER, "pflegekind": How.FOSTER,
    "adoptado": How.ADOPTED, "adoptada": How.ADOPTED, "acogido": How.FOSTER, "acogida": How.FOSTER,
}  # fmt: skip
TWINS: Final = {
    "twin": False, "zwilling": False, "gemelo": False, "gemela": False, "identical": True,
}  # fmt: skip
DEAD: Final = frozenset({"†", "+"})
INDEX: Final = frozenset({"index", "me", "ich", "yo"})

_WORD: Final = re.compile(r'"[^"]*"?|“[^”]*”?|[^\s,;:"“]+|[,:]')
_YEARS: Final = re.compile(r"(?P<born>\d{4})?(?P<dash>[-–—])?(?P<died>\d{4})?")


class CannotRead(CannotTell):
    """A line that is not understood: from where to where in it, and why."""

    def __init__(self, sentence: str, start: int, end: int, **values: object) -> None:
        super().__init__(sentence, field="line", **values)
        self.start, self.end = start, end


@dataclass(frozen=True)
class Word:
    """A word of the line, and where it stands."""

    text: str
    start: int

    @property
    def low(self) -> str:
        """As it is compared."""
        return self.text.lower()

    def refused(self, sentence: str, **values: object) -> CannotRead:
        """What is said when this word is the trouble."""
        return CannotRead(sentence, self.start, self.start + len(self.text), **values)


@dataclass(frozen=True)
class Told:
    """A person as typed, with how they came and whether with the one before."""

    person: Person
    how: How = How.BIOLOGICAL
    twin: bool = False
    identical: bool = False


def sketched(line: str, telling: Telling) -> Telling:
    """The telling with what the line adds to it; raises CannotRead at the word it stumbles over."""
    if len(line) > LONGEST:
        sentence = _("At most {most} characters at a time.")
        raise CannotRead(sentence, LONGEST, len(line), most=LONGEST)
    sketch = _Sketch(telling)
    for statement in _statements(line):
        try:
            sketch.say(statement)
        except CannotRead:
            raise
        except CannotTell as refusal:
            end = statement[-1].start + len(statement[-1].text)
            raise CannotRead(refusal.sentence, statement[0].start, end, **refusal.values) from None
    check(sketch.telling)
    return sketch.telling


def _statements(line: str) -> Iterator[list[Word]]:
    start = 0
    for stretch in re.split(r'([;\n])(?=(?:[^"]*"[^"]*")*[^"]*$)', line):
        words = [Word(found.group(), start + found.start()) for found in _WORD.finditer(stretch)]
        start += len(stretch)
        if words and words[0].text != ";":
            yield words


class _Sketch:
    """A telling that grows, and whom and which union the next statement speaks of."""

    def __init__(self, telling: Telling) -> None:
        self.telling = telling
        self.who = ""
        self.union = ""

    def say(self, words: list[Word]) -> None:
        """Take in one statement."""
        first = words[0]
        counted = words[1] if first.text.isdecimal() and len(words) > 1 else first
        if first.text.startswith("@"):
            self._go_to(words)
        elif first.low in UNIONS and len(words) > 1:
            self._join(words)
        elif first.low in TURNS and len(words) <= 2:
            self._turn(words)
        elif counted.low in CHILDREN:
            self._children(words)
        elif first.low in PARENTS:
            self._parents(words)
        elif first.low in SIBLINGS:
            self._siblings(words)
        else:
            self.who, self.union = self._add(read_person(words)), ""

    def _add(self, told: Told) -> str:
        self.telling, who = building.person(self.telling, told.person)
        return who

    def _subject(self, word: Word) -> str:
        if not self.who:
            raise word.refused(_("Say first of whom this is told."))
        return self.who

    def _known(self, words: list[Word]) -> str:
        name = " ".join(word.text for word in words).lstrip("@").strip().lower()
        found = [one.id for one in self.telling.people if one.name.lower() == name]
        if not found:
            raise words[0].refused(_("Nobody of this name is in the telling yet."))
        return found[-1]

    def _go_to(self, words: list[Word]) -> None:
        self.who = self._known(words)
        own = self.telling.unions_of(self.who)
        self.union = own[-1].id if own else ""

    def _join(self, words: list[Word]) -> None:
        who = self._subject(words[0])
        year, rest = _year(words[1:])
        if not rest:
            raise words[-1].refused(_("Say with whom."))
        other = self._known(rest) if rest[0].text.startswith("@") else self._add(read_person(rest))
        steps = (Step(UNIONS[words[0].low], year),)
        self.telling, self.union = building.union(self.telling, (who, other), steps)

    def _turn(self, words: list[Word]) -> None:
        if not self.union:
            raise words[0].refused(_("Say first of which couple this is told."))
        year, rest = _year(words[1:])
        if rest:
            raise rest[0].refused(_("A year, or nothing, is expected here."))
        union = self.telling.union_by_id[self.union]
        steps = (*union.steps, Step(TURNS[words[0].low], year))
        self.telling = building.turned(self.telling, replace(union, steps=steps))

    def _children(self, words: list[Word]) -> None:
        who = self._subject(words[0])
        number = int(words[0].text[:3]) if words[0].text.isdecimal() else None
        told = _listed(words[1:] if number is None else words[2:])
        if number is not None and len(told) > number:
            raise words[0].refused(_("More are named than this number says."))
        told += [Told(Person(""))] * min((number or 0) - len(told), 20)
        if not self.union:
            self.telling, self.union = building.union(self.telling, (who,))
        self._under(self.union, told)

    def _under(self, union: str, told: list[Told]) -> None:
        before: Parentage | None = None
        for one in told:
            child = self._add(one)
            twins = (before.twins or before.child) if before and one.twin else ""
            if before and twins:
                self._mark(before, twins, identical=one.identical)
            before = Parentage(child, union, one.how, twins, one.identical)
            self.telling = replace(self.telling, children=(*self.telling.children, before))

    def _mark(self, before: Parentage, twins: str, *, identical: bool) -> None:
        children = (
            replace(one, twins=twins, identical=identical) if one is before else one
            for one in self.telling.children
        )
        self.telling = replace(self.telling, children=tuple(children))

    def _parents(self, words: list[Word]) -> None:
        who = self._subject(words[0])
        told = _listed(words[1:])
        if not 1 <= len(told) <= 2:
            raise words[0].refused(_("One or two parents, with a comma between them."))
        parents = tuple(self._add(one) for one in told)
        self.telling, union = building.union(self.telling, parents)
        self.telling = building.child(self.telling, union, who)

    def _siblings(self, words: list[Word]) -> None:
        who = self._subject(words[0])
        place = self.telling.places.get(who)
        if place is None:
            raise words[0].refused(_("Say first who the parents are."))
        self._under(place.union, _listed(words[1:]))


def _year(words: list[Word]) -> tuple[int | None, list[Word]]:
    """A year at the beginning, and what follows."""
    if words and words[0].text.isdecimal():
        return _checked_year(words[0], words[0].text), words[1:]
    return None, words


def _checked_year(word: Word, text: str) -> int:
    if len(text) != 4 or not EARLIEST <= int(text) <= LATEST:
        sentence = _("A year between {first} and {last}, please.")
        raise word.refused(sentence, first=EARLIEST, last=LATEST)
    return int(text)


def _listed(words: list[Word]) -> list[Told]:
    """People with commas between them, after a colon."""
    if not words:
        return []
    if words[0].text != ":":
        raise words[0].refused(_("A colon is expected here."))
    parts: list[list[Word]] = [[]]
    for word in words[1:]:
        if word.text == ",":
            parts.append([])
        else:
            parts[-1].append(word)
    return [read_person(part) for part in parts if part]


def read_person(words: list[Word]) -> Told:
    """Somebody from the words that tell of them; raises CannotRead."""
    told, role = Told(Person("")), ""
    names: list[str] = []
    for word in words:
        if word.text in ":,":
            raise word.refused(_("This sign is not expected here."))
        changed = _sign(told, word)
        if changed is not None:
            told = changed
        elif not names and not role and word.low in WOMEN | MEN:
            role = word.text
        else:
            names.append(word.text)
    name = " ".join(names) or role
    if len(name) > NAME:
        raise words[0].refused(_("At most {most} characters."), most=NAME)
    figure = told.person.figure
    if figure is Figure.UNKNOWN and role:
        figure = Figure.WOMAN if role.lower() in WOMEN else Figure.MAN
    return replace(told, person=replace(told.person, name=name, figure=figure))


def _sign(told: Told, word: Word) -> Told | None:
    """What a word that is no name says; nothing where it is a name."""
    person, low = told.person, word.low
    if low in FIGURES:
        return replace(told, person=replace(person, figure=FIGURES[low]))
    if low in HOWS:
        return replace(told, how=HOWS[low])
    if low in TWINS:
        return replace(told, twin=True, identical=TWINS[low])
    if low in DEAD | INDEX:
        marked = replace(person, dead=True) if low in DEAD else replace(person, index=True)
        return replace(told, person=marked)
    return _years_or_note(told, word)


def _years_or_note(told: Told, word: Word) -> Told | None:
    person = told.person
    if word.text[0] in '"“':
        notes = word.text.strip('"“”').strip()[:NOTE]
        return replace(told, person=replace(person, notes=notes))
    if not any(sign.isdecimal() for sign in word.text):
        return None
    found = _YEARS.fullmatch(word.text)
    if found is None:
        raise word.refused(_("Years are written like 1951, 1951-2019 or -2019."))
    born, died = (
        _checked_year(word, found[part]) if found[part] else None for part in ("born", "died")
    )
    if found["died"] and not found["dash"]:
        raise word.refused(_("Years are written like 1951, 1951-2019 or -2019."))
    if born and died and died < born:
        raise word.refused(_("Nobody dies before they are born."))
    return replace(told, person=replace(person, born=born, died=died))
