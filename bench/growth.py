"""`python -m bench.growth`: fits of simulated courses, beside statsmodels and a plain scan."""

import argparse
import importlib.util
import resource
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np

from holdspace.office.outcomes.statistics.growth.aggregation import Question, aggregate
from holdspace.office.outcomes.statistics.growth.fitting import Fit, fit
from holdspace.office.outcomes.statistics.growth.moments import Moments
from holdspace.office.outcomes.statistics.growth.parquet import Duck
from holdspace.office.outcomes.statistics.growth.rows import Rows, sums

SESSIONS: Final = 8
THERAPISTS: Final = 10_000
BUDGETS: Final = {100_000: 0.5, 1_000_000: 3.0}  # seconds, from a table in memory to the fit
TIMES: Final = 3  # the least of so many counts, for scans
# The plain scan reads the same columns and adds them up, and makes nothing of them.
PLAIN: Final = """SELECT sum(list_sum(sessions)), sum(list_sum(scores)), sum(severity),
    count(kind), count(instrument) FROM courses"""
SIMULATED: Final = """COPY (
    SELECT 'phq9' AS instrument, kind, severity, [1.0, 2, 3, 4, 5, 6, 7, 8] AS sessions,
      list_transform([1.0, 2, 3, 4, 5, 6, 7, 8], lambda s: greatest(0, least(27, round(
        level + slope * ln(s) + 8 * (hash(i * 8 + s) / 18446744073709551615.0 - 0.5))))) AS scores
    FROM (SELECT i, ['group', 'individual'][1 + (hash(i) % 2)::INTEGER] AS kind,
        severity, 14 + 0.7 * severity + 6 * (random() - 0.5) AS level,
        -2 - 0.2 * severity + 4 * (random() - 0.5) AS slope
      FROM (SELECT i, 8 * (random() - 0.5) AS severity FROM range({count}) AS t(i))))
    TO '{path}' (FORMAT parquet)"""


def courses(people: int) -> Rows:
    """Courses of eight sessions with two covariates, as arrays."""
    rng = np.random.default_rng(people)
    person = np.repeat(np.arange(people), SESSIONS)
    session = np.tile(np.arange(1.0, SESSIONS + 1), people)
    severity, kind = rng.normal(0, 5, people), rng.integers(0, 2, people) * 1.0
    u = rng.normal(size=(people, 2)) @ np.array([[3.6, -0.5], [0.0, 1.4]])
    level = (15 + 0.75 * severity - 0.5 * kind + u[:, 0])[person]
    slope = (-2.2 - 0.18 * severity - 0.3 * kind + u[:, 1])[person]
    score = level + slope * np.log(session) + rng.normal(0, 4, len(person))
    return Rows(person, session, score, {"severity": severity[person], "kind": kind[person]})


def timed(what: Callable[[], Any]) -> tuple[Any, float, float]:
    """What came of it, and the seconds it took: of the processor (all cores), and of the wall."""
    before, began = _processor(), time.perf_counter()
    found = what()
    return found, _processor() - before, time.perf_counter() - began


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def without_some(rows: Rows, share: float) -> Rows:
    """The same with so many of the forms missing."""
    keep = np.random.default_rng(1).random(len(np.asarray(rows.person))) >= share
    person, time_, score = (np.asarray(of)[keep] for of in (rows.person, rows.time, rows.score))
    known = {name: np.asarray(values)[keep] for name, values in rows.covariates.items()}
    return Rows(person, time_, score, known)


def from_table(people: int, what: str, rows: Rows) -> None:
    """Rows to sums to a fit."""
    moments, summing, summing_wall = timed(lambda: sums(rows))
    found, fitting, fitting_wall = timed(lambda: fit(moments))
    wall, budget = summing_wall + fitting_wall, None if what else BUDGETS.get(people)
    # One thread does it, so the processor's seconds are the wall's of a machine that is not shared.
    verdict = "" if budget is None else "within" if summing + fitting <= budget else "over"
    print(
        f"| {people:,} × {SESSIONS}{what} | {summing:.3f} | {fitting:.3f} | {wall:.3f} "
        f"| {budget or '–'} | {verdict} | {found.log_likelihood:.6f} |",
        flush=True,
    )


