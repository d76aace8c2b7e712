"""What a button on a genogram's page does to the telling. Nothing is stored here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from holdspace.hour.worksheets import map_forms
from holdspace.hour.worksheets.family import building, gedcom
from holdspace.hour.worksheets.family.entry import CannotRead, sketched
from holdspace.hour.worksheets.family.model import BEGINNINGS, FARTHEST, Person, Step, Telling
from holdspace.hour.worksheets.family.refusal import CannotTell, _

NUDGES: Final = {
    "left": (-20.0, 0.0), "right": (20.0, 0.0), "up": (0.0, -20.0), "down": (0.0, 20.0),
}  # fmt: skip
Files = MultiValueDict[str, UploadedFile]


@dataclass(frozen=True)
class Pressed:
    """A button, about whom and what it was pressed, and what was typed beside it."""

    telling: Telling
    who: str
    what: str
    posted: QueryDict
    files: Files

    @property
    def person(self) -> Person:
        """Whoever it is about."""
        return self.telling.by_id[self.who]


@dataclass(frozen=True)
class Done:
    """What came of it: the telling, whom the page shows then, and forms that were wrong."""

    telling: Telling
    person: str = ""
    wrong: Mapping[str, Any] | None = None


Do = Callable[[Pressed], Done]


def done(telling: Telling, posted: QueryDict, files: Files) -> Done:
    """Do what the button says; raises CannotTell for what no form of the page can show."""
    button, _space, what = str(posted.get("do", "")).partition(" ")
    who = str(posted.get("person", ""))
    pressed = Pressed(telling, who, what, posted, files)
    if button in OF_SOMEBODY and who in telling.by_id:
        return OF_SOMEBODY[button](pressed)
    if button in OF_ALL:
        return OF_ALL[button](pressed)
    raise CannotTell(_("What was meant is not there any more. Nothing was changed."))


def _wrong(pressed: Pressed, **wrong: Any) -> Done:
    """The page again with a form as it was typed, and the telling as it is."""
    return Done(pressed.telling, pressed.who, wrong)


# ------------------------------------------------------------------ of somebody


def _add(how: Callable[[Telling, str, Person], tuple[Telling, str]]) -> Do:
    def do(pressed: Pressed) -> Done:
        return Done(*how(pressed.telling, pressed.who, Person("")))

    return do


def _tell(pressed: Pressed) -> Done:
    form = map_forms.PersonForm(pressed.telling, pressed.person, pressed.posted)
    if not form.is_valid():
        return _wrong(pressed, form=form)
    try:
        return Done(form.told(), pressed.who)
    except CannotTell as why:
        field = why.field.rpartition(".")[2]
        form.add_error(field if field in form.fields else None, why.said(gettext))
        return _wrong(pressed, form=form)


def _remove(pressed: Pressed) -> Done:
    return Done(building.without(pressed.telling, pressed.who))


def _nudge(pressed: Pressed) -> Done:
    """By a step, by what was dragged, or back to where the drawing puts them."""
    person = pressed.person
    by = NUDGES.get(pressed.what) or _dragged(pressed.posted)
    x, y = (
        round(min(max(now + more, -FARTHEST), FARTHEST))
        for now, more in zip(person.nudge, by or (-one for one in person.nudge), strict=True)
    )
    nudged = replace(person, nudge=(float(x), float(y)))
    return Done(building.told_as(pressed.telling, nudged), pressed.who)


def _dragged(posted: QueryDict) -> tuple[float, float] | None:
    try:
        x, y = float(str(posted.get("x"))), float(str(posted.get("y")))
    except ValueError:
        return None
    return (x, y) if isfinite(x) and isfinite(y) else None


def _tie(pressed: Pressed) -> Done:
    form = map_forms.TieForm(pressed.telling, pressed.person, pressed.posted)
    if not form.is_valid():
        return _wrong(pressed, tie_form=form)
    target = form.cleaned_data["target"]
    return Done(building.line(pressed.telling, pressed.who, target, form.tie_told), pressed.who)


def _untie(pressed: Pressed) -> Done:
    return Done(building.without_line(pressed.telling, pressed.what), pressed.who)


def _turn(pressed: Pressed) -> Done:
    """The first turn of a union that was only begun says what it began as."""
    union = pressed.telling.union_by_id.get(pressed.what)
    if union is None:
        return Done(pressed.telling, pressed.who)
    form = map_forms.TurnForm(pressed.posted, auto_id=f"{union.id}-%s")
    if not form.is_valid():
        return _wrong(pressed, turn_form=form, turn_of=union.id)
    is_bare = union.steps == (Step(union.steps[0].turn),)
    begins = is_bare and form.step.turn in BEGINNINGS
    turned = replace(union, steps=(form.step,) if begins else (*union.steps, form.step))
    try:
        return Done(building.turned(pressed.telling, turned), pressed.who)
    except CannotTell as why:
        form.add_error("turn", why.said(gettext))
        return _wrong(pressed, turn_form=form, turn_of=union.id)


def _unturn(pressed: Pressed) -> Done:
    """The last turn goes; with the only one the union itself."""
    union = pressed.telling.union_by_id.get(pressed.what)
    if union is None:
        return Done(pressed.telling, pressed.who)
    if len(union.steps) == 1:
        return Done(building.without_union(pressed.telling, union.id), pressed.who)
    return Done(
        building.turned(pressed.telling, replace(union, steps=union.steps[:-1])), pressed.who
    )


# ------------------------------------------------------------------ of the whole family


def _line(pressed: Pressed) -> Done:
    form = map_forms.LineForm(pressed.posted)
    if not form.is_valid():
        return _wrong(pressed, line_form=form)
    line = form.cleaned_data["line"]
    try:
        return Done(sketched(line, pressed.telling))
    except CannotRead as why:
        form.add_error("line", why.said(gettext))
        return _wrong(pressed, line_form=form, stumbled=line[why.start : why.end])


def _told(pressed: Pressed) -> Done:
    form = map_forms.ToldForm(pressed.posted)
    if not form.is_valid():
        return _wrong(pressed, told_form=form)
    told_by, date = form.told()
    return Done(replace(pressed.telling, told_by=told_by, date=date))


def _home(pressed: Pressed) -> Done:
    form = map_forms.HomeForm(pressed.posted)
    if not form.is_valid():
        return _wrong(pressed, home_form=form)
    return Done(building.home(pressed.telling, " ".join(form.cleaned_data["home"].split()))[0])


def _unhome(pressed: Pressed) -> Done:
    return Done(building.without_home(pressed.telling, pressed.what))


def _file(pressed: Pressed) -> Done:
    """The family of a file takes the place of what is here; who tells it stays."""
    form = map_forms.FileForm(pressed.posted, pressed.files)
    if not form.is_valid():
        return _wrong(pressed, file_form=form)
    try:
        read = gedcom.from_gedcom(form.cleaned_data["file"].read(gedcom.LARGEST + 1))
    except CannotTell as why:
        form.add_error("file", why.said(gettext))
        return _wrong(pressed, file_form=form)
    return Done(replace(read, told_by=pressed.telling.told_by, date=pressed.telling.date))


def _somebody(pressed: Pressed) -> Done:
    first = not pressed.telling.people
    return Done(*building.person(pressed.telling, Person("", index=first)))


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
