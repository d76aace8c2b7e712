"""Outcomes added up: of one's own work, or of the whole practice, in numbers that name nobody.

The database adds up; what comes out are counts of pairs of scores, of sessions and endings, and
of colleagues who are not named. The pages' arithmetic is in `statistics` and `many_courses`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import repeat
from typing import Any, Final
from uuid import UUID

from django.core.cache import caches
from django.db.models import Case, CharField, Count, QuerySet, Sum, When
from django.db.models.functions import Cast

from holdspace.cellar.access.gate import check, may
from holdspace.cellar.access.table import Action, Relation
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.hour.measures.change import Kind
from holdspace.hour.measures.instruments import Instrument
from holdspace.hour.measures.shelves import Shelf
from holdspace.office.outcomes.many_courses import (
    MINE,
    NOBODYS,
    Answered,
    Change,
    Colleagues,
    Course,
    Stayed,
    answered,
    colleagues,
    judge,
    stayed,
)
from holdspace.office.outcomes.models import CourseSummary, SummaryMark, TherapySummary
from holdspace.office.outcomes.one_therapy import Attending
from holdspace.office.outcomes.statistics.dose import Course as Seen
from holdspace.office.outcomes.statistics.endings import Ending, Stay

CLIENT: Final = "client"
KEPT: Final = timedelta(seconds=40)  # with the keeper's rounds a page is at most a minute behind
PAIR: Final = 2  # scores make a first and a last


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which courses: of an instrument as a respondent gave it; of therapies that ended, or all."""

    instrument: str = ""  # nothing: the one that is used most
    respondent: str = CLIENT
    only_ended: bool = False


@dataclass(frozen=True, slots=True)
class InUse:
    """An instrument in use, and how many courses have a first and a last score on it."""

    instrument: str
    respondent: str
    courses: int
    name: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """Everything a page of outcomes is worked out from."""

    as_of: datetime
    changed_at: datetime
    is_whole: bool  # a first pass has come to its end
    shelf: tuple[InUse, ...]
    chosen: InUse | None
    change: Change | None  # of the courses that were asked for
    colleagues: Colleagues | None
    answered: Answered | None
    stayed: Stayed
    attending: Attending
    held: int


def own(by: Visitor, wanted: Wanted) -> Numbers | None:
    """What came of one's own work; nothing where no summary was made yet."""
    check(by, Action.SURVEY, Layer.ADMIN, {Relation.SELF}, subject=by.id)
    return _numbers(by, wanted, by.id)


def service(by: Visitor, wanted: Wanted) -> Numbers | None:
    """What came of the whole practice's work."""
    check(by, Action.SURVEY, Layer.ADMIN, {Relation.SAME_PRACTICE}, subject=by.practice)
    return _numbers(by, wanted, None)


def may_see_own(by: Visitor) -> bool:
    return may(by, Action.SURVEY, Layer.ADMIN, {Relation.SELF})


def may_see_service(by: Visitor) -> bool:
    return may(by, Action.SURVEY, Layer.ADMIN, {Relation.SAME_PRACTICE})


def _numbers(by: Visitor, wanted: Wanted, member: UUID | None) -> Numbers | None:
    """From memory where nothing changed since, or little that is too new to matter yet."""
    mark = SummaryMark.objects.filter(practice_id=by.practice).first()
    if mark is None:
        return None
    key = f"outcomes {by.practice} {member} {wanted}".replace(" ", "_")
    kept: Numbers | None = caches["moments"].get(key)
    if kept and kept.changed_at == mark.changed_at:
        return replace(kept, as_of=mark.as_of)
    if kept and timedelta() <= mark.as_of - kept.as_of < KEPT:
        return kept
    found = _counted(by, wanted, member, mark)
    caches["moments"].set(key, found)
    return found


