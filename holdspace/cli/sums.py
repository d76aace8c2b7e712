"""`holdspace outcomes moments` and `combine`: sums of a directory, and one fit of many sums."""

import json
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import click
import duckdb

from holdspace.cellar.vault import signing
from holdspace.cli.refusal import refuse_input
from holdspace.office.outcomes.statistics.growth import network, report
from holdspace.office.outcomes.statistics.growth.aggregation import Question, aggregate
from holdspace.office.outcomes.statistics.growth.design import Basis, CannotFit
from holdspace.office.outcomes.statistics.growth.fitting import Method, fit
from holdspace.office.outcomes.statistics.growth.moments import Moments
from holdspace.office.outcomes.statistics.growth.parquet import Duck

FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)
FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("directory", type=FOLDER)
@click.option("--instrument", required=True, help="Such as phq9.")
@click.option("--covariates", default="", help="Columns, by commas: words or numbers.")
@click.option("--least", default=5, help="Patterns of fewer people are left out, and counted.")
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb")
@click.option("--json", "is_json", is_flag=True, help="The sums as JSON, to be signed and shared.")
def moments(directory: Path, *, is_json: bool, **said: Any) -> None:
    """Sum the courses in the Parquet files of DIRECTORY, in log(session)."""
    names = tuple(name.strip() for name in said["covariates"].split(",") if name.strip())
    question = Question(said["instrument"], names, Basis.LOG_TIME)
    try:
        whole = ENGINES[said["engine"]](directory, question)
        shared = network.share(whole, question.instrument, said["least"])
    except CannotFit as refusal:
        refuse_input(str(refusal))
    if is_json:
        click.echo(json.dumps(network.document(shared), ensure_ascii=False))
        return
    of = shared.moments
    click.echo(
        f"{of.people} people with {of.scores} scores, in {len(of.counts)} patterns of sessions. "
        f"Left out, as fewer than {shared.least} share their pattern: "
        f"{shared.people_left_out} people with {shared.scores_left_out} scores."
    )


def _by_duckdb(directory: Path, question: Question) -> Moments:
    with duckdb.connect() as connection:
        return aggregate(Duck(directory, connection), question)


def _by_spark(directory: Path, question: Question) -> Moments:
    try:
        spark = import_module("holdspace.cli.spark")
    except ImportError:
        refuse_input("Spark is not installed. It is an extra: pip install 'holdspace[spark]'.")
    return aggregate(spark.Spark.local(directory), question)


ENGINES: Final = {"duckdb": _by_duckdb, "spark": _by_spark}


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--key", "keys", multiple=True, help="A public key that is trusted, in hexadecimal.")
@click.option("--ml", is_flag=True, help="Full instead of restricted maximum likelihood.")
@click.option("--json", "is_json", is_flag=True, help="As JSON instead of as text.")
def combine(files: tuple[Path, ...], *, keys: tuple[str, ...], ml: bool, is_json: bool) -> None:
    """Fit the sums in FILES together: exactly the fit of all their rows.

    With --key, every file must be signed by one of these keys. Without, no signature is looked at,
    and the answer says so.
    """
    try:
        trusted = [bytes.fromhex(key) for key in keys]
        kept = [_document(file) for file in files]
        shares = [network.read(one) for one in kept]
        asked = [network.signer(one, trusted, signing.verify) for one in kept if trusted]
        together = network.combine(shares, asked or [None] * len(kept))
        found = fit(together.moments, Method.ML if ml else Method.REML)
    except signing.BadSignature:
        refuse_input("A signature does not fit its sums: they were changed after they were signed.")
    except (CannotFit, ValueError) as refusal:
        refuse_input(str(refusal))
    data = report.as_data(found) | {
        "instrument": together.instrument,
        "people_left_out": together.people_left_out,
        "scores_left_out": together.scores_left_out,
        "signed_by": {str(f): key for f, key in zip(files, together.signers, strict=True)},
        "verified": bool(trusted),
        "model": found.to_json(),
    }
    click.echo(json.dumps(data, ensure_ascii=False, indent=2) if is_json else _as_text(data))


def _as_text(data: dict[str, Any]) -> str:
    signed = (
        "Every signature was verified."
        if data["verified"]
        else "No signature was verified, as no key was given."
    )
    out = f"{data['people_left_out']} people with {data['scores_left_out']} scores were left out."
    return f"{report.as_text(data)}\n\n{signed} {out}"


def _document(file: Path) -> Any:
    try:
        return json.loads(file.read_bytes())
    except ValueError:
        raise CannotFit(f"{file} is not a JSON file.") from None
