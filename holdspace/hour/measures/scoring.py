"""From answers to a score: totals, bands, published rules, and what must not be overlooked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from holdspace.hour.measures.answers import Answers, by_item, skipped_by
from holdspace.hour.measures.definitions import Instrument, Subscale
from holdspace.hour.measures.judging import (
    age_flags,
    band,
    band_of,
    cutoff_flags,
    judged,
    safety_flags,
    thresholds,
    watches,
)
from holdspace.hour.measures.scores import (
    ANYBODY,
    COMPARE,
    AgeOutOfRange,
    AnswerOutOfRange,
    AnswersRefused,
    Flag,
    FlagKind,
    Person,
    RuleResult,
    Score,
    TotalOutOfRange,
    UnknownItem,
    WhyNot,
    WrongNumberOfAnswers,
)

__all__ = [
    "ANYBODY",
    "COMPARE",
    "AgeOutOfRange",
    "AnswerOutOfRange",
    "Answers",
    "AnswersRefused",
    "Flag",
    "FlagKind",
    "Person",
    "RuleResult",
    "Score",
    "TotalOutOfRange",
    "UnknownItem",
    "WhyNot",
    "WrongNumberOfAnswers",
    "band_of",
    "score",
    "score_total",
    "skipped_by",
    "watches",
]


def score(
    instrument: Instrument, answers: Answers, *, age: int | None = None, of: Person = ANYBODY
) -> Score:
    """Score answers given by item id, or in the order of the items; None (declined) is unanswered.

    A sum that is prorated is rounded to a whole number, halves up; a mean is left as it is.
    Safety items are looked at one by one, whatever becomes of the total. Thresholds not verified
    at a source raise no flag. `age` is short for `of=Person(age=…)`. Raises AnswersRefused.
    """
    if instrument.is_total_only:
        raise AnswersRefused(
            f"{instrument.short_name} is scored elsewhere; only its total is entered."
        )
    given = by_item(instrument, answers)
    skipped = skipped_by(instrument, given)
    replied = {item: value for item, value in given.items() if value is not None}
    counted = replied | {item: 0 for item in skipped if item not in replied}
    subscales = _subscales(instrument, counted)
    why_not = _why_not(instrument, replied, counted, subscales)
    total = None if why_not else _total(instrument, counted, subscales)
    left = tuple(item for item, value in given.items() if value is None and item not in skipped)
    prorated = total is not None and not set(left).isdisjoint(instrument.total_items)
    person = of if age is None else replace(of, age=age)
    made = _made(instrument, total, subscales, person)
    return replace(
        made,
        answered=len(replied),
        of=len(given) - len(skipped - set(replied)),
        prorated=prorated,
        unanswered=left,
        flags=(*safety_flags(instrument, given, skipped), *made.flags),
        rules=judged(instrument, {**given, **counted}),
        why_not=why_not,
    )


def score_total(
    instrument: Instrument,
    total: float | None,
    *,
    subscales: Mapping[str, float] = MappingProxyType({}),
    of: Person = ANYBODY,
) -> Score:
    """Read figures that were added up elsewhere: no items, so no safety item is known either.

    Raises TotalOutOfRange.
    """
    known = {scale.id: scale for scale in instrument.scoring.subscales}
    if total is not None:
        _check_figure(instrument.short_name, total, _span(instrument))
    for name, value in subscales.items():
        scale = known.get(name)
        _check_figure(scale.label if scale else name, value, scale.range if scale else None)
    if total is None and not subscales:
        raise TotalOutOfRange(f"No figure was given for {instrument.short_name}.")
    return _made(instrument, total, subscales, of)


def _span(instrument: Instrument) -> tuple[float, float] | None:
    return instrument.range if instrument.has_total else None


def _check_figure(name: str, value: float, span: tuple[float, float] | None) -> None:
    if span is None:
        raise TotalOutOfRange(f"{name} has no figure of its own that could be entered.")
    low, high = span
    if not low <= value <= high:
        raise TotalOutOfRange(f"{name} goes from {low:g} to {high:g}; {value:g} is not possible.")


def _made(
    instrument: Instrument,
    total: float | None,
    subscales: Mapping[str, float | None],
    person: Person,
) -> Score:
    scales = instrument.scoring.subscales
    reached = thresholds(instrument, {"": total, **subscales}, person)
    return Score(
        instrument=instrument.id,
        version=instrument.version,
        thresholds=instrument.thresholds,
        total=total,
        subscales=subscales,
        band=band_of(instrument, total),
        answered=0,
        of=0,
        prorated=False,
        unanswered=(),
        flags=(*cutoff_flags(reached), *age_flags(instrument, person.age)),
        rules=(),
        why_not=WhyNot.NO_TOTAL if total is None else None,
        coding=instrument.coding,
        converted=_converted(instrument, total),
        subscale_bands={each.id: band(each.bands, subscales.get(each.id)) for each in scales},
        thresholds_met=reached,
    )


def _why_not(
    instrument: Instrument,
    replied: Mapping[str, int],
    counted: Mapping[str, int],
    subscales: Mapping[str, float | None],
) -> WhyNot | None:
    items, missing = instrument.total_items, instrument.missing
    left = {item for item in items if item not in counted}
    if not replied or left == set(items):
        return WhyNot.NOTHING_ANSWERED
    if not instrument.has_total:
        return WhyNot.NO_TOTAL
    stray = missing.only and not left <= set(missing.only)
    unmade = instrument.scoring.over == "subscales" and None in subscales.values()
    if len(left) > missing.at_most or stray or unmade:
        return WhyNot.TOO_MANY_UNANSWERED
    return None


def _total(
    instrument: Instrument, counted: Mapping[str, int], subscales: Mapping[str, float | None]
) -> float:
    scoring = instrument.scoring
    if scoring.over == "subscales":
        made = [value for value in subscales.values() if value is not None]
        whole = sum(made) / len(made) if scoring.method == "mean" else sum(made)
        return float(scoring.multiplier * whole)
    whole = _combined(instrument, scoring.method, instrument.total_items, counted)
    return float(scoring.multiplier * whole)


def _combined(
    instrument: Instrument, method: str, items: Sequence[str], counted: Mapping[str, int]
) -> float:
    """The sum, mean or highest of what the answers to some items are worth."""
    worth = instrument.scoring.worth
    worths = [worth[item].get(counted[item], 0) for item in items if item in counted]
    if method == "mean":
        return sum(worths) / len(worths)
    if method == "max":
        return max(worths)
    if instrument.missing.method == "zero":
        return sum(worths)
    # Halves up in whole numbers: floor(sum × items ÷ answered + ½).
    return (2 * sum(worths) * len(items) + len(worths)) // (2 * len(worths))


def _subscales(instrument: Instrument, counted: Mapping[str, int]) -> dict[str, float | None]:
    scales = instrument.scoring.subscales
    if instrument.missing.method == "zero":
        left = [item for item in instrument.total_items if item not in counted]
        if len(left) > instrument.missing.at_most:
            return dict.fromkeys((scale.id for scale in scales), None)
    return {scale.id: _subscale(instrument, scale, counted) for scale in scales}


def _subscale(instrument: Instrument, scale: Subscale, counted: Mapping[str, int]) -> float | None:
    answered = sum(item in counted for item in scale.items)
    if answered == 0 or len(scale.items) - answered > scale.at_most:
        return None
    whole = _combined(instrument, scale.method, scale.items, counted)
    return float(scale.multiplier * whole)


def _converted(instrument: Instrument, total: float | None) -> float | None:
    table = instrument.scoring.conversion
    return None if total is None or table is None else table.table.get(int(total))
