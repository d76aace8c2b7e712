"""The moments of a table of courses, by one SQL statement that DuckDB and Spark both run.

The table has a row for each course, with lists: `sessions` and `scores`. One scan makes the sums of
each course, and adds them up by pattern, by all that is known of a person in words and, where it is
asked, by `therapist`. All else is then a matter of a few groups, not of millions of rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Any, Final, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from holdspace.office.outcomes.statistics.growth.design import Basis, CannotFit, Floats
from holdspace.office.outcomes.statistics.growth.groups import NOBODY, Groups
from holdspace.office.outcomes.statistics.growth.moments import Moments
from holdspace.office.outcomes.statistics.growth.rows import LARGEST

Answer: TypeAlias = Mapping[str, NDArray[Any]]
UNKNOWN: Final = "not known"  # the level of those of whom a word is not known
ONE: Final = "1"
THERAPIST: Final = "therapist"  # the column of numbers that tell therapists apart, and no more
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
    by_therapist: bool = False


def aggregate(engine: Engine, question: Question) -> Moments:
    """The moments of all courses with scores of an instrument; CannotFit where there are none."""
    about = grouped(engine, question).moments()
    return about.around(about.mean)


def grouped(engine: Engine, question: Question) -> Groups:
    """The sums of those who are alike; CannotFit where no course has scores of the instrument."""
    kinds = dict(engine.kinds())
    if question.by_therapist and THERAPIST not in kinds:
        raise CannotFit("No therapist is told apart here; see “outcomes export --therapists”.")
    kinds.pop(THERAPIST, None)
    for name in question.covariates:
        if name not in kinds:
            raise CannotFit(f"There is no “{name}”. There are: {', '.join(sorted(kinds))}.")
    words = [name for name in question.covariates if kinds[name]]
    numbers = [name for name in question.covariates if not kinds[name]]
    answer = engine.run(statement(question, words, numbers))
    if not len(answer["n"]):
        raise CannotFit(f"There is no course with scores of {question.instrument}.")
    keys = _names("k", [*words, THERAPIST] if question.by_therapist else words)
    labels = [_labels(answer[key], NOBODY if n == len(words) else UNKNOWN)
              for n, key in enumerate(keys)]  # fmt: skip
    sums = {name: np.asarray(v, dtype=float) for name, v in answer.items() if name[0] != "k"}
    _check(sums, numbers)
    z, b = [ONE, *_names("w", numbers)], ["sy", "sxy"][: len(question.basis.names)]
    tt = np.stack([sums[name] for name in ("n", "sx", "sx", "sxx")], axis=1).reshape(-1, 2, 2)
    return Groups(
        question.basis, question.covariates, tt[:, : len(b), : len(b)], _table(sums, z, z),
        _table(sums, b, z), _table(sums, b, b), sums["syy"], 0.0,
        dict(zip(words, labels, strict=False)), labels[-1] if question.by_therapist else None,
    )  # fmt: skip


def statement(question: Question, words: Sequence[str], numbers: Sequence[str]) -> str:
    """The SQL, in DuckDB's dialect; the answer has a row for each pattern and each set of words."""
    told = [_quoted(name) for name in words]
    if question.by_therapist:
        told.append(f"CAST({THERAPIST} AS VARCHAR)")
    keys, own = _names("k", told), ["sy", "sxy", *_names("w", numbers)]
    sums = [
        *(f"SUM({a}) AS {a}" for a in own),
        *(f"SUM({a} * {b}) AS {a}_{b}" for a, b in combinations_with_replacement(own, 2)),
        *(f"COUNT({a}) AS with_{a}" for a in _names("w", numbers)),
    ]
    known = [f"{column} AS {key}" for key, column in zip(keys, told, strict=True)]
    cast = zip(_names("w", numbers), numbers, strict=True)
    known += [f"CAST({_quoted(name)} AS DOUBLE) AS {key}" for key, name in cast]
    each = ", ".join(["", *keys, *_names("w", numbers)])
    groups = ", ".join(["n", "sx", "sxx", *keys])
    return f"""
SELECT {groups}, COUNT(*) AS people, SUM(syy) AS syy, MAX(syy) AS most, {", ".join(sums)}
FROM (
  SELECT ARRAY_LENGTH(x) AS n, LIST_SUM(x) AS sx, LIST_DOT_PRODUCT(x, x) AS sxx,
    LIST_SUM(y) AS sy, LIST_DOT_PRODUCT(x, y) AS sxy, LIST_DOT_PRODUCT(y, y) AS syy{each}
  FROM (
    SELECT LIST_TRANSFORM(sessions, lambda t: {SLOPES[question.basis]}) AS x, scores AS y
      {", ".join(["", *known])}
    FROM courses WHERE {of_instrument(question)}
  ) AS lists
) AS sums
GROUP BY {groups}"""  # noqa: S608 - names are quoted and come from the table's own columns


def of_instrument(question: Question) -> str:
    """The condition, in SQL, that chooses the courses."""
    instrument = question.instrument.replace("'", "''")
    return f"instrument = '{instrument}' AND ARRAY_LENGTH(scores) > 0"


def _names(letter: str, of: Sequence[str]) -> list[str]:
    return [f"{letter}{place}" for place in range(len(of))]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _labels(words: NDArray[Any], unknown: str) -> NDArray[np.str_]:
    """A word for each group; engines say what is not known in their own ways."""
    is_known = ~np.ma.getmaskarray(words)
    pairs = zip(np.ma.getdata(words).tolist(), is_known.tolist(), strict=True)
    return np.asarray([str(word) if known and word else unknown for word, known in pairs])


def _check(sums: Mapping[str, Floats], numbers: Sequence[str]) -> None:
    if not all(np.isfinite(sums[name]).all() for name in ("sx", "sxx", "syy")):
        raise CannotFit("A session or a score is missing or not finite.")
    if sums["most"].max() > LARGEST**2:
        raise CannotFit(f"A score is larger than any can be ({LARGEST:,.0f}).")
    for key, name in zip(_names("w", numbers), numbers, strict=True):
        unknown = (sums["people"] - sums[f"with_{key}"]).sum()
        if unknown:
            raise CannotFit(f"{name} is not known of {unknown:.0f} people.")


def _table(sums: Mapping[str, Floats], rows: Sequence[str], columns: Sequence[str]) -> Floats:
    """Σ row · column of each group: groups × rows × columns."""

    def total(a: str, b: str) -> Floats:
        if ONE in (a, b):
            other = b if a == ONE else a
            return sums["people" if other == ONE else other]
        return sums.get(f"{a}_{b}", sums.get(f"{b}_{a}", np.empty(0)))

    return np.stack([np.stack([total(a, b) for b in columns], axis=1) for a in rows], axis=1)
