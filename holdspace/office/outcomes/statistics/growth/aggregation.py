"""The moments of a table of courses, by one SQL statement that DuckDB and Spark both run.

The table has a row for each course, with lists: `sessions` and `scores`. One scan makes the sums of
each course, and adds them up by pattern and by all that is known of a person in words. The 0/1 of
each word is then a matter of a few groups, not of millions of rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Any, Final, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from holdspace.office.outcomes.statistics.growth.design import (
    Basis,
    CannotFit,
    Covariate,
    Floats,
)
from holdspace.office.outcomes.statistics.growth.moments import Moments, by_code, patterns
from holdspace.office.outcomes.statistics.growth.rows import LARGEST

Answer: TypeAlias = Mapping[str, NDArray[Any]]
UNKNOWN: Final = "not known"  # the level of those of whom a word is not known
ONE: Final = "1"
SLOPES: Final = {Basis.TIME: "t", Basis.LOG_TIME: "LN(t)", Basis.LEVEL: "1e0"}


class Engine(Protocol):
    """What runs a statement over the table `courses`."""

    def kinds(self) -> Mapping[str, bool]:
        """Each column that holds words (True) or numbers (False)."""

    def run(self, statement: str) -> Answer:
        """The columns of the answer, as arrays of the same length."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which courses, and what is to be known of the people."""

    instrument: str
    covariates: tuple[str, ...] = ()
    basis: Basis = Basis.LOG_TIME


def aggregate(engine: Engine, question: Question) -> Moments:
    """The moments of all courses with scores of an instrument; CannotFit where there are none."""
    kinds = engine.kinds()
    for name in question.covariates:
        if name not in kinds:
            raise CannotFit(f"There is no “{name}”. There are: {', '.join(sorted(kinds))}.")
    words = [name for name in question.covariates if kinds[name]]
    numbers = [name for name in question.covariates if not kinds[name]]
    answer = engine.run(statement(question, words, numbers))
    if not len(answer["n"]):
        raise CannotFit(f"There is no course with scores of {question.instrument}.")
    levels = {name: _levels(answer[f"k{place}"]) for place, name in enumerate(words)}
    sums = {name: np.asarray(v, dtype=float) for name, v in answer.items() if name[0] != "k"}
    _check(sums, numbers)
    return _moments(sums, question, levels, numbers)


def statement(question: Question, words: Sequence[str], numbers: Sequence[str]) -> str:
    """The SQL, in DuckDB's dialect; the answer has a row for each pattern and each set of words."""
    keys, own = _names("k", words), ["sy", "sxy", *_names("w", numbers)]
    sums = [
        *(f"SUM({a}) AS {a}" for a in own),
        *(f"SUM({a} * {b}) AS {a}_{b}" for a, b in combinations_with_replacement(own, 2)),
        *(f"COUNT({a}) AS with_{a}" for a in _names("w", numbers)),
    ]
    known = [f"{_quoted(name)} AS {key}" for key, name in zip(keys, words, strict=True)]
    cast = zip(_names("w", numbers), numbers, strict=True)
    known += [f"CAST({_quoted(name)} AS DOUBLE) AS {key}" for key, name in cast]
    each = ", ".join(["", *keys, *_names("w", numbers)])
    groups = ", ".join(["n", "sx", "sxx", *keys])
    instrument = question.instrument.replace("'", "''")
    return f"""
SELECT {groups}, COUNT(*) AS people, SUM(syy) AS syy, MAX(syy) AS most, {", ".join(sums)}
FROM (
  SELECT ARRAY_LENGTH(x) AS n, LIST_SUM(x) AS sx, LIST_DOT_PRODUCT(x, x) AS sxx,
    LIST_SUM(y) AS sy, LIST_DOT_PRODUCT(x, y) AS sxy, LIST_DOT_PRODUCT(y, y) AS syy{each}
  FROM (
    SELECT LIST_TRANSFORM(sessions, lambda t: {SLOPES[question.basis]}) AS x, scores AS y
      {", ".join(["", *known])}
    FROM courses WHERE instrument = '{instrument}' AND ARRAY_LENGTH(scores) > 0
  ) AS lists
) AS sums
GROUP BY {groups}"""  # noqa: S608 - names are quoted and come from the table's own columns


