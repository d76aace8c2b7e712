"""The same statement on Spark, through Ibis; both are an extra, and loaded only when asked for."""

from pathlib import Path
from typing import Final, Self

import ibis
from pyspark.sql import SparkSession

from holdspace.office.outcomes.statistics.growth.aggregation import Answer
from holdspace.office.outcomes.statistics.growth.parquet import RESERVED

# What DuckDB has and Spark has not, as functions of the session.
MISSING: Final = (
    """CREATE OR REPLACE TEMPORARY FUNCTION list_sum(a ARRAY<DOUBLE>) RETURNS DOUBLE
       RETURN aggregate(a, 0D, (s, v) -> s + v)""",
    """CREATE OR REPLACE TEMPORARY FUNCTION list_dot_product(a ARRAY<DOUBLE>, b ARRAY<DOUBLE>)
       RETURNS DOUBLE RETURN aggregate(zip_with(a, b, (x, y) -> x * y), 0D, (s, v) -> s + v)""",
)


class Spark:
    """The Parquet files of a directory, as a Spark session sees them."""

    def __init__(self, directory: Path, session: SparkSession) -> None:
        self._session = session
        session.read.parquet(str(directory)).createOrReplaceTempView("courses")
        for function in MISSING:
            session.sql(function)

    @classmethod
    def local(cls, directory: Path) -> Self:
        """On this machine; elsewhere spark-submit names the cluster."""
        session = SparkSession.builder.config("spark.ui.enabled", "false").getOrCreate()
        return cls(directory, session)

    def kinds(self) -> dict[str, bool]:
        """Each column that holds words (True) or numbers (False)."""
        fields = self._session.table("courses").schema
        return {
            each.name: each.dataType.typeName() == "string"
            for each in fields
            if each.name not in RESERVED and each.dataType.typeName() != "array"
        }

    def run(self, statement: str) -> Answer:
        """The columns of the answer."""
        found = ibis.pyspark.connect(self._session).sql(statement, dialect="duckdb").execute()
        return {name: found[name].to_numpy() for name in found.columns}
