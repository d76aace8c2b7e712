"""`holdspace outcomes moments` and `combine`: sums of a directory, and one fit of many sums."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import click
import duckdb

from holdspace.cellar.vault import signing
from holdspace.cli.refusal import refuse_input
from holdspace.office.outcomes.statistics.growth import network, report
from holdspace.office.outcomes.statistics.growth.aggregation import Question, grouped
from holdspace.office.outcomes.statistics.growth.coarsening import Coarsened
from holdspace.office.outcomes.statistics.growth.design import Basis, CannotFit
from holdspace.office.outcomes.statistics.growth.fitting import Method, fit
from holdspace.office.outcomes.statistics.growth.groups import Groups
from holdspace.office.outcomes.statistics.growth.network import Share
from holdspace.office.outcomes.statistics.growth.parquet import Duck

FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)
FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
WAYS: Final = ("sessions", "words")


@click.command()
@click.argument("directory", type=FOLDER)
@click.option("--instrument", required=True, help="Such as phq9.")
@click.option("--covariates", default="", help="Columns, by commas: words or numbers.")
@click.option("--therapists", "by_therapist", is_flag=True, help="As a third level, by numbers.")
@click.option("--least", default=5, help="Who is alike with fewer people is left out, and counted.")
@click.option(
    "--coarsen", multiple=True, type=click.Choice(WAYS),
    help="Instead: drop the latest sessions, or call rare words “other”. May be given twice.",
)  # fmt: skip
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb")
@click.option("--json", "is_json", is_flag=True, help="The sums as JSON, to be signed and shared.")
def moments(directory: Path, *, is_json: bool, **said: Any) -> None:
    """Sum the courses in the Parquet files of DIRECTORY, in log(session)."""
    names = tuple(name.strip() for name in said["covariates"].split(",") if name.strip())
    asked = Question(said["instrument"], names, Basis.LOG_TIME, said["by_therapist"])
    try:
        shared, why = _shared(directory, asked, said)
    except CannotFit as refusal:
        refuse_input(str(refusal))
    if is_json:
        click.echo(json.dumps(network.document(shared), ensure_ascii=False))
        click.echo(why, err=True, nl=bool(why))
    else:
        click.echo("\n".join(line for line in (*_told(shared), why) if line))


def _shared(directory: Path, asked: Question, said: dict[str, Any]) -> tuple[Share, str]:
    """The share, without therapists where they are too few; and the sentence that says so."""
    ways = said["coarsen"]
    groups, lost = ENGINES[said["engine"]](
        directory, asked, said["least"] if WAYS[0] in ways else 0
    )
    try:
        made = network.share(
            groups, asked.instrument, said["least"], words=WAYS[1] in ways, lost=lost
        )
    except network.TooFewTherapists as why:
        without = replace(asked, by_therapist=False)
        return _shared(directory, without, said)[0], f"Therapists are left out: {why}"
    return made, ""


def _told(shared: Share) -> Iterator[str]:
    of, lost = shared.moments, shared.coarsened
    by = f" and of {len(of.cells.labels)} therapists" if of.cells else ""
    yield (
        f"{of.people} people with {of.scores} scores, in {len(of.counts)} patterns of sessions{by}."
        f" Left out, as fewer than {shared.least} are alike: "
        f"{shared.people_left_out} people with {shared.scores_left_out} scores."
    )
    if lost != network.NOTHING:
        yield _lost(asdict(lost))


def _lost(of: dict[str, int]) -> str:
    return (
        f"Made coarser: {of['courses_shortened']} courses lost their latest {of['scores_dropped']}"
        f" scores, and {of['people_with_other_words']} people have “other” for a rarer word."
    )


def _by_duckdb(directory: Path, asked: Question, least: int) -> tuple[Groups, Coarsened]:
    with duckdb.connect() as connection:
        duck = Duck(directory, connection)
        lost = duck.shorten(asked, least) if least else network.NOTHING
        return grouped(duck, asked), lost


def _by_spark(directory: Path, asked: Question, least: int) -> tuple[Groups, Coarsened]:
    try:
        spark = import_module("holdspace.cli.spark")
    except ImportError:
        refuse_input("Spark is not installed. It is an extra: pip install 'holdspace[spark]'.")
    if least:
        raise CannotFit("Sessions are dropped by DuckDB alone, and not by Spark.")
    return grouped(spark.Spark.local(directory), asked), network.NOTHING


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
        "coarsened": asdict(together.coarsened),
        "services_with_therapists": together.with_therapists,
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
    lines = [f"{report.as_text(data)}\n\n{signed} {out}"]
    if any(data["coarsened"].values()):
        lines.append(_lost(data["coarsened"]))
    if 0 < data["services_with_therapists"] < len(data["signed_by"]):
        lines.append("Therapists are left out, as not every service tells them apart.")
    return "\n".join(lines)


def _document(file: Path) -> Any:
    try:
        return json.loads(file.read_bytes())
    except ValueError:
        raise CannotFit(f"{file} is not a JSON file.") from None
