"""Recovery as England's NHS Talking Therapies counts it: two measures judged together.

Rules: NCT05134103 (outcome definitions); OHID Fingertips glossary (finished course, caseness).
A course is finished after two attended appointments; first and last scores are of one measure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from holdspace.hour.measures.scoring import COMPARE


@dataclass(frozen=True, slots=True)
class Threshold:
    """From where a score is a case, and how many points are reliable (reached counts)."""

    case: float
    reliable: float
    source: str
    verified: bool
    operator: str = ">="

    def is_case(self, score: float) -> bool:
        return COMPARE[self.operator](score, self.case)


RECALLED: Final = "NHS Talking Therapies Manual, table of anxiety measures; not read"
THRESHOLDS: Final[Mapping[str, Threshold]] = MappingProxyType(
    {
        "phq9": Threshold(10, 6, "NCT05134103", verified=True),
        "gad7": Threshold(8, 4, "NCT05134103", verified=True),
        "spin": Threshold(19, 10, f"cut Connor 2000; change {RECALLED}", verified=False),
        "oci": Threshold(40, 32, RECALLED, verified=False),
        "hai": Threshold(18, 4, RECALLED, verified=False),
        "pdss_sr": Threshold(8, 5, RECALLED, verified=False),
        "ies_r": Threshold(33, 9, RECALLED, verified=False),
        "pcl5": Threshold(32, 10, RECALLED, verified=False),
        "mi": Threshold(2.3, 0.73, RECALLED, verified=False, operator=">"),
    }
)


@dataclass(frozen=True, slots=True)
class Scored:
    """One measure of the pair: first and last score, in points; higher is worse."""

    measure: Threshold
    first: float
    last: float

    @property
    def fell(self) -> bool:
        return self.first - self.last >= self.measure.reliable

    @property
    def rose(self) -> bool:
        return self.last - self.first >= self.measure.reliable


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a pair of measures says; recovery is None where nobody was a case to begin with."""

    case: bool
    recovery: bool | None
    improvement: bool
    deterioration: bool
    reliable_recovery: bool | None


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares from 0 to 1: of cases for recovery, of all for change; None where there are none."""

    n: int
    cases: int
    recovery: float | None
    reliable_recovery: float | None
    improvement: float | None
    deterioration: float | None
    no_change: float | None


def judge(depression: Scored, other: Scored) -> Verdict:
    """Judge one finished course by PHQ-9 and the anxiety measure of its problem."""
    both = (depression, other)
    fell, rose = any(each.fell for each in both), any(each.rose for each in both)
    case = any(each.measure.is_case(each.first) for each in both)
    below = not any(each.measure.is_case(each.last) for each in both)
    improved = fell and not rose
    return Verdict(
        case=case,
        recovery=below if case else None,
        improvement=improved,
        deterioration=rose and not fell,
        reliable_recovery=below and improved if case else None,
    )


def rates(verdicts: Iterable[Verdict]) -> Rates:
    """Count the verdicts of a caseload."""
    every = list(verdicts)
    cases = [verdict for verdict in every if verdict.case]
    changed = [verdict.improvement or verdict.deterioration for verdict in every]
    return Rates(
        n=len(every),
        cases=len(cases),
        recovery=share([bool(verdict.recovery) for verdict in cases]),
        reliable_recovery=share([bool(verdict.reliable_recovery) for verdict in cases]),
        improvement=share([verdict.improvement for verdict in every]),
        deterioration=share([verdict.deterioration for verdict in every]),
        no_change=share([not one for one in changed]),
    )


def share(those: list[bool]) -> float | None:
    """Return which part is so, from 0 to 1; None of nothing."""
    return sum(those) / len(those) if those else None
