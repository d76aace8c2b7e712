"""What can be said of a person, and how it must look: names, birth dates, languages, contact."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

LONGEST_NAME: Final = 200
LONGEST_LINE: Final = 500
MOST_LANGUAGES: Final = 12
EARLIEST_YEAR: Final = 1880
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # BCP 47, its shape
_BIRTH = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class PointKind(StrEnum):
    """By what way somebody is reached."""

    TELEPHONE = "telephone"
    MOBILE = "mobile"
    EMAIL = "email"
    POST = "post"
    OTHER = "other"


class Safe(StrEnum):
    """Whether it is safe to use that way."""

    YES = "yes"
    NO = "no"
    ASK = "ask"


class CannotBe(ValidationError):
    """What was said cannot be so; names the field that it was said in."""

    def __init__(self, message: str, name: str = "") -> None:
        super().__init__(message)
        self.name = name


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What is said of a person. One name is a whole name; all the rest may be empty."""

    name: str
    preferred_name: str = ""
    pronouns: str = ""
    pronunciation: str = ""
    birth_date: str = ""  # ISO 8601, or a year, or a year and month
    languages: list[str] = field(default_factory=list)  # BCP 47


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A way to reach somebody, and whether, how and when it is safe."""

    kind: PointKind
    value: str
    safe: Safe
    how: str = ""
    is_preferred: bool = False


def checked(said: Particulars, *, today: date) -> Particulars:
    """The particulars as they are kept; raises CannotBe."""
    return Particulars(
        name=a_name(said.name),
        preferred_name=a_line(said.preferred_name, "preferred_name", LONGEST_NAME),
        pronouns=a_line(said.pronouns, "pronouns", LONGEST_NAME),
        pronunciation=a_line(said.pronunciation, "pronunciation"),
        birth_date=a_birth_date(said.birth_date, today=today),
        languages=some_languages(said.languages),
    )


def a_line(text: str, name: str, longest: int = LONGEST_LINE) -> str:
    """One line of words: composed, without control characters, blanks made single."""
    if "\0" in text:
        raise CannotBe(_("This holds a character that cannot be kept. Please type it anew."), name)
    line = " ".join(unicodedata.normalize("NFC", text).split())
    if len(line) > longest:
        msg = _("This is too long: at most %(longest)d characters, and these are %(length)d.")
        raise CannotBe(msg % {"longest": longest, "length": len(line)}, name)
    return line


def a_name(text: str) -> str:
    """A name in its owner's own order. One word is enough."""
    name = a_line(text, "name", LONGEST_NAME)
    if not any(character.isalnum() for character in name):
        raise CannotBe(_("Please write a name. One name is enough."), "name")
    return name


def a_birth_date(text: str, *, today: date) -> str:
    """A date, a year and month, a year, or nothing; raises CannotBe."""
    written = text.strip()
    if not written:
        return ""
    parts = _BIRTH.fullmatch(written)
    if parts is None or not written.isascii():
        raise CannotBe(_("Write a date as 1987-05-31, or only a year as 1987."), "birth_date")
    year, month, day = (int(part) if part else 1 for part in parts.groups())
    try:
        born = date(year, month, day)
    except ValueError:
        raise CannotBe(_("There is no such day in the calendar."), "birth_date") from None
    if born > today or year < EARLIEST_YEAR:
        raise CannotBe(_("Nobody who lives today was born then."), "birth_date")
    return written


def age_on(birth_date: str, today: date) -> int | None:
    """Whole years, where the day of birth is known; the year alone gives no age."""
    if len(birth_date) != len("1987-05-31"):
        return None
    born = date.fromisoformat(birth_date)
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def some_languages(tags: list[str]) -> list[str]:
    """Language tags by their shape, each once, in the order they were said."""
    found = list(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))
    if len(found) > MOST_LANGUAGES:
        raise CannotBe(_("That is more languages than can be kept here."), "languages")
    for tag in found:
        if not _LANGUAGE.fullmatch(tag):
            raise CannotBe(
                _("Write languages by their short codes, as en or pt-BR, with commas between."),
                "languages",
            )
    return found


def checked_point(point: Point, *, country: str) -> Point:
    """The contact point as it is kept; raises CannotBe."""
    value = a_line(point.value, "value")
    if not value:
        raise CannotBe(_("Please write the number or address."), "value")
    if point.kind in (PointKind.TELEPHONE, PointKind.MOBILE):
        value = a_telephone(value, country=country)
    if point.kind is PointKind.EMAIL:
        value = an_email(value)
    if point.is_preferred and point.safe is Safe.NO:
        msg = _("A way that is not safe cannot be the preferred one.")
        raise CannotBe(msg, "is_preferred")
    return Point(
        kind=point.kind, value=value, safe=point.safe, how=a_line(point.how, "how"),
        is_preferred=point.is_preferred,
    )  # fmt: skip


def a_telephone(text: str, *, country: str) -> str:
    """A number as it is dialled from abroad; one without a country code is of this country."""
    wrong = CannotBe(_("This is not a telephone number. Please look at it again."), "value")
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        raise wrong from None
    if not phonenumbers.is_possible_number(number):
        raise wrong
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def an_email(text: str) -> str:
    """An e-mail address, by its syntax."""
    try:
        validate_email(text)
    except ValidationError:
        raise CannotBe(
            _("This is not an e-mail address. Please look at it again."), "value"
        ) from None
    return text
