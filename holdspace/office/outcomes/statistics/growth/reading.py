"""From a file of scores to rows of a growth model; what is wrong is named by its row."""

from collections.abc import Sequence
from dataclasses import dataclass

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
)

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Read:
    """Rows, and the persons whose they are, in the order of the file."""

    rows: Rows
    people: tuple[str, ...]
    missing: int  # scores whose cells say that they are missing


def read(of: Sheet, columns: Long) -> Read:
    """The rows of a sheet; TableRefused with the first faults where there are any.

    `columns.also` are covariates, and `columns.group` is the therapist. A covariate whose cells
    are all numbers is one; any other is words. Both are constant within a person.
    """
    table = scores(of, columns)
    faults = [*table.faults]
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
    found = [each.score for each in table.scores]
    covariates = {
        name: _column([each.also[place] for each in table.scores])
        for place, name in enumerate(columns.also)
    }
    person = [each.person for each in table.scores]
    cluster = [each.group or "" for each in table.scores] if columns.group else None
    rows = Rows(person, np.asarray(times, float), np.asarray(found, float), covariates, cluster)
    return Read(rows, tuple(dict.fromkeys(person)), found.count(None))


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
