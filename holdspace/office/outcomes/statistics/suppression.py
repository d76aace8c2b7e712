"""Small numbers are not shown, nor any other from which they could be worked out.

A count below five is hidden, and with it as many more as it takes that no hidden count follows
from the shown ones, their sums, and that no count is below 0 (complementary suppression; Cox, J Am
Stat Assoc 1980;75:377-385). Limits: the counts of one table; what two tables tell together is not
seen.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog

from holdspace.office.outcomes.statistics.indices import CannotCompare

FEWEST: Final = 5
SLACK: Final = 1e-6  # of the optimiser
Counts = npt.NDArray[np.int64]
Hidden = npt.NDArray[np.bool_]


def suppress(
    table: Sequence[Sequence[int]], *, fewest: int = FEWEST, show_nought: bool = False
) -> list[list[int | None]]:
    """Return the table with its margins, None where a count is not to be shown.

    Given r rows of c counts, r+1 rows of c+1 come back: the last column holds the rows' sums,
    the last row the columns', the corner the sum of all. Margins are hidden like any count. An
    empty cell is hidden too, unless `show_nought`. CannotCompare for counts below 0 and rows of
    unlike length.
    """
    counts = _with_margins(table)
    hidden = counts < fewest
    if show_nought:
        hidden &= counts > 0
    lines = list(_lines(counts.shape[0], counts.shape[1]))
    while (line := _open_line(counts.ravel(), hidden.ravel(), lines, fewest)) is not None:
        shown = line[~hidden.ravel()[line]]
        smallest = shown[np.argmin(counts.ravel()[shown])]
        hidden.ravel()[smallest] = True
    return [
        [None if secret else int(count) for count, secret in zip(row, mask, strict=True)]
        for row, mask in zip(counts, hidden, strict=True)
    ]


def _with_margins(table: Sequence[Sequence[int]]) -> Counts:
    if not table or not table[0] or any(len(row) != len(table[0]) for row in table):
        raise CannotCompare("A table of counts needs rows of one length.")
    counts = np.asarray(table, np.int64)
    if (counts < 0).any():
        raise CannotCompare("A count is not below 0.")
    wider = np.hstack([counts, counts.sum(axis=1, keepdims=True)])
    return np.vstack([wider, wider.sum(axis=0, keepdims=True)])


def _lines(rows: int, columns: int) -> Iterator[Counts]:
    """Yield the cells that add up: each row with its sum, each column with its."""
    places = np.arange(rows * columns).reshape(rows, columns)
    yield from places
    yield from places.T


def _open_line(
    counts: Counts, hidden: Hidden, lines: Sequence[Counts], fewest: int
) -> Counts | None:
    """Return the line in which something more must be hidden, the barest first; or None.

    That is so where a hidden count follows from the shown ones, or where the hidden ones of a
    line add up to so little that each of them is known to be small.
    """
    follows = _following(counts, hidden, lines)
    open_ones = [line for line in lines if 0 < hidden[line].sum() < len(line)]
    bare = [
        line
        for line in open_ones
        if (not hidden[line[-1]] and counts[line[hidden[line]]].sum() < fewest)
        or np.isin(line, follows).any()
    ]
    if not bare and follows.size:  # all of their own lines are hidden: others tell on them
        bare = open_ones
    return min(bare, key=lambda line: int(hidden[line].sum())) if bare else None


def _following(counts: Counts, hidden: Hidden, lines: Sequence[Counts]) -> Counts:
    """Return the hidden places whose counts follow: no count from 0 up but one fits the sums."""
    adding = np.zeros((len(lines), counts.size))
    for row, line in zip(adding, lines, strict=True):
        row[line[:-1]], row[line[-1]] = 1, -1
    bounds = [
        (0, None) if secret else (count, count)
        for secret, count in zip(hidden, counts, strict=True)
    ]
    nought = np.zeros(len(lines))

    def least(aim: npt.NDArray[np.float64]) -> float:
        found = linprog(aim, A_eq=adding, b_eq=nought, bounds=bounds)
        return -np.inf if found.fun is None else float(found.fun)

    def follows(place: int) -> bool:
        aim = np.zeros(counts.size)
        aim[place] = 1.0
        return -least(-aim) - least(aim) < 1 - SLACK

    return np.array([place for place in np.flatnonzero(hidden) if follows(int(place))], np.int64)
