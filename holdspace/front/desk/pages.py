"""How the desk says things: tags, sentences and small charts for what the queries found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import formats, timezone
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from holdspace.cellar.ui import charts
from holdspace.cellar.ui.charts import SparkLine
from holdspace.cellar.ui.forms import veiled
from holdspace.frame.approaches.queries import Manner
from holdspace.frame.approaches.words import Words
from holdspace.frame.therapy import labels
from holdspace.frame.therapy.models import Fact, Participant, Therapy
from holdspace.frame.therapy.rules import FactKind
from holdspace.front.desk.caseloads import Caseload, CaseloadRow, Look, Order
from holdspace.front.desk.queries import Card, DeskLine, Slot
from holdspace.hour.encounters.labels import ATTENDED, STATES
from holdspace.hour.encounters.models import Session
from holdspace.hour.encounters.rules import Attended
from holdspace.hour.measures.models import Answering, SafetyFlag
from holdspace.hour.measures.pages import name_of, seen_by, shown_givings
from holdspace.hour.measures.queries import CheckIn, Course
from holdspace.hour.measures.sentences import number
from holdspace.office.outcomes.queries import Raised
from holdspace.office.outcomes.rules import Kind
from holdspace.office.outcomes.shown.course import ShownSignal, shown_signal
from holdspace.office.outcomes.shown.sentences import KINDS

BEGIN_EARLIEST = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class ShownFlag:
    """An answer to look at first, in a sentence; the newest where it was given several times."""

    id: UUID
    sentence: str
    often: str
    raised_at: datetime


@dataclass(frozen=True, slots=True)
class ShownCourse:
    """A course with its chart and its sentence."""

    course: Course
    heading: str
    sentence: str
    drawn: charts.Course
    source: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A slot of the day, with its words."""

    slot: Slot
    kind: str
    people: str
    number: str
    where: str
    flags: Sequence[ShownFlag]
    signal: ShownSignal | None
    spark: SparkLine | None
    sentence: str
    short: str
    is_due: bool
    check_in: str
    waiting: str
    can_begin: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A line of the caseload, with its words."""

    row: CaseloadRow
    kind: str
    people: str
    flags: Sequence[ShownFlag]
    signals: Sequence[ShownSignal]
    spark: SparkLine | None
    sentence: str
    short: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to look at the caseload: what it is called, where it leads, whether it is this one."""

    label: str
    query: str
    is_now: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """The ways to look at the caseload."""

    orders: Sequence[Choice]
    kinds: Sequence[Choice]
    ended: Choice
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A session as the front desk sees it, with its words."""

    line: DeskLine
    where: str
    state: str


def zone_of() -> ZoneInfo:
    """The time zone that the visitor's pages are in."""
    return ZoneInfo(timezone.get_current_timezone_name())


def kind_of(therapy: Therapy, manner: Manner) -> str:
    """How many, and by which approach: Individual · Psychodynamic."""
    return " · ".join([str(labels.UNITS[therapy.unit]), *manner.approach(therapy)])


def numbered(words: Words, number: int | None) -> str:
    """Which one of its meetings it is, as its voice calls them: Session 7."""
    return f"{capfirst(words.meeting)} {number}" if number else ""


def people_of(count: int) -> str:
    return ngettext("%(n)s person", "%(n)s people", count) % {"n": count}


def where_of(session: Session) -> str:
    return session.room.name if session.room else str(labels.PLACES[session.place])


def real_end(session: Session) -> datetime | None:
    """When the hour will be over: as long after its real beginning as it was planned to last."""
    if session.began_at is None or session.began_at <= session.starts_at:
        return session.ends_at
    return session.began_at + (session.ends_at - session.starts_at)


def shown_flags(flags: Iterable[SafetyFlag]) -> list[ShownFlag]:
    """The same answer of the same person is one line, however often it was given."""
    alike: dict[tuple[UUID, str, str], list[SafetyFlag]] = {}
    for flag in flags:
        same = (flag.participant_id, flag.answering.instrument, _flag_sentence(flag))
        alike.setdefault(same, []).append(flag)
    return [
        _shown_flag(some[-1], sentence, len(some)) for (*_whose, sentence), some in alike.items()
    ]


