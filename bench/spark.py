"""`python -m bench.spark`: the same sums on a local cluster of Spark and on DuckDB, to 1e-9."""

import argparse
import importlib.util
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Final

import duckdb
import numpy as np

from bench.growth import SIMULATED, timed
from holdspace.office.outcomes.statistics.growth.aggregation import Question, aggregate
from holdspace.office.outcomes.statistics.growth.moments import Moments
from holdspace.office.outcomes.statistics.growth.parquet import Duck

HERE: Final = "127.0.0.1"
AGREED: Final = 1e-9


def apart(one: Moments, two: Moments) -> float:
    """The greatest relative difference of the sums over all patterns."""
    two = two.around(one.centre)
    found = 0.0
    for name in ("tt", "ww", "bw", "bb", "yy"):
        a, b = (np.asarray(getattr(each, name)).sum(axis=0) for each in (one, two))
        found = max(found, float((np.abs(a - b) / np.maximum(1, np.abs(a))).max()))
    return found


def main() -> None:
    """Simulate, sum on both, compare."""
    given = argparse.ArgumentParser(prog="python -m bench.spark", description=__doc__)
    given.add_argument("--courses", type=int, default=300_000)
    given.add_argument("--master", default="local-cluster[2,1,1024]")
    asked = given.parse_args()
    if not (importlib.util.find_spec("pyspark") and importlib.util.find_spec("ibis")):
        sys.exit("SPARK SKIPPED: pip install -r requirements/spark.in")
    build = import_module("pyspark.sql").SparkSession.builder
    engine = import_module("holdspace.cli.spark").Spark
    builder = build.master(asked.master).config("spark.ui.enabled", "false")
    session = builder.config("spark.driver.host", HERE).getOrCreate()
    question = Question("phq9", ("severity", "kind"))
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        path = Path(folder) / "courses.parquet"
        connection.execute(SIMULATED.format(count=asked.courses, path=path))
        ours, _, took = timed(lambda: aggregate(Duck(Path(folder), connection), question))
        theirs, _, took_spark = timed(lambda: aggregate(engine(Path(folder), session), question))
    session.stop()
    found = apart(ours, theirs)
    print(f"{ours.people:,} and {theirs.people:,} courses, sums apart by {found:.1e} relative;")
    print(f"DuckDB {took:.2f} s, Spark {took_spark:.2f} s on {asked.master}, its start not counted")
    sys.exit(found > AGREED or ours.people != theirs.people)


if __name__ == "__main__":
    main()
