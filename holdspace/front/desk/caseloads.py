"""The caseload: who needs attention first, or in another order; some of it, a page at a time."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import groupby
from typing import Final
from uuid import UUID

from holdspace.cellar.access.visitor import Visitor
from holdspace.frame.therapy import queries as therapies
from holdspace.frame.therapy.models import Therapy
from holdspace.hour.encounters import queries as encounters
from holdspace.hour.encounters.models import Session
from holdspace.hour.measures import queries as measures
from holdspace.hour.measures.models import SafetyFlag
from holdspace.hour.measures.queries import Course
from holdspace.hour.notes import queries as notes
from holdspace.hour.notes.queries import Thread
from holdspace.office.outcomes import queries as outcomes
from holdspace.office.outcomes.queries import Raised
from holdspace.office.outcomes.rules import GOOD_NEWS, KIND_OF, RANK, Kind

ON_A_PAGE: Final = 40
NEVER: Final = datetime.max.replace(tzinfo=UTC)


class Order(StrEnum):
    """What a caseload is sorted by."""

    ATTENTION = "attention"
    NAME = "name"
    LAST = "last"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Look:
    """What of a caseload is shown, in which order."""

    order: Order = Order.ATTENTION
    kind: Kind | None = None  # only who has a signal of this kind
    with_ended: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class CaseloadRow:
    """One therapy on the caseload page."""

    therapy: Therapy
    people: int
    last: Session | None
    following: Session | None
    thread: Thread | None
    course: Course | None
    flags: Sequence[SafetyFlag]
    signals: Sequence[Raised]


@dataclass(frozen=True, slots=True)
class Caseload:
    """A page of it, how many there are in all, and how many have a signal of each kind."""

    rows: Sequence[CaseloadRow]
    size: int
    page: int
    pages: int
    counts: Mapping[Kind, int]


@dataclass(frozen=True, slots=True)
class _Standing:
    """What stands in each therapy, by its id."""

    courses: Mapping[UUID, Sequence[Course]]
    flags: Mapping[UUID, Sequence[SafetyFlag]]
    signals: Mapping[UUID, Sequence[Raised]]

    def kinds(self, therapy: UUID) -> set[Kind]:
        """What somebody is still to look at or to consider there."""
        found = {
            KIND_OF[one.finding]
            for one in self.signals.get(therapy, ())
            if one.considered_at is None and one.finding not in GOOD_NEWS
        }
        return found | {Kind.SAFETY} if therapy in self.flags else found

    def attention(self, therapy: UUID) -> int:
        """The place among who needs attention: open flags first, good news and nothing last."""
        if therapy in self.flags:
            return -1
        ranks = (
            RANK[one.finding]
            for one in self.signals.get(therapy, ())
            if one.considered_at is None and one.finding not in GOOD_NEWS
        )
        return min(ranks, default=len(RANK))


def look(asked: Mapping[str, str]) -> Look:
    """What a page's address asks for; what it cannot ask for is left as usual."""
    order, kind, page = (asked.get(name, "") for name in ("sort", "signal", "page"))
    return Look(
        order=Order(order) if order in set(Order) else Order.ATTENTION,
        kind=Kind(kind) if kind in set(Kind) else None,
        with_ended=asked.get("ended") == "1",
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
    )


def caseload(by: Visitor, *, at: datetime, wanted: Look = Look()) -> Caseload:
    """Everybody one works with, each in a line, a page at a time."""
    mine = therapies.caseload(by, with_ended=wanted.with_ended)
    ids = [therapy.id for therapy in mine]
    courses, flags = measures.courses(by, ids), measures.open_flags(by, ids)
    signals = outcomes.signals(by, ids, courses, at=at)
    standing = _Standing(courses, _by_therapy(flags), signals)
    kinds = {therapy.id: standing.kinds(therapy.id) for therapy in mine}
    chosen = [one for one in mine if wanted.kind is None or wanted.kind in kinds[one.id]]
    ordered = _ordered(by, chosen, standing, wanted.order, at)
    pages = max(1, -(-len(ordered) // ON_A_PAGE))
    page = min(max(wanted.page, 1), pages)
    return Caseload(
        rows=_rows(by, ordered[(page - 1) * ON_A_PAGE : page * ON_A_PAGE], standing, at),
        size=len(chosen),
        page=page,
        pages=pages,
        counts=Counter(kind for some in kinds.values() for kind in some),
    )


def _ordered(
    by: Visitor, mine: list[Therapy], standing: _Standing, order: Order, at: datetime
) -> list[Therapy]:
    """By what is asked; those alike by name, as they come."""
    ids = [therapy.id for therapy in mine]
    if order is Order.ATTENTION:
        return sorted(mine, key=lambda one: standing.attention(one.id))
    if order is Order.LAST:
        held = encounters.last_before(by, ids, at)
        starts = {pk: session.starts_at for pk, session in held.items()}
        return sorted(mine, key=lambda one: starts.get(one.id, NEVER))
    if order is Order.NEXT:
        planned = encounters.first_after(by, ids, at)
        starts = {pk: session.starts_at for pk, session in planned.items()}
        return sorted(mine, key=lambda one: starts.get(one.id, NEVER))
    return mine


def _rows(
    by: Visitor, shown: list[Therapy], standing: _Standing, at: datetime
) -> list[CaseloadRow]:
    ids = [therapy.id for therapy in shown]
    people = therapies.head_count(by, ids)
    last, following = encounters.last_before(by, ids, at), encounters.first_after(by, ids, at)
    threads = notes.latest_threads(by, ids)
    return [
        CaseloadRow(
            therapy=therapy,
            people=people.get(therapy.id, 0),
            last=last.get(therapy.id),
            following=following.get(therapy.id),
            thread=threads.get(therapy.id),
            course=measures.main_course(standing.courses.get(therapy.id, [])),
            flags=standing.flags.get(therapy.id, ()),
            signals=standing.signals.get(therapy.id, ()),
        )
        for therapy in shown
    ]


def _by_therapy(flags: Iterable[SafetyFlag]) -> dict[UUID, list[SafetyFlag]]:
    def whose(flag: SafetyFlag) -> UUID:
        return flag.therapy_id

    return {therapy: list(some) for therapy, some in groupby(sorted(flags, key=whose), key=whose)}
