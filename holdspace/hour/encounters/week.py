"""How sessions lie on the page of a day or a week."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from holdspace.hour.encounters import layout
from holdspace.hour.encounters.layout import Span
from holdspace.hour.encounters.models import Session
from holdspace.hour.encounters.rules import State

KINDS: Final = {State.HELD.value: "done", State.NOT_HELD.value: "off", State.BEGUN.value: "soon"}


@dataclass(frozen=True, slots=True)
class Block:
    """A session on the page, in local time."""

    session: Session
    starts_at: datetime
    ends_at: datetime
    with_whom: str
    kind: str
    span: Span
    classes: str = ""

    @property
    def can_move(self) -> bool:
        return self.session.state == State.PLANNED


@dataclass(frozen=True, slots=True)
class Column:
    """A day on the page, or a part of one: a room, or a therapist."""

    on: date
    blocks: Sequence[Block]
    name: str = ""  # of the room or therapist


@dataclass(frozen=True, slots=True)
class Sheet:
    """Columns side by side, between two hours."""

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


def by_days(days: Sequence[date], blocks: Iterable[Block]) -> Sheet:
    """Blocks in the columns of their local days; weekends without any are left out."""
    of: dict[date, list[Block]] = {day: [] for day in days}
    for block in blocks:
        of[block.starts_at.date()].append(block)
    shown = [day for day in days if of[day] or day.weekday() < 5 or len(days) == 1]
    return _sheet([Column(day, of[day]) for day in shown])


def by_name(on: date, blocks: Iterable[Block], name_of: Callable[[Block], str]) -> Sheet:
    """The blocks of one day in columns of their own: rooms, or therapists."""
    of: dict[str, list[Block]] = {}
    for block in blocks:
        of.setdefault(name_of(block), []).append(block)
    named = [Column(on, of[name], name) for name in sorted(of, key=str.casefold)]
    return _sheet(named or [Column(on, [])])


def blocks_of(
    sessions: Iterable[Session], zone: ZoneInfo, members: Mapping[UUID, Sequence[str]]
) -> list[Block]:
    """Sessions as blocks; `members` are the names of those who hold them, where that is shown."""
    return [
        _block(session, zone, ", ".join(members.get(session.therapy_id, ())))
        for session in sessions
    ]


def _block(session: Session, zone: ZoneInfo, with_whom: str) -> Block:
    start, end = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    since = start.hour * 60 + start.minute
    minutes = int((session.ends_at - session.starts_at).total_seconds() // 60)
    span = layout.shown((since, since + minutes))
    return Block(session, start, end, with_whom, KINDS.get(session.state, ""), span)


def _sheet(columns: Sequence[Column]) -> Sheet:
    spans = [block.span for column in columns for block in column.blocks]
    first, hours = layout.hours_shown(spans)
    return Sheet([_side_by_side(column) for column in columns], first, hours)


def _side_by_side(column: Column) -> Column:
    lanes = layout.lanes([block.span for block in column.blocks])
    placed = [
        Block(
            block.session, block.starts_at, block.ends_at, block.with_whom, block.kind, block.span,
            layout.classes(block.span, lane),
        )
        for block, lane in zip(column.blocks, lanes, strict=True)
    ]  # fmt: skip
    return Column(column.on, placed, column.name)
