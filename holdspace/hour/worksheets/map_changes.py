"""What a button on a genogram's page does to the telling. Pure of storage."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import QueryDict

from holdspace.hour.worksheets import map_forms
from holdspace.hour.worksheets.family import building, gedcom
from holdspace.hour.worksheets.family.entry import CannotRead, sketched
from holdspace.hour.worksheets.family.model import BEGINNINGS, FARTHEST, Person, Step, Telling
from holdspace.hour.worksheets.family.refusal import CannotTell, _

NUDGES: Final = {"left": (-20.0, 0.0), "right": (20.0, 0.0), "up": (0.0, -20.0), "down": (0.0, 20.0)}


@dataclass
class Done:
    """What came of a button: the telling, whom the page shows then, and forms that were wrong."""

    telling: Telling
    person: str = ""
    wrong: Mapping[str, Any] | None = None


Do = Callable[[Telling, str, QueryDict, Mapping[str, Any]], Done]


def done(telling: Telling, posted: QueryDict, files: Mapping[str, Any]) -> Done:
    """Do what the button says; raises CannotTell, which of nothing else than the button is said."""
    who = posted.get("person", "")
    button, _space, what = posted.get("do", "").partition(" ")
    if button in OF_SOMEBODY and who in telling.by_id:
        return OF_SOMEBODY[button](telling, who, _with(posted, what), files)
    if button in OF_ALL:
        return OF_ALL[button](telling, "", _with(posted, what), files)
    raise CannotTell(_("What was meant is not there any more. Nothing was changed."))


def _with(posted: QueryDict, what: str) -> QueryDict:
    found = posted.copy()
    found["what"] = what
    return found


def _add(how: Callable[[Telling, str, Person], tuple[Telling, str]]) -> Do:
    def do(telling: Telling, who: str, _posted: QueryDict, _files: Mapping[str, Any]) -> Done:
        return Done(*how(telling, who, Person("")))

    return do


def _tell(telling: Telling, who: str, posted: QueryDict, _files: Mapping[str, Any]) -> Done:
    form = typed(telling, posted)
    if not form.is_valid():
        return Done(telling, who, {"form": form})
    try:
        return Done(form.told(), who)
    except CannotTell as why:
        field = why.field.rpartition(".")[2]
        form.add_error(field if field in form.fields else None, _said(why))
        return Done(telling, who, {"form": form})


def typed(telling: Telling, posted: QueryDict) -> map_forms.PersonForm:
    """Somebody's form as it was just typed."""
    return map_forms.PersonForm(telling, telling.by_id[posted["person"]], posted)


def _remove(telling: Telling, who: str, _posted: QueryDict, _files: Mapping[str, Any]) -> Done:
    return Done(building.without(telling, who))


def _nudge(telling: Telling, who: str, posted: QueryDict, _files: Mapping[str, Any]) -> Done:
    person = telling.by_id[who]
    try:
        by = NUDGES.get(posted["what"]) or (float(posted["x"]), float(posted["y"]))
    except (KeyError, ValueError):
        by = (-person.nudge[0], -person.nudge[1])  # back to its place
    x, y = (_near(now + more) for now, more in zip(person.nudge, by, strict=True))
    return Done(building.told_as(telling, replace(person, nudge=(x, y))), who)


def _near(value: float) -> float:
    """A nudge that stays on the drawing, in whole units."""
    return float(round(min(max(value, -FARTHEST), FARTHEST))) if value == value else 0.0


def _tie(telling: Telling, who: str, posted: QueryDict, _files: Mapping[str, Any]) -> Done:
    form = map_forms.TieForm(telling, telling.by_id[who], posted)
    if not form.is_valid():
        return Done(telling, who, {"tie_form": form})
    target = form.cleaned_data["target"]
    return Done(building.line(telling, who, target, form.tie_told), who)


def _untie(telling: Telling, who: str, posted: QueryDict, _files: Mapping[str, Any]) -> Done:
    return Done(building.without_line(telling, posted["what"]), who)


