"""Whether each person changed reliably, and across the cut-off: one category for everybody.

Categories: Jacobson NS, Truax P, J Consult Clin Psychol 1991;59:12-19; "harmed" and the order of
the sides as in the R package clinicalsignificance 2.1, but for cut-off b, which uses the
functional deviation as the paper does. Not a finding about anybody: it restates two scores.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from holdspace.hour.measures.change import Norm, cut_points
from holdspace.hour.measures.instruments import Direction
from holdspace.hour.measures.scoring import COMPARE
from holdspace.office.outcomes.statistics.indices import (
    CRITICAL,
    CRITICAL_HA,
    CannotCompare,
    Differences,
    Method,
    Reliability,
    Sample,
    Scores,
    differences,
    indices,
    sample,
    unit,
)
from holdspace.office.outcomes.statistics.saying import Why
from holdspace.office.outcomes.statistics.table import Pair

ROUNDING = 1e-9  # points; what adding decimals may take from a change that was meant to count


class Category(StrEnum):
    RECOVERED = "recovered"
    IMPROVED = "improved"
    UNCHANGED = "unchanged"
    DETERIORATED = "deteriorated"
    HARMED = "harmed"


class Cutoff(StrEnum):
    A = "a"
    B = "b"
    C = "c"


@dataclass(frozen=True, slots=True)
class Mid:
    """Minimal important differences, in points; what reaches them counts."""

    improvement: float
    deterioration: float

    def __post_init__(self) -> None:
        if not all(0 < points < np.inf for points in (self.improvement, self.deterioration)):
            raise CannotCompare("A minimal important difference is above 0.")


@dataclass(frozen=True, slots=True)
class Rule:
    """How change is judged: by an index, or without a `method` by `mid`, else by `percent`.

    `functional` is needed for cut-offs b and c; `clinical` defaults to the people's own first
    scores, whose spread is the unit of the index in any case. `reliability` is needed for all
    but HLM. `operator` is how the index is compared with `critical`: ">" as in the papers, or
    ">=". `percent` counts a change by so much of the first score; `best` is the best score there
    is, and shows who could not have improved reliably.
    """

    direction: Direction
    method: Method | None = None
    reliability: Reliability | None = None
    cutoff: Cutoff = Cutoff.A
    functional: Norm | None = None
    clinical: Norm | None = None
    operator: str = ">"
    mid: Mid | None = None
    percent: float | None = None
    best: float | None = None

    def __post_init__(self) -> None:
        if self.reliability is None and self.method not in {None, Method.HLM}:
            raise CannotCompare(f"Method {self.method} needs the measure's reliability.")
        if self.method is None and self.mid is None and self.percent is None:
            raise CannotCompare("Change needs a reliability, a minimal difference or a percentage.")
        if self.functional is None and self.cutoff is not Cutoff.A:
            raise CannotCompare(f"Cut-off {self.cutoff} needs the functional mean and deviation.")
        for norm in filter(None, (self.functional, self.clinical)):
            if not (np.isfinite(norm.mean) and 0 < norm.sd < np.inf):
                raise CannotCompare("A norm is a mean and a standard deviation above 0.")
        if self.percent is not None and not 0 < self.percent < np.inf:
            raise CannotCompare("A percentage of change is above 0.")

    @property
    def sign(self) -> int:
        """Return 1 where higher is better, -1 where lower is."""
        return 1 if self.direction is Direction.HIGHER_BETTER else -1

    @property
    def formula(self) -> tuple[Method, Reliability] | None:
        """Return what an index of two scores is computed by, where it is."""
        if self.method is None or self.method is Method.HLM or self.reliability is None:
            return None
        return self.method, self.reliability

    @property
    def critical(self) -> float:
        return CRITICAL_HA if self.method is Method.HA else CRITICAL


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What two scores of one person say.

    `crossed` is a note, not a category: over the cut-off, without reliable change. `room` is
    whether the first score left room to improve reliably; None where it was not asked.
    """

    person: str
    group: str | None
    pre: float
    post: float
    change: float
    index: float | None
    category: Category
    crossed: bool
    room: bool | None
    by_mid: Category | None
    percent_change: float | None
    by_percent: Category | None


@dataclass(frozen=True, slots=True)
class Group:
    """How many people are in each category; `name` is None for everybody."""

    name: str | None
    n: int
    counts: Mapping[Category, int]
    by_mid: Mapping[Category, int] | None
    by_percent: Mapping[Category, int] | None


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everybody's change, with the cut-off and what it was computed from."""

    rule: Rule
    sample: Sample
    clinical: Norm
    cutoff: float
    people: tuple[PersonChange, ...]


