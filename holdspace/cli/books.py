"""`holdspace ledger` and `holdspace keys`."""

from pathlib import Path
from uuid import UUID

import click
from django.conf import settings
from django.utils import timezone

from holdspace.cellar.ledger import queries
from holdspace.cellar.ledger.actions import write_alone
from holdspace.cellar.ledger.entry import ActorKind, Entry
from holdspace.cellar.ledger.verification import verify as verified
from holdspace.cellar.vault import keyring, root, signing
from holdspace.cli.questions import SHORTEST_PASSPHRASE, a_passphrase, ask
from holdspace.cli.refusal import refuse
from holdspace.cli.serving import ask_for_passphrase, check


@click.group()
def ledger() -> None:
    """The ledger: who did or read what, in a signed tree."""
    ask_for_passphrase()
    check()


@ledger.command("verify")
@click.option(
    "--checkpoint",
    type=click.Path(exists=True, path_type=Path),
    help="A checkpoint that was kept elsewhere.",
)
def verify(checkpoint: Path | None) -> None:  # fmt: skip
    """Recompute the whole tree; name the first bad line, if there is one."""
    public = signing.public_key(keyring.key_of(keyring.LEDGER))
    held = checkpoint.read_text(encoding="utf-8") if checkpoint else None
    verdict = verified(public=public, origin=settings.HOLDSPACE_LEDGER_ORIGIN, held=held)
    if verdict.is_sound:
        click.echo(f"The ledger is sound: {verdict.size} lines.")
        return
    refuse(str(verdict.fault))


@ledger.command("checkpoint")
def print_checkpoint() -> None:
    """Print the newest signed checkpoint, to be kept somewhere else."""
    click.echo(queries.latest_checkpoint() or "Nothing is in the tree yet.", nl=False)


@click.group()
def keys() -> None:
    """The keyring: what seals everything."""
    ask_for_passphrase()
    check()


@keys.command("status")
def status() -> None:
    """Say how the root key is had, and for how many practices there are keys."""
    count = len(keyring.practices())
    click.echo(
        f"The root key comes by {keyring.kind_of_root()}; there are keys of {count} practices."
    )


@keys.command("rotate")
def rotate() -> None:
    """Wrap every scope's key anew, under new practice keys."""
    count = sum(keyring.rotate_practice(practice) for practice in keyring.practices())
    click.echo(f"{count} keys were wrapped anew.")


@keys.command("rotate-root")
@click.option("--new-key-file", type=click.Path(path_type=Path), help="Where the new key goes.")
@click.option("--new-passphrase", is_flag=True, help="A passphrase instead of a key file.")
def rotate_root(new_key_file: Path | None, *, new_passphrase: bool) -> None:
    """Make a new root key, and wrap every practice's key under it.

    A house that is being served must then be started again, with the new key.
    """
    if (new_key_file is None) != new_passphrase:
        raise click.UsageError("Say --new-key-file FILE, or --new-passphrase.")
    try:
        said = _under_passphrase() if new_key_file is None else _under_file(new_key_file.absolute())
    except (root.NoRootKey, OSError) as refusal:
        refuse(str(refusal))
    click.echo(said)


def _under_file(path: Path) -> str:
    root.refuse_beside(path, settings.HOME)
    root.write_key_file(path)
    count = keyring.rotate_root(root.read_key_file(path), kind="file")
    return f"{count} practice keys are wrapped by {path}: export HOLDSPACE_KEY_FILE={path}."


def _under_passphrase() -> str:
    words = f"A new passphrase of {SHORTEST_PASSPHRASE} characters or more"
    phrase, salt = ask(words, a_passphrase, hidden=True), root.new_salt()
    count = keyring.rotate_root(root.from_passphrase(phrase, salt), kind="passphrase", salt=salt)
    return f"{count} practice keys are wrapped by the new passphrase: unset HOLDSPACE_KEY_FILE."


@keys.command("destroy")
@click.argument("scope", type=click.UUID)
@click.confirmation_option(prompt="What this key sealed can never be opened again. Destroy it?")
def destroy(scope: UUID) -> None:
    """Destroy the key of SCOPE: of a person, a place in a therapy, a therapy."""
    at = timezone.now()
    if not keyring.destroy(scope, at=at):
        refuse("There is no such key.")
    write_alone(
        Entry(
            practice=None, actor=None, actor_kind=ActorKind.SYSTEM, act="destroyed", what="key",
            subjects=(scope,),
        ),
        at=at,
    )  # fmt: skip
    click.echo("It is destroyed.")
