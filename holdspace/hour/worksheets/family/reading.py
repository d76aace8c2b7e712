"""Plain JSON into frozen records and back, by a table of readers: one for each field."""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from typing import Any, Final
from unicodedata import category

from holdspace.hour.worksheets.family.refusal import CannotTell, _

Reader = Callable[[Any, str], Any]  # the value as it came and where it stood; raises CannotTell
IDENT: Final = re.compile(r"[a-z][a-z0-9]{0,11}\Z")
EARLIEST, LATEST = 1500, 2200


def line(longest: int) -> Reader:
    """One line of so many characters at most; spaces are made single."""
    reader = words(longest)
    return lambda value, where: " ".join(reader(value, where).split())


def words(longest: int) -> Reader:
    """Text of so many characters at most; spaces at its ends are dropped."""

    def read(value: Any, where: str) -> str:
        if not isinstance(value, str):
            raise CannotTell(_("Words are expected here."), field=where)
        told = value.strip().replace("\r\n", "\n")
        if len(told) > longest:
            raise CannotTell(_("At most {most} characters."), field=where, most=longest)
        if any(category(sign) in ("Cc", "Cs") for sign in told if sign != "\n"):
            raise CannotTell(_("There is a sign in this that cannot be shown."), field=where)
        return told

    return read


def ident(value: Any, where: str) -> str:
    """An id: a small letter, then small letters and digits, twelve at most."""
    if not isinstance(value, str) or not IDENT.match(value):
        raise CannotTell(_("This is no id."), field=where)
    return value


def year(value: Any, where: str) -> int | None:
    """A year of four digits, or nothing."""
    if value is None:
        return None
    if isinstance(value, int) and EARLIEST <= value <= LATEST:
        return value
    sentence = _("A year between {first} and {last}, please.")
    raise CannotTell(sentence, field=where, first=EARLIEST, last=LATEST)


def yes_no(value: Any, where: str) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise CannotTell(_("Only yes or no fits here."), field=where)
    return value


def number(most: float) -> Reader:
    """A finite number, no further from nought than `most`."""

    def read(value: Any, where: str) -> float:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not abs(value) <= most:
            raise CannotTell(_("A number of at most {most}, please."), field=where, most=most)
        return float(value)

    return read


def one_of(choices: type[StrEnum]) -> Reader:
    """One of the choices, by its value."""

    def read(value: Any, where: str) -> StrEnum:
        if value not in list(choices):
            raise CannotTell(_("This is not one of the choices."), field=where)
        return choices(value)

    return read


def many(reader: Reader, most: int) -> Reader:
    """A list of at most so many."""

    def read(value: Any, where: str) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise CannotTell(_("A list is expected here."), field=where)
        if len(value) > most:
            raise CannotTell(_("At most {most} of these."), field=where, most=most)
        return tuple(reader(one, f"{where}[{index}]") for index, one in enumerate(value))

    return read


def record(make: type[Any], table: Mapping[str, Reader]) -> Reader:
    """A frozen record `make`; fields that have no default must be there, others may be left out."""
    needed = [one.name for one in fields(make) if one.default is MISSING]

    def read(value: Any, where: str) -> Any:
        if not isinstance(value, Mapping):
            raise CannotTell(_("A record with named fields is expected here."), field=where)
        start = f"{where}." if where else ""
        for name in value:
            if name not in table:
                raise CannotTell(_("This field is not known."), field=f"{start}{name}"[:80])
        for name in needed:
            if name not in value:
                raise CannotTell(_("This field is missing."), field=f"{start}{name}")
        return make(**{name: table[name](one, f"{start}{name}") for name, one in value.items()})

    return read


def plain(told: Any) -> Any:
    """The record as JSON has it; what is as it would be anyway is left out."""
    if is_dataclass(told) and not isinstance(told, type):
        pairs = ((one, getattr(told, one.name)) for one in fields(told))
        return {one.name: plain(value) for one, value in pairs if value != one.default}
    if isinstance(told, tuple):
        return [plain(one) for one in told]
    return told.value if isinstance(told, StrEnum) else told