class _Side(NamedTuple):
    """On which side of the cut-off one person is, and whether there was room to improve."""

    clinical_before: bool
    functional_after: bool
    clinical_after: bool
    room: bool | None


def assess(
    pairs: Sequence[Pair], rule: Rule, *, slopes: Mapping[str, float] | None = None
) -> Assessment:
    """Judge each person's change by one rule.

    `slopes` are each person's index by the growth model, for HLM only (see `slopes.slopes`).
    CannotCompare for fewer than two people, first scores without spread, a functional mean on
    the worse side of the clinical one, and where a method cannot be used on these scores.
    """
    pre, post = np.array([p.pre for p in pairs]), np.array([p.post for p in pairs])
    of = sample(pre, post)
    clinical = rule.clinical or of.pre
    cutoff = cutoff_of(rule, of)
    index: Sequence[float | None] = [None] * len(pairs)
    if rule.method is Method.HLM:
        if slopes is None or not all(pair.person in slopes for pair in pairs):
            raise CannotCompare("The growth model needs a slope of everybody.")
        index = [slopes[pair.person] for pair in pairs]
    elif rule.formula is not None:
        method, reliability = rule.formula
        index = indices(method, pre, post, of=of, reliability=reliability).tolist()
    sides = _sides(rule, of, cutoff, pre, post)
    people = tuple(
        _person(pair, rule, one, side) for pair, one, side in zip(pairs, index, sides, strict=True)
    )
    return Assessment(rule, of, clinical, cutoff, people)


def cutoff_of(rule: Rule, of: Sample) -> float:
    """Return where the functional side begins, in points; of true scores for HA."""
    clinical = rule.clinical or of.pre
    functional = rule.functional or clinical  # a does not look at it
    if rule.cutoff is not Cutoff.A and rule.sign * (functional.mean - clinical.mean) <= 0:
        means = {"functional": functional.mean, "clinical": round(clinical.mean, 4)}
        raise CannotCompare(Why.NOT_BETTER.of(**means))
    if rule.method is Method.HA and rule.reliability is not None:
        sem = differences(of, rule.reliability).sem
        clinical, functional = _true(clinical, sem), _true(functional, sem)
    return float(getattr(cut_points(clinical, functional, direction=rule.direction), rule.cutoff))


def constants(of: Assessment) -> dict[str, float | int | str]:
    """Return every number that the categories depend on, by name."""
    rule, found = of.rule, of.sample
    named: dict[str, float | int | str | None] = {
        "n": found.n,
        "mean_pre": found.mean_pre,
        "sd_pre": found.sd_pre,
        "mean_post": found.mean_post,
        "sd_post": found.sd_post,
        "correlation": found.correlation,
        "clinical_mean": of.clinical.mean,
        "clinical_sd": of.clinical.sd,
        "functional_mean": rule.functional.mean if rule.functional else None,
        "functional_sd": rule.functional.sd if rule.functional else None,
        "critical": rule.critical,
        "comparison": rule.operator,
        "mid_improvement": rule.mid.improvement if rule.mid else None,
        "mid_deterioration": rule.mid.deterioration if rule.mid else None,
        "percent": rule.percent,
    }
    if rule.formula is not None:
        method, reliability = rule.formula
        named["reliability"] = reliability.pre
        named["standard_error"] = unit(method, found, reliability)
        if method is Method.NK:
            named["reliability_post"] = reliability.after
        if method is Method.HA:
            named |= _of_the_group(of, differences(found, reliability))
    return {name: value for name, value in named.items() if value is not None}


def _of_the_group(of: Assessment, by: Differences) -> dict[str, float]:
    """Return which shares changed and are functional by Hageman & Arrindell's group level."""
    found, sign = of.sample, of.rule.sign
    shared = 2 * found.sd_pre * found.sd_post * found.correlation
    changes = sqrt((found.sd_pre**2 + found.sd_post**2 - shared) * by.reliability)
    after = found.sd_post * sqrt(by.reliability_post)
    return {
        "reliability_of_differences": by.reliability,
        "share_improved": NormalDist().cdf(sign * (found.mean_post - found.mean_pre) / changes),
        "share_functional": NormalDist().cdf(sign * (found.mean_post - of.cutoff) / after),
    }


def groups(of: Assessment) -> list[Group]:
    """Count the categories: everybody first, then each group in the order of the file."""
    names = dict.fromkeys(person.group for person in of.people if person.group is not None)
    return [_group(None, of.people)] + [
        _group(name, [person for person in of.people if person.group == name]) for name in names
    ]


