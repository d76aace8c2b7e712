"""How a day is laid out: what is now, what is done, and the time between."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

SHORTEST_GAP: Final = timedelta(minutes=15)
WARM_MINUTES: Final = 10  # the last ten minutes of the hour


class Moment(StrEnum):
    """Where a session stands in the day."""

    DONE = "done"
    NOW = "now"
    TO_COME = "to come"


@dataclass(frozen=True, slots=True)
class Gap:
    """Time to oneself between two sessions."""

    starts_at: datetime
    minutes: int


def moment(state: str, starts_at: datetime, ends_at: datetime, at: datetime) -> Moment:
    """A session that has begun is now until it is ended, however late it runs."""
    if state == "begun":
        return Moment.NOW
    if state in ("held", "not held"):
        return Moment.DONE
    return Moment.NOW if starts_at <= at < ends_at else Moment.TO_COME


def gap(before: tuple[datetime, datetime] | None, starts_at: datetime) -> Gap | None:
    """The time between the end of one session and the start of the next, if it is worth a line."""
    if before is None or starts_at - before[1] < SHORTEST_GAP:
        return None
    return Gap(before[1], int((starts_at - before[1]).total_seconds() // 60))


def is_warm(ends_at: datetime | None, at: datetime) -> bool:
    """Whether the end is near: the edge of the dark room warms."""
    return ends_at is not None and at >= ends_at - timedelta(minutes=WARM_MINUTES)


def next_free(spans: Sequence[tuple[datetime, datetime]], at: datetime) -> datetime | None:
    """When somebody next waits, of the spans of the day."""
    return min((start for start, _ in spans if start > at), default=None)
