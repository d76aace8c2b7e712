"""Where the functional side of an instrument begins, and which criterion says so.

A published cut-off that was checked at its source comes first, since services are compared by it.
Else Jacobson & Truax (1991): c where both norms are known and overlap, b (by the functional
deviation, as the paper has it) where they do not, a without a functional norm. Which populations
stand for which side is in data/criteria.yaml; their figures are the library's own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from holdspace.hour.measures.change import Norm, cut_points
from holdspace.hour.measures.definitions import Cutoff, Direction, Instrument
from holdspace.hour.measures.scoring import COMPARE

FILE: Final = Path(__file__).parent / "data" / "criteria.yaml"
PUBLISHED: Final = ("functional", "case")  # kinds of cut-off, the first there is
OPPOSITE: Final = {"<=": ">", "<": ">=", ">=": "<", ">": "<="}
Sides = Mapping[str, Mapping[str, str]]


class Which(StrEnum):
    """What says where the cut-off lies."""

    PUBLISHED = "published"
    A = "a"
    B = "b"
    C = "c"


@dataclass(frozen=True, slots=True)
class Criterion:
    """A cut-off. `operator` says which totals are on the side that is not functional."""

    which: Which
    value: float
    operator: str
    source: str
    verified: bool

    def is_crossed(self, first: float, last: float) -> bool:
        """From the side that is not functional to the functional one."""
        beyond = COMPARE[self.operator]
        return beyond(first, self.value) and not beyond(last, self.value)


@dataclass(frozen=True, slots=True)
class _Side:
    """One population's norm, and who says so."""

    norm: Norm
    source: str
    verified: bool


def criterion(instrument: Instrument) -> Criterion | None:
    """The criterion by which clinically significant change of an instrument is said, if any."""
    for kind in PUBLISHED:
        for cut in instrument.cutoffs:
            if cut.kind == kind and cut.verified and _is_for_anybody(cut):
                beyond = OPPOSITE[cut.operator] if kind == "functional" else cut.operator
                return Criterion(Which.PUBLISHED, cut.value, beyond, cut.source, verified=True)
    return by_norms(instrument)


def _is_for_anybody(cut: Cutoff) -> bool:
    """Of the total, for every client; one for an age or a sex alone is not applied here."""
    return not (cut.of or cut.sex or cut.ages or cut.respondent)


def by_norms(instrument: Instrument) -> Criterion | None:
    """The criterion of Jacobson & Truax that the norms we know allow, if any."""
    sides = sides_of().get(instrument.id, {})
    clinical, functional = (
        _side(instrument, sides.get(side)) for side in ("clinical", "functional")
    )
    if clinical is None:
        return None
    ends = [clinical] if functional is None else [clinical, functional]
    which = _which(ends)
    points = cut_points(ends[0].norm, ends[-1].norm, direction=instrument.direction)
    operator = "<" if instrument.direction is Direction.HIGHER_BETTER else ">"
    return Criterion(
        which, getattr(points, which.value), operator,
        "; ".join(end.source for end in ends), verified=all(end.verified for end in ends),
    )  # fmt: skip


def _which(ends: Sequence[_Side]) -> Which:
    """Norms overlap where each mean lies within two deviations of the other's."""
    if len(ends) == 1:
        return Which.A
    one, other = (end.norm for end in ends)
    return Which.C if abs(one.mean - other.mean) < 2 * (one.sd + other.sd) else Which.B


def _side(instrument: Instrument, population: str | None) -> _Side | None:
    for one in instrument.spread:
        if one.population == population and one.mean is not None:
            said = f"{one.population}: {one.source}"
            return _Side(Norm(one.mean, one.sd), said, one.verified)
    return None


@cache
def sides_of() -> Sides:
    """Which population of the library stands for which side, by instrument; read once."""
    found: Sides = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found
