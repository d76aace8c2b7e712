"""From rows of scores to sums: one pass over arrays, sorted or not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from holdspace.office.outcomes.statistics.growth.design import (
    Basis,
    CannotFit,
    Floats,
    Indices,
)  # fmt: skip
from holdspace.office.outcomes.statistics.growth.groups import Groups, Labels, alike
from holdspace.office.outcomes.statistics.growth.moments import Moments, by_code

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
    return grouped(rows, basis).moments()


def grouped(rows: Rows, basis: Basis = Basis.LOG_TIME) -> Groups:
    """The sums of those who are alike; CannotFit as `sums`."""
    person, time, score, others = _given(rows)
    courses = _courses(person)
    with_slope = basis is not Basis.LEVEL
    x = np.log(time) if basis is Basis.LOG_TIME and _positive(time) else time
    centre = float(score.mean())
    y = score - centre
    tt, b = _by_course(courses, x if with_slope else None, y)
    z, words = _of_persons(courses, {name: others[name] for name in rows.covariates})
    whose = [courses.constant(others[""], "The therapist")] if rows.cluster is not None else []
    code, first = alike(tt, [*words.values(), *whose])
    count = len(first)
    return Groups(
        basis, tuple(rows.covariates), tt[first], _products(z, z, code, count),
        _products(b, z, code, count), _products(b, b, code, count),
        by_code(np.bincount(courses.of_row, y * y, courses.count), code, count), centre,
        {name: each[first] for name, each in words.items()},
        whose[0][first] if whose else None,
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


def _of_persons(courses: _Courses, given: Mapping[str, Labels]) -> tuple[Floats, dict[str, Labels]]:
    """What is known of each course: z (m × s), a constant and numbers; and words by name."""
    columns, words = [np.ones(courses.count)], {}
    for name, values in given.items():
        if values.dtype.kind in "biuf":
            _within(values.astype(float), f"value of {name}")
            columns.append(courses.constant(values, name).astype(float))
        else:
            words[name] = courses.constant(values.astype(str), name)
    return np.stack(columns, axis=1), words


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
