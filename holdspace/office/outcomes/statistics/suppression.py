"""Small numbers are not shown, nor any other from which they could be worked out.

A count below five is hidden, and with it as many more as it takes that no hidden count follows
from the shown ones and their sums (complementary suppression; Cox, J Am Stat Assoc
1980;75:377-385). Limits: the counts of one table; what two tables tell together is not seen.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from holdspace.office.outcomes.statistics.indices import CannotCompare

FEWEST: Final = 5
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
    secret = np.flatnonzero(hidden)
    follows = secret[_follow(secret, lines)]
    bare = []
    for line in lines:
        covered = line[hidden[line]]
        if not 0 < len(covered) < len(line):
            continue
        known_small = not hidden[line[-1]] and counts[covered].sum() < fewest
        if known_small or np.isin(covered, follows).any():
            bare.append((len(covered), line))
    return min(bare, key=lambda each: each[0])[1] if bare else None


def _follow(secret: Counts, lines: Sequence[Counts]) -> Hidden:
    """Return which hidden counts are fixed by the sums: those no solution of A x = 0 can move."""
    sums = np.array([np.where(np.isin(secret, line), 1.0, 0.0) for line in lines])
    for row, line in zip(sums, lines, strict=True):
        row[secret == line[-1]] *= -1
    _, sizes, directions = np.linalg.svd(sums)
    rank = int((sizes > 1e-9).sum())
    fixed: Hidden = np.linalg.norm(directions[rank:], axis=0) < 1e-9
    return fixed
