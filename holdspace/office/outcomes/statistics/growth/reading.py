"""From a file of scores to rows of a growth model; what is wrong is named by its row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import fmean

import numpy as np

from holdspace.office.outcomes.statistics.growth.rows import Rows
from holdspace.office.outcomes.statistics.table import (
    MISSING,
    NUMBER,
    Fault,
    Long,
    Score,
    Sheet,
    TableRefused,
    scores,
    time_key,
)

SHOWN = 3


class Ties(StrEnum):
    """What becomes of several scores of one person at one time.

    The model takes repeated times, as nlme and lme4 do: kept, each is a row of its own. One that
    takes their place has the residual's variance of a single score.
    """

    KEEP = "keep"
    MEAN = "mean"
    FIRST = "first"
    LAST = "last"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Read:
    """Rows, and the persons whose they are, in the order of the file."""

    rows: Rows
    people: tuple[str, ...]
    missing: int  # scores whose cells say that they are missing
    tied: int  # scores at a time that their person has another score of


def read(of: Sheet, columns: Long, ties: Ties = Ties.KEEP) -> Read:
    """The rows of a sheet; TableRefused with the first faults where there are any.

    A row that says what another said, cell by cell, is a fault unless `ties` keeps one of the two.

    `columns.also` are covariates, and `columns.group` is the therapist. A covariate whose cells
    are all numbers is one; any other is words. Both are constant within a person.
    """
    table = scores(of, columns, repeats=ties is not Ties.REFUSE)
    faults = [*table.faults, *(_repeated(of) if ties in (Ties.KEEP, Ties.MEAN) else ())]
    times = [_number(each.time) for each in table.scores]
    faults += [
        Fault(each.row, f"The time “{each.time}” is not a number.")
        for each, time in zip(table.scores, times, strict=True)
        if time is None
    ]
    names = [*columns.also, *([columns.group] if columns.group else [])]
    for place, name in enumerate(names):
        faults += _faults(table.scores, name, [_about(each)[place] for each in table.scores])
    if faults:
        _refuse(sorted(faults, key=lambda fault: fault.row))
    settled, tied = _settled(table.scores, ties)
    found = [each.score for each in settled]
    covariates = {
        name: _column([each.also[place] for each in settled])
        for place, name in enumerate(columns.also)
    }
    person = [each.person for each in settled]
    cluster = [each.group or "" for each in settled] if columns.group else None
    at = np.asarray([_number(each.time) for each in settled], float)
    rows = Rows(person, at, np.asarray(found, float), covariates, cluster)
    return Read(
        rows, tuple(dict.fromkeys(person)), [s.score for s in table.scores].count(None), tied
    )


def _repeated(of: Sheet) -> list[Fault]:
    """The rows that say what a row before them said: one questionnaire, entered twice."""
    found, seen = [], dict[tuple[float | str, ...], int]()
    for number, row in of.rows.items():
        first = seen.setdefault(tuple(map(time_key, row)), number)
        if first != number:
            found.append(Fault(number, f"It repeats row {first}; take one of the two out."))
    return found


def _settled(of: Sequence[Score], ties: Ties) -> tuple[Sequence[Score], int]:
    """The scores with ties settled, in the order of the file, and how many there are in ties.

    One that is missing is in no tie.
    """
    at: dict[tuple[str, float | str], list[Score]] = {}
    for each in of:
        at.setdefault((each.person, time_key(each.time)), []).append(each)
    given = [[one for one in same if one.score is not None] for same in at.values()]
    tied = sum(len(same) for same in given if len(same) > 1)
    if ties in (Ties.KEEP, Ties.REFUSE):
        return of, tied
    return [_one_of(some, ties) for some in given if some], tied


def _one_of(same: Sequence[Score], ties: Ties) -> Score:
    if ties is Ties.MEAN:
        return replace(same[0], score=fmean(one.score for one in same if one.score is not None))
    return same[0] if ties is Ties.FIRST else same[-1]


def _about(score: Score) -> tuple[str, ...]:
    return (*score.also, score.group or "")


def _number(cell: str) -> float | None:
    return float(cell.replace(",", ".")) if NUMBER.fullmatch(cell) else None


def _column(cells: Sequence[str]) -> "np.ndarray[tuple[int], np.dtype[np.generic]]":
    numbers = [_number(cell) for cell in cells]
    return np.asarray(cells if None in numbers else numbers)


def _faults(of: Sequence[Score], name: str, cells: Sequence[str]) -> list[Fault]:
    """Where something that is known of a person is missing, or changes."""
    found, first = [], dict[str, tuple[int, str]]()
    for each, cell in zip(of, cells, strict=True):
        row, told = first.setdefault(each.person, (each.row, cell))
        if cell.casefold() in MISSING:
            found.append(Fault(each.row, f"{name} is missing."))
        elif cell != told:
            was = f"“{told}” in row {row}"
            found.append(Fault(each.row, f"{name} of {each.person} is “{cell}”, and was {was}."))
    return found


def _refuse(faults: Sequence[Fault]) -> None:
    named = " ".join(str(fault) for fault in faults[:SHOWN])
    more = len(faults) - SHOWN
    raise TableRefused(f"{named} There are {more} more faults." if more > 0 else named)
