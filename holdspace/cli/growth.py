"""`holdspace growth`: the growth model of the scores in a file, as the pages fit it."""

import json
from pathlib import Path
from typing import Any

import click
import numpy as np

from holdspace.cli.refusal import refuse_input
from holdspace.office.outcomes.statistics.growth import report
from holdspace.office.outcomes.statistics.growth.design import Basis, CannotFit
from holdspace.office.outcomes.statistics.growth.fitting import Fit, Method, fit
from holdspace.office.outcomes.statistics.growth.prediction import Course
from holdspace.office.outcomes.statistics.growth.reading import Read, Ties, read
from holdspace.office.outcomes.statistics.growth.rows import sums
from holdspace.office.outcomes.statistics.table import Long, TableRefused, sheet


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--id", "person", required=True, help="Column: whose score it is.")
@click.option("--time", required=True, help="Column: when, a number.")
@click.option("--score", required=True, help="Column: the score.")
@click.option("--log-time", is_flag=True, help="The slope is in log(time); the first session is 1.")
@click.option("--covariates", default="", help="Columns, by commas: each on level and slope.")
@click.option("--cluster", help="Column: the therapist, as a third level.")
@click.option(
    "--ties", type=click.Choice([each.value for each in Ties]), default=Ties.KEEP.value,
    show_default=True, help="Several scores of one person at one time: all, or which one.",
)  # fmt: skip
@click.option("--ml", is_flag=True, help="Full instead of restricted maximum likelihood.")
@click.option("--predict", multiple=True, metavar="ID", help="Also the effects of this person.")
@click.option("--json", "is_json", is_flag=True, help="As JSON instead of as text.")
def growth(file: Path, *, is_json: bool, predict: tuple[str, ...], **said: Any) -> None:
    """Fit a linear mixed growth model to the scores in FILE, a CSV with a row for each score.

    \b
    holdspace growth scores.csv --id client --time session --score phq9 --log-time
    holdspace growth scores.csv --id client --time session --score phq9 --log-time \\
        --covariates age,service --cluster therapist --ml --predict C17 --json
    """
    also = tuple(name.strip() for name in said["covariates"].split(",") if name.strip())
    columns = Long(said["person"], said["time"], said["score"], said["cluster"], also)
    basis = Basis.LOG_TIME if said["log_time"] else Basis.TIME
    try:
        table = read(sheet(file.read_bytes()), columns, Ties(said["ties"]))
        found = fit(sums(table.rows, basis), Method.ML if said["ml"] else Method.REML)
    except (TableRefused, CannotFit) as refusal:
        refuse_input(str(refusal))
    ties = {"rule": said["ties"], "scores": table.tied}
    data = {**report.as_data(found), "missing": table.missing, "ties": ties}
    if predict:
        data["predicted"] = {person: _of_person(found, table, person) for person in predict}
    click.echo(json.dumps(data, ensure_ascii=False, indent=2) if is_json else _as_text(data))


def _as_text(data: dict[str, Any]) -> str:
    """The fit, and what became of several scores at one time where there are any."""
    ties, told = data["ties"], report.as_text(data)
    if not ties["scores"]:
        return told
    of = f"{ties['scores']} scores share their time with another of the same person"
    return f"{told}\n\n{of} (--ties {ties['rule']})."


def _of_person(found: Fit, table: Read, person: str) -> dict[str, Any]:
    rows = table.rows
    own = np.flatnonzero(np.asarray(rows.person) == person)
    if not len(own):
        refuse_input(f"There is no person “{person}” in the file.")
    known = {name: np.asarray(values)[own[0]] for name, values in rows.covariates.items()}
    score = np.asarray(rows.score)[own]
    given = ~np.isnan(score)
    course = Course(np.asarray(rows.time)[own][given].tolist(), score[given].tolist())
    cluster = None if rows.cluster is None else str(np.asarray(rows.cluster)[own[0]])
    return report.of_person(found, course, known, cluster)
