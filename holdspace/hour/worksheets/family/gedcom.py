"""Families out of genealogy programs and into them: GEDCOM 7.0, by the gedcom7 library.

What is handed on is who is kin to whom, names, sexes and years. What a telling adds stays behind:
lines between people, health, homes, notes, gender beyond the sign that is lived, losses, pets, and
everybody who is marked as a secret.
Source of the format: https://gedcom.io/specifications/FamilySearchGEDCOMv7.html (read as the
gedcom7 library 1.2 carries it, version 7.0.18).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import gedcom7
from gedcom7.types import GedcomStructure

from holdspace.hour.worksheets.family import building
from holdspace.hour.worksheets.family.checking import check
from holdspace.hour.worksheets.family.model import (
    BEGINNINGS,
    ENDINGS,
    MOST_PEOPLE,
    NAME,
    UNBORN,
    Figure,
    How,
    Parentage,
    Person,
    Step,
    Telling,
    Turn,
    Union,
)
from holdspace.hour.worksheets.family.reading import EARLIEST, LATEST
from holdspace.hour.worksheets.family.refusal import CannotTell, _

LARGEST: Final = 1_000_000  # bytes
_SEXES: Final = {Figure.WOMAN: "F", Figure.MAN: "M", Figure.NONBINARY: "X", Figure.UNKNOWN: "U"}
_FIGURES: Final = {sex: figure for figure, sex in _SEXES.items()}
_PEDIGREES: Final = {How.BIOLOGICAL: "BIRTH", How.ADOPTED: "ADOPTED", How.FOSTER: "FOSTER"}
_HOWS: Final = {text: how for how, text in _PEDIGREES.items()}
_TURN_TAGS: Final = {Turn.MARRIED: "MARR", Turn.DIVORCED: "DIV"}
_TURNS: Final = {tag: turn for turn, tag in _TURN_TAGS.items()}
_EVENT_TYPES: Final = {
    Turn.TOGETHER: "Living together", Turn.SEPARATED: "Separation", Turn.REUNITED: "Reunion",
}  # fmt: skip
_TYPES: Final = {text: turn for turn, text in _EVENT_TYPES.items()}


# ------------------------------------------------------------------ out


def carried(telling: Telling) -> Telling:
    """What of a telling a GEDCOM file carries; everything else is gone."""
    for one in telling.people:
        if one.secret or one.figure in UNBORN or one.figure is Figure.PET:
            telling = building.without(telling, one.id)
    people = tuple(
        Person(
            one.id, one.name.replace("/", " "), one.figure,
            born=one.born, died=one.died, dead=one.has_died,
        )
        for one in telling.people
    )  # fmt: skip
    unions = tuple(replace(one, steps=tuple(map(_open, one.steps))) for one in telling.unions)
    children = tuple(Parentage(one.child, one.union, one.how) for one in telling.children)
    return Telling(people=people, unions=unions, children=children)


def _open(step: Step) -> Step:
    """An affair is nobody else's matter: it goes out as being together."""
    return replace(step, turn=Turn.TOGETHER) if step.turn is Turn.AFFAIR else step


def to_gedcom(telling: Telling) -> str:
    """The text of a GEDCOM 7 file (UTF-8 when it is written)."""
    told = carried(telling)
    head = _node("HEAD", _node("GEDC", _node("VERS", text="7.0")))
    people = (_individual(told, one) for one in told.people)
    families = (_family(told, one) for one in told.unions)
    return gedcom7.dumps([head, *people, *families, _node("TRLR")])


def _node(
    tag: str,
    *children: GedcomStructure,
    text: str = "",
    xref: str | None = None,
    pointer: str | None = None,
) -> GedcomStructure:
    return GedcomStructure(tag, pointer, text, xref, list(children))


def _at(one: str) -> str:
    return f"@{one.upper()}@"


def _individual(told: Telling, one: Person) -> GedcomStructure:
    nodes = [_node("NAME", text=one.name)] if one.name else []
    nodes.append(_node("SEX", text=_SEXES[one.figure]))
    if one.born:
        nodes.append(_node("BIRT", *_date(one.born)))
    if one.has_died:
        nodes.append(_node("DEAT", *_date(one.died), text="" if one.died else "Y"))
    nodes += [_node("FAMS", pointer=_at(union.id)) for union in told.unions_of(one.id)]
    nodes += [
        _node("FAMC", _pedigree(place.how), pointer=_at(place.union))
        for place in told.children
        if place.child == one.id
    ]
    return _node("INDI", *nodes, xref=_at(one.id))


def _date(year: int | None) -> list[GedcomStructure]:
    return [_node("DATE", text=str(year))] if year else []


def _pedigree(how: How) -> GedcomStructure:
    if how in _PEDIGREES:
        return _node("PEDI", text=_PEDIGREES[how])
    return _node("PEDI", _node("PHRASE", text=how.value), text="OTHER")


def _family(told: Telling, union: Union) -> GedcomStructure:
    nodes = [
        _node(tag, pointer=_at(who))
        for tag, who in zip(("HUSB", "WIFE"), union.partners, strict=False)
    ]
    nodes += [
        _node("CHIL", pointer=_at(one.child)) for one in told.children if one.union == union.id
    ]
    for step in union.steps:
        if step.turn in _TURN_TAGS:
            year = _date(step.year)
            nodes.append(_node(_TURN_TAGS[step.turn], *year, text="" if year else "Y"))
        else:
            kind = _node("TYPE", text=_EVENT_TYPES[step.turn])
            nodes.append(_node("EVEN", kind, *_date(step.year)))
    return _node("FAM", *nodes, xref=_at(union.id))