def beside_statsmodels(people: int) -> None:
    """The same model by MixedLM: its time, and whose likelihood is the greater."""
    if importlib.util.find_spec("statsmodels") is None:
        print("STATSMODELS SKIPPED: pip install -r requirements/bench.in")
        return
    mixed = import_module("statsmodels.regression.mixed_linear_model").MixedLM
    rows = courses(people)
    ours, took, _ = timed(lambda: fit(sums(rows)))
    t = np.column_stack([np.ones(len(np.asarray(rows.time))), np.log(np.asarray(rows.time))])
    w = [np.ones(len(t)), *map(np.asarray, rows.covariates.values())]
    x = np.column_stack([c * t[:, i] for c in w for i in (0, 1)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = mixed(np.asarray(rows.score), x, np.asarray(rows.person), exog_re=t)
        theirs, took_them, _ = timed(lambda: model.fit(reml=True, method=["lbfgs"]))
    print(_compared(people, ours, theirs, (took, took_them)), flush=True)


def _compared(people: int, ours: Fit, theirs: Any, took: tuple[float, float]) -> str:
    apart = (ours.log_likelihood - theirs.llf) / abs(theirs.llf)
    coefficients = np.abs(ours.coefficients - theirs.fe_params).max()
    return (
        f"| {people:,} × {SESSIONS} | {took[0]:.3f} | {took[1]:.1f} | {took[1] / took[0]:,.0f} "
        f"| {apart:+.1e} | {coefficients:.1e} | {np.abs(ours.between - theirs.cov_re).max():.1e} |"
    )


def from_parquet(count: int, home: Path | None) -> None:
    """Simulated Parquet: the sums by one statement, beside a plain scan of the same columns."""
    with tempfile.TemporaryDirectory(dir=home) as folder, duckdb.connect() as connection:
        path = Path(folder) / "courses.parquet"
        connection.execute(SIMULATED.format(count=count, path=path))
        duck = Duck(Path(folder), connection)
        question = Question("phq9", ("severity", "kind"))
        plain = [timed(lambda: connection.execute(PLAIN).fetchall()) for _ in range(TIMES)]
        whole = [timed(lambda: aggregate(duck, question)) for _ in range(TIMES)]
        moments: Moments = whole[0][0]
        found, fitting, _ = timed(lambda: fit(moments))
        size = path.stat().st_size / 1e6
    scan, ours = (min(each[1] for each in tries) for tries in (plain, whole))
    scan_wall, ours_wall = (min(each[2] for each in tries) for tries in (plain, whole))
    print(
        f"| {found.people:,} × {SESSIONS} | {size:,.0f} | {scan:.2f} | {ours:.2f} "
        f"| {ours / scan:.2f} | {ours_wall / scan_wall:.2f} | {fitting:.3f} |",
        flush=True,
    )


def main() -> None:
    """Measure what is asked for, as tables."""
    given = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    given.add_argument("--people", type=int, nargs="*", default=[100_000, 1_000_000])
    given.add_argument("--variants", action="store_true", help="also missing forms, therapists")
    given.add_argument("--statsmodels", type=int, nargs="*", default=[1000])
    given.add_argument("--parquet", type=int, nargs="*", default=[1_000_000])
    given.add_argument("--home", type=Path, help="a folder on the disk that is meant")
    asked = given.parse_args()
    print("| table | sums, CPU s | fit, CPU s | both, wall s | budget | | log-likelihood |")
    print("|---|--:|--:|--:|--:|---|--:|")
    for people in asked.people:
        rows = courses(people)
        from_table(people, "", rows)
        if asked.variants:
            from_table(people, ", a quarter missing", without_some(rows, 0.25))
            of_many = replace(rows, cluster=np.asarray(rows.person) % THERAPISTS)
            from_table(people, f", {THERAPISTS:,} therapists", of_many)
    print("\n| beside statsmodels | ours, CPU s | MixedLM, CPU s | times | log L, relative", end="")
    print(" | coefficients | variances |\n|---|--:|--:|--:|--:|--:|--:|")
    for people in asked.statsmodels:
        beside_statsmodels(people)
    print("\n| Parquet | MB | scan, CPU s | sums, CPU s | times | by the wall | fit, CPU s |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for count in asked.parquet:
        from_parquet(count, asked.home)


if __name__ == "__main__":
    main()
