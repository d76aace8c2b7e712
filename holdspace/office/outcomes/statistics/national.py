"""England's NHS Talking Therapies 2024-25, cell by cell: what stands beside a practice's figures.

NHS England, Psychological Therapies, Annual Report, PROMs tables; Open Government Licence v3.0.
A benchmark and no proof: other people, other thresholds of entry, other reasons for ending.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).parents[1] / "data" / "nhs_talking_therapies_2024_25.csv"
ATTRIBUTION: Final = (
    "Contains public sector information licensed under the Open Government Licence v3.0:"
    " NHS England, Psychological Therapies, Annual Report 2024-25."
)
MEASURES: Final = {"phq9": "phq", "gad7": "gad", "wsas": "wsas"}
TOTAL: Final = "Total"


@dataclass(frozen=True, slots=True)
class Scored:
    """One measure at start and end, in points; lower is better. None: suppressed at the source."""

    start_mean: float | None
    start_sd: float | None
    end_mean: float | None
    end_sd: float | None
    effect_size: float | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One problem and one therapy: counts of courses that ended, and their measures."""

    problem: str
    therapy: str
    courses: int
    not_caseness: int
    recovery: int
    improvement: int
    reliable_recovery: int
    no_change: int
    deterioration: int
    measures: dict[str, Scored]

    @property
    def cases(self) -> int:
        """Return how many courses began at caseness: recovery is counted among these."""
        return self.courses - self.not_caseness

    @property
    def recovery_rate(self) -> float | None:
        """Return recovered of those at caseness, 0 to 1; None where there were none."""
        return _share(self.recovery, self.cases)

    @property
    def reliable_recovery_rate(self) -> float | None:
        return _share(self.reliable_recovery, self.cases)

    @property
    def improvement_rate(self) -> float | None:
        """Return reliably improved of all courses, 0 to 1; None where there were none."""
        return _share(self.improvement, self.courses)

    @property
    def deterioration_rate(self) -> float | None:
        return _share(self.deterioration, self.courses)


@cache
def cells() -> tuple[Cell, ...]:
    """Return the 255 published cells, by problem and therapy."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_cell(row) for row in csv.DictReader(file))


def cell(problem: str, therapy: str) -> Cell | None:
    """Return one cell; None where there is no such problem or therapy."""
    return _by_name().get((problem, therapy))


def problems() -> tuple[str, ...]:
    """Return the 17 problems in the order of the table, with "Total" and "Anxiety (Total)"."""
    return tuple(dict.fromkeys(each.problem for each in cells()))


def therapies() -> tuple[str, ...]:
    """Return the 15 therapies in the order of the table."""
    return tuple(dict.fromkeys(each.therapy for each in cells()))


def growth(now: float, before: float) -> float:
    """Return by what share of `before` a figure grew, in per cent."""
    return 100 * (now - before) / before


@cache
def _by_name() -> dict[tuple[str, str], Cell]:
    return {(each.problem, each.therapy): each for each in cells()}


def _cell(row: dict[str, str]) -> Cell:
    counted = {
        name: int(float(row[column]))
        for name, column in {
            "courses": "courses",
            "not_caseness": "not_caseness",
            "recovery": "recovery",
            "improvement": "improvement",
            "reliable_recovery": "rel_recovery",
            "no_change": "no_change",
            "deterioration": "deterioration",
        }.items()
    }
    measures = {
        measure: Scored(
            *(
                _number(row[f"{column}_{part}"])
                for part in ("start_mean", "start_sd", "end_mean", "end_sd", "effect_size")
            )
        )
        for measure, column in MEASURES.items()
    }
    return Cell(row["problem"], row["therapy"], measures=measures, **counted)


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
