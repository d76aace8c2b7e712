"""What a house is founded with: asked, or given by flags, and checked before anything is made."""

from collections.abc import Callable, Iterable
from typing import Any, Final

import click
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from holdspace.cli.places import Help, place
from holdspace.frame.practice.rules import VOICES, is_country, is_currency, is_time_zone

WITHOUT_QUESTIONS: Final = ("practice", "owner_name", "owner_email", "password")
LONGEST: Final = 200
SHORTEST_PASSPHRASE: Final = 16
COUNTRY: Final = "GB"
VOICE: Final = "clinical"
NO_MORE: Final = ""

Check = Callable[[str], str]


class NotSo(Exception):
    """An answer that cannot be; the message says what can."""


# ------------------------------------------------------------------ what an answer may be


def some_words(said: str) -> str:
    words = " ".join(said.split())
    if not 0 < len(words) <= LONGEST or not words.isprintable():
        raise NotSo(f"Please write 1 to {LONGEST} letters.")
    return words


def an_email(said: str) -> str:
    try:
        validate_email(said.strip())
    except ValidationError:
        raise NotSo("This is no e-mail address.") from None
    return said.strip()


def a_password(said: str) -> str:
    try:
        validate_password(said)
    except ValidationError as wrong:
        raise NotSo(" ".join(wrong.messages)) from None
    return said


def a_passphrase(said: str) -> str:
    if not SHORTEST_PASSPHRASE <= len(said) <= LONGEST or not said.isprintable():
        raise NotSo(f"A passphrase has {SHORTEST_PASSPHRASE} to {LONGEST} characters.")
    return said


def a_country(said: str) -> str:
    code = said.strip().upper()
    return _if(is_country(code), code, "A country is written as two letters, such as GB.")


def a_time_zone(said: str) -> str:
    name = said.strip()
    return _if(is_time_zone(name), name, "A time zone is written as in Europe/London.")


def a_currency(said: str) -> str:
    code = said.strip().upper()
    return _if(is_currency(code), code, "A currency is written as three letters, such as GBP.")


def one_of(choices: Iterable[str]) -> Check:
    known = list(choices)
    return lambda said: _if(said.strip() in known, said.strip(), f"One of {', '.join(known)}.")


def _if(is_so: bool, answer: str, otherwise: str) -> str:  # noqa: FBT001 - a condition
    if not is_so:
        raise NotSo(otherwise)
    return answer


LANGUAGES: Final = [code for code, _ in settings.LANGUAGES]
QUESTIONS: Final[dict[str, tuple[str, Check]]] = {
    "practice": ("The practice's name", some_words),
    "owner_name": ("Your name", some_words),
    "owner_email": ("Your e-mail, to sign in with", an_email),
    "password": ("A password of 12 characters or more", a_password),
    "country": ("Country (two letters)", a_country),
    "time_zone": ("Time zone", a_time_zone),
    "language": (f"Language ({', '.join(LANGUAGES)})", one_of(LANGUAGES)),
    "currency": ("Currency (three letters)", a_currency),
    "voice": (f"The words you work in ({', '.join(VOICES)})", one_of(VOICES)),
}


# ------------------------------------------------------------------ asking


def asks(given: dict[str, Any]) -> bool:
    """Whoever says by flags what has no usual answer is asked nothing: so a script goes through."""
    return not all(given[name] for name in WITHOUT_QUESTIONS)


def answers(given: dict[str, Any]) -> dict[str, str]:
    """An answer to every question: the flag's, or what is typed, or what is usual in the country.

    Raises NotSo for a flag; what is typed is asked again.
    """
    is_asking, found = asks(given), dict[str, str]()
    for name, (words, check) in QUESTIONS.items():
        usual = _usual(name, found)
        if given[name]:
            found[name] = _checked(name, given[name], check)
        elif is_asking:
            found[name] = ask(words, check, usual, hidden=name == "password")
        else:
            found[name] = _checked(name, usual or "", check)
    return found


def _checked(name: str, said: str, check: Check) -> str:
    try:
        return check(said)
    except NotSo as wrong:
        raise NotSo(f"--{name.replace('_', '-')}: {wrong}") from None


def _usual(name: str, found: dict[str, str]) -> str | None:
    if name in ("country", "voice"):
        return COUNTRY if name == "country" else VOICE
    here = place(found.get("country", ""))
    return getattr(here, name, None)


def ask(words: str, check: Check, usual: str | None = None, *, hidden: bool = False) -> str:
    """Ask until the answer can be."""
    while True:
        said = click.prompt(words, default=usual, hide_input=hidden, confirmation_prompt=hidden)
        try:
            return check(said)
        except NotSo as wrong:
            click.echo(f"  {wrong}", err=True)


# ------------------------------------------------------------------ help in a crisis


def help_by_flag(said: str) -> tuple[str, str]:
    """Number and words of NAME=NUMBER, which the owner has checked by saying it."""
    name, is_there, number = said.partition("=")
    if not (is_there and name.strip() and any(sign.isdigit() for sign in number)):
        raise NotSo("--crisis-help: Help in a crisis is given as NAME=NUMBER.")
    return some_words(number), some_words(name)


def ask_for_help(country: str) -> list[tuple[str, str]]:
    """The numbers that the owner confirms, one by one; what is not confirmed is shown to nobody."""
    click.echo(
        "\nHelp in a crisis. When a client's answer says that they may be in danger, they are shown"
        "\nthe numbers that you confirm now, at once. Check each before you say yes: call it, or"
        "\nread the page of those who answer it. You can change them on the practice's page."
    )
    confirmed = [(one.number, one.words) for one in place(country).help if _is_confirmed(one)]
    while True:
        number = ask("Another number that you have checked (or Enter)", _a_number, NO_MORE)
        if number == NO_MORE:
            return confirmed
        confirmed.append((number, ask("Who answers it, as clients will read it", some_words)))


def _is_confirmed(one: Help) -> bool:
    click.echo(f"\n  {one.number}  {one.words}\n  (seen on {one.source}, {one.read})")
    return click.confirm("Have you checked it, and may clients be shown it?", default=False)


def _a_number(said: str) -> str:
    number = said.strip()
    is_number = any(sign.isdigit() for sign in number) and len(number) <= LONGEST
    return _if(number == NO_MORE or is_number, number, "A number has digits.")
