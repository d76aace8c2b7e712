"""The ways down from unions to children: each union's bar at a height of its own where they meet.

A way that spans more than one row goes straight down beside nobody in particular; figures are
drawn over it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from holdspace.hour.worksheets.family.layout.places import HALF, TRACK, Bond, Descent, Point, Spot
from holdspace.hour.worksheets.family.layout.rows import Families
from holdspace.hour.worksheets.family.model import Parentage

BESIDE = 9.0  # how far from the middle of a child a second way arrives
SNAP = 12.0  # so near above a child, the way begins right above it
TOUCH = 6.0  # bars nearer than this would look like one


@dataclass
class Bar:
    """The level stretch of one union's ways down, in the space below its row."""

    start: float
    ends: tuple[float, ...]
    track: int = 0

    @property
    def left(self) -> float:
        """How far it reaches to the left."""
        return min(self.start, *self.ends)

    @property
    def right(self) -> float:
        """How far it reaches to the right."""
        return max(self.start, *self.ends)

    def crossed(self, other: "Bar") -> int:
        """How many ways cross if this bar lies above the other one."""
        ends = sum(other.left < end < other.right for end in self.ends)
        return ends + (self.left < other.start < self.right)


class Ways:
    """All ways down, planned by the places across before anybody knows the heights."""

    def __init__(self, families: Families, x: Mapping[str, float]) -> None:
        self.families = families
        self.bars: dict[int, dict[str, Bar]] = defaultdict(dict)
        self.top: dict[int, float] = {}
        self.start: dict[str, float] = {}
        self.second = [one for one in families.telling.children if not families.is_main(one)]
        for union, children in families.siblings.items():
            if children:
                self._plan(union, union, [x[one] for one in children], x)
        for one in self.second:
            self._plan(one.union, _name(one), [x[one.child] + BESIDE], x)
        for bars in self.bars.values():
            level(list(bars.values()))

    def _plan(self, union: str, name: str, ends: Sequence[float], x: Mapping[str, float]) -> None:
        start = sum(x[one] * share for one, share in self.families.start(union).items())
        near = min(ends, key=lambda end: abs(end - start))
        is_pair = len(self.families.telling.union_by_id[union].partners) == 2
        if name == union and is_pair and abs(near - start) < SNAP:
            start = near
        self.bars[self.families.row_of[union]][name] = Bar(start, tuple(ends))
        self.start[name] = start

    def tracks(self, row: int) -> int:
        """How many heights the bars under a row need."""
        return 1 + max((bar.track for bar in self.bars[row].values()), default=-1)

    def descents(self, spots: Mapping[str, Spot], bonds: Sequence[Bond]) -> Iterator[Descent]:
        """The way to each child: those under which the children are drawn, then all others."""
        drops = {bond.union.id: bond.drop for bond in bonds}
        for union, children in self.families.siblings.items():
            for child in children:
                yield self._main(self.families.telling.places[child], spots, drops[union])
        for one in self.second:
            spot = spots[one.child]
            end = (spot.x + BESIDE, spot.y - HALF)
            path = _elbow(drops[one.union], end, self._height(one, _name(one)))
            yield Descent(one, is_main=False, path=path)

    def _height(self, one: Parentage, name: str) -> float:
        row = self.families.row_of[one.union]
        return self.top[row] + TRACK * (self.bars[row][name].track + 1)

    def _main(self, one: Parentage, spots: Mapping[str, Spot], start: Point) -> Descent:
        spot, height = spots[one.child], self._height(one, one.union)
        end = (spot.x, spot.y - HALF)
        twins = [
            spots[other.child].x
            for other in self.families.telling.placed(one.union)
            if one.twins and other.twins == one.twins
        ]
        if len(twins) < 2:
            return Descent(one, is_main=True, path=_elbow(start, end, height))
        apex = (sum(twins) / len(twins), height)
        return Descent(one, is_main=True, path=(*_elbow(start, apex, height), end), apex=apex)


def _name(one: Parentage) -> str:
    return f"{one.union}+{one.child}"


def _elbow(start: Point, end: Point, height: float) -> tuple[Point, ...]:
    if abs(start[0] - end[0]) < 1:
        return (start, (start[0], end[1]))
    return (start, (start[0], height), (end[0], height), end)


def level(bars: list[Bar]) -> None:
    """Give each bar the height at which it crosses the fewest of those before it; few heights."""
    stacks: list[list[Bar]] = []
    for bar in sorted(bars, key=lambda one: (one.left, one.right)):
        free = [at for at, stack in enumerate(stacks) if not any(_meet(bar, one) for one in stack)]
        choices = [(_cost(bar, stacks, at, at), 0, at) for at in free]
        choices += [(_cost(bar, stacks, at, at - 1), 1, at) for at in range(len(stacks) + 1)]
        _crossed, is_new, at = min(choices)
        if is_new:
            stacks.insert(at, [])
        stacks[at].append(bar)
    for at, stack in enumerate(stacks):
        for bar in stack:
            bar.track = at


def _meet(one: Bar, other: Bar) -> bool:
    return one.left - TOUCH < other.right and other.left - TOUCH < one.right


def _cost(bar: Bar, stacks: list[list[Bar]], above: int, below: int) -> int:
    """Crossings of a bar that has the stacks before `above` over it, those after `below` under."""
    over = sum(one.crossed(bar) for stack in stacks[:above] for one in stack)
    return over + sum(bar.crossed(one) for stack in stacks[below + 1 :] for one in stack)