def _shown_flag(flag: SafetyFlag, sentence: str, times: int) -> ShownFlag:
    often = _("%(n)s times") % {"n": times} if times > 1 else ""
    return ShownFlag(flag.id, f"{sentence} · {often}" if often else sentence, often, flag.raised_at)


def flags_elsewhere(flags: Iterable[tuple[Therapy, SafetyFlag]]) -> list[tuple[Therapy, ShownFlag]]:
    """The answers to look at of those who do not come on this day."""
    of: dict[UUID, tuple[Therapy, list[SafetyFlag]]] = {}
    for therapy, flag in flags:
        of.setdefault(therapy.id, (therapy, []))[1].append(flag)
    return [(therapy, shown) for therapy, some in of.values() for shown in shown_flags(some)]


def _flag_sentence(flag: SafetyFlag) -> str:
    return _("Look first: item %(item)s answered “%(answer)s”") % {
        "item": flag.item.removeprefix("q"),
        "answer": flag.what["answers"][-1]["words"],
    }


def most_important(signals: Iterable[Raised]) -> ShownSignal | None:
    """The first that nobody has considered yet."""
    first = next((one for one in signals if one.considered_at is None), None)
    return shown_signal(first) if first else None


def _one_of_each(signals: Iterable[Raised]) -> list[ShownSignal]:
    """The first of each finding that nobody has considered yet: two measures often say the same."""
    first = {one.finding: one for one in reversed(list(signals)) if one.considered_at is None}
    return [shown_signal(one) for one in sorted(first.values(), key=lambda one: one.order)]


def spark_of(course: Course | None) -> SparkLine | None:
    if course is None or len(course.scored) < 2:
        return None
    low, high = course.range
    return charts.sparkline(course.totals[-24:], low, high)


def short_of(course: Course | None) -> str:
    """What stands beside a sparkline: PHQ-9 19, was 14."""
    if course is None or len(course.scored) < 2:
        return ""
    return _("%(name)s %(last)s, was %(first)s") % {
        "name": course.name,
        "last": number(course.scored[-1]),
        "first": number(course.scored[0]),
    }


def shown(slot: Slot, manner: Manner, at: datetime) -> Shown:
    """A slot with its words and its small chart."""
    words = manner.words(slot.therapy)
    measures = words.measure is not None
    came, waiting = _check_in(slot.check_in if measures else None)
    course = slot.course if measures else None
    return Shown(
        slot=slot,
        kind=kind_of(slot.therapy, manner),
        people=people_of(slot.people),
        number=numbered(words, slot.number),
        where=where_of(slot.session),
        flags=shown_flags(slot.flags),
        signal=most_important(slot.signals) if measures else None,
        spark=spark_of(course),
        sentence=course.sentence if course else "",
        short=short_of(course),
        is_due=slot.is_due and measures,
        check_in=came,
        waiting=waiting,
        can_begin=slot.session.state == "planned" and at >= slot.session.starts_at - BEGIN_EARLIEST,
    )


def _check_in(found: CheckIn | None) -> tuple[str, str]:
    if found is None:
        return "", ""
    if found.last_ended_at is None:
        return "", _("Check-in to come")
    at = timezone.localtime(found.last_ended_at)
    return _("check-in came %(at)s") % {"at": f"{at:%H:%M}"}, ""


def shown_line(line: DeskLine) -> ShownLine:
    """A session of the practice's day, with its words."""
    return ShownLine(line, where_of(line.session), str(STATES[line.session.state]))


def shown_row(row: CaseloadRow, manner: Manner) -> ShownRow:
    """A line of the caseload with its words and its small chart."""
    measures = manner.words(row.therapy).measure is not None
    course = row.course if measures else None
    return ShownRow(
        row=row,
        kind=kind_of(row.therapy, manner),
        people=people_of(row.people),
        flags=shown_flags(row.flags),
        signals=_one_of_each(row.signals) if measures else [],
        spark=spark_of(course),
        sentence=course.sentence if course else "",
        short=short_of(course),
    )


ORDERS = {
    Order.ATTENTION: gettext_lazy("Who needs attention"), Order.NAME: gettext_lazy("Name"),
    Order.LAST: gettext_lazy("Longest ago"), Order.NEXT: gettext_lazy("Next"),
}  # fmt: skip