# ------------------------------------------------------------------ in


def from_gedcom(file: bytes) -> Telling:
    """The family in a GEDCOM 7 file, with ids of its own; raises CannotTell.

    What the file says besides kinship, names, sexes and years is not taken in.
    """
    if len(file) > LARGEST:
        raise CannotTell(_("This file is too large: 1 MB at most."), field="file")
    records = _read(file)
    individuals = [one for one in records if one.tag == "INDI" and one.xref]
    if len(individuals) > MOST_PEOPLE:
        sentence = _("This file has {count} people; at most {most} fit into one telling.")
        raise CannotTell(sentence, field="file", count=len(individuals), most=MOST_PEOPLE)
    ids = {str(one.xref): f"p{at}" for at, one in enumerate(individuals, start=1)}
    families = [one for one in records if one.tag == "FAM" and _partners(one, ids)]
    unions = {str(one.xref): f"u{at}" for at, one in enumerate(families, start=1)}
    telling = Telling(
        people=tuple(_person(one, ids[str(one.xref)]) for one in individuals),
        unions=tuple(
            Union(unions[str(one.xref)], _partners(one, ids), _steps(one)) for one in families
        ),
        children=tuple(_children(individuals, families, ids, unions)),
    )
    check(telling)
    return telling


def _read(file: bytes) -> list[GedcomStructure]:
    try:
        records = gedcom7.loads(file.decode("utf-8"))
    except UnicodeDecodeError:
        raise CannotTell(_("This is no GEDCOM 7 file: it is not UTF-8."), field="file") from None
    except gedcom7.GedcomParseError as refusal:
        # Its own message repeats the line, and with it somebody's name.
        sentence = _("Line {line} of this file is not as GEDCOM 7 has it.")
        line = refusal.line_number or 1
        raise CannotTell(sentence, field="file", line=line) from None
    version = _text(_first(_first(records, "HEAD"), "GEDC"), "VERS")
    if not version.startswith("7."):
        raise CannotTell(_("Only GEDCOM 7 is read here; export it as version 7."), field="file")
    return records


def _first(
    inside: GedcomStructure | Iterable[GedcomStructure] | None, tag: str
) -> GedcomStructure | None:
    nodes = inside.children if isinstance(inside, GedcomStructure) else inside or ()
    return next((one for one in nodes if one.tag == tag), None)


def _text(inside: GedcomStructure | None, tag: str) -> str:
    found = _first(inside, tag)
    return found.text if found else ""


def _person(record: GedcomStructure, who: str) -> Person:
    name = " ".join(_text(record, "NAME").replace("/", " ").split())[:NAME]
    died = _first(record, "DEAT")
    figure = _FIGURES.get(_text(record, "SEX"), Figure.UNKNOWN)
    born = _year(_first(record, "BIRT"))
    death = _year(died)
    if born and death and death < born:
        death = None
    return Person(who, name, figure, born=born, died=death, dead=died is not None)


def _year(event: GedcomStructure | None) -> int | None:
    """The year of an event, or the first of a span; nothing where it is none of ours."""
    date = _first(event, "DATE")
    try:
        value: Any = date.value if date else None
    except ValueError:
        return None
    for part in ("date", "start", "from_", "to", "end"):
        value = getattr(value, part, None) or value
    year = getattr(value, "year", None)
    is_ours = year and EARLIEST <= year <= LATEST and not value.epoch
    return year if is_ours and value.calendar in (None, "GREGORIAN", "JULIAN") else None


def _partners(family: GedcomStructure, ids: Mapping[str, str]) -> tuple[str, ...]:
    found = (_first(family, tag) for tag in ("HUSB", "WIFE"))
    known = dict.fromkeys(ids[str(one.pointer)] for one in found if one and str(one.pointer) in ids)
    return tuple(known)


def _steps(family: GedcomStructure) -> tuple[Step, ...]:
    """The turns in the order of the file; a parting without a beginning has one put before it."""
    steps: list[Step] = []
    for event in family.children:
        turn = _TURNS.get(event.tag) or _TYPES.get(_text(event, "TYPE"))
        is_return = turn is Turn.REUNITED
        if turn and not (is_return and (not steps or steps[-1].turn not in ENDINGS)):
            steps.append(Step(turn, _year(event)))
    if not steps or steps[0].turn not in BEGINNINGS:
        steps.insert(0, Step(Turn.TOGETHER))
    return tuple(steps[:12])


def _children(
    individuals: list[GedcomStructure],
    families: list[GedcomStructure],
    ids: Mapping[str, str],
    unions: Mapping[str, str],
) -> Iterator[Parentage]:
    """The children of each family in its order, and how each of them came to it."""
    hows = {
        (str(one.xref), str(link.pointer)): _how(link)
        for one in individuals
        for link in one.children
        if link.tag == "FAMC"
    }
    for family in families:
        told = dict.fromkeys(str(one.pointer) for one in family.children if one.tag == "CHIL")
        for child in told:
            if child in ids:
                how = hows.get((child, str(family.xref)), How.BIOLOGICAL)
                yield Parentage(ids[child], unions[str(family.xref)], how)


def _how(link: GedcomStructure) -> How:
    pedigree = _first(link, "PEDI")
    phrase = _text(pedigree, "PHRASE")
    if phrase in list(How):
        return How(phrase)
    return _HOWS.get(pedigree.text if pedigree else "", How.BIOLOGICAL)
