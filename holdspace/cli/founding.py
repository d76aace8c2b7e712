"""`holdspace init` and `holdspace migrate`: founding a house, and keeping its tables current."""

import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import click
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from holdspace.cellar.vault import keyring, root
from holdspace.cellar.vault.keyring import KEYRING
from holdspace.cli import questions
from holdspace.cli.refusal import refuse
from holdspace.frame.practice.actions import found_practice
from holdspace.frame.practice.models import Practice
from holdspace.frame.practice.rules import VOICES
from holdspace.settings.handed import OLD_ORIGIN, ORIGIN_FILE

KEY_FILE_BY_DEFAULT: Final = Path.home() / ".holdspace" / "root-key"
OR_PHRASE: Final = "-"
FOUNDED: Final = "founded"


def make_tables() -> None:
    """The tables of both databases, and the cache's."""
    for database in ("default", KEYRING):
        call_command("migrate", database=database, verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


@click.command()
def migrate() -> None:
    """Bring the tables of both databases up to date."""
    make_tables()
    click.echo("The tables are up to date.")


@click.command()
@click.option("--practice", help="The practice's name.")
@click.option("--owner-name", help="Your name.")
@click.option("--owner-email", help="Your e-mail, to sign in with.")
@click.option("--password", envvar="HOLDSPACE_OWNER_PASSWORD", help="12 characters or more.")
@click.option("--country", help="Two letters, such as GB.")
@click.option("--time-zone", help="Such as Europe/London.")
@click.option("--language", help=f"{', '.join(questions.LANGUAGES)}.")
@click.option("--currency", help="Three letters, such as GBP.")
@click.option("--voice", help=f"The words you work in: {', '.join(VOICES)}.")
@click.option("--key-file", type=click.Path(path_type=Path), help="Where the root key goes.")
@click.option("--passphrase", is_flag=True, help="A passphrase instead of a key file.")
@click.option(
    "--crisis-help",
    multiple=True,
    metavar="NAME=NUMBER",
    help="Help in a crisis that you have checked yourself; may be given again.",
)
def init(**given: Any) -> None:  # fmt: skip
    """Found a house: its root key (readable by you alone), its practice and its owner.

    What no flag says is asked. Whoever gives --practice, --owner-name, --owner-email and --password
    is asked nothing: the rest is then as usual in the country (GB, where none is given), and
    clients are shown no number in a crisis but those of --crisis-help.
    """
    _refuse_a_second_house()
    try:
        told = questions.answers(given)
        key_file = _where_the_key_goes(given)
        phrase = _passphrase() if key_file is None else ""
        numbers = _help_in_a_crisis(given, told["country"])
    except questions.NotSo as wrong:
        refuse(str(wrong))
    at = timezone.now()
    try:
        said = _begin_keyring(key_file, phrase, at)
    except (root.NoRootKey, OSError) as refusal:
        refuse(str(refusal))
    _found(told, numbers, at)
    click.echo(f"{told['practice']} is founded in {settings.HOME}.\n{said}\n{_shown(numbers)}")
    click.echo("Next: holdspace serve. A second factor is asked for when you first sign in.")


def _refuse_a_second_house() -> None:
    if (settings.HOME / FOUNDED).exists():
        refuse(f"There is a house in {settings.HOME} already.")
    make_tables()
    if Practice.objects.exists():
        refuse("There is a practice in this database already.")


def _found(told: dict[str, str], numbers: list[tuple[str, str]], at: datetime) -> None:
    _name_the_ledger()
    names = ("owner_name", "password", "country", "time_zone", "language", "currency", "voice")
    founding: Any = {name: told[name] for name in names}
    found_practice(
        at=at, name=told["practice"], email=told["owner_email"],
        crisis_help=[(told["country"], number, words) for number, words in numbers], **founding,
    )  # fmt: skip
    (settings.HOME / FOUNDED).write_text(at.isoformat(), encoding="ascii")


def _name_the_ledger() -> None:
    """A name that no other house has, so that nobody takes its checkpoints for another's."""
    named = os.environ.get("HOLDSPACE_LEDGER_ORIGIN") or f"{OLD_ORIGIN}/{secrets.token_hex(8)}"
    (settings.HOME / ORIGIN_FILE).write_text(f"{named}\n", encoding="ascii")


def _help_in_a_crisis(given: dict[str, Any], country: str) -> list[tuple[str, str]]:
    if given["crisis_help"] or not questions.asks(given):
        return [questions.help_by_flag(one) for one in given["crisis_help"]]
    return questions.ask_for_help(country)


def _shown(numbers: list[tuple[str, str]]) -> str:
    if not numbers:
        return "In a crisis clients are shown no number yet: confirm some on the practice's page."
    listed = "; ".join(f"{number} ({words})" for number, words in numbers)
    return f"In a crisis clients are shown {listed}."


# ------------------------------------------------------------------ the root key


def _where_the_key_goes(given: dict[str, Any]) -> Path | None:
    """The root key's file, or nothing where there is a passphrase instead."""
    if given["passphrase"]:
        return None
    by_flag = given["key_file"] or settings.HOLDSPACE_KEY_FILE
    if by_flag or not questions.asks(given):
        return Path(_outside(str(by_flag or KEY_FILE_BY_DEFAULT)))
    words = f"The file of the root key (or {OR_PHRASE} for a passphrase instead)"
    said = questions.ask(words, _outside, str(KEY_FILE_BY_DEFAULT))
    return None if said == OR_PHRASE else Path(said)


def _outside(said: str) -> str:
    if said == OR_PHRASE:
        return said
    path = Path(said).expanduser().absolute()
    try:
        root.refuse_beside(path, settings.HOME)
    except root.NoRootKey as refusal:
        raise questions.NotSo(str(refusal)) from None
    return str(path)


def _passphrase() -> str:
    """As it was handed over, or typed twice. A short one is guessed by whoever has the files."""
    if settings.HOLDSPACE_PASSPHRASE:
        return questions.a_passphrase(settings.HOLDSPACE_PASSPHRASE)
    words = f"A passphrase of {questions.SHORTEST_PASSPHRASE} characters or more"
    return questions.ask(words, questions.a_passphrase, hidden=True)


def _begin_keyring(path: Path | None, phrase: str, at: datetime) -> str:
    """Make the root key and begin the keyring; answers what the owner must know of it.

    Where an earlier attempt began the keyring and went no further, its key must be this one.
    """
    settings.HOLDSPACE_KEY_FILE, settings.HOLDSPACE_PASSPHRASE = path, phrase
    is_begun = keyring.kind_of_root() is not None
    if path is None:
        salt = root.new_salt()
        if not is_begun:
            keyring.found(root.from_passphrase(phrase, salt), kind="passphrase", salt=salt, at=at)
        keyring.root_key()
        return "The passphrase is asked for whenever the house starts. It is stored nowhere."
    was_there = path.exists()
    if not was_there:
        root.write_key_file(path)
    if not is_begun:
        keyring.found(root.read_key_file(path), kind="file", at=at)
    keyring.root_key()
    which = f"{path}, which was there already" if was_there else f"{path}"
    return f"Its root key is {which}: copy it somewhere safe, and export HOLDSPACE_KEY_FILE={path}."
