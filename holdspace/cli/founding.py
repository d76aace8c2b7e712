"""`holdspace init` and `holdspace migrate`: founding a house, and keeping its tables current."""

from pathlib import Path
from typing import Any, Never

import click
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from holdspace.cellar.vault import keyring, root
from holdspace.cellar.vault.keyring import KEYRING
from holdspace.frame.practice.actions import CannotChoose, found_practice
from holdspace.frame.practice.models import Practice
from holdspace.frame.practice.rules import VOICES

KEY_FILE_BY_DEFAULT = Path.home() / ".holdspace" / "root-key"


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
@click.option("--practice", prompt="The practice's name")
@click.option("--owner-name", prompt="Your name")
@click.option("--owner-email", prompt="Your e-mail, to sign in with")
@click.option(
    "--password",
    prompt="A password of 12 characters or more",
    hide_input=True,
    confirmation_prompt=True,
    envvar="HOLDSPACE_OWNER_PASSWORD",
)
@click.option("--country", prompt="Country (two letters)", default="GB")
@click.option("--time-zone", prompt="Time zone", default="Europe/London")
@click.option("--language", type=click.Choice([c for c, _ in settings.LANGUAGES]), default="en-gb")
@click.option("--currency", prompt="Currency (three letters)", default="GBP")
@click.option(
    "--voice", type=click.Choice(VOICES), prompt="The words you work in", default="clinical"
)
@click.option("--key-file", type=click.Path(path_type=Path), help="Where the root key goes.")
@click.option("--passphrase", is_flag=True, help="A passphrase instead of a key file.")
@click.option(
    "--crisis-help",
    multiple=True,
    metavar="NAME=NUMBER",
    help="Help in a crisis that you have checked yourself; may be given again.",
)
def init(**given: Any) -> None:  # fmt: skip
    """Found a house: its root key (readable by you alone), its practice and its owner."""
    if (settings.HOME / "founded").exists():
        _refuse(f"There is a house in {settings.HOME} already.")
    make_tables()
    if Practice.objects.exists():
        _refuse("There is a practice in this database already.")
    at = timezone.now()
    said = _make_root(given["key_file"] or settings.HOLDSPACE_KEY_FILE, asks=given["passphrase"])
    try:
        found_practice(at=at, **_founding(given))
    except (CannotChoose, ValueError) as refusal:
        _refuse(str(refusal))
    (settings.HOME / "founded").write_text(at.isoformat(), encoding="ascii")
    click.echo(f"{given['practice']} is founded in {settings.HOME}.\n{said}")
    click.echo("Next: holdspace serve. A second factor is asked for when you first sign in.")


def _founding(given: dict[str, Any]) -> Any:
    help_at_hand = [_crisis_help(given["country"], one) for one in given["crisis_help"]]
    names = ("owner_name", "password", "country", "time_zone", "language", "currency", "voice")
    return {
        **{name: given[name] for name in names},
        "name": given["practice"],
        "email": given["owner_email"],
        "crisis_help": help_at_hand,
    }


def _crisis_help(country: str, said: str) -> tuple[str, str, str]:
    name, is_there, number = said.partition("=")
    if not is_there:
        _refuse("Help in a crisis is given as NAME=NUMBER.")
    return country, number.strip(), name.strip()


def _make_root(key_file: Path | None, *, asks: bool) -> str:
    """Make the root key and begin the keyring; answers what the owner must know of it."""
    at = timezone.now()
    if asks:
        phrase = click.prompt("The passphrase", hide_input=True, confirmation_prompt=True)
        salt = root.new_salt()
        keyring.found(root.from_passphrase(phrase, salt), kind="passphrase", salt=salt, at=at)
        return "The passphrase is asked for whenever the house starts. It is stored nowhere."
    path = (key_file or KEY_FILE_BY_DEFAULT).absolute()
    try:
        root.refuse_beside(path, settings.HOME)
        if not path.exists():
            root.write_key_file(path)
        keyring.found(root.read_key_file(path), kind="file", at=at)
    except root.NoRootKey as refusal:
        _refuse(str(refusal))
    return f"Its root key is {path}: copy it somewhere safe, and export HOLDSPACE_KEY_FILE={path}."


def _refuse(sentence: str) -> Never:
    click.echo(sentence, err=True)
    raise SystemExit(1)
