"""`holdspace score`: a questionnaire's score, by the same scorer as the pages."""

import json
from typing import Never

import click

from holdspace.hour.measures.instruments import UnknownInstrument, library, load
from holdspace.hour.measures.report import as_json, as_text, parse_answers
from holdspace.hour.measures.scoring import AnswersRefused
from holdspace.hour.measures.scoring import score as scored


@click.command()
@click.argument("instrument")
@click.option("--answers", required=True, help="By commas, in order; empty means not answered.")
@click.option("--age", type=int, help="In years, where the cut-offs depend on it.")
@click.option("--json", "is_json", is_flag=True, help="As JSON instead of as text.")
def score(instrument: str, answers: str, age: int | None, *, is_json: bool) -> None:
    """Score INSTRUMENT: total, subscales, band, prorated or not, flags.

    \b
    holdspace score gad7 --answers 1,1,2,1,0,1,2
    holdspace score phq9 --answers 0,1,2,,3,0,0,1,0 --json
    """
    try:
        known = load(instrument)
        found = scored(known, parse_answers(answers), age=age)
    except UnknownInstrument:
        _refuse(f"There is no instrument {instrument}. There are: {', '.join(sorted(library()))}.")
    except AnswersRefused as refusal:
        _refuse(str(refusal))
    if is_json:
        click.echo(json.dumps(as_json(found, known), ensure_ascii=False, indent=2))
    else:
        click.echo(as_text(found, known))


def _refuse(sentence: str) -> Never:
    click.echo(sentence, err=True)
    raise SystemExit(2)
