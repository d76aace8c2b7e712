"""From answers to a score: totals, bands, published rules, and what must not be overlooked."""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from holdspace.hour.measures.instruments import Cluster, Instrument, Rule

COMPARE: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
}
OLDEST = 130


class AnswersRefused(ValueError):
    """These answers cannot be scored as they stand; the message says why to a person."""


class AnswerOutOfRange(AnswersRefused):
    """An answer is not one of those offered."""


class WrongNumberOfAnswers(AnswersRefused):
    """There are more or fewer answers than items."""


class UnknownItem(AnswersRefused):
    """An answer is given to an item that the instrument does not have."""


class AgeOutOfRange(AnswersRefused):
    """Nobody is of this age."""


class WhyNot(StrEnum):
    """Why there is no total."""

    NOTHING_ANSWERED = "nothing_answered"
    TOO_MANY_UNANSWERED = "too_many_unanswered"


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

    @property
    def risk_unanswered(self) -> bool:
        """Whether a safety item was left out, so that nothing is known about it."""
        return any(flag.kind is FlagKind.RISK_UNANSWERED for flag in self.flags)


Answers = Mapping[str, int | None] | Sequence[int | None]


def score(instrument: Instrument, answers: Answers, *, age: int | None = None) -> Score:
    """Score answers given by item id, or in the order of the items; None (declined) is unanswered.

    A sum that is prorated is rounded to a whole number, halves up; a mean is left as it is.
    Subscales need all of their items. Safety items are looked at one by one, whatever becomes of
    the total. Thresholds not verified at a source raise no flag. Raises AnswersRefused.
    """
    given = _by_item(instrument, answers)
    replied = {item: value for item, value in given.items() if value is not None}
    why_not = _why_not(instrument, len(replied))
    total = None if why_not else _total(instrument, list(instrument.scoring.worth), replied)
    return Score(
        instrument=instrument.id,
        version=instrument.version,
        thresholds=instrument.thresholds,
        total=total,
        subscales=_subscales(instrument, replied),
        band=band_of(instrument, total),
        answered=len(replied),
        of=len(given),
        prorated=total is not None and len(replied) < len(given),
        unanswered=tuple(item for item, value in given.items() if value is None),
        flags=(
            *_safety_flags(instrument, given),
            *_cutoff_flags(instrument, total),
            *_age_flags(instrument, age),
        ),
        rules=tuple(_judge(rule, given) for rule in instrument.scoring.rules),
        why_not=why_not,
    )


def _by_item(instrument: Instrument, answers: Answers) -> dict[str, int | None]:
    given = (
        _from_mapping(instrument, answers)
        if isinstance(answers, Mapping)
        else _from_sequence(instrument, answers)
    )
    for item in instrument.items:
        _check(instrument, item.number, given[item.id])
    return given


def _from_mapping(
    instrument: Instrument, answers: Mapping[str, int | None]
) -> dict[str, int | None]:
    items = [item.id for item in instrument.items]
    strangers = sorted(set(answers) - set(items))
    if strangers:
        raise UnknownItem(f"{instrument.short_name} has no item “{strangers[0]}”.")
    return {item: answers.get(item) for item in items}


def _from_sequence(instrument: Instrument, answers: Sequence[int | None]) -> dict[str, int | None]:
    items = [item.id for item in instrument.items]
    if len(answers) != len(items):
        raise WrongNumberOfAnswers(
            f"{instrument.short_name} has {len(items)} items, and {len(answers)} answers "
            "were given. Leave the place of an unanswered item empty."
        )
    return dict(zip(items, answers, strict=True))


def _check(instrument: Instrument, number: int, value: int | None) -> None:
    values = [option.value for option in instrument.options]
    if value is None or (type(value) is int and value in values):
        return
    raise AnswerOutOfRange(
        f"Item {number} of {instrument.short_name} was answered {value!r}; "
        f"the answers are whole numbers from {min(values)} to {max(values)}."
    )


