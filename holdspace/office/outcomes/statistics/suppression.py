"""Small numbers are not shown, nor any other from which they could be worked out.

A count below five is hidden, and with it as many more as it takes that nobody who puts everything
that is shown together can tell that any number of people is that small (complementary suppression;
Cox, J Am Stat Assoc 1980;75:377-385). What is shown may be one table with its sums or several: the
same people cut two ways, a table beside its total, quarters beside their year. All of them add up
the same cells, the finest groups that any of them tells apart; what a cell may hold, given all that
is shown, is an integer programme. Limits: what is known from elsewhere, and what two pages tell.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog

from holdspace.office.outcomes.statistics.indices import CannotCompare

FEWEST: Final = 5
SLACK: Final = 1e-6  # of the optimiser
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Cell = TypeVar("Cell", bound=Hashable)
Name = TypeVar("Name", bound=Hashable)


def together(
    cells: Mapping[Cell, int],
    counts: Mapping[Name, Collection[Cell]],
    *,
    fewest: int = FEWEST,
    show_nought: bool = False,
    last: Collection[Name] = (),
) -> dict[Name, int | None]:
    """Return each count that a page would show, None where it is not to be shown.

    `cells` are people by the finest groups, each person in one; a count adds up some of them.
    Hidden are counts below `fewest` (0 too, unless `show_nought`), and as many more as it takes
    that neither a hidden small count nor a cell of 1 to `fewest` - 1 is known to be below
    `fewest`; those of `last` only where nothing else helps. A count of no cells is 0 for everybody
    to know. CannotCompare for cells below 0.
    """
    if any(n < 0 for n in cells.values()):
        raise CannotCompare("A count is not below 0.")
    place = {cell: column for column, cell in enumerate(cells)}
    adding = np.zeros((len(counts), len(cells)))
    for row, of in zip(adding, counts.values(), strict=True):
        row[[place[cell] for cell in of]] = 1
    waits = np.asarray([name in last for name in counts])
    held = _Held(np.asarray(list(cells.values()), float), adding, waits, fewest)
    shown = held.hide(show_nought=show_nought)
    return {
        name: round(float(n)) if is_shown else None
        for name, n, is_shown in zip(counts, held.numbers, shown, strict=True)
    }


def suppress(
    table: Sequence[Sequence[int]], *, fewest: int = FEWEST, show_nought: bool = False
) -> list[list[int | None]]:
    """Return the table with its margins, None where a count is not to be shown.

    Given r rows of c counts, r+1 rows of c+1 come back: the last column holds the rows' sums,
    the last row the columns', the corner the sum of all. Margins are hidden like any count.
    CannotCompare for counts below 0 and rows of unlike length.
    """
    if not table or not table[0] or any(len(row) != len(table[0]) for row in table):
        raise CannotCompare("A table of counts needs rows of one length.")
    rows, columns = range(len(table)), range(len(table[0]))
    cells = {(r, c): table[r][c] for r in rows for c in columns}
    wanted = {
        (r, c): [(a, b) for a, b in cells if r in (a, len(rows)) and c in (b, len(columns))]
        for r in range(len(rows) + 1)
        for c in range(len(columns) + 1)
    }
    found = together(cells, wanted, fewest=fewest, show_nought=show_nought)
    return [[found[r, c] for c in range(len(columns) + 1)] for r in range(len(rows) + 1)]


class _Held:
    """Cells, and the counts that add them up."""

    def __init__(self, cells: Numbers, adding: Numbers, waits: Flags, fewest: int) -> None:
        self.cells, self.adding, self.waits, self.fewest = cells, adding, waits, fewest
        self.numbers = adding @ cells

    def hide(self, *, show_nought: bool) -> Flags:
        """Return which counts are shown."""
        shown: Flags = (self.numbers >= self.fewest) | ((self.numbers == 0) & show_nought)
        shown |= ~self.adding.any(axis=1)
        small = np.eye(len(self.cells))[(self.cells >= 1) & (self.cells < self.fewest)]
        aims = np.vstack([self.adding[~shown], small])
        while len(aims := self._told(aims, shown)):
            shown[self._telling(aims[0], shown)] = False
        return shown | self._following(shown)

    def _told(self, aims: Numbers, shown: Flags) -> Numbers:
        """Return those of the aims (rows over cells) that are known to be small.

        Cells in which one of them is large may make others large: these are not asked about again.
        """
        told, asked = [], aims
        while len(asked):
            aim, asked = asked[0], asked[1:]
            large = self._agreeing(aim, self.fewest, shown)
            if large is None:
                told.append(aim)
            else:
                asked = asked[asked @ large < self.fewest]
        return np.asarray(told).reshape(-1, aims.shape[1])

    def _agreeing(self, aim: Numbers, least: float, shown: Flags) -> Numbers | None:
        """Return whole cells with all the sums that are shown in which the aim is `least` or more.

        None where there are none.
        """
        found = linprog(
            np.zeros_like(aim), A_ub=[-aim], b_ub=[-least], A_eq=self.adding[shown],
            b_eq=self.numbers[shown], integrality=1,
        )  # fmt: skip
        return None if found.x is None else np.round(found.x)

    def _telling(self, aim: Numbers, shown: Flags) -> int:
        """Return which shown count to hide: of those that keep the aim small the smallest."""
        most = linprog(-aim, A_eq=self.adding[shown], b_eq=self.numbers[shown])
        holds = np.flatnonzero(shown)[np.abs(most.eqlin.marginals) > SLACK]
        width = self.adding[holds].sum(axis=1)
        return int(holds[np.lexsort([width, self.numbers[holds], self.waits[holds]])[0]])

    def _following(self, shown: Flags) -> Flags:
        """Return the large hidden counts that follow from the shown: hiding them hides nothing."""
        follows = np.zeros_like(shown)
        for place in np.flatnonzero(~shown & (self.numbers >= self.fewest)):
            aim, n = self.adding[place], self.numbers[place]
            more, less = ((aim, n + 1), (-aim, 1 - n))
            follows[place] = all(self._agreeing(*one, shown) is None for one in (more, less))
        return follows
