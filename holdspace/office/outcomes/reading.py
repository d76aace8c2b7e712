"""The workbench's arithmetic: a table that was brought, read as its columns were said to mean.

Pure: bytes and plain values in, results out. What is stored of a reading is a flat dictionary of
texts and numbers, as the form asks for them; everything else is worked out from it each time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from holdspace.hour.measures.change import Norm
from holdspace.hour.measures.instruments import Direction
from holdspace.office.outcomes.statistics.change import (
    Assessment,
    Cutoff,
    Group,
    Mid,
    Rule,
    assess,
    groups,
)
from holdspace.office.outcomes.statistics.indices import CannotCompare, Method, Reliability
from holdspace.office.outcomes.statistics.saying import Sentence, Why
from holdspace.office.outcomes.statistics.slopes import slopes
from holdspace.office.outcomes.statistics.table import (
    NUMBER,
    Fault,
    Long,
    Pair,
    Scale,
    Score,
    Sheet,
    Table,
    TableRefused,
    Wide,
    before_and_after,
    scores,
    sheet,
)

MOST_ROWS: Final = 100_000
Said = Mapping[str, Any]


class Shape(StrEnum):
    """How a table holds its scores."""

    LONG = "long"  # one row for each score
    WIDE = "wide"  # one row for each person


@dataclass(frozen=True, slots=True)
class Judged:
    """What one method says of everybody; `method` is None where only points or percents count."""

    method: Method | None
    found: Assessment
    groups: Sequence[Group]


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that a reading comes to: who was read, who was not and why, and what follows."""

    pairs: Sequence[Pair]
    left_out: Sequence[str]
    faults: Sequence[Fault]
    judged: Sequence[Judged]
    refused: Mapping[Method | None, Sentence | str]  # methods that say nothing here, and why


def opened(table: bytes) -> Sheet:
    """The cells of a table; raises TableRefused where it is none, or has too many rows."""
    found = sheet(table)
    if len(found.rows) > MOST_ROWS:
        raise TableRefused(Why.TOO_MANY_ROWS.of(most=f"{MOST_ROWS:,}"))
    return found


def guessed(of: Sheet) -> dict[str, str]:
    """What the columns probably mean, to begin with: the first names people, the last of numbers
    holds scores.
    """
    header, rows = of.header, list(of.rows.values())
    of_numbers = [
        name
        for place, name in enumerate(header)
        if any(NUMBER.fullmatch(row[place]) for row in rows)
    ]
    before, last = [header[0], *(of_numbers or header)][-2:]
    said = {"person": header[0], "score": last, "time": header[min(1, len(header) - 1)]}
    said |= {"first_column": before, "last_column": last}
    names = [row[0] for row in rows]
    is_long = len(set(names)) < len(names) and len(header) > 2
    times = list(dict.fromkeys(row[header.index(said["time"])] for row in rows)) or [""]
    shape = Shape.LONG if is_long else Shape.WIDE
    return {**said, "shape": shape.value, "first": times[0], "last": times[-1]}


def times_of(of: Sheet, column: str) -> list[str]:
    """The different entries of a column, in the order of the file."""
    place = of.place(column)
    return list(dict.fromkeys(row[place] for row in of.rows.values()))


def result(of: Sheet, said: Said) -> Result:
    """Judge everybody by every method that was chosen; raises TableRefused."""
    table, (first, last) = _read(of, said)
    paired = before_and_after(table.scores, first, last)
    judged, refused = [], {}
    for method in _methods(said):
        try:
            by_growth = slopes(table.scores, first, last) if method is Method.HLM else None
            found = assess(paired.pairs, _rule(method, said), slopes=by_growth)
        except CannotCompare as why:
            refused[method] = why.said
        else:
            judged.append(Judged(method, found, groups(found)))
    return Result(paired.pairs, paired.left_out, table.faults, judged, refused)


def refusal(of: Sheet, said: Said) -> Sentence | str | None:
    """Why nothing follows from a reading: nothing can be read, or no method takes these norms."""
    try:
        found = result(of, said)
    except TableRefused as why:
        return why.said
    whys = [why for why in found.refused.values() if isinstance(why, Sentence)]
    return next((why for why in whys if why.code is Why.NOT_BETTER), None)


def _read(of: Sheet, said: Said) -> tuple[Table, tuple[str, str]]:
    """The scores, and the first and the last time."""
    group = said.get("group") or None
    if said["shape"] == Shape.LONG:
        columns: Long | Wide = Long(said["person"], said["time"], said["score"], group)
        first, last = said["first"], said["last"]
    else:
        first, last = said["first_column"], said["last_column"]
        columns = Wide(said["person"], (first, last), group)
    table = scores(of, columns, scale=_scale(said))
    if not any(_is_there(one) for one in table.scores):
        raise TableRefused(Why.NO_SCORES.of())
    return table, (first, last)


def _is_there(one: Score) -> bool:
    return one.score is not None


def _scale(said: Said) -> Scale:
    ends = {"lowest": said.get("lowest"), "highest": said.get("highest")}
    return Scale(**{name: end for name, end in ends.items() if end is not None})


def _methods(said: Said) -> list[Method | None]:
    """Without a method change is judged by points, or else by percent."""
    return [Method(one) for one in said.get("methods") or ()] or [None]


def _rule(method: Method | None, said: Said) -> Rule:
    reliability = said.get("reliability")
    direction = Direction(said["direction"])
    ends = {Direction.HIGHER_WORSE: "lowest", Direction.HIGHER_BETTER: "highest"}
    return Rule(
        direction=direction,
        method=method,
        reliability=(
            None if reliability is None else Reliability(reliability, said.get("reliability_post"))
        ),
        cutoff=Cutoff(said.get("cutoff") or Cutoff.A),
        functional=_norm(said, "functional"),
        clinical=_norm(said, "clinical"),
        mid=_mid(said),
        percent=said.get("percent"),
        best=said.get(ends[direction]),
    )


def _norm(said: Said, name: str) -> Norm | None:
    mean, sd = said.get(f"{name}_mean"), said.get(f"{name}_sd")
    return None if mean is None or sd is None else Norm(mean, sd)


def _mid(said: Said) -> Mid | None:
    better, worse = said.get("mid_improvement"), said.get("mid_deterioration")
    return None if better is None else Mid(better, better if worse is None else worse)
