"""From plain JSON to a telling that holds together, or a refusal that names the field."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from graphlib import CycleError, TopologicalSorter
from typing import Any, Final, cast

from holdspace.hour.worksheets.family import model
from holdspace.hour.worksheets.family.model import (
    BEGINNINGS,
    ENDINGS,
    GENDERS,
    Figure,
    How,
    Mark,
    Telling,
    Tie,
    Turn,
)
from holdspace.hour.worksheets.family.reading import (
    Reader,
    ident,
    line,
    many,
    number,
    one_of,
    plain,
    record,
    words,
    year,
    yes_no,
)
from holdspace.hour.worksheets.family.refusal import CannotTell, _


def day(value: Any, where: str) -> str:
    """A date as ISO 8601 writes it, or nothing."""
    try:
        return str(date.fromisoformat(value)) if value else ""
    except (TypeError, ValueError):
        raise CannotTell(_("A date like 2026-11-24, please."), field=where) from None


def _or_none(reader: Reader) -> Reader:
    return lambda value, where: None if value is None else reader(value, where)


_EVENT: Final = record(model.Event, {"words": words(model.NOTE), "year": year})
_PERSON: Final[dict[str, Reader]] = {
    "id": ident, "name": line(model.NAME), "figure": one_of(Figure),
    "inner": _or_none(one_of(Figure)), "index": yes_no, "born": year, "died": year,
    "dead": yes_no, "age": line(model.AGE), "notes": words(model.NOTE), "events": many(_EVENT, 40),
    "substance": _or_none(one_of(Mark)), "illness": _or_none(one_of(Mark)), "homes": many(ident, 3),
    "unspoken": yes_no, "secret": yes_no, "nudge": many(number(model.FARTHEST), 2),
}  # fmt: skip
_STEP: Final = record(model.Step, {"turn": one_of(Turn), "year": year})
_UNION: Final[dict[str, Reader]] = {
    "id": ident, "partners": many(ident, 2), "steps": many(_STEP, 12),
}  # fmt: skip
_CHILD: Final[dict[str, Reader]] = {
    "child": ident, "union": ident, "how": one_of(How), "twins": line(12), "identical": yes_no,
}  # fmt: skip
_LINE: Final[dict[str, Reader]] = {
    "id": ident, "source": ident, "target": ident, "tie": one_of(Tie), "secret": yes_no,
}  # fmt: skip
_TELLING: Final = record(
    Telling,
    {
        "told_by": line(model.NAME),
        "date": day,
        "people": many(record(model.Person, _PERSON), model.MOST_PEOPLE),
        "unions": many(record(model.Union, _UNION), model.MOST_PEOPLE),
        "children": many(record(model.Parentage, _CHILD), 2 * model.MOST_PEOPLE),
        "lines": many(record(model.Line, _LINE), model.MOST_LINES),
        "homes": many(
            record(model.Home, {"id": ident, "name": line(model.NAME)}), model.MOST_HOMES
        ),
    },
)


def parse(told: Any) -> Telling:
    """A telling from plain JSON (as `json.loads` gives it); raises CannotTell."""
    telling = cast("Telling", _TELLING(told, ""))
    check(telling)
    return telling


def to_plain(telling: Telling) -> dict[str, Any]:
    """The telling as plain JSON, which `parse` reads back as the same telling."""
    return cast("dict[str, Any]", plain(telling))


def check(telling: Telling) -> None:
    """Raise CannotTell where the parts of a telling do not fit together."""
    _once("people", (one.id for one in telling.people))
    _once("unions", (one.id for one in telling.unions))
    _once("lines", (one.id for one in telling.lines))
    _once("homes", (one.id for one in telling.homes))
    _once("children", ((one.child, one.union) for one in telling.children))
    for at, person in enumerate(telling.people):
        _person(telling, person, f"people[{at}]")
    for at, union in enumerate(telling.unions):
        _union(telling, union, f"unions[{at}]")
    for at, child in enumerate(telling.children):
        _known(child.child in telling.by_id, f"children[{at}].child")
        _known(child.union in telling.union_by_id, f"children[{at}].union")
    for at, tie in enumerate(telling.lines):
        _known(tie.source in telling.by_id, f"lines[{at}].source")
        _known(tie.target in telling.by_id, f"lines[{at}].target")
        if tie.source == tie.target:
            raise CannotTell(_("A line needs two people."), field=f"lines[{at}].target")
    _nobody_descends_from_themselves(telling)


def _once(field: str, ids: Iterable[object]) -> None:
    if any(count > 1 for count in Counter(ids).values()):
        raise CannotTell(_("Something is told twice here."), field=field)


def _known(is_there: object, where: str) -> None:
    if not is_there:
        raise CannotTell(_("What this points at is not in the telling."), field=where)


def _person(telling: Telling, person: model.Person, where: str) -> None:
    homes = {home.id for home in telling.homes}
    _known(set(person.homes) <= homes, f"{where}.homes")
    if person.born and person.died and person.died < person.born:
        raise CannotTell(_("Nobody dies before they are born."), field=f"{where}.died")
    if person.inner and (person.figure not in GENDERS or person.inner not in GENDERS):
        raise CannotTell(_("Only a gender can stand inside a person."), field=f"{where}.inner")
    if len(person.nudge) != 2:
        raise CannotTell(_("A nudge has two numbers."), field=f"{where}.nudge")


def _union(telling: Telling, union: model.Union, where: str) -> None:
    _known(set(union.partners) <= telling.by_id.keys(), f"{where}.partners")
    if len(set(union.partners)) != len(union.partners) or not union.partners:
        raise CannotTell(_("One person, or two different people."), field=f"{where}.partners")
    if not union.steps or union.steps[0].turn not in BEGINNINGS:
        sentence = _("A union begins as a marriage, living together or an affair.")
        raise CannotTell(sentence, field=f"{where}.steps")
    before = union.steps[0].turn
    for at, step in enumerate(union.steps[1:], start=1):
        if step.turn is Turn.REUNITED and before not in ENDINGS:
            sentence = _("Only those who parted can come together again.")
            raise CannotTell(sentence, field=f"{where}.steps[{at}]")
        before = step.turn


def _nobody_descends_from_themselves(telling: Telling) -> None:
    order = TopologicalSorter[str]()
    for one in telling.children:
        order.add(one.child, *telling.union_by_id[one.union].partners)
    try:
        order.prepare()
    except CycleError:
        sentence = _("Somebody would be their own ancestor.")
        raise CannotTell(sentence, field="children") from None
