"""What scoring comes to: a score, its flags, what a symptom rule said, and why there is none."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from holdspace.hour.measures.definitions import Cutoff

COMPARE: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
}


class AnswersRefused(ValueError):
    """These answers cannot be scored as they stand; the message says why to a person."""


class AnswerOutOfRange(AnswersRefused):
    """An answer is not one of those offered."""


class WrongNumberOfAnswers(AnswersRefused):
    """There are more or fewer answers than items."""


class UnknownItem(AnswersRefused):
    """An answer is given to an item that the instrument does not have."""


class TotalOutOfRange(AnswersRefused):
    """A typed figure does not exist on this instrument, or the instrument has none."""


class AgeOutOfRange(AnswersRefused):
    """Nobody is of this age."""


class WhyNot(StrEnum):
    """Why there is no total."""

    NOTHING_ANSWERED = "nothing_answered"
    TOO_MANY_UNANSWERED = "too_many_unanswered"
    NO_TOTAL = "no_total"  # this instrument has none: its scales and rules say what there is


class FlagKind(StrEnum):
    SAFETY = "safety"
    RISK_UNANSWERED = "risk_unanswered"
    CUTOFF = "cutoff"
    OUTSIDE_AGES = "outside_ages"


@dataclass(frozen=True, slots=True)
class Flag:
    """Something to be seen; `meaning` is empty where the kind says it all."""

    kind: FlagKind
    id: str
    item: str | None
    value: float | None
    meaning: str
    source: str


@dataclass(frozen=True, slots=True)
class RuleResult:
    """Whether a symptom rule is met (None: left open by unanswered items), and each count."""

    id: str
    label: str
    met: bool | None
    counts: tuple[int, ...]
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Threshold:
    """One cut-off that holds for this person, and whether it is reached (None: not known)."""

    cutoff: Cutoff
    met: bool | None


@dataclass(frozen=True, slots=True)
class Score:
    """The outcome of one questionnaire; `why_not` is set when there is no total."""

    instrument: str
    version: int
    thresholds: str
    total: float | None
    subscales: Mapping[str, float | None]
    band: str | None
    answered: int
    of: int
    prorated: bool
    unanswered: tuple[str, ...]
    flags: tuple[Flag, ...]
    rules: tuple[RuleResult, ...]
    why_not: WhyNot | None
    coding: str
    converted: float | None
    subscale_bands: Mapping[str, str | None]
    thresholds_met: tuple[Threshold, ...]

    @property
    def risk_unanswered(self) -> bool:
        """Whether a safety item was left out, so that nothing is known about it."""
        return any(flag.kind is FlagKind.RISK_UNANSWERED for flag in self.flags)


@dataclass(frozen=True, slots=True)
class Person:
    """What cut-offs may depend on; None is not known, and then no such cut-off is applied."""

    age: int | None = None
    sex: str | None = None  # female or male, as the norms were published
    respondent: str | None = None


ANYBODY = Person()
