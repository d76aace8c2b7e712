"""Who stands where in a row: couples side by side, children in order under their union.

The order is built from the top: each union hands its children down, oldest left, each with the
partners they have; a child whose partner comes from another family in the drawing goes to the edge
that faces it. What is left to choose is the order of the oldest families, and there the fewest
crossings win. One more person is built in by the same steps: nobody is shuffled as long as nothing
would cross.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from holdspace.hour.worksheets.family.model import Figure, Parentage, Telling, Union, in_years

MOST_TRIES = 160


@dataclass(frozen=True)
class Cluster:
    """Partners, and partners of partners, in one row; `people` as they stand if nobody turns."""

    people: tuple[str, ...]
    row: int


@dataclass(frozen=True)
class Arrangement:
    """The rows from the oldest generation down, each from left to right; crossings in `cost`."""

    rows: tuple[tuple[str, ...], ...]
    cost: float


def arrange(families: "Families") -> Arrangement:
    """The rows with the fewest crossings that were found by moving the oldest families."""
    best = _fewest_crossings(families)
    rows = [list(row) for row in best.rows]
    for person in families.loose:
        _stand_beside(families, person, rows[families.generation[person]])
    return Arrangement(tuple(tuple(row) for row in rows), best.cost)


def _stand_beside(families: "Families", person: str, row: list[str]) -> None:
    """Somebody without kin in the drawing stands right of those they are tied to, or at the end."""
    there = (one for one in families.telling.near[person] if one in row)
    beside = next(there, row[-1] if row else None)
    together = families.cluster_of[beside].people if beside else ()
    row.insert(max((row.index(one) + 1 for one in together), default=0), person)


def _fewest_crossings(families: "Families") -> Arrangement:
    order = list(families.roots)
    best = families.arranged(order)
    tries = 0
    for moving in families.roots:
        for to in _nearest_first(len(order), order.index(moving)):
            if best.cost < 1 or tries == MOST_TRIES:
                return best
            tried = [one for one in order if one != moving]
            tried.insert(to, moving)
            other = families.arranged(tried)
            tries += 1
            if other.cost < best.cost:
                best, order = other, tried
    return best


def _nearest_first(length: int, at: int) -> list[int]:
    return sorted((place for place in range(length) if place != at), key=lambda to: abs(to - at))


class Families:
    """A telling as clusters, and the ways down from each union to the clusters of its children."""

    def __init__(self, telling: Telling, generation: dict[str, int]) -> None:
        self.telling, self.generation = telling, generation
        self.cluster_of: dict[str, Cluster] = {}
        for person in telling.by_id:
            if person not in self.cluster_of:
                people = tuple(line_up(person, self.partners, telling))
                cluster = Cluster(people, generation[person])
                self.cluster_of |= dict.fromkeys(people, cluster)
        clusters = dict.fromkeys(self.cluster_of[one] for one in telling.by_id)
        self.parents = {one: dict(self._parents(one)) for one in clusters}
        told = telling.children
        kin = {one.child for one in told} | {who for one in telling.unions for who in one.partners}
        self.loose = [one for one in telling.by_id if one not in kin]
        self.roots = [
            one for one in clusters if not self.parents[one] and one.people[0] not in self.loose
        ]

    @cached_property
    def partners(self) -> dict[str, list[str]]:
        """Those in the same row whom somebody is or was with, in the order of the years."""
        near: dict[str, list[str]] = defaultdict(list)
        for person, row in self.generation.items():
            for union in self.telling.unions_of(person):
                others = (one for one in union.partners if self.generation[one] == row)
                near[person] += [one for one in others if one not in (person, *near[person])]
        return near

    @cached_property
    def siblings(self) -> dict[str, list[str]]:
        """The children under each union, oldest first, those born together side by side."""
        return {union.id: by_age(self.telling, union.id) for union in self.telling.unions}

    @cached_property
    def row_of(self) -> dict[str, int]:
        """For each union, the lower row of its partners."""
        rows = self.generation
        return {union.id: max(rows[one] for one in union.partners) for union in self.telling.unions}

    @cached_property
    def unions_of(self) -> dict[Cluster, list[Union]]:
        """The unions of each cluster that have children drawn under them."""
        found: dict[Cluster, list[Union]] = defaultdict(list)
        for union in self.telling.unions:
            if self.siblings[union.id]:
                lower = max(union.partners, key=lambda one: self.generation[one])
                found[self.cluster_of[lower]].append(union)
        return found

    def _parents(self, cluster: Cluster) -> Iterator[tuple[str, str]]:
        for person in cluster.people:
            place = self.telling.places.get(person)
            if place and self.row_of[place.union] < cluster.row:
                yield person, place.union

    def is_main(self, one: Parentage) -> bool:
        """Whether the child is drawn under this union."""
        return self.telling.places[one.child] is one

    def stand(self, rows: Sequence[Sequence[str]]) -> None:
        """Settle on these rows; `start` then speaks of them."""
        self.rows = rows

    def start(self, union: str) -> dict[str, float]:
        """Where the way to the children begins, as shares of the places of one or two people."""
        told = self.telling.union_by_id[union]
        row = self.rows[self.row_of[union]]
        at = self.drop(told, row)
        left, share = row[int(at)], at % 1
        return {left: 1 - share, row[int(at) + 1]: share} if share else {left: 1.0}

    def drop(self, union: Union, people: Sequence[str]) -> float:
        """Where the way to the children begins: between the partners, as a place in `people`.

        Partners who do not stand side by side have it beside the one who stands further out.
        """
        places = sorted(people.index(one) for one in union.partners if one in people)
        if len(places) == 1 or places[1] - places[0] == 1:
            return sum(places) / len(places)
        is_hub_left = len(self.partners[people[places[0]]]) >= len(self.partners[people[places[1]]])
        return places[1] - 0.5 if is_hub_left else places[0] + 0.5

    def arranged(self, roots: Sequence[Cluster]) -> Arrangement:
        """The rows that follow when the oldest families stand in this order."""
        line, rows, cost = _Line(self, 0, {one: one.people for one in roots}), [], 0.0
        for _row in range(max(self.generation.values(), default=-1) + 1):
            rows.append(tuple(line.shown()))
            below = line.below()
            cost += crossings(*line.ways_to(below))
            line = below
        return Arrangement(tuple(rows), cost)


class _Line:
    """The clusters of a row as they stand, and those on their way further down."""

    def __init__(
        self, families: Families, row: int, standing: dict[Cluster, tuple[str, ...]]
    ) -> None:
        self.families, self.row, self.standing = families, row, standing

    def shown(self) -> Iterator[str]:
        """The people of the row."""
        for cluster, people in self.standing.items():
            if cluster.row == self.row:
                yield from people

    @cached_property
    def starts(self) -> dict[str | Cluster, float]:
        """What goes down from here, with its place: unions with children, clusters on their way."""
        found: dict[str | Cluster, float] = {}
        place = 0
        for cluster, people in self.standing.items():
            if cluster.row > self.row:
                found[cluster] = place
            else:
                for union in self.families.unions_of[cluster]:
                    found[union.id] = place + self.families.drop(union, people)
            place += len(people)
        return dict(sorted(found.items(), key=lambda item: item[1]))

    def below(self) -> "_Line":
        """The next row: each start hands down what is its own and faces its other family."""
        rank = {start: at for at, start in enumerate(self.starts)}
        standing: dict[Cluster, tuple[str, ...]] = {}
        for start in self.starts:
            if isinstance(start, Cluster):
                standing.setdefault(start, self.standing[start])
                continue
            clusters = dict.fromkeys(
                self.families.cluster_of[one] for one in self.families.siblings[start]
            )
            for cluster in sorted(clusters, key=lambda one: self._farthest(one, rank)):
                if cluster not in standing and cluster not in self.standing:
                    standing[cluster] = self._facing(cluster, rank)
        return _Line(self.families, self.row + 1, standing)

    def _farthest(self, cluster: Cluster, rank: dict[str | Cluster, int]) -> int:
        unions = self.families.parents[cluster].values()
        return max((rank[one] for one in unions if one in rank), default=0)

    def _facing(self, cluster: Cluster, rank: dict[str | Cluster, int]) -> tuple[str, ...]:
        """The cluster turned so that each partner stands towards their own parents."""
        unions = self.families.parents[cluster].values()
        ranks = [rank[one] for one in unions if one in rank]
        return cluster.people[::-1] if ranks[0] > ranks[-1] else cluster.people

    def ways_to(self, below: "_Line") -> tuple[list[float], list[float]]:
        """Both ends of each way down, as places in this row and the next."""
        upper: list[float] = []
        lower: list[float] = []
        place = 0
        for cluster, people in below.standing.items():
            if cluster in self.starts and self.families.parents[cluster]:
                upper.append(self.starts[cluster])
                lower.append(place)
            for person, union in self.families.parents[cluster].items():
                if union in self.starts:
                    upper.append(self.starts[union])
                    at = people.index(person) if cluster.row == below.row else 0
                    lower.append(place + at)
            place += len(people)
        return upper, lower


def crossings(upper: Sequence[float], lower: Sequence[float]) -> float:
    """How many pairs of ways cross between two rows; ways that share an end do not."""
    a, b = np.asarray(upper), np.asarray(lower)
    return float(np.triu((a[:, None] - a) * (b[:, None] - b) < 0).sum())


def by_age(telling: Telling, union: str) -> list[str]:
    """The children under a union from the oldest; those born together stand together."""
    told = list(telling.placed(union))
    ordered = in_years(told, [telling.by_id[one.child].born for one in told])
    first: dict[str, int] = {}
    for at, one in enumerate(ordered):
        first.setdefault(one.twins or one.child, at)
    return [one.child for one in sorted(ordered, key=lambda one: first[one.twins or one.child])]


def line_up(person: str, partners: dict[str, list[str]], telling: Telling) -> list[str]:
    """All who are joined to somebody by unions, in one line around whoever has the most.

    The first partner stands left of that one and the later ones right of them, by their years; in
    a couple the man stands left of the woman, and of others the one who was told first.
    """
    joined = _outward(person, partners, set())
    middle = max(sorted(joined, key=list(telling.by_id).index), key=lambda one: len(partners[one]))
    seen = {middle}
    others = partners[middle]
    row = [middle]
    if len(others) > 1 or (others and _stands_left(telling, others[0], middle)):
        row = [*reversed(_outward(others[0], partners, seen)), middle]
        others = others[1:]
    for other in others:
        row += _outward(other, partners, seen)
    return row


def _outward(person: str, partners: dict[str, list[str]], seen: set[str]) -> list[str]:
    if person in seen:
        return []
    seen.add(person)
    further = (_outward(other, partners, seen) for other in partners[person])
    return [person, *(one for found in further for one in found)]


def _stands_left(telling: Telling, one: str, other: str) -> bool:
    figures = [telling.by_id[who].figure for who in (one, other)]
    if set(figures) == {Figure.MAN, Figure.WOMAN}:
        return figures[0] is Figure.MAN
    order = list(telling.by_id)
    return order.index(one) < order.index(other)
