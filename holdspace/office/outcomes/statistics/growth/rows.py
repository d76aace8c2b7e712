"""From rows of scores to sums: one pass over arrays, sorted or not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from holdspace.office.outcomes.statistics.growth.design import (
    Basis,
    CannotFit,
    Covariate,
    Floats,
    Indices,
)  # fmt: skip
from holdspace.office.outcomes.statistics.growth.moments import Cells, Moments, by_code, patterns

Labels: TypeAlias = NDArray[np.generic]  # of persons, therapists, words
LARGEST: Final = 1e6  # no questionnaire's score, and no number of sessions or weeks, is larger


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Scores in long form, an entry for each score; all arrays have the same length n.

    `person` and `cluster` are labels of any kind; covariates in text are words from a list, and
    all others numbers. A score that is not a number (NaN) was not given, and its row is left out.
    """

    person: ArrayLike
    time: ArrayLike
    score: ArrayLike
    covariates: Mapping[str, ArrayLike] = field(default_factory=dict)
    cluster: ArrayLike | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Courses:
    """Which course each row belongs to, how many courses there are, and the first row of each."""

    of_row: Indices
    count: int
    first: Indices

    def constant(self, values: Labels, name: str) -> Labels:
        """The value of each course; CannotFit where it changes within one."""
        each = values[self.first]
        if not (each[self.of_row] == values).all():
            raise CannotFit(f"{name} changes within a person; it must be constant.")
        return each


def sums(rows: Rows, basis: Basis = Basis.LOG_TIME) -> Moments:
    """The moments of rows; CannotFit, with a sentence, for rows that no model can be made of.

    In log(time) the first session has time 1. Scores and times beyond a million are refused.
    """
    person, time, score, others = _given(rows)
    courses = _courses(person)
    with_slope = basis is not Basis.LEVEL
    x = np.log(time) if basis is Basis.LOG_TIME and _positive(time) else time
    centre = float(score.mean())
    y = score - centre
    tt, b = _by_course(courses, x if with_slope else None, y)
    covariates, w = _of_persons(courses, {name: others[name] for name in rows.covariates})
    pattern, first = patterns(tt)
    count = len(first)
    cells = None
    if rows.cluster is not None:
        cells = _cells(courses.constant(others[""], "The therapist"), pattern, w, b)
    return Moments(
        basis, covariates, tt[first], _products(w, w, pattern, count),
        _products(b, w, pattern, count), _products(b, b, pattern, count),
        by_code(np.bincount(courses.of_row, y * y, courses.count), pattern, count),
        centre, cells,
    )  # fmt: skip


def _given(rows: Rows) -> tuple[Labels, Floats, Floats, dict[str, Labels]]:
    """The arrays without the rows that have no score; the therapist is the one without a name."""
    others = {name: np.asarray(values) for name, values in rows.covariates.items()}
    if rows.cluster is not None:
        others[""] = np.asarray(rows.cluster)
    person = np.asarray(rows.person)
    time, score = (_numbers(v, n) for v, n in ((rows.time, "time"), (rows.score, "score")))
    if len({len(person), len(time), len(score), *map(len, others.values())}) > 1:
        raise CannotFit("The columns have different lengths.")
    is_there = ~np.isnan(score)
    if not is_there.any():
        raise CannotFit("There is no score.")
    if not is_there.all():
        person, time, score = person[is_there], time[is_there], score[is_there]
        others = {name: values[is_there] for name, values in others.items()}
    for values, name in ((time, "time"), (score, "score")):
        _within(values, name)
    if person.dtype.kind == "f" and not np.isfinite(person).all():
        raise CannotFit("It is not said whose a score is.")
    return person, time, score, others


def _numbers(values: ArrayLike, name: str) -> Floats:
    try:
        return np.asarray(values, dtype=float).reshape(-1)
    except (TypeError, ValueError) as wrong:
        raise CannotFit(f"A {name} is not a number.") from wrong


def _within(values: Floats, name: str) -> None:
    if not np.isfinite(values).all():
        raise CannotFit(f"A {name} is missing or not finite.")
    most = values[np.abs(values).argmax()]
    if abs(most) > LARGEST:
        raise CannotFit(f"The {name} {most:,.10g} is larger than any can be ({LARGEST:,.0f}).")


def _positive(time: Floats) -> bool:
    least = float(time.min())
    if least <= 0:
        raise CannotFit(f"The time {least:,.10g} has no logarithm; the first session is 1.")
    return True


def _courses(person: Labels) -> _Courses:
    """Codes 0 … m − 1; whole numbers that lie close together need no sorting."""
    of_row: Indices
    if person.dtype.kind in "iu" and int(person.max()) - int(person.min()) <= 4 * len(person):
        shifted = (person - person.min()).astype(np.intp)
        is_used = np.bincount(shifted) > 0
        of_row = shifted if is_used.all() else (np.cumsum(is_used) - 1)[shifted]
        count = int(is_used.sum())
    else:
        labels, of_row = np.unique(person, return_inverse=True)
        count = len(labels)
    first = np.empty(count, dtype=np.intp)
    first[of_row[::-1]] = np.arange(len(of_row))[::-1]  # the last that is written stays
    return _Courses(of_row, count, first)


def _by_course(courses: _Courses, x: Floats | None, y: Floats) -> tuple[Floats, Floats]:
    """T'T (m × q × q) and T'y (m × q) of each course."""

    def total(values: Floats | None = None) -> Floats:
        return np.bincount(courses.of_row, values, courses.count).astype(float)

    n, sum_y = total(), total(y)
    if x is None:
        return n.reshape(-1, 1, 1), sum_y.reshape(-1, 1)
    sum_x = total(x)
    tt = np.stack([n, sum_x, sum_x, total(x * x)], axis=1).reshape(-1, 2, 2)
    return tt, np.stack([sum_y, total(x * y)], axis=1)


def _of_persons(
    courses: _Courses, given: Mapping[str, Labels]
) -> tuple[tuple[Covariate, ...], Floats]:
    """The covariates with their levels, and w (m × r): a constant, numbers, a 0/1 per level."""
    covariates, columns = [], [np.ones((courses.count, 1))]
    for name, values in given.items():
        if values.dtype.kind in "biuf":
            _within(values.astype(float), f"value of {name}")
            covariate = Covariate(name)
            each = courses.constant(values, name)
        else:
            words = values.astype(str)
            each = courses.constant(words, name)
            covariate = Covariate(name, tuple(np.unique(each).tolist()))
        covariates.append(covariate)
        columns.append(covariate.columns(each))
    return tuple(covariates), np.hstack(columns)


def _products(one: Floats, two: Floats, pattern: Indices, count: int) -> Floats:
    """Σ one two' over the persons of each pattern: patterns × columns × columns."""
    found = np.empty((count, one.shape[1], two.shape[1]))
    for i in range(one.shape[1]):
        for j in range(two.shape[1]):
            found[:, i, j] = (
                found[:, j, i]
                if one is two and j < i
                else np.bincount(pattern, one[:, i] * two[:, j], count)
            )
    return found


def _cells(cluster: Labels, pattern: Indices, w: Floats, b: Floats) -> Cells:
    """First moments per therapist and pattern, for the pairs that there are."""
    labels, of_person = np.unique(cluster.astype(str), return_inverse=True)
    size = int(pattern.max()) + 1
    pairs, code = np.unique(of_person * size + pattern, return_inverse=True)
    return Cells(
        tuple(labels.tolist()), pairs // size, pairs % size,
        by_code(w, code, len(pairs)), by_code(b, code, len(pairs)),
    )  # fmt: skip
