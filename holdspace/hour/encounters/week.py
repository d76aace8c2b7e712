"""How sessions lie on the page of a day or a week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from holdspace.hour.encounters.models import Session
from holdspace.hour.encounters.rules import State

EARLIEST, LATEST = 8, 19  # the hours that are always shown
LONGEST_BLOCK = 240
KINDS = {State.HELD.value: "done", State.NOT_HELD.value: "off", State.BEGUN.value: "soon"}


@dataclass(frozen=True, slots=True)
class Block:
    """A session on the page."""

    session: Session
    title: str
    with_whom: str
    minutes: int
    kind: str


@dataclass(frozen=True, slots=True)
class Column:
    """A day on the page."""

    on: date
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Days side by side, between two hours."""

    columns: Sequence[Column]
    first_hour: int
    hours: int

    @property
    def marks(self) -> range:
        return range(self.first_hour, self.first_hour + self.hours)


def days_of(on: date, view: str) -> list[date]:
    """The days of a view: one, or the week from Monday on."""
    if view == "day":
        return [on]
    monday = on - timedelta(days=on.weekday())
    return [monday + timedelta(days=n) for n in range(7)]


def sheet(
    days: Sequence[date],
    sessions: Sequence[Session],
    zone: ZoneInfo,
    *,
    members: Mapping[UUID, Sequence[str]],
) -> Sheet:
    """Sessions in the columns of their local days; weekends without any are left out."""
    by_day: dict[date, list[Block]] = {day: [] for day in days}
    first, last = EARLIEST, LATEST
    for session in sessions:
        start, end = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
        if start.date() in by_day:
            by_day[start.date()].append(_block(session, members.get(session.therapy_id, ())))
            runs_on = end.date() > start.date()
            first = min(first, start.hour)
            last = max(last, 24 if runs_on else end.hour + 1)
    shown = [day for day in days if by_day[day] or day.weekday() < 5 or len(days) == 1]
    return Sheet([Column(day, by_day[day]) for day in shown], first, last - first)


def _block(session: Session, members: Sequence[str]) -> Block:
    minutes = int((session.ends_at - session.starts_at).total_seconds() // 60)
    return Block(
        session=session,
        title=session.therapy.title,
        with_whom=", ".join(members),
        minutes=min(minutes, LONGEST_BLOCK),
        kind=KINDS.get(session.state, ""),
    )
