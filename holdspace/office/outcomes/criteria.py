"""Where the functional side of an instrument begins, and which criterion says so.

A published cut-off that was checked at its source comes first, since services are compared by it.
Else Jacobson & Truax (1991): c where both norms are known and overlap, b (by the functional
deviation, as the paper has it) where they do not, a without a functional norm. Which populations
stand for which side is in data/criteria.yaml; their figures are the library's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from holdspace.hour.measures.change import Norm, cut_points
from holdspace.hour.measures.instruments import Direction, Instrument, Spread
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


def criterion(instrument: Instrument) -> Criterion | None:
    """The criterion by which clinically significant change of an instrument is said, if any."""
    for kind in PUBLISHED:
        for cut in instrument.cutoffs:
            if cut.kind == kind and cut.verified:
                beyond = OPPOSITE[cut.operator] if kind == "functional" else cut.operator
                return Criterion(Which.PUBLISHED, cut.value, beyond, cut.source, verified=True)
    return by_norms(instrument)


def by_norms(instrument: Instrument) -> Criterion | None:
    """The criterion of Jacobson & Truax that the norms we know allow, if any."""
    sides = sides_of().get(instrument.id, {})
    clinical, functional = (
        _spread(instrument, sides.get(side)) for side in ("clinical", "functional")
    )
    if clinical is None:
        return None
    ends = [clinical] if functional is None else [clinical, functional]
    which = _which(clinical, functional)
    norm = functional or clinical
    points = cut_points(
        Norm(clinical.mean, clinical.sd), Norm(norm.mean, norm.sd), direction=instrument.direction
    )
    operator = "<" if instrument.direction is Direction.HIGHER_BETTER else ">"
    return Criterion(
        which, getattr(points, which.value), operator,
        "; ".join(f"{end.population}: {end.source}" for end in ends),
        verified=all(end.verified for end in ends),
    )  # fmt: skip


def _which(clinical: Spread, functional: Spread | None) -> Which:
    """Norms overlap where each mean lies within two deviations of the other's."""
    if functional is None:
        return Which.A
    apart = abs(clinical.mean - functional.mean)
    return Which.C if apart < 2 * (clinical.sd + functional.sd) else Which.B


def _spread(instrument: Instrument, population: str | None) -> Spread | None:
    return next((one for one in instrument.spread if one.population == population), None)


@cache
def sides_of() -> Sides:
    """Which population of the library stands for which side, by instrument; read once."""
    found: Sides = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found
