"""From what somebody typed to what is kept of it: a value for each place, or why not."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

from django.utils.translation import gettext as _

from holdspace.hour.worksheets.definitions import GRADED, Field, Type
from holdspace.hour.worksheets.editors import EDITORS, CannotDraw

Value = Any  # what JSON can say: text, a number, yes or no, ids; nothing where it is empty
LONGEST_WORDS: Final = 50_000  # characters in one field
LONGEST_LINE: Final = 500
LARGEST: Final = 1e9
YEARS: Final = (1900, 2200)  # beyond these something was mistyped
_UNWRITABLE: Final = re.compile("[\x00\ud800-\udfff]")


class CannotKeep(Exception):
    """Something cannot be kept as it is; the message says why, and `place` where it stands."""

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(message)
        self.place = place


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: its path, the field that says what it is, and its row if any."""

    path: str
    field: Field
    rows: str = ""
    row: str = ""


def read(place: Place, said: object) -> Value:
    """Return what was typed in a place as its value; nothing for what is empty. Or CannotKeep."""
    kind = place.field.type
    if kind is Type.CHOICES:
        return _chosen(place, said)
    if said is None or said == "":
        return None
    if kind is Type.EDITED:
        return _edited(place, said)
    if kind is Type.YES_NO and isinstance(said, bool):
        return said
    if kind in GRADED and isinstance(said, int | float) and not isinstance(said, bool):
        said = str(said)
    if not isinstance(said, str):
        raise CannotKeep(_("This is not in the shape of the form."), place.path)
    return _READERS[kind](place, said)


def _words(place: Place, said: str) -> Value:
    longest = LONGEST_WORDS if place.field.type is Type.WORDS else LONGEST_LINE
    if len(said) > longest:
        msg = _("This is longer than %(longest)s characters.")
        raise CannotKeep(msg % {"longest": f"{longest:,}"}, place.path)
    if _UNWRITABLE.search(said):
        msg = _("A character in this cannot be written down (it has no shape). Take it out.")
        raise CannotKeep(msg, place.path)
    said = said.replace("\r\n", "\n").replace("\r", "\n")
    return said if said.strip() else None


def _number(place: Place, said: str) -> Value:
    field = place.field
    written = said.strip().replace(",", ".").replace("−", "-")
    is_number = re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", written)
    value = float(written) if is_number else math.nan
    least = -LARGEST if field.least is None else field.least
    most = LARGEST if field.most is None else field.most
    if not least <= value <= most:
        raise CannotKeep(_not_a_number(field), place.path)
    if field.type is not Type.NUMBER and not value.is_integer():
        raise CannotKeep(_not_a_number(field), place.path)
    return int(value) if value.is_integer() else value


def _not_a_number(field: Field) -> str:
    if field.least is None or field.most is None:
        return _("Write a number.")
    ends = {"low": f"{field.least:g}", "high": f"{field.most:g}"}
    return _("Write a number from %(low)s to %(high)s.") % ends


def _date(place: Place, said: str) -> Value:
    try:
        day = date.fromisoformat(said.strip())
    except ValueError:
        raise CannotKeep(_("Write a day as year-month-day: 2026-03-02."), place.path) from None
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise CannotKeep(_("Is this the year you meant?"), place.path)
    return day.isoformat()


def _time(place: Place, said: str) -> Value:
    try:
        return time.fromisoformat(said.strip()).strftime("%H:%M")
    except ValueError:
        raise CannotKeep(_("Write a time of day: 16:20."), place.path) from None


def _yes_no(place: Place, said: str) -> Value:
    return _one_of(place, said, ("yes", "no")) == "yes"


def _choice(place: Place, said: str) -> Value:
    return _one_of(place, said, [option.id for option in place.field.options])


def _one_of(place: Place, said: str, offered: Iterable[str]) -> str:
    if said not in offered:
        raise CannotKeep(_("Choose one of what is offered."), place.path)
    return said


def _chosen(place: Place, said: object) -> Value:
    given = [] if said is None or said == "" else [said] if isinstance(said, str) else said
    if not isinstance(given, list | tuple) or not all(isinstance(one, str) for one in given):
        raise CannotKeep(_("This is not in the shape of the form."), place.path)
    offered = [option.id for option in place.field.options]
    for one in given:
        _one_of(place, one, offered)
    return [one for one in offered if one in given] or None


def _no_rows(place: Place, _said: str) -> Value:
    raise CannotKeep(_("This is not in the shape of the form."), place.path)


def _edited(place: Place, said: object) -> Value:
    """By the editor that the field is named after."""
    try:
        return EDITORS[place.field.id].parse(said)
    except CannotDraw as why:
        raise CannotKeep(str(why), place.path) from None


_READERS: Final = {
    Type.WORDS: _words, Type.LINE: _words, Type.DATE: _date, Type.TIME: _time,
    Type.YES_NO: _yes_no, Type.CHOICE: _choice, Type.ROWS: _no_rows,
    **dict.fromkeys(GRADED, _number),
}  # fmt: skip
