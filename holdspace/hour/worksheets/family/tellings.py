"""What can be made of a telling: the family at another time, without names, without secrets."""

from collections.abc import Callable
from dataclasses import replace

from holdspace.hour.worksheets.family.meanings import FIGURES
from holdspace.hour.worksheets.family.model import (
    GENDERS,
    Figure,
    Person,
    Step,
    Telling,
    Union,
)
from holdspace.hour.worksheets.family.refusal import _

Say = Callable[[str], str]


def moments(telling: Telling) -> list[tuple[int, str]]:
    """The years at which somebody was born, with their names: the stops of the time line."""
    born = sorted(
        (one.born, at, one.name)
        for at, one in enumerate(telling.people)
        if one.born and one.figure in GENDERS
    )
    found: dict[int, list[str]] = {}
    for year, _at, name in born:
        found.setdefault(year, []).append(name)
    return [(year, ", ".join(name for name in names if name)) for year, names in found.items()]


def at(telling: Telling, year: int) -> tuple[Telling, frozenset[str]]:
    """The family in that year, as far as years were told, and who was not there yet.

    Nobody is taken out, so that everybody keeps their place; whoever had not died yet lives, and
    unions have only the turns that had happened. What was told without a year (ages as said,
    health, homes, notes, lines) is of the telling's day, and goes.
    """
    hidden = frozenset(one.id for one in telling.people if one.born and one.born > year)
    people = tuple(_person_at(one, year) for one in telling.people)
    unions = tuple(_union_at(one, year) for one in telling.unions)
    told = replace(telling, people=people, unions=unions, lines=(), date=f"{year:04}-12-31")
    return told, hidden | _not_yet(telling, year)


def _person_at(person: Person, year: int) -> Person:
    told = replace(
        person, age="", homes=(), notes="", substance=None, illness=None, unspoken=False,
        events=tuple(one for one in person.events if one.year and one.year <= year),
    )  # fmt: skip
    return replace(told, died=None, dead=False) if person.died and person.died > year else told


def _union_at(union: Union, year: int) -> Union:
    steps = tuple(step for step in union.steps if step.year is None or step.year <= year)
    return replace(union, steps=steps or union.steps[:1])


def _not_yet(telling: Telling, year: int) -> frozenset[str]:
    """Unions that had not begun, by their ids."""
    return frozenset(one.id for one in telling.unions if one.began and one.began > year)


def anonymous(telling: Telling, say: Say) -> Telling:
    """The telling for supervision: names become parts, words and places go, years become ages.

    Whoever the family is about keeps that place; others are named by what they are to it as far
    as that is plain, and numbered. What is left: kinship, turns without years, health, lines.
    """
    year = int(telling.date[:4]) if telling.date else None
    parts = _parts(telling, say)
    people = tuple(
        replace(
            one, name=parts[one.id], notes="", events=(), born=None, died=None,
            dead=one.has_died, age=_decade(one, year),
        )
        for one in telling.people
    )  # fmt: skip
    unions = tuple(
        replace(one, steps=tuple(Step(step.turn) for step in one.steps)) for one in telling.unions
    )
    letters = (say(_("Home {letter}")).format(letter=chr(65 + at)) for at in range(26))
    homes = tuple(
        replace(one, name=letter) for one, letter in zip(telling.homes, letters, strict=False)
    )
    return replace(telling, told_by="", date="", people=people, unions=unions, homes=homes)


def _decade(person: Person, year: int | None) -> str:
    """An age to ten years: exact ones lead back to people."""
    last = person.died or (None if person.has_died else year)
    if not person.born or not last or last < person.born:
        return ""
    return f"{(last - person.born) // 10 * 10}+"


def _parts(telling: Telling, say: Say) -> dict[str, str]:
    """What each is to whom the family is about, with a number where several are the same."""
    named = {one.id: _part(telling, one, say) for one in telling.people}
    found: dict[str, str] = {}
    for who, part in named.items():
        same = [one for one, other in named.items() if other == part]
        found[who] = f"{part} {same.index(who) + 1}" if len(same) > 1 else part
    return found


def _part(telling: Telling, person: Person, say: Say) -> str:
    if person.index:
        return say(_("Index person"))
    for one in (one.id for one in telling.people if one.index):
        kin = _kin(telling, one, person.id)
        if kin:
            return say(kin[person.figure] if person.figure in kin else kin[Figure.UNKNOWN])
    return say(FIGURES[person.figure]).capitalize()


Names = dict[Figure, str]
PARENT: Names = {
    Figure.WOMAN: _("Mother"), Figure.MAN: _("Father"), Figure.UNKNOWN: _("Parent"),
}  # fmt: skip
GRANDPARENT: Names = {
    Figure.WOMAN: _("Grandmother"), Figure.MAN: _("Grandfather"), Figure.UNKNOWN: _("Grandparent"),
}  # fmt: skip
SIBLING: Names = {
    Figure.WOMAN: _("Sister"), Figure.MAN: _("Brother"), Figure.UNKNOWN: _("Sibling"),
}  # fmt: skip
CHILD: Names = {
    Figure.WOMAN: _("Daughter"), Figure.MAN: _("Son"), Figure.UNKNOWN: _("Child"),
    Figure.MISCARRIAGE: FIGURES[Figure.MISCARRIAGE], Figure.ABORTION: FIGURES[Figure.ABORTION],
    Figure.STILLBIRTH: FIGURES[Figure.STILLBIRTH], Figure.PREGNANCY: FIGURES[Figure.PREGNANCY],
}  # fmt: skip
PARTNER: Names = {Figure.UNKNOWN: _("Partner")}


def _kin(telling: Telling, one: str, other: str) -> Names | None:
    """What the other is to the one, where it is near enough to have a plain name."""
    parents = _parents(telling, one)
    grandparents = {who for parent in parents for who in _parents(telling, parent)}
    others = _parents(telling, other)
    partners = {who for union in telling.unions_of(one) for who in union.partners}
    near: list[tuple[bool, Names]] = [
        (other in parents, PARENT),
        (other in grandparents, GRANDPARENT),
        (bool(parents & others), SIBLING),
        (one in others, CHILD),
        (other in partners, PARTNER),
    ]
    return next((names for is_so, names in near if is_so), None)


def _parents(telling: Telling, child: str) -> set[str]:
    return {
        who
        for one in telling.children
        if one.child == child
        for who in telling.union_by_id[one.union].partners
    }


def without_secrets(telling: Telling) -> Telling:
    """The telling as everybody may read it: no lines that are secret, and no marks of secrets."""
    people = tuple(replace(one, secret=False) for one in telling.people)
    return replace(
        telling, people=people, lines=tuple(one for one in telling.lines if not one.secret)
    )
