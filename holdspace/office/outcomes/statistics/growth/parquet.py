"""Courses in Parquet: written without what identifies anybody, and read by DuckDB.

De-identified is not anonymous: who knows somebody's weeks and scores from elsewhere may still find
the row. The files are to be kept and passed on as what they are, data about health.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from secrets import SystemRandom
from typing import Any, Final

import duckdb
import numpy as np

from holdspace.office.outcomes.statistics.growth.aggregation import (
    THERAPIST,
    Answer,
    Question,
    of_instrument,
)
from holdspace.office.outcomes.statistics.growth.coarsening import OTHER, Coarsened, lengths, merged
from holdspace.office.outcomes.statistics.growth.design import CannotFit

FILE: Final = "courses.parquet"
NUMBERS: Final = ("BIGINT", "INTEGER", "SMALLINT", "TINYINT", "DOUBLE", "FLOAT", "DECIMAL")
RESERVED: Final = {"course", "instrument", "weeks", "sessions", "scores"}
NOBODYS: Final = 0
TAKEN: Final = RESERVED | {THERAPIST}
ATTENDED: Final = """CREATE OR REPLACE TEMP TABLE attended AS
    SELECT row_number() OVER () AS id, * FROM (
      SELECT {whose} AS whose, sessions, count(*) AS people FROM given WHERE {of} GROUP BY ALL)"""
SHORTENED: Final = """CREATE OR REPLACE TEMP VIEW courses AS
    SELECT given.* REPLACE
      (given.sessions[:kept.length] AS sessions, given.scores[:kept.length] AS scores)
    FROM given JOIN attended ON given.sessions IS NOT DISTINCT FROM attended.sessions
      AND {whose} IS NOT DISTINCT FROM attended.whose
    JOIN kept ON kept.id = attended.id WHERE {of}"""


class CannotExport(Exception):
    """The rows cannot be written without saying too much; the message says why."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One score of one course of therapy on one instrument.

    `course` is any key that tells courses apart, and does not leave. `known` are words from short
    lists that are the same throughout a course: an age band, a kind of service. `therapist` is a
    key as well: what leaves is another number in each file.
    """

    course: object
    instrument: str
    session: int
    on: date
    score: float
    known: Mapping[str, str] = field(default_factory=dict)
    therapist: Hashable | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and what was not said so that nobody stands out among fewer than k."""

    k: int
    courses: int
    scores: int
    merged: int  # words that became “other”
    left_out: int  # courses
    therapists: int = 0  # who are told apart
    without_therapist: int = 0  # courses whose therapist would be told apart with too few others


@dataclass(slots=True)
class _Course:
    instrument: str
    known: dict[str, str]
    therapist: Hashable | None = None
    points: list[tuple[int, date, float]] = field(default_factory=list)


def write_parquet(rows: Iterable[Outcome], directory: Path, k: int = 5) -> Written:
    """Write courses.parquet: a row for each course, in no order, with lists of its scores.

    Dates become weeks since the course's first score, courses get numbers. A word that fewer than
    k courses of an instrument share becomes “other”; where a set of words is still shared by fewer,
    all its words become “other”; what then still stands among fewer than k is left out. Whose a
    course is, is told by a number where k courses with the same words have it, where those of whom
    it is not told are none or k, and where k therapists of the instrument are told apart.
    CannotExport where nothing remains, or a course contradicts itself.
    """
    if k < 2:
        raise CannotExport("Everybody stands among at least two: k is 2 or more.")
    courses = _gathered(rows)
    others = _merge_rare(courses, k)
    kept = [each for same in _alike(courses).values() if len(same) >= k for each in same]
    if not kept:
        raise CannotExport(f"No {k} courses are alike; nothing was written.")
    had = sum(each.therapist is not None for each in kept)
    _merge_therapists(kept, k)
    SystemRandom().shuffle(kept)
    _write(kept, directory / FILE)
    scores = sum(len(each.points) for each in kept)
    told = [each.therapist for each in kept if each.therapist is not None]
    return Written(
        k, len(kept), scores, others, len(courses) - len(kept), len(set(told)), had - len(told)
    )


def _gathered(rows: Iterable[Outcome]) -> list[_Course]:
    found: dict[tuple[object, str], _Course] = {}
    for row in rows:
        course = found.setdefault(
            (row.course, row.instrument), _Course(row.instrument, dict(row.known), row.therapist)
        )
        is_same = (course.known, course.therapist) == (row.known, row.therapist)
        if not is_same or TAKEN & row.known.keys():
            raise CannotExport("What is known of a course changes within it, or has a taken name.")
        course.points.append((row.session, row.on, float(row.score)))
    for course in found.values():
        course.points.sort()
        if not all(np.isfinite(score) and session >= 1 for session, _, score in course.points):
            raise CannotExport("A score is not a number, or a session comes before the first.")
    if len({frozenset(course.known) for course in found.values()}) > 1:
        raise CannotExport("Not the same is known of all courses.")
    return list(found.values())


def _alike(courses: Sequence[_Course]) -> dict[tuple[Any, ...], list[_Course]]:
    found: dict[tuple[Any, ...], list[_Course]] = {}
    for each in courses:
        found.setdefault((each.instrument, *sorted(each.known.items())), []).append(each)
    return found


