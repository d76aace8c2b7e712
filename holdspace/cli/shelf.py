"""`holdspace shelf`: a practice's own instruments, and words it is licensed to use."""

from pathlib import Path
from uuid import UUID

import click
from django.utils import timezone

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.visitor import Visitor
from holdspace.cli.refusal import refuse
from holdspace.cli.serving import ask_for_passphrase, check
from holdspace.frame.practice.models import Member
from holdspace.frame.practice.queries import visitor_of
from holdspace.hour.measures import actions, queries

by_whom = click.option("--by", "email", required=True, help="The owner's e-mail address.")
a_file = click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group()
def shelf() -> None:
    """Load instruments of the practice's own, and words it has a licence for."""
    ask_for_passphrase()
    check()


@shelf.command("list")
@by_whom
def list_files(email: str) -> None:
    """List what was loaded."""
    for each in queries.files(_owner(email)):
        words = f", words in {each.file.language}" if each.is_words else ""
        click.echo(f"{each.file.id}  {each.name} {each.file.version}{words}")


@shelf.command("look")
@a_file
@by_whom
def look(path: Path, email: str) -> None:
    """Look at the file at PATH, and name each fault by its line."""
    _refuse_faults(_owner(email), _text(path))
    click.echo("It can be loaded.")


@shelf.command("load")
@a_file
@by_whom
def load(path: Path, email: str) -> None:
    """Load the file at PATH."""
    owner, text = _owner(email), _text(path)
    _refuse_faults(owner, text)
    try:
        file = actions.load_file(text, by=owner, at=timezone.now())
    except actions.CannotLoad as why:
        refuse(str(why))
    click.echo(f"Loaded: {file.instrument}, version {file.version}.")


@shelf.command("take-away")
@click.argument("file", type=click.UUID)
@by_whom
def take_away(file: UUID, email: str) -> None:
    """Take FILE off the shelf; what was answered stays readable."""
    try:
        actions.take_away(file, by=_owner(email), at=timezone.now())
    except NotHere:
        refuse("There is no such file.")
    click.echo("It is taken away.")


def _owner(email: str) -> Visitor:
    member = Member.objects.filter(account__email__iexact=email, left_at=None).first()
    if member is None or "owner" not in member.roles:
        refuse("There is no owner of this e-mail address.")
    return visitor_of(member)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        refuse("The file is no text in UTF-8.")


def _refuse_faults(owner: Visitor, text: str) -> None:
    faults = queries.looked_at(owner, text).faults
    for fault in faults:
        click.echo(f"Line {fault.line}: {fault.sentence}", err=True)
    if faults:
        raise SystemExit(1)
