"""`holdspace score`: a questionnaire's score, by the same scorer as the pages."""

import json

import click

from holdspace.cli.refusal import refuse_input
from holdspace.hour.measures.instruments import Instrument, UnknownInstrument, library, load
from holdspace.hour.measures.report import (
    AnswersNotReadable,
    as_json,
    as_text,
    listed,
    parse_answers,
)
from holdspace.hour.measures.scoring import AnswersRefused, Person, Score, score_total
from holdspace.hour.measures.scoring import score as scored


@click.command()
@click.argument("instrument")
@click.option("--answers", help="By commas, in order; empty means not answered.")
@click.option("--total", type=float, help="A total that was added up elsewhere, instead.")
@click.option("--scale", "scales", multiple=True, help="A scale added up elsewhere: NAME=VALUE.")
@click.option("--age", type=int, help="In years, where the cut-offs depend on it.")
@click.option("--sex", type=click.Choice(["female", "male"]), help="As the norms were published.")
@click.option(
    "--respondent",
    type=click.Choice(["client", "parent", "teacher", "therapist"]),
    help="Who answered, where the cut-offs depend on it.",
)
@click.option("--json", "is_json", is_flag=True, help="As JSON instead of as text.")
def score(  # noqa: PLR0913 -- an option each
    instrument: str,
    answers: str | None,
    total: float | None,
    scales: tuple[str, ...],
    age: int | None,
    sex: str | None,
    respondent: str | None,
    *,
    is_json: bool,
) -> None:
    """Score INSTRUMENT: total, subscales, band, prorated or not, flags.

    \b
    holdspace score gad7 --answers 1,1,2,1,0,1,2
    holdspace score phq9 --answers 0,1,2,,3,0,0,1,0 --json
    holdspace score yp_core --answers 1,1,3,1,3,1,1,1,1,3 --age 12 --sex female
    holdspace score oq45 --total 71
    """
    try:
        known = load(instrument)
        of = Person(age, sex, respondent)
        found = _found(known, answers, total, scales, of)
    except UnknownInstrument:
        refuse_input(
            f"There is no instrument {instrument}. There are: {', '.join(sorted(library()))}."
        )
    except AnswersRefused as refusal:
        refuse_input(str(refusal))
    if is_json:
        click.echo(json.dumps(as_json(found, known), ensure_ascii=False, indent=2))
    else:
        click.echo(as_text(found, known))


def _found(
    known: Instrument, answers: str | None, total: float | None, scales: tuple[str, ...], of: Person
) -> Score:
    if answers is not None and (total is not None or scales):
        raise AnswersNotReadable("Give the answers or the figures added up elsewhere, not both.")
    if answers is not None:
        return scored(known, parse_answers(answers), of=of)
    return score_total(known, total, subscales=dict(map(_scale, scales)), of=of)


def _scale(typed: str) -> tuple[str, float]:
    name, _, value = typed.partition("=")
    try:
        return name, float(value)
    except ValueError:
        raise AnswersNotReadable(f"Write a scale as NAME=VALUE; “{typed[:40]}” is not.") from None


@click.command()
@click.option("--json", "is_json", is_flag=True, help="As JSON instead of as text.")
def instruments(*, is_json: bool) -> None:
    """List the instruments: what may be used how, and who says so."""
    found = [listed(each) for each in library().values()]
    if is_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for each in found:
        low, high = each["range"] or ("", "")
        span = f"{low} to {high}" if each["range"] else "no total"
        mark = "" if each["licence_verified"] else " (not verified)"
        click.echo(f"{each['id']}: {each['name']}")
        click.echo(f"  {each['status']}, {each['items']} items, {span}")
        click.echo(f"  words: {', '.join(each['languages']) or 'none here'}")
        click.echo(f"  {each['licence']} ({each['source']}, {each['date']}){mark}")
