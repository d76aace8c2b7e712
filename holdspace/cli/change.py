"""`holdspace change`: whether the people in a file changed, by the same arithmetic as the pages."""

import json
from pathlib import Path
from typing import Any, Final

import click

from holdspace.cli.refusal import refuse_input
from holdspace.hour.measures.change import Norm
from holdspace.hour.measures.instruments import Direction
from holdspace.office.outcomes.statistics.change import Cutoff, Mid, Rule, assess
from holdspace.office.outcomes.statistics.indices import CannotCompare, Method, Reliability
from holdspace.office.outcomes.statistics.report import as_data, as_text
from holdspace.office.outcomes.statistics.slopes import slopes
from holdspace.office.outcomes.statistics.table import (
    LARGEST,
    Long,
    Scale,
    Table,
    TableRefused,
    Wide,
    before_and_after,
    scores,
    sheet,
)

BETTER: Final = {"lower": Direction.HIGHER_WORSE, "higher": Direction.HIGHER_BETTER}
SHOWN: Final = 3


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--id", "person", required=True, help="Column: whose score it is.")
@click.option("--time", help="Column: when; leave out where each time has a column of its own.")
@click.option("--score", help="Column: the score; leave out with --time.")
@click.option("--pre", required=True, help="The first time (or its column).")
@click.option("--post", required=True, help="The last time (or its column).")
@click.option("--group", help="Column: which group a person is in.")
@click.option("--better", type=click.Choice(list(BETTER)), required=True, help="Lower or higher.")
@click.option("--method", type=click.Choice([m.value for m in Method]), help="Else jt.")
@click.option("--reliability", type=float, help="Of the measure, from 0 to below 1.")
@click.option("--reliability-post", type=float, help="For nk, where it differs afterwards.")
@click.option("--functional-mean", type=float, help="Norm for cut-offs b and c.")
@click.option("--functional-sd", type=float)
@click.option("--clinical-mean", type=float, help="Norm in place of the file's first scores.")
@click.option("--clinical-sd", type=float)
@click.option("--cutoff", type=click.Choice([c.value for c in Cutoff]), help="Else c, or a.")
@click.option("--mid-improvement", type=float, help="Points that count, in place of an index.")
@click.option("--mid-deterioration", type=float, help="Else as many as for improvement.")
@click.option("--percent", type=float, help="Change that counts, of the first score.")
@click.option("--lowest", type=float, default=-LARGEST, help="What a score may be at least.")
@click.option("--highest", type=float, default=LARGEST, help="What a score may be at most.")
@click.option("--whole", is_flag=True, help="Only whole scores can come out.")
@click.option("--json", "is_json", is_flag=True, help="As JSON instead of as text.")
def change(file: Path, *, is_json: bool, **said: Any) -> None:
    """Judge the change of everybody in FILE, a CSV of scores.

    \b
    holdspace change scores.csv --id client --time week --score phq9 --pre 0 --post 12 \\
        --better lower --reliability 0.84 --functional-mean 3 --functional-sd 3.5
    holdspace change wide.csv --id client --pre before --post after --better lower --percent 50
    """
    try:
        scale = Scale(said["lowest"], said["highest"], whole=said["whole"])
        table = scores(sheet(file.read_bytes()), _columns(said), scale=scale)
        if table.faults:
            refuse_input(_told(table))
        found = before_and_after(table.scores, said["pre"], said["post"])
        rule = _rule(said)
        by_growth = rule.method is Method.HLM and found.pairs
        judged = assess(
            found.pairs,
            rule,
            slopes=slopes(table.scores, said["pre"], said["post"]) if by_growth else None,
        )
    except (TableRefused, CannotCompare) as refusal:
        refuse_input(str(refusal))
    if is_json:
        click.echo(json.dumps(as_data(judged, found.left_out), ensure_ascii=False, indent=2))
    else:
        click.echo(as_text(judged, found.left_out))


def _columns(said: dict[str, Any]) -> Long | Wide:
    if said["time"] and said["score"]:
        return Long(said["person"], said["time"], said["score"], said["group"])
    if said["time"] or said["score"]:
        refuse_input("Name both --time and --score, or neither where each time has its own column.")
    return Wide(said["person"], (said["pre"], said["post"]), said["group"])


def _rule(said: dict[str, Any]) -> Rule:
    functional, reliability = _norm(said, "functional"), _reliability(said)
    method = said["method"] or ("jt" if reliability else None)
    direction = BETTER[said["better"]]
    best = said["highest"] if direction is Direction.HIGHER_BETTER else said["lowest"]
    return Rule(
        direction=direction,
        method=Method(method) if method else None,
        reliability=reliability,
        cutoff=Cutoff(said["cutoff"] or ("c" if functional else "a")),
        functional=functional,
        clinical=_norm(said, "clinical"),
        mid=_mid(said),
        percent=said["percent"],
        best=None if abs(best) == LARGEST else best,
    )


def _reliability(said: dict[str, Any]) -> Reliability | None:
    if said["reliability"] is None:
        return None
    return Reliability(said["reliability"], said["reliability_post"])


def _norm(said: dict[str, Any], population: str) -> Norm | None:
    mean, sd = said[f"{population}_mean"], said[f"{population}_sd"]
    if (mean is None) != (sd is None):
        refuse_input(f"A norm needs both --{population}-mean and --{population}-sd.")
    return None if mean is None else Norm(mean, sd)


def _mid(said: dict[str, Any]) -> Mid | None:
    better, worse = said["mid_improvement"], said["mid_deterioration"]
    if better is None:
        if worse is not None:
            refuse_input("--mid-deterioration needs --mid-improvement beside it.")
        return None
    return Mid(better, better if worse is None else worse)


def _told(table: Table) -> str:
    """Name the first faults, and how many more there are."""
    named = " ".join(str(fault) for fault in table.faults[:SHOWN])
    more = len(table.faults) - SHOWN
    return f"{named} There are {more} more faults." if more > 0 else named
