"""What a score is read by: bands, cut-offs, symptom rules, and items that must be looked at."""

from collections.abc import Mapping, Sequence

from holdspace.hour.measures.definitions import Bands, Cluster, Cutoff, Instrument, Rule
from holdspace.hour.measures.scores import (
    COMPARE,
    AgeOutOfRange,
    Flag,
    FlagKind,
    Person,
    RuleResult,
    Threshold,
)

OLDEST = 130
OPPOSITE = {True: False, False: True, None: None}


def band_of(instrument: Instrument, total: float | None) -> str | None:
    """Return the published word for a total, or None where there is none."""
    return band(instrument.bands, total)


def band(bands: Bands | None, value: float | None) -> str | None:
    """The word that begins at or below a value: between two whole numbers, the lower one's."""
    if value is None or bands is None:
        return None
    return [band.label for band in bands.levels if band.low <= value][-1]


def safety_flags(
    instrument: Instrument, given: Mapping[str, int | None], skipped: frozenset[str]
) -> list[Flag]:
    """Each item that must be looked at: answered so, or left out where it was asked."""
    flags = []
    for watched in instrument.safety:
        value = given[watched.item]
        if value is None and watched.item not in skipped:
            kind = FlagKind.RISK_UNANSWERED
        elif value is not None and COMPARE[watched.operator](value, watched.value):
            kind = FlagKind.SAFETY
        else:
            continue
        flags.append(Flag(kind, watched.item, watched.item, value, "", watched.source))
    return flags


def thresholds(
    instrument: Instrument, figures: Mapping[str, float | None], person: Person
) -> tuple[Threshold, ...]:
    """The cut-offs that are known to hold for this person."""
    found = []
    for cutoff in instrument.cutoffs:
        if not _holds_for(cutoff, person):
            continue
        figure = figures.get(cutoff.of or "")
        met = None if figure is None else COMPARE[cutoff.operator](figure, cutoff.value)
        found.append(Threshold(cutoff, met))
    return tuple(found)


def _holds_for(cutoff: Cutoff, person: Person) -> bool:
    ages, age = cutoff.ages, person.age
    return (
        cutoff.sex in {None, person.sex}
        and cutoff.respondent in {None, person.respondent}
        and (ages is None or (age is not None and ages[0] <= age <= ages[1]))
    )


def cutoff_flags(found: Sequence[Threshold]) -> list[Flag]:
    """The cut-offs that are reached; none that was not verified at a source."""
    reached = [each.cutoff for each in found if each.met and each.cutoff.verified]
    return [
        Flag(FlagKind.CUTOFF, cutoff.id, None, cutoff.value, cutoff.meaning, cutoff.source)
        for cutoff in reached
        if cutoff.kind not in {"functional", "other"}
    ]


def age_flags(instrument: Instrument, age: int | None) -> list[Flag]:
    """Whether the instrument is made for this age; raises AgeOutOfRange."""
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


def judged(instrument: Instrument, given: Mapping[str, int | None]) -> tuple[RuleResult, ...]:
    """What each symptom rule says; left open where unanswered items could turn it."""
    rules = instrument.scoring.rules
    alone = {
        rule.id: _all([_fulfils(each, rule, given) for each in rule.clusters]) for rule in rules
    }
    return tuple(
        RuleResult(
            id=rule.id,
            label=rule.label,
            met=_all([alone[rule.id], *(OPPOSITE[alone[other]] for other in rule.excludes)]),
            counts=tuple(_count(cluster, rule, given) for cluster in rule.clusters),
            source=rule.source,
            verified=rule.verified,
        )
        for rule in rules
    )


def _all(outcomes: Sequence[bool | None]) -> bool | None:
    """Whether all are so: one that is not settles it, one that is not known leaves it open."""
    if False in outcomes:
        return False
    return None if None in outcomes else True


def _count(cluster: Cluster, rule: Rule, given: Mapping[str, int | None]) -> int:
    thresholds = {item: rule.counts_at_for.get(item, rule.counts_at) for item in cluster.items}
    counts = COMPARE[rule.operator]
    values = ((given[item], threshold) for item, threshold in thresholds.items())
    return sum(value is not None and counts(value, threshold) for value, threshold in values)


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