def _merge_rare(courses: Sequence[_Course], k: int) -> int:
    """Rare words become “other”, then all words of those who are still few; how many did."""
    counts = Counter(
        (each.instrument, name, word) for each in courses for name, word in each.known.items()
    )
    merged = 0
    for each in courses:
        for name, word in each.known.items():
            if word != OTHER and counts[each.instrument, name, word] < k:
                each.known[name], merged = OTHER, merged + 1
    for same in _alike(courses).values():
        for each in same if len(same) < k else ():
            merged += sum(word != OTHER for word in each.known.values())
            each.known = dict.fromkeys(each.known, OTHER)
    return merged


def _merge_therapists(courses: Sequence[_Course], k: int) -> None:
    """Take away whatever tells a therapist apart with fewer than k courses, or among fewer."""
    labels = {each.therapist: (str(n),) for n, each in enumerate(courses)} | {None: (OTHER,)}
    for same in _alike(courses).values():
        told = merged([labels[each.therapist] for each in same], [1] * len(same), k)
        for each, label in zip(same, told, strict=True):
            each.therapist = None if label == (OTHER,) else each.therapist
    for instrument in {each.instrument for each in courses}:
        of = [each for each in courses if each.instrument == instrument]
        if len({each.therapist for each in of} - {None}) < k:
            for each in of:
                each.therapist = None


def _numbers(courses: Sequence[_Course]) -> dict[Hashable | None, int]:
    """A number for each therapist, large and new, so that none is found again in another file."""
    told = {each.therapist for each in courses} - {None}
    numbers = SystemRandom().sample(range(1, 2**48), len(told))
    return {None: NOBODYS, **dict(zip(told, numbers, strict=True))}


def _write(courses: Sequence[_Course], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        raise CannotExport(f"There is a {path.name} in {path.parent} already.")
    of = [place for place, each in enumerate(courses) for _ in each.points]
    points = [
        (session, (on - each.points[0][1]).days // 7, score)
        for each in courses
        for session, on, score in each.points
    ]
    sessions, weeks, scores = (np.asarray(column) for column in zip(*points, strict=True))
    given: dict[str, Any] = {
        "course": np.asarray(of),
        "session": sessions.astype(float),
        "week": weeks,
        "score": scores,
    }
    about: dict[str, Any] = {
        "course": np.arange(len(courses)),
        "instrument": np.asarray([each.instrument for each in courses], dtype=object),
    }
    for name in courses[0].known:
        about[name] = np.asarray([each.known[name] for each in courses], dtype=object)
    numbers = _numbers(courses)
    if len(numbers) > 1:
        whose = np.asarray([numbers[each.therapist] for each in courses])
        about[THERAPIST] = np.ma.masked_equal(whose, NOBODYS)
    with duckdb.connect() as connection:
        connection.register("given", given)
        connection.register("about", about)
        connection.execute(
            """COPY (SELECT about.*, weeks, sessions, scores FROM about JOIN (
                 SELECT course, list(week ORDER BY session)::INTEGER[] AS weeks,
                   list(session ORDER BY session) AS sessions,
                   list(score ORDER BY session) AS scores
                 FROM given GROUP BY course) AS lists USING (course) ORDER BY course)
               TO $path (FORMAT parquet)""",
            {"path": str(path)},
        )


class Duck:
    """The Parquet files of a directory, as DuckDB sees them."""

    def __init__(self, directory: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        files = [str(path) for path in sorted(directory.glob("*.parquet"))]
        if not files:
            raise CannotFit(f"There is no Parquet file in {directory}.")
        with _no_courses():
            connection.from_parquet(files).create_view("given")
            connection.execute("CREATE VIEW courses AS FROM given")

    def kinds(self) -> dict[str, bool]:
        """Each column that holds words (True) or numbers (False)."""
        described = self._connection.execute("DESCRIBE courses").fetchall()
        kinds = {name: kind.partition("(")[0] for name, kind, *_ in described}
        return {
            name: kind == "VARCHAR"
            for name, kind in kinds.items()
            if name not in RESERVED and (kind == "VARCHAR" or kind in NUMBERS)
        }

    def run(self, statement: str) -> Answer:
        """The columns of the answer."""
        with _no_courses():
            return self._connection.execute(statement).fetchnumpy()

    def shorten(self, question: Question, least: int) -> Coarsened:
        """Drop the latest sessions of courses that too few share; lists are in order of sessions.

        With therapists, of those whom each of them sees.
        """
        whose = f"given.{THERAPIST}" if question.by_therapist else "NULL"
        with _no_courses():
            self._connection.execute(ATTENDED.format(whose=whose, of=of_instrument(question)))
            rows = self._connection.execute("FROM attended").fetchall()
        counts = {(whose, tuple(at or ())): people for _, whose, at, people in rows}
        kept = lengths(counts, least)
        ids, length = [row[0] for row in rows], [kept[row[1], tuple(row[2] or ())] for row in rows]
        self._connection.register("kept", {"id": np.asarray(ids), "length": np.asarray(length)})
        self._connection.execute(SHORTENED.format(whose=whose, of=of_instrument(question)))
        lost = [(row[3], len(row[2] or ()) - n) for row, n in zip(rows, length, strict=True)]
        dropped = [(people, n) for people, n in lost if n]
        return Coarsened(sum(p for p, _ in dropped), sum(p * n for p, n in dropped))


@contextmanager
def _no_courses() -> Iterator[None]:
    try:
        yield
    except duckdb.Error as wrong:
        raise CannotFit("These are no Parquet files of courses.") from wrong