def _turn(telling: Telling, who: str, posted: QueryDict, _files: Mapping[str, Any]) -> Done:
    """The first turn of a union that was only begun says what it began as."""
    union = telling.union_by_id.get(posted["what"])
    form = map_forms.TurnForm(posted)
    if union is None or not form.is_valid():
        return Done(telling, who, {"turn_form": form, "turn_of": posted["what"]})
    is_bare = union.steps == (Step(union.steps[0].turn),)
    is_beginning = form.step.turn in BEGINNINGS
    steps = (form.step,) if is_bare and is_beginning else (*union.steps, form.step)
    try:
        return Done(building.turned(telling, replace(union, steps=steps)), who)
    except CannotTell as why:
        form.add_error("turn", _said(why))
        return Done(telling, who, {"turn_form": form, "turn_of": union.id})


def _unturn(telling: Telling, who: str, posted: QueryDict, _files: Mapping[str, Any]) -> Done:
    """The last turn goes; with the only one the union itself."""
    union = telling.union_by_id.get(posted["what"])
    if union is None:
        return Done(telling, who)
    if len(union.steps) == 1:
        return Done(building.without_union(telling, union.id), who)
    return Done(building.turned(telling, replace(union, steps=union.steps[:-1])), who)


def _line(telling: Telling, _who: str, posted: QueryDict, _files: Mapping[str, Any]) -> Done:
    form = map_forms.LineForm(posted)
    if not form.is_valid():
        return Done(telling, wrong={"line_form": form})
    line = form.cleaned_data["line"]
    try:
        return Done(sketched(line, telling))
    except CannotRead as why:
        form.add_error("line", _said(why))
        return Done(telling, wrong={"line_form": form, "stumbled": line[why.start : why.end]})


def _told(telling: Telling, _who: str, posted: QueryDict, _files: Mapping[str, Any]) -> Done:
    form = map_forms.ToldForm(posted)
    if not form.is_valid():
        return Done(telling, wrong={"told_form": form})
    told_by, date = form.told()
    return Done(replace(telling, told_by=told_by, date=date))


def _home(telling: Telling, _who: str, posted: QueryDict, _files: Mapping[str, Any]) -> Done:
    form = map_forms.HomeForm(posted)
    if not form.is_valid():
        return Done(telling, wrong={"home_form": form})
    return Done(building.home(telling, " ".join(form.cleaned_data["home"].split()))[0])


def _unhome(telling: Telling, _who: str, posted: QueryDict, _files: Mapping[str, Any]) -> Done:
    return Done(building.without_home(telling, posted["what"]))


def _file(telling: Telling, _who: str, posted: QueryDict, files: Mapping[str, Any]) -> Done:
    form = map_forms.FileForm(posted, files)
    if not form.is_valid():
        return Done(telling, wrong={"file_form": form})
    try:
        read = gedcom.from_gedcom(form.cleaned_data["file"].read(gedcom.LARGEST + 1))
    except CannotTell as why:
        form.add_error("file", _said(why))
        return Done(telling, wrong={"file_form": form})
    return Done(replace(read, told_by=telling.told_by, date=telling.date))


def _somebody(telling: Telling, _who: str, _posted: QueryDict, _files: Mapping[str, Any]) -> Done:
    first = not telling.people
    return Done(*building.person(telling, Person("", index=first)))


def _said(why: CannotTell) -> str:
    return why.said(map_forms.gettext)


OF_SOMEBODY: Final[Mapping[str, Do]] = {
    "partner": _add(building.partner), "parent": _add(building.parent_of),
    "child": _add(building.child_of), "sibling": _add(building.sibling_of),
    "tell": _tell, "remove": _remove, "nudge": _nudge, "tie": _tie, "untie": _untie,
    "turn": _turn, "unturn": _unturn,
}  # fmt: skip
OF_ALL: Final[Mapping[str, Do]] = {
    "line": _line, "told": _told, "home": _home, "unhome": _unhome, "file": _file,
    "somebody": _somebody,
}  # fmt: skip
