"""`holdspace outcomes`: its commands; only those that touch a house start Django."""

from typing import Final

import click

from holdspace.cli import HOUSE, Lazy, Told

COMMANDS: Final = {
    "moments": Told("sums", "The sums of the courses in Parquet files; needs no house.", None),
    "sign": Told("countersign", "Sign shared sums with the house's key.", HOUSE),
    "combine": Told("sums", "The fit of several services' sums; needs no house.", None),
}


@click.group(cls=Lazy, told=COMMANDS)
def outcomes() -> None:
    """Sums of outcomes, so that services can learn together without pooling clients.

    \b
    holdspace outcomes moments DIR --instrument phq9 --json > ours.json
    holdspace outcomes sign ours.json > signed.json
    holdspace outcomes combine signed.json theirs.json --key KEY --key KEY --json
    """