def reached(gain: float, improvement: float, deterioration: float) -> Category:
    """Judge a gain (positive is better) against two thresholds that count when reached."""
    if gain >= improvement - ROUNDING:
        return Category.IMPROVED
    if -gain >= deterioration - ROUNDING:
        return Category.DETERIORATED
    return Category.UNCHANGED


def _group(name: str | None, people: Sequence[PersonChange]) -> Group:
    plain = (Category.IMPROVED, Category.UNCHANGED, Category.DETERIORATED)
    by_mid = Counter(person.by_mid for person in people if person.by_mid)
    by_percent = Counter(person.by_percent for person in people if person.by_percent)
    return Group(
        name=name,
        n=len(people),
        counts=_counted(Counter(person.category for person in people), tuple(Category)),
        by_mid=_counted(by_mid, plain) if by_mid else None,
        by_percent=_counted(by_percent, plain) if by_percent else None,
    )


def _counted(found: Mapping[Category, int], every: Sequence[Category]) -> dict[Category, int]:
    return {category: found.get(category, 0) for category in every}


def _true(norm: Norm, sem: float) -> Norm:
    reliability = 1 - (sem / norm.sd) ** 2
    if reliability <= 0:
        raise CannotCompare(Why.NORM_IS_ERROR.of(sd=round(norm.sd, 4), sem=round(sem, 4)))
    return Norm(norm.mean, norm.sd, reliability).true()


def _sides(rule: Rule, of: Sample, cutoff: float, pre: Scores, post: Scores) -> list[_Side]:
    before = rule.sign * (pre - cutoff) < 0
    after = rule.sign * (post - cutoff)
    if rule.method is Method.HA and rule.reliability is not None:
        found = differences(of, rule.reliability)
        true = of.mean_post + (post - of.mean_post) * found.reliability_post
        after = rule.sign * (true - cutoff) / (np.sqrt(found.reliability_post) * found.sem)
        beyond, short = after > rule.critical, after < -rule.critical
    else:
        beyond, short = after > 0, after <= 0
    room = _room(rule, of, pre, post)
    return [
        _Side(*each)
        for each in zip(before.tolist(), beyond.tolist(), short.tolist(), room, strict=True)
    ]


def _room(rule: Rule, of: Sample, pre: Scores, post: Scores) -> Sequence[bool | None]:
    if rule.best is None or rule.formula is None:
        return [None] * len(pre)
    method, reliability = rule.formula
    best = np.full_like(post, rule.best)
    could = indices(method, pre, best, of=of, reliability=reliability)
    return [COMPARE[rule.operator](rule.sign * one, rule.critical) for one in could.tolist()]


def _person(pair: Pair, rule: Rule, index: float | None, side: _Side) -> PersonChange:
    change = pair.post - pair.pre
    gain = rule.sign * change
    by_mid = reached(gain, rule.mid.improvement, rule.mid.deterioration) if rule.mid else None
    by_percent = _by_percent(pair, rule, gain)
    reliable = (by_mid or by_percent) if index is None else _by_index(rule, rule.sign * index)
    crossed = side.clinical_before and side.functional_after
    category = reliable or Category.UNCHANGED
    if reliable is Category.IMPROVED and crossed:
        category = Category.RECOVERED
    elif reliable is Category.DETERIORATED and not side.clinical_before and side.clinical_after:
        category = Category.HARMED
    return PersonChange(
        person=pair.person,
        group=pair.group,
        pre=pair.pre,
        post=pair.post,
        change=change,
        index=index,
        category=category,
        crossed=crossed and category is Category.UNCHANGED,
        room=side.room,
        by_mid=by_mid,
        percent_change=100 * change / pair.pre if by_percent and pair.pre else None,
        by_percent=by_percent,
    )


def _by_index(rule: Rule, gain: float) -> Category:
    compare = COMPARE[rule.operator]
    if compare(gain, rule.critical):
        return Category.IMPROVED
    return Category.DETERIORATED if compare(-gain, rule.critical) else Category.UNCHANGED


def _by_percent(pair: Pair, rule: Rule, gain: float) -> Category | None:
    if rule.percent is None:
        return None
    if pair.pre < 0:
        raise CannotCompare(Why.BELOW_NOUGHT.of(person=pair.person))
    if pair.pre == 0:  # any change from nothing is more than any percentage
        return reached(gain, 2 * ROUNDING, 2 * ROUNDING)
    return reached(100 * gain / pair.pre, rule.percent, rule.percent)
