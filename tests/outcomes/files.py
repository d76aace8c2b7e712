"""Published scores and vectors beside the tests."""

from pathlib import Path
from typing import Any

import yaml

from holdspace.office.outcomes.statistics.table import (
    Long,
    Pair,
    Sheet,
    Wide,
    before_and_after,
    scores,
    sheet,
)

HERE = Path(__file__).parent


def vectors(name: str) -> Any:
    """Return what stands in one vector file."""
    return yaml.safe_load((HERE / "vectors" / f"{name}.yaml").read_text(encoding="utf-8"))


def published(name: str) -> Sheet:
    """Return the cells of one published file."""
    return sheet((HERE / "data" / f"{name}.csv").read_bytes())


def pairs(name: str, columns: Long | Wide, pre: str, post: str) -> tuple[Pair, ...]:
    """Return everybody with both scores in a published file, which has no faults."""
    table = scores(published(name), columns)
    assert table.faults == ()
    return before_and_after(table.scores, pre, post).pairs


def claus(score: str, *, group: str | None = None) -> tuple[Pair, ...]:
    """Return Claus 2020, first against fourth time."""
    return pairs("claus_2020", Long("id", "time", score, group), "1", "4")