def _why_not(instrument: Instrument, answered: int) -> WhyNot | None:
    if answered == 0:
        return WhyNot.NOTHING_ANSWERED
    if len(instrument.items) - answered > instrument.missing.at_most:
        return WhyNot.TOO_MANY_UNANSWERED
    return None


def _total(instrument: Instrument, items: Sequence[str], replied: Mapping[str, int]) -> float:
    scoring = instrument.scoring
    worths = [scoring.worth[item][replied[item]] for item in items if item in replied]
    if scoring.method == "mean":
        return scoring.multiplier * sum(worths) / len(worths)
    # Halves up in whole numbers: floor(sum × items ÷ answered + ½).
    made_up = (2 * sum(worths) * len(items) + len(worths)) // (2 * len(worths))
    return float(scoring.multiplier * made_up)


def _subscales(instrument: Instrument, replied: Mapping[str, int]) -> dict[str, float | None]:
    return {
        scale.id: _total(instrument, scale.items, replied)
        if all(item in replied for item in scale.items)
        else None
        for scale in instrument.scoring.subscales
    }


def band_of(instrument: Instrument, total: float | None) -> str | None:
    """Return the published word for a total, or None where there is none."""
    if total is None or instrument.bands is None:
        return None
    return next(band.label for band in instrument.bands.levels if total <= band.high)


def _safety_flags(instrument: Instrument, given: Mapping[str, int | None]) -> list[Flag]:
    flags = []
    for watched in instrument.safety:
        value = given[watched.item]
        if value is None:
            kind = FlagKind.RISK_UNANSWERED
        elif COMPARE[watched.operator](value, watched.value):
            kind = FlagKind.SAFETY
        else:
            continue
        flags.append(Flag(kind, watched.item, watched.item, value, "", watched.source))
    return flags


def _cutoff_flags(instrument: Instrument, total: float | None) -> list[Flag]:
    if total is None:
        return []
    return [
        Flag(FlagKind.CUTOFF, cutoff.id, None, cutoff.value, cutoff.meaning, cutoff.source)
        for cutoff in instrument.cutoffs
        if cutoff.verified
        and cutoff.kind != "functional"
        and COMPARE[cutoff.operator](total, cutoff.value)
    ]


def _age_flags(instrument: Instrument, age: int | None) -> list[Flag]:
    if age is None:
        return []
    if not 0 <= age <= OLDEST:
        raise AgeOutOfRange(
            f"An age of {age} is not possible; give whole years from 0 to {OLDEST}."
        )
    ages = instrument.ages
    if ages is None or (ages.low or 0) <= age <= (ages.high or OLDEST):
        return []
    return [Flag(FlagKind.OUTSIDE_AGES, "ages", None, age, ages.note or "", "")]


def _judge(rule: Rule, given: Mapping[str, int | None]) -> RuleResult:
    outcomes = [_fulfils(cluster, rule, given) for cluster in rule.clusters]
    met = None if None in outcomes else True
    if False in outcomes:
        met = False
    counts = tuple(_count(cluster, rule, given) for cluster in rule.clusters)
    return RuleResult(rule.id, rule.label, met, counts, rule.source)


def _count(cluster: Cluster, rule: Rule, given: Mapping[str, int | None]) -> int:
    thresholds = {item: rule.counts_at_for.get(item, rule.counts_at) for item in cluster.items}
    values = ((given[item], threshold) for item, threshold in thresholds.items())
    return sum(value is not None and value >= threshold for value, threshold in values)


def _fulfils(cluster: Cluster, rule: Rule, given: Mapping[str, int | None]) -> bool | None:
    fewest = _count(cluster, rule, given)
    most = fewest + sum(given[item] is None for item in cluster.items)
    ceiling = len(cluster.items) if cluster.at_most is None else cluster.at_most
    if most < cluster.at_least or fewest > ceiling:
        return False
    return True if fewest >= cluster.at_least and most <= ceiling else None


def watches(instrument: Instrument, item: str, value: int | None) -> bool:
    """Whether an answer to one item must be looked at by a person, whatever the rest says."""
    return value is not None and any(
        watched.item == item and COMPARE[watched.operator](value, watched.value)
        for watched in instrument.safety
    )