def _counted(by: Visitor, wanted: Wanted, member: UUID | None, mark: SummaryMark) -> Numbers:
    works = TherapySummary.objects.filter(practice_id=by.practice)
    courses = CourseSummary.objects.filter(practice_id=by.practice, scores__gte=PAIR)
    if wanted.only_ended:
        courses = courses.filter(is_over=True)
    everybodys = courses
    if member is not None:
        works, courses = works.filter(member_id=member), courses.filter(member_id=member)
    known = _in_use(by.practice, courses)
    chosen = _chosen(known, wanted)
    of = {
        "instrument": chosen.instrument if chosen else "",
        "respondent": chosen.respondent if chosen else "",
    }
    attending, held = _attending(works)
    return Numbers(
        as_of=mark.as_of, changed_at=mark.changed_at, is_whole=mark.reached is None,
        shelf=tuple(known), chosen=chosen,
        **_changes(everybodys.filter(**of), known[chosen] if chosen else None, member),
        answered=answered(_answered(courses.filter(**of))) if chosen else None,
        stayed=stayed(_stays(works)), attending=attending, held=held,
    )  # fmt: skip


def _in_use(practice: UUID, courses: QuerySet[CourseSummary]) -> dict[InUse, Instrument]:
    """What is in use: first what change can be judged by, and of that the most used."""
    books = Shelf(practice)
    counted = courses.values_list("instrument", "respondent").annotate(n=Count("id")).order_by()
    found = [
        (InUse(name, respondent, courses, known.short_name), known)
        for name, respondent, courses in counted
        if (known := books.common(name)) is not None
    ]
    return dict(sorted(found, key=lambda one: _by_use(*one)))


def _by_use(of: InUse, known: Instrument) -> tuple[bool, int, str, str]:
    return known.reliable_change is None, -of.courses, of.instrument, of.respondent


def _chosen(known: Iterable[InUse], wanted: Wanted) -> InUse | None:
    asked, shelf = (wanted.instrument, wanted.respondent), list(known)
    first = shelf[0] if shelf else None
    return next((one for one in shelf if (one.instrument, one.respondent) == asked), first)


def _changes(
    of: QuerySet[CourseSummary], instrument: Instrument | None, member: UUID | None
) -> dict[str, Any]:
    """What the courses come to, and how they stand among everybody's."""
    if instrument is None:
        return {"change": None, "colleagues": None}
    everybodys = _courses(of, member)
    mine = everybodys if member is None else [one for one in everybodys if one[0] == MINE]
    return {"change": judge(instrument, mine), "colleagues": colleagues(instrument, everybodys)}


def _courses(of: QuerySet[CourseSummary], member: UUID | None) -> list[Course]:
    """First and last scores by numbers that mean nobody but whoever asks.

    The ids are read as the database keeps them: a hundred thousand need not become UUIDs.
    """
    rows = of.annotate(who=Cast("member_id", CharField())).values_list("who", "first", "last")
    numbers: dict[str | None, int] = {None: NOBODYS}
    found = []
    for who, first, last in rows:
        if who not in numbers:
            is_me = who is not None and member == UUID(who)
            numbers[who] = MINE if is_me else len(numbers)
        found.append((numbers[who], first, last))
    return found


def _answered(of: QuerySet[CourseSummary]) -> Iterator[Seen]:
    """Scores of each course, the first that was reliably better, whether the last was."""
    better = Case(When(kind=Kind.RELIABLY_BETTER.value, then=True), default=False)
    rows = of.annotate(better=better).values_list("scores", "improved_after", "better")
    for *seen, n in rows.annotate(n=Count("id")).order_by():
        yield from repeat(Seen(*seen), n)


def _stays(of: QuerySet[TherapySummary]) -> Iterator[Stay]:
    """Therapies by sessions held, and how they stand; where none was held, none began."""
    rows = of.filter(held__gt=0).values_list("held", "ending").annotate(n=Count("id"))
    for held, ending, n in rows.order_by("held", "ending"):
        yield from repeat(Stay(held, Ending(ending)), n)


def _attending(of: QuerySet[TherapySummary]) -> tuple[Attending, int]:
    names = ("came", "stayed_away", "cancelled", "cancelled_for_them")
    summed = of.aggregate(held=Sum("held"), **{name: Sum(name) for name in names})
    return Attending(**{name: summed[name] or 0 for name in names}), summed["held"] or 0
