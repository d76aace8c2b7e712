"""Who stands in which row: partners and siblings in one, parents above their children."""

from collections import defaultdict
from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter

from holdspace.hour.worksheets.family.model import Telling

Groups = dict[str, str]  # person -> the one who stands for all of the same generation
Downward = dict[str, set[str]]  # a group -> the groups of its children


def generations(telling: Telling) -> dict[str, int]:
    """The row of each person, from 0 for the oldest generation.

    Siblings and partners are one generation unless that would put somebody beside their own
    ancestor (an uncle who marries his niece): such a pair stays apart. People without parents in
    the drawing stand right above their children. Who is tied to the others only by a line or a
    home is put in the row of those.
    """
    groups = _groups(telling)
    below = _below(telling, groups)
    above: dict[str, set[str]] = defaultdict(set)
    for parent, children in below.items():
        for child in children:
            above[child].add(parent)
    order = list(TopologicalSorter({one: above[one] for one in groups.values()}).static_order())
    row: dict[str, int] = {}
    for group in order:
        row[group] = 1 + max((row[parent] for parent in above[group]), default=-1)
    for group in reversed(order):
        if below[group] and not above[group]:
            row[group] = min(row[child] for child in below[group]) - 1
    rows = {person: row[groups[person]] for person in telling.by_id}
    _bring_near(telling, rows, _islands(telling))
    return rows


def _groups(telling: Telling) -> Groups:
    groups = {person: person for person in telling.by_id}
    siblings = ([one.child for one in telling.placed(union.id)] for union in telling.unions)
    partners = (list(union.partners) for union in telling.unions)
    for together in (*siblings, *partners):
        for other in together[1:]:
            keep, gone = groups[together[0]], groups[other]
            merged = {one: keep if of == gone else of for one, of in groups.items()}
            if _is_possible(_below(telling, merged)):
                groups = merged
    return groups


def _below(telling: Telling, groups: Groups) -> Downward:
    below: Downward = defaultdict(set)
    for one in telling.children:
        for parent in telling.union_by_id[one.union].partners:
            below[groups[parent]].add(groups[one.child])
    return below


def _is_possible(below: Downward) -> bool:
    try:
        TopologicalSorter(below).prepare()
    except CycleError:
        return False
    return True


def _islands(telling: Telling) -> list[set[str]]:
    """Those who are kin by blood or union, the largest circle first."""
    kin = [set(union.partners) for union in telling.unions]
    kin += [{one.child, *telling.union_by_id[one.union].partners} for one in telling.children]
    return sorted(_joined(telling.by_id, kin), key=len, reverse=True)


def _joined(people: Iterable[str], sets: Iterable[set[str]]) -> list[set[str]]:
    islands = [{person} for person in people]
    for one in sets:
        touched = [island for island in islands if island & one]
        islands = [island for island in islands if not island & one]
        islands.append(set().union(*touched))
    return islands


def _bring_near(telling: Telling, rows: dict[str, int], islands: list[set[str]]) -> None:
    """Move each smaller circle as a whole to the row of those whom it is tied to."""
    settled = set(islands[0]) if islands else set()
    for island in islands[1:]:
        near = (
            (one, other) for one in telling.by_id if one in island for other in telling.near[one]
        )
        shift = next((rows[other] - rows[one] for one, other in near if other in settled), 0)
        for person in island:
            rows[person] += shift
        settled |= island
    lowest = min(rows.values(), default=0)
    for person in rows:
        rows[person] -= lowest
