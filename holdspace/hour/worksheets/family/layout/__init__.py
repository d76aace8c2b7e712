"""Where everybody of a telling stands, and how the lines between them run.

`generations` says the row, `rows` the order in it, `spacing` the places, `ways` the lines down.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Final

from holdspace.hour.worksheets.family.layout import labels
from holdspace.hour.worksheets.family.layout.generations import generations
from holdspace.hour.worksheets.family.layout.places import (
    GAP,
    HALF,
    TRACK,
    YEARS,
    Bond,
    Layout,
    Point,
    Spot,
    words,
)
from holdspace.hour.worksheets.family.layout.rows import Families, arrange
from holdspace.hour.worksheets.family.layout.spacing import Want, spaced
from holdspace.hour.worksheets.family.layout.ways import Ways
from holdspace.hour.worksheets.family.model import Telling, Turn, Union

UNDER_PARENTS, EACH_CHILD, COUPLE, SIBLINGS, ROW = 2.0, 0.15, 0.5, 0.35, 0.08  # what matters more
_SIGNS: Final = {
    Turn.MARRIED: "m.", Turn.SEPARATED: "s.", Turn.DIVORCED: "d.", Turn.REUNITED: "r.",
    Turn.TOGETHER: "t.", Turn.AFFAIR: "a.",
}  # fmt: skip


def laid_out(telling: Telling) -> Layout:
    """The drawing of a telling, in units of one CSS pixel at 100 %; nudges are added at the end."""
    return _Plan(telling).layout()


def retold(layout: Layout, telling: Telling) -> Layout:
    """The same places with what another telling of the same people says of them."""
    year = _year(telling)
    spots = {
        one.id: replace(layout.spots[one.id], words=words(one, year)) for one in telling.people
    }
    unions = telling.union_by_id
    bonds = tuple(
        replace(one, union=unions[one.union.id], lines=bond_lines(unions[one.union.id]))
        for one in layout.bonds
    )
    return replace(layout, spots=spots, bonds=bonds)


def _year(telling: Telling) -> int | None:
    return int(telling.date[:4]) if telling.date else None


class _Plan:
    def __init__(self, telling: Telling) -> None:
        self.telling = telling
        self.generation = generations(telling)
        self.families = Families(telling, self.generation)
        self.rows = arrange(self.families).rows
        self.families.stand(self.rows)
        self.words = {one.id: words(one, _year(telling)) for one in telling.people}

    def layout(self) -> Layout:
        x = spaced(self.rows, self._least(), list(self._wants()))
        ways = Ways(self.families, x)
        y = self._heights(ways)
        spots = {
            one.id: Spot(one.id, x[one.id] + one.nudge[0], y[one.id] + one.nudge[1], said)
            for one, said in zip(self.telling.people, self.words.values(), strict=True)
        }
        bonds = tuple(self._bonds(spots, ways))
        return Layout(spots, bonds, tuple(ways.descents(spots, bonds)), self.rows)

    # ------------------------------------------------------------------ across

    def _side(self, one: str) -> float:
        return self.words[one].side

    def _least(self) -> dict[tuple[str, str], float]:
        """How near neighbours may come; partners as wide as the wider one on both sides."""
        found = {}
        for row in self.rows:
            for one, other in pairwise(row):
                sides = self._side(one), self._side(other)
                apart = sum(sides)
                if self._cluster(one) == self._cluster(other):
                    apart = max(2 * max(sides), self._bond_needs(one, other))
                found[one, other] = apart + GAP
        return found

    def _cluster(self, one: str) -> object:
        return self.families.cluster_of[one]

    def _bond_needs(self, one: str, other: str) -> float:
        shoulders = self.words[one].shoulder + self.words[other].shoulder
        between = [union for union in self.telling.unions if {one, other} == set(union.partners)]
        texts = (line for union in between for line in bond_lines(union))
        return shoulders + max((labels.width(line, labels.SMALL) for line in texts), default=0.0)

    def _wants(self) -> Iterator[Want]:
        least = self._least()
        for pair, apart in least.items():
            one, other = pair
            weight = ROW
            if self._cluster(one) == self._cluster(other):
                weight = COUPLE
            elif self._parents(one) & self._parents(other):
                weight = SIBLINGS
            yield {one: -1.0, other: 1.0}, apart, weight
        for union, ends in self.families.siblings.items():
            if not ends:
                continue
            start = self.families.start(union)
            share = 1 / len(ends)
            yield _sum(dict.fromkeys(ends, share), start, -1.0), 0.0, UNDER_PARENTS
            for one in ends:
                yield _sum({one: 1.0}, start, -1.0), 0.0, EACH_CHILD

    def _parents(self, one: str) -> set[str]:
        return set(self.families.parents[self.families.cluster_of[one]].values())

    # ------------------------------------------------------------------ down

    def _heights(self, ways: Ways) -> dict[str, float]:
        found: dict[str, float] = {}
        top = 0.0
        for at, row in enumerate(self.rows):
            y = top + YEARS + HALF + TRACK * len(self._overhead(at))
            found |= dict.fromkeys(row, y)
            deepest = max((self.words[one].down for one in row), default=HALF)
            ways.top[at] = y + deepest
            top = y + deepest + TRACK * (ways.tracks(at) + 2)
        return found

    def _overhead(self, row: int) -> list[Union]:
        """Unions of this row whose partners do not stand side by side: they run above it."""
        return [
            one
            for one in self.telling.unions
            if len(one.partners) == 2
            and {self.generation[who] for who in one.partners} == {row}
            and self._distance(one) > 1
        ]

    def _distance(self, union: Union) -> int:
        row = self.rows[self.generation[union.partners[0]]]
        one, other = (row.index(who) for who in union.partners)
        return abs(one - other)

    # ------------------------------------------------------------------ unions

    def _bonds(self, spots: Mapping[str, Spot], ways: Ways) -> Iterator[Bond]:
        lanes = {
            union.id: lane + 1
            for row in range(len(self.rows))
            for lane, union in enumerate(sorted(self._overhead(row), key=self._distance))
        }
        for union in self.telling.unions:
            pair = sorted((spots[one] for one in union.partners), key=lambda spot: spot.x)
            drop = self._drop(union, spots, ways)
            lines = bond_lines(union)
            if len(pair) == 1:
                spot = pair[0]
                below = spot.y + HALF
                yield Bond(union, (), (), (spot.x, below), (spot.x, below))
            elif union.id in lanes:
                lane = min(spot.y for spot in pair) - HALF - YEARS - TRACK * lanes[union.id] + 6
                yield _above(union, pair, lane, (drop, lines))
            else:
                yield _beside(union, pair, (drop, lines))

    def _drop(self, union: Union, spots: Mapping[str, Spot], ways: Ways) -> float:
        shares = self.families.start(union.id)
        nudged = sum(self.telling.by_id[one].nudge[0] * share for one, share in shares.items())
        unmoved = sum(spots[one].x * share for one, share in shares.items()) - nudged
        return ways.start.get(union.id, unmoved) + nudged


def _sum(one: dict[str, float], other: Mapping[str, float], times: float) -> dict[str, float]:
    found = dict(one)
    for name, weight in other.items():
        found[name] = found.get(name, 0.0) + weight * times
    return found


def _beside(union: Union, pair: list[Spot], told: tuple[float, tuple[str, ...]]) -> Bond:
    drop, lines = told
    one, other = pair
    start, end = (one.x + HALF, one.y), (other.x - HALF, other.y)
    if start[0] > end[0]:  # one above the other: from middle to middle
        start, end = (one.x, one.y), (other.x, other.y)
    share = (drop - start[0]) / (end[0] - start[0]) if end[0] - start[0] else 0.5
    height = start[1] + (end[1] - start[1]) * min(max(share, 0.0), 1.0)
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    return Bond(union, (start, end), lines, middle, (drop, height))


def _above(
    union: Union, pair: list[Spot], lane: float, told: tuple[float, tuple[str, ...]]
) -> Bond:
    drop, lines = told
    one, other = pair
    path: tuple[Point, ...] = (
        (one.x + 8, one.y - HALF), (one.x + 8, lane),
        (other.x - 8, lane), (other.x - 8, other.y - HALF),
    )  # fmt: skip
    return Bond(union, path, (" ".join(lines),), ((one.x + other.x) / 2, lane), (drop, lane))


def bond_lines(union: Union) -> tuple[str, ...]:
    """The turns of a union that have a year, as they are written above its line."""
    return tuple(f"{_SIGNS[step.turn]} {step.year}" for step in union.steps if step.year)
