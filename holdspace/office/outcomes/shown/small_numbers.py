"""Which numbers of a practice are shown: not those below five, nor any that tells them."""

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from functools import lru_cache
from typing import Final, TypeAlias

from holdspace.office.outcomes.many_courses import Change, Outcome, Side
from holdspace.office.outcomes.statistics.suppression import together


class Sum(Enum):
    """What a page says of several outcomes together."""

    ALL = auto()
    IMPROVED = auto()
    CASES = auto()


Told: TypeAlias = Outcome | Side | Sum
Cells: TypeAlias = tuple[tuple[tuple[Outcome, Side], int], ...]
TOLD: Final[Mapping[Told, frozenset[Outcome | Side]]] = {
    **{one: frozenset({one}) for one in Outcome},
    Side.NO_LONGER: frozenset({Side.NO_LONGER}),
    Sum.IMPROVED: frozenset({Outcome.RECOVERED, Outcome.IMPROVED}),
    Sum.CASES: frozenset({Side.STILL, Side.NO_LONGER}),
    Sum.ALL: frozenset(Side),
}


def of_change(of: Change, *, whole: bool) -> Mapping[Told, int | None]:
    """The numbers of what became of courses, None where one is not shown.

    They are the same people, cut by outcome and by the cut-off: one table may tell on the other.
    """
    if not whole:
        return {told: of.count(*among) for told, among in TOLD.items()}
    return _of_cells(tuple((cell, of.cells.get(cell, 0)) for cell in of.possible))


@lru_cache(maxsize=256)
def _of_cells(cells: Cells) -> Mapping[Told, int | None]:
    """Kept, since a page is looked at more often than its numbers change."""
    counts = {
        told: [cell for cell, _ in cells if not among.isdisjoint(cell)]
        for told, among in TOLD.items()
    }
    return together(dict(cells), counts, last=(Sum.ALL,))


def in_all(counts: Sequence[int], *, whole: bool) -> Sequence[int | None]:
    """Counts beside their total, which is told: None where one is not shown."""
    return _in_all(tuple(counts)) if whole else counts


@lru_cache(maxsize=256)
def _in_all(counts: tuple[int, ...]) -> Sequence[int | None]:
    cells = dict(enumerate(counts))
    wanted = {**{place: [place] for place in cells}, -1: list(cells)}
    shown = together(cells, wanted, last=(-1,))
    return [shown[place] for place in cells]
