"""A stated expected course of PHQ-9 and GAD-7, for practices with too little data of their own.

Made from published first and last scores, and from assumptions that stand beside them in
data/reference_courses.yaml. It is shown as what it is: stated, not fitted, not verified.
"""

import math
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import yaml

from holdspace.office.outcomes.statistics.growth.design import Basis, Design
from holdspace.office.outcomes.statistics.growth.fitting import Fit, Method

FILE: Final = Path(__file__).parent / "data" / "reference_courses.yaml"


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """A stated model, where it comes from, and what had to be assumed."""

    fit: Fit
    source: str
    assumptions: tuple[str, ...]
    checked: date
    verified: bool


def reference(instrument: str) -> Reference | None:
    """The stated course of an instrument; None where none is."""
    kept = _file()
    course = kept["courses"].get(instrument)
    if course is None:
        return None
    return Reference(
        _stated(course, kept["sessions"], kept["correlation"]),
        kept["source"],
        tuple(kept["assumptions"]),
        kept["checked"],
        kept["verified"],
    )


@cache
def _file() -> Any:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def _stated(course: dict[str, Any], sessions: int, correlation: float) -> Fit:
    """Level, slope and residual that give the first and last means and deviations.

    With t = log(sessions), residual² = (1 − reliability) · var(first), var(level) the rest of it;
    cov(first, last) = var(level) + t cov, var(last) = var(level) + 2 t cov + t² var(slope) +
    residual².
    """
    t, first, last = math.log(sessions), course["start"], course["end"]
    residual = (1 - course["reliability"]["value"]) * first["sd"] ** 2
    level = first["sd"] ** 2 - residual
    both = (correlation * first["sd"] * last["sd"] - level) / t
    slope = (last["sd"] ** 2 - residual - level - 2 * t * both) / t**2
    return Fit(
        design=Design(Basis.LOG_TIME),
        method=Method.STATED,
        coefficients=np.array([first["mean"], (last["mean"] - first["mean"]) / t]),
        covariance=np.zeros((2, 2)),
        between=np.array([[level, both], [both, slope]]),
        residual=math.sqrt(residual),
        log_likelihood=0.0,
        people=course["count"],
        scores=2 * course["count"],
        iterations=0,
    )