def _names(letter: str, of: Sequence[str]) -> list[str]:
    return [f"{letter}{place}" for place in range(len(of))]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _levels(words: NDArray[Any]) -> NDArray[np.str_]:
    """A word for each group; engines say what is not known in their own ways."""
    is_known = ~np.ma.getmaskarray(words)
    pairs = zip(np.ma.getdata(words).tolist(), is_known.tolist(), strict=True)
    return np.asarray([str(word) if known and word else UNKNOWN for word, known in pairs])


def _check(sums: Mapping[str, Floats], numbers: Sequence[str]) -> None:
    if not all(np.isfinite(sums[name]).all() for name in ("sx", "sxx", "syy")):
        raise CannotFit("A session or a score is missing or not finite.")
    if sums["most"].max() > LARGEST**2:
        raise CannotFit(f"A score is larger than any can be ({LARGEST:,.0f}).")
    for key, name in zip(_names("w", numbers), numbers, strict=True):
        unknown = (sums["people"] - sums[f"with_{key}"]).sum()
        if unknown:
            raise CannotFit(f"{name} is not known of {unknown:.0f} people.")


def _moments(
    sums: Mapping[str, Floats],
    question: Question,
    levels: Mapping[str, NDArray[np.str_]],
    numbers: Sequence[str],
) -> Moments:
    """With z = 1 and the numbers, w = E z, where E is the same for everybody in a group."""
    q = 1 if question.basis is Basis.LEVEL else 2
    z, b = [ONE, *_names("w", numbers)], ["sy", "sxy"][:q]
    covariates, e = _embedding(question, levels, numbers, len(sums["n"]))
    tt = np.stack([sums[name] for name in ("n", "sx", "sx", "sxx")], axis=1).reshape(-1, 2, 2)
    ww = e @ _table(sums, z, z) @ e.swapaxes(1, 2)
    bw = _table(sums, b, z) @ e.swapaxes(1, 2)
    pattern, first = patterns(tt[:, :q, :q])
    parts = (ww, bw, _table(sums, b, b), sums["syy"])
    ww, bw, bb, yy = (by_code(each, pattern, len(first)) for each in parts)
    about = Moments(question.basis, covariates, tt[first, :q, :q], ww, bw, bb, yy, centre=0.0)
    return about.around(about.mean)


def _table(sums: Mapping[str, Floats], rows: Sequence[str], columns: Sequence[str]) -> Floats:
    """Σ row · column of each group: groups × rows × columns."""

    def total(a: str, b: str) -> Floats:
        if ONE in (a, b):
            other = b if a == ONE else a
            return sums["people" if other == ONE else other]
        return sums.get(f"{a}_{b}", sums.get(f"{b}_{a}", np.empty(0)))

    return np.stack([np.stack([total(a, b) for b in columns], axis=1) for a in rows], axis=1)


def _embedding(
    question: Question,
    levels: Mapping[str, NDArray[np.str_]],
    numbers: Sequence[str],
    groups: int,
) -> tuple[tuple[Covariate, ...], Floats]:
    """The covariates, and E (groups × r × numbers and 1)."""
    size = 1 + len(numbers)
    blocks, covariates = [np.tile(np.eye(1, size), (groups, 1, 1))], []
    for name in question.covariates:
        if name in levels:
            covariate = Covariate(name, tuple(np.unique(levels[name]).tolist()))
            block = np.zeros((groups, covariate.width, size))
            block[:, :, 0] = covariate.columns(levels[name])
        else:
            covariate = Covariate(name)
            block = np.tile(np.eye(1, size, 1 + numbers.index(name)), (groups, 1, 1))
        covariates.append(covariate)
        blocks.append(block)
    return tuple(covariates), np.concatenate(blocks, axis=1)
