"""`holdspace outcomes sign`: shared sums, signed with the house's key."""

import json
from pathlib import Path

import click

from holdspace.cellar.vault import keyring, signing
from holdspace.cli.refusal import refuse_input
from holdspace.cli.serving import ask_for_passphrase, check
from holdspace.office.outcomes.statistics.growth import network
from holdspace.office.outcomes.statistics.growth.design import CannotFit


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def sign(file: Path) -> None:
    """Sign the sums in FILE with the key that signs the ledger's checkpoints.

    The public key stands in what is printed; give it to those who combine, by another way.
    """
    ask_for_passphrase()
    check()
    try:
        kept = json.loads(file.read_bytes())
        network.read(kept)
    except (CannotFit, ValueError):
        refuse_input("This is no document of shared sums.")
    seed = keyring.key_of(keyring.LEDGER)
    signature = signing.sign(seed, network.payload(kept))
    click.echo(json.dumps(network.signed(kept, signing.public_key(seed), signature)))
