"""`holdspace outcomes export`: a practice's scores as Parquet, without what identifies anybody."""

from pathlib import Path
from uuid import UUID

import click
from django.utils import timezone

from holdspace.cellar.ledger.actions import write_alone
from holdspace.cellar.ledger.entry import ActorKind, Entry
from holdspace.cli.refusal import refuse_input
from holdspace.cli.serving import ask_for_passphrase, check
from holdspace.office.outcomes.queries import exported
from holdspace.office.outcomes.statistics.growth.parquet import (
    FILE,
    CannotExport,
    Written,
    write_parquet,
)


@click.command()
@click.option(
    "--parquet", "directory", required=True, type=click.Path(file_okay=False, path_type=Path),
    help="The directory that the file is written into.",
)  # fmt: skip
@click.option("--practice", type=click.UUID, help="Which one, where the house has several.")
@click.option("--therapists", is_flag=True, help="Tell apart whose clients they are, by numbers.")
@click.option("--k", default=5, show_default=True, help="Among how many each must stand.")
def export(directory: Path, practice: UUID | None, k: int, *, therapists: bool) -> None:
    """Write the scores of a practice as Parquet: no names, no words, no dates.

    Dates become weeks since the first score; what few courses share becomes “other”, and courses
    that still stand among fewer than K are left out. With --therapists each gets a number that is
    new in every file; where it would stand beside fewer than K courses, or K therapists, it is left
    out. De-identified is not anonymous: keep the file and pass it on as data about health.
    """
    ask_for_passphrase()
    check()
    chosen = _chosen(practice)
    try:
        rows = exported.outcomes(chosen, with_therapists=therapists)
        written = write_parquet(rows, directory, k)
    except CannotExport as why:
        refuse_input(str(why))
    write_alone(
        Entry(
            practice=chosen, actor=None, actor_kind=ActorKind.SYSTEM, act="exported",
            what="outcomes", subjects=(chosen,),
        ),
        at=timezone.now(),
    )  # fmt: skip
    click.echo(_said(written, directory))
    if therapists:
        click.echo(
            f"{written.therapists} therapists are told apart; of {written.without_therapist}"
            " courses it is not said whose they are."
        )


def _chosen(practice: UUID | None) -> UUID:
    there = exported.practices()
    if practice is None and len(there) == 1:
        return there[0]
    if practice is None or practice not in there:
        named = ", ".join(map(str, there))
        refuse_input(f"Say --practice with one of these: {named}.")
    return practice


def _said(written: Written, directory: Path) -> str:
    return (
        f"{written.scores} scores of {written.courses} courses are in {directory / FILE}.\n"
        f"Everybody stands among at least {written.k}: {written.merged} rare words became “other”,"
        f" {written.left_out} courses were left out."
    )