def caseload_choices(found: Caseload, wanted: Look) -> Choices:
    """The ways to look at the caseload, each as the query of a link."""
    return Choices(
        orders=[
            Choice(str(label), _asking(replace(wanted, order=order, page=1)), order is wanted.order)
            for order, label in ORDERS.items()
        ],
        kinds=[
            Choice(_("All"), _asking(replace(wanted, kind=None, page=1)), wanted.kind is None),
            *(
                Choice(
                    str(KINDS[kind]), _asking(replace(wanted, kind=kind, page=1)),
                    kind is wanted.kind, found.counts[kind],
                )
                for kind in Kind
                if found.counts.get(kind) or kind is wanted.kind
            ),
        ],
        ended=Choice(
            _("Without those that ended") if wanted.with_ended else _("With those that ended"),
            _asking(replace(wanted, with_ended=not wanted.with_ended, page=1)),
            wanted.with_ended,
        ),
        before=_asking(replace(wanted, page=found.page - 1)) if found.page > 1 else "",
        after=_asking(replace(wanted, page=found.page + 1)) if found.page < found.pages else "",
    )  # fmt: skip


def _asking(wanted: Look) -> str:
    said = {
        "sort": "" if wanted.order is Order.ATTENTION else wanted.order.value,
        "signal": wanted.kind.value if wanted.kind else "",
        "ended": "1" if wanted.with_ended else "",
        "page": str(wanted.page) if wanted.page > 1 else "",
    }
    return "?" + urlencode({name: value for name, value in said.items() if value})


def shown_courses(
    courses: Sequence[Course], present: Mapping[UUID, Participant]
) -> list[ShownCourse]:
    """Each participant's own charts; whose it is stands above where there are several."""
    several = len({course.participant_id for course in courses}) > 1
    drawn = []
    for course in courses:
        low, high = course.range
        points = list(enumerate(course.totals, start=1))
        who = present.get(course.participant_id) if several else None
        seen = seen_by(course.respondent, course.informant_id, present)
        said = [veiled(words) for words in (who and name_of(who), seen) if words]
        drawn.append(
            ShownCourse(
                course=course,
                heading=format_html_join(" · ", "{}", ((words,) for words in (course.name, *said))),
                sentence=course.sentence,
                drawn=charts.course(points, low, high),
                source=course.instrument.name,
            )
        )
    return drawn


def card_context(card: Card, manner: Manner, *, root: str, at: datetime) -> dict[str, Any]:
    """What the prepare card and the after-form say of a session; links begin with `root`."""
    present = {p.id: p for p in card.participants}
    names = {pk: name_of(who) for pk, who in present.items()}
    words = manner.words(card.therapy)
    return {
        "card": card,
        "voice": words,
        "kind": kind_of(card.therapy, manner),
        "number": numbered(words, card.number),
        "where": where_of(card.session),
        "shown_courses": shown_courses(card.courses, present),
        "shown_flags": shown_flags(card.flags),
        "signal": most_important(card.signals),
        "givings": shown_givings(
            [each for each in card.given if each.giving.participant_id in names],
            present,
            root=root,
            at=at,
        ),
        "expected": [(p, labels.PARTS[p.part]) for p in card.participants],
        "orders": [fact for fact in card.facts if _is_order_on(fact, card.session)],
        "attended": [
            {"name": names.get(row.participant_id, "–"), "state": ATTENDED[Attended(row.state)]}
            for row in card.attendance
        ],
    }


def _is_order_on(fact: Fact, session: Session) -> bool:
    """Whether a court order is in force on the day of a session, its last day included."""
    on = timezone.localdate(session.starts_at)
    is_in_force = fact.from_on <= on and (fact.to_on is None or fact.to_on >= on)
    return fact.kind == FactKind.COURT_ORDER and is_in_force


def rating_sentence(rating: Answering | None) -> str:
    """How the client rated the last session, in a sentence: a mean, and never a verdict."""
    if rating is None or rating.total is None or rating.ended_at is None:
        return ""
    return _(
        "The session was rated %(total)s of 10 on %(on)s (our own questions, not validated)."
    ) % {
        "total": number(rating.total),
        "on": formats.date_format(timezone.localdate(rating.ended_at), "DATE_FORMAT"),
    }
