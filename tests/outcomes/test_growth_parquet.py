"""Courses in Parquet: nobody stands out, and one statement gives the sums of all rows."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdspace.office.outcomes.statistics.growth.aggregation import (
    UNKNOWN,
    Question,
    aggregate,
    grouped,
    statement,
)
from holdspace.office.outcomes.statistics.growth.coarsening import OTHER
from holdspace.office.outcomes.statistics.growth.design import Basis, CannotFit
from holdspace.office.outcomes.statistics.growth.fitting import fit
from holdspace.office.outcomes.statistics.growth.parquet import (
    FILE,
    CannotExport,
    Duck,
    Outcome,
    Written,
    write_parquet,
)
from holdspace.office.outcomes.statistics.growth.rows import Rows, sums
from tests.outcomes.courses import courses
from tests.outcomes.test_growth_moments import same

BEGAN = date(2026, 3, 2)
ROWS = courses(120, seed=9)
PERSON = np.asarray(ROWS.person)


def outcome(course: int, session: int = 1, score: float = 12, **known: str) -> Outcome:
    on = BEGAN + timedelta(days=8 * (session - 1))
    return Outcome(f"Jane Doe {course}", "phq9", session, on, score, known)


def outcomes(kinds: str = "ab", ages: tuple[str, ...] = ("x", "y", "z")) -> list[Outcome]:
    triples = zip(PERSON.tolist(), np.asarray(ROWS.time), np.asarray(ROWS.score), strict=True)
    return [
        outcome(p, int(s), float(y), kind=kinds[p % len(kinds)], age=ages[p % len(ages)])
        for p, s, y in triples
    ]


def seen(count: int, therapist: str | int, start: int = 0) -> list[Outcome]:
    return [replace(outcome(start + n), therapist=therapist) for n in range(count)]


def read(directory: Path, columns: str = "*") -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(f"SELECT {columns} FROM '{directory / FILE}'").fetchall()


def of_files(directory: Path, *covariates: str, basis: Basis = Basis.LOG_TIME) -> Any:
    with duckdb.connect() as connection:
        return aggregate(Duck(directory, connection), Question("phq9", covariates, basis))


@pytest.mark.parametrize("basis", list(Basis))
def test_one_statement_gives_the_sums_of_all_rows(basis: Basis, tmp_path: Path) -> None:
    assert write_parquet(outcomes(), tmp_path) == Written(5, 120, len(PERSON), 0, 0)
    kind, age = np.array(["a", "b"])[PERSON % 2], np.array(["x", "y", "z"])[PERSON % 3]
    rows = Rows(PERSON, ROWS.time, ROWS.score, {"kind": kind, "age": age})
    told = sums(rows, basis)
    found = of_files(tmp_path, "kind", "age", basis=basis)
    same(told, found)
    assert fit(found).log_likelihood == pytest.approx(fit(told).log_likelihood, rel=1e-11)


def test_numbers_are_summed_beside_words(tmp_path: Path) -> None:
    write_parquet(outcomes(), tmp_path)
    also = "ascii(kind) * 0.5 + len(scores) AS severity, len(sessions)::DECIMAL(9, 2) AS n"
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT *, {also} FROM '{tmp_path / FILE}') TO '{tmp_path / 'b.parquet'}'"
        )
    (tmp_path / FILE).unlink()
    n = np.bincount(PERSON)[PERSON] * 1.0
    kind = np.array(["a", "b"])[PERSON % 2]
    severity = np.array([97, 98])[PERSON % 2] * 0.5 + n
    rows = Rows(PERSON, ROWS.time, ROWS.score, {"severity": severity, "kind": kind, "n": n})
    same(sums(rows), of_files(tmp_path, "severity", "kind", "n"))


def test_nothing_that_identifies_is_written(tmp_path: Path) -> None:
    write_parquet(outcomes(), tmp_path)
    assert b"Jane" not in (tmp_path / FILE).read_bytes()
    assert b"2026" not in (tmp_path / FILE).read_bytes()
    found = read(tmp_path, "course, weeks, sessions")
    assert sorted(course for course, _, _ in found) == list(range(120))
    assert all(weeks[0] == 0 for _, weeks, _ in found)
    assert all(
        weeks == [int(8 * (s - sessions[0]) // 7) for s in sessions] for _, weeks, sessions in found
    )


def test_rare_words_are_merged_and_everybody_stands_among_k(tmp_path: Path) -> None:
    rows = [
        replace(row, known={"kind": "rare" if int(str(row.course)[9:]) < 3 else row.known["kind"]})
        for row in outcomes()
    ]
    rows += [outcome(900 + p, kind="rarer") for p in range(3)]
    told = write_parquet(rows, tmp_path, 5)
    counts = Counter(kind for (kind,) in read(tmp_path, "kind"))
    assert set(counts) == {"a", "b", OTHER}
    assert counts[OTHER] == 6
    assert (told.courses, told.left_out, told.merged) == (123, 0, 6)


def test_who_stands_among_too_few_by_several_words_says_none_or_is_left_out(
    tmp_path: Path,
) -> None:
    common = [outcome(p, kind="a", age="x") for p in range(8)]
    common += [outcome(100 + p, kind="b", age="y") for p in range(8)]
    mixed = [outcome(200, kind="a", age="y"), outcome(201, kind="b", age="x")]
    told = write_parquet([*common, *mixed], tmp_path, 5)
    assert (told.courses, told.left_out, told.merged) == (16, 2, 4)
    assert OTHER not in {kind for (kind,) in read(tmp_path, "kind")}


@pytest.mark.parametrize(
    ("rows", "k", "why"),
    [
        ([outcome(1)], 1, "k is 2 or more"),
        ([], 5, "No 5 courses are alike"),
        ([outcome(p) for p in range(4)], 5, "No 5 courses are alike"),
        ([outcome(1, kind="a"), outcome(1, 2, kind="b")], 2, "changes within"),
        ([outcome(p, therapist="a") for p in range(4)], 2, "a taken name"),
        ([*seen(1, 1), *seen(1, 2)], 2, "changes within"),
        ([outcome(p, course_="a", scores="b") for p in range(4)], 2, "a taken name"),
        ([outcome(p, score=float("nan")) for p in range(4)], 2, "is not a number"),
        ([outcome(p, 0) for p in range(4)], 2, "before the first"),
        ([outcome(1, kind="a"), outcome(2)], 2, "Not the same is known"),
    ],
)
def test_what_would_say_too_much_is_not_written(
    rows: list[Outcome], k: int, why: str, tmp_path: Path
) -> None:
    with pytest.raises(CannotExport, match=why):
        write_parquet(rows, tmp_path, k)
    assert list(tmp_path.iterdir()) == []


def test_therapists_are_told_apart_by_numbers_that_no_other_file_has(tmp_path: Path) -> None:
    rows = [each for n in range(6) for each in seen(7, f"Dr {n}", 10 * n)]
    told = write_parquet(rows, tmp_path / "a", 5)
    write_parquet(rows, tmp_path / "b", 5)
    assert (told.courses, told.therapists, told.without_therapist) == (42, 6, 0)
    one, two = (Counter(t for (t,) in read(tmp_path / at, "therapist")) for at in "ab")
    assert sorted(one.values()) == sorted(two.values()) == [7] * 6
    assert not one.keys() & two.keys()
    assert b"Dr" not in (tmp_path / "a" / FILE).read_bytes()


def test_a_therapist_with_too_few_courses_is_not_told(tmp_path: Path) -> None:
    rows = [each for n in range(7) for each in seen(7 - 4 * (n == 5), n, 10 * n)]
    told = write_parquet(rows, tmp_path, 5)
    counts = Counter(t for (t,) in read(tmp_path, "therapist"))
    assert (told.therapists, told.without_therapist) == (5, 10)
    assert counts[None] == 10  # three alone would be known by having none: seven had to join


def test_among_too_few_therapists_there_is_no_number_at_all(tmp_path: Path) -> None:
    told = write_parquet([each for n in range(4) for each in seen(9, n, 10 * n)], tmp_path, 5)
    assert (told.courses, told.therapists, told.without_therapist) == (36, 0, 36)
    with duckdb.connect() as connection:
        assert "therapist" not in Duck(tmp_path, connection).kinds()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from("ab")), min_size=30, max_size=60))
def test_everybody_stands_among_k_with_therapist_and_words(pairs: list[tuple[int, str]]) -> None:
    rows = [
        replace(outcome(n, kind=kind), therapist=whose or None)
        for n, (whose, kind) in enumerate(pairs)
    ]
    with TemporaryDirectory() as folder:
        told = write_parquet(rows, Path(folder), 3)
        has = "therapist, kind" if told.therapists else "NULL, kind"
        found = Counter(read(Path(folder), has))
    assert min(found.values()) >= 3
    assert len({whose for whose, _ in found} - {None}) in {0, *range(3, 7)}


def test_the_sums_tell_therapists_apart_where_it_is_asked(tmp_path: Path) -> None:
    rows = [replace(each, therapist=int(str(each.course)[9:]) % 6) for each in outcomes()]
    write_parquet([each for each in rows if each.therapist != 0], tmp_path, 5)
    whose = read(tmp_path, "therapist, sessions, scores")
    plain = Rows(
        np.repeat(np.arange(100), [len(scores) for _, _, scores in whose]),
        np.concatenate([sessions for _, sessions, _ in whose]),
        np.concatenate([scores for _, _, scores in whose]),
        cluster=np.repeat([t for t, _, _ in whose], [len(scores) for _, _, scores in whose]),
    )
    with duckdb.connect() as connection:
        duck = Duck(tmp_path, connection)
        found = aggregate(duck, Question("phq9", by_therapist=True))
        with pytest.raises(CannotFit, match="There is no “therapist”"):
            aggregate(duck, Question("phq9", ("therapist",)))
    same(sums(plain), found)
    assert fit(found).log_likelihood == pytest.approx(fit(sums(plain)).log_likelihood, rel=1e-11)


def test_files_without_therapists_tell_none_apart(tmp_path: Path) -> None:
    write_parquet(outcomes(), tmp_path)
    with duckdb.connect() as connection, pytest.raises(CannotFit, match="export --therapists"):
        aggregate(Duck(tmp_path, connection), Question("phq9", by_therapist=True))


@pytest.mark.parametrize("by_therapist", [False, True])
def test_shorter_courses_are_summed_as_rows_that_end_earlier(
    by_therapist: bool,  # noqa: FBT001 - a case
    tmp_path: Path,
) -> None:
    rows = [
        replace(each, therapist=int(str(each.course)[9:]) % 5) for each in outcomes(ages=("x",))
    ]
    write_parquet(rows, tmp_path, 5)
    question = Question("phq9", ("kind",), by_therapist=by_therapist)
    with duckdb.connect() as connection:
        duck = Duck(tmp_path, connection)
        before = grouped(duck, question)
        lost = duck.shorten(question, 5)
        after = grouped(duck, question)
        left = connection.execute(
            "SELECT kind, sessions, scores, therapist FROM courses"
        ).fetchall()
    assert lost.scores_dropped == before.scores.sum() - after.scores.sum() > 0
    assert after.people.sum() == before.people.sum() == len(left)
    lengths = [len(sessions) for _, sessions, _, _ in left]
    told = Rows(
        np.repeat(np.arange(len(left)), lengths),
        np.concatenate([sessions for _, sessions, _, _ in left]),
        np.concatenate([scores for _, _, scores, _ in left]),
        {"kind": np.repeat([kind for kind, _, _, _ in left], lengths)},
        np.repeat([whose for _, _, _, whose in left], lengths) if by_therapist else None,
    )
    same(sums(told), after.moments())
    alike = Counter((by_therapist and whose, tuple(at)) for _, at, _, whose in left)
    assert all(n >= 5 or len(at) == 1 for (_, at), n in alike.items())


def test_an_export_overwrites_nothing(tmp_path: Path) -> None:
    write_parquet(outcomes(), tmp_path)
    with pytest.raises(CannotExport, match="already"):
        write_parquet(outcomes(), tmp_path)


def test_a_directory_without_parquet_has_no_sums(tmp_path: Path) -> None:
    with pytest.raises(CannotFit, match="no Parquet file"):
        of_files(tmp_path)
    (tmp_path / "a.parquet").write_text("words")
    with pytest.raises(CannotFit, match="no Parquet files of courses"):
        of_files(tmp_path)


def written(directory: Path, row: str) -> Path:
    lists = "'phq9' AS instrument, [1.0, 2] AS sessions, [3.0, 4] AS scores"
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({row.format(lists)}) TO '{directory / 'a.parquet'}'")
    return directory


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("SELECT 1 AS a", "no Parquet files of courses"),
        ("SELECT {}, 1 AS a WHERE false", "There is no course with scores of phq9"),
        ("SELECT * REPLACE ([1.0, 0] AS sessions) FROM (SELECT {})", "no Parquet files|not finite"),
        ("SELECT * REPLACE ([1.0, 1e9] AS scores) FROM (SELECT {})", "larger than any"),
        ("SELECT * REPLACE (['inf'::DOUBLE, 1] AS scores) FROM (SELECT {})", "not finite"),
        ("SELECT * REPLACE (['nan'::DOUBLE, 1] AS scores) FROM (SELECT {})", "not finite"),
    ],
)
def test_files_that_say_something_else_are_refused(row: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(CannotFit, match=why):
        of_files(written(tmp_path, row))


def test_what_is_not_known_is_a_word_of_its_own_but_no_number(tmp_path: Path) -> None:
    row = "SELECT {}, NULL::VARCHAR AS kind, NULL::DOUBLE AS age UNION ALL SELECT {}, 'a', 3.0"
    written(tmp_path, row.replace("{}", "{0}"))
    found = of_files(tmp_path, "kind")
    assert found.covariates[0].levels == ("a", UNKNOWN)
    with pytest.raises(CannotFit, match="age is not known of 1 people"):
        of_files(tmp_path, "age")
    with pytest.raises(CannotFit, match=r"no “sex”\. There are: age, kind"):
        of_files(tmp_path, "sex")


def test_names_with_quotes_are_names() -> None:
    said = statement(Question("it's"), ['a "b"'], [])
    assert "'it''s'" in said
    assert '"a ""b""" AS k0' in said
