"""What the pages of a course are made of: charts, tables, sentences, signals with their reasons."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.ui import charts
from holdspace.cellar.ui.forms import veiled
from holdspace.frame.therapy.models import Participant
from holdspace.hour.measures import pages as measures
from holdspace.hour.measures.instruments import Instrument
from holdspace.hour.measures.pages import name_of, seen_by
from holdspace.hour.measures.queries import Course
from holdspace.hour.measures.scoring import COMPARE, band_of
from holdspace.hour.measures.sentences import number
from holdspace.hour.measures.shelves import Shelf
from holdspace.office.outcomes import forecasting
from holdspace.office.outcomes.criteria import by_norms, criterion
from holdspace.office.outcomes.models import Consideration, LifeEvent, Switch
from holdspace.office.outcomes.queries import Learned, Raised, Scored, Usual
from holdspace.office.outcomes.rules import GOOD_NEWS, KIND_OF, LAST_SESSION, Area, Kind, tone
from holdspace.office.outcomes.shown import sentences
from holdspace.office.outcomes.statistics.alliance import Swing
from holdspace.office.outcomes.statistics.growth.fitting import Fit
from holdspace.office.outcomes.statistics.growth.prediction import Course as SoFar

AHEAD = 2  # sessions that a chart looks ahead
SELDOM = 0.05


@dataclass(frozen=True, slots=True)
class ShownSignal:
    """A signal with its words."""

    raised: Raised
    tag: Promise
    tone: str
    sentence: str
    about: Promise
    source: str

    @property
    def asks(self) -> bool:
        """Whether it asks somebody to consider anything, and nobody has yet."""
        return self.raised.finding not in GOOD_NEWS and self.raised.considered_at is None


@dataclass(frozen=True, slots=True)
class ShownScore:
    """A line of the table: one questionnaire, and its facts."""

    scored: Scored
    total: str
    band: str
    by: str


@dataclass(frozen=True, slots=True)
class ShownCourse:
    """One participant's course on one instrument."""

    instrument: Instrument
    drawn: charts.Course
    sentence: str
    expected: str
    signals: Sequence[ShownSignal]
    scores: Sequence[ShownScore]
    sources: Sequence[str]
    seen_by: str  # as whom, where it is not whom it is about


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """Something that happened, by the number that it has on the charts."""

    number: int
    event: LifeEvent
    whose: str


@dataclass(frozen=True, slots=True)
class Whose:
    """One participant: courses never stand on another's chart."""

    participant: Participant
    name: str
    courses: Sequence[ShownCourse]
    signals: Sequence[ShownSignal]  # of what was never answered
    asks: bool


@dataclass(frozen=True, slots=True)
class ShownConsideration:
    """What was considered, with its words."""

    row: Consideration
    name: str
    areas: Sequence[Promise]


@dataclass(frozen=True, slots=True)
class ShownSwitch:
    """A kind of signal, and whether it is on: here, and in the practice."""

    kind: Kind
    name: Promise
    about: Promise
    off: Switch | None
    is_off_everywhere: bool = False


@dataclass(frozen=True, slots=True)
class ShownLearned:
    """Which expected course is used on an instrument, and where it comes from."""

    name: str
    is_own: bool
    source: str
    assumptions: Sequence[str]


@dataclass(frozen=True, slots=True)
class Known:
    """Everything about one therapy that its page is made of."""

    participants: Mapping[UUID, Participant]
    courses: Sequence[Course]
    scores: Mapping[UUID, Scored]  # by their questionnaire
    signals: Sequence[Raised]
    learned: Learned
    events: Sequence[LifeEvent]
    held: Sequence[datetime]  # when its sessions began
    sessions_agreed: int | None


def shown_signal(raised: Raised) -> ShownSignal:
    return ShownSignal(
        raised=raised,
        tag=sentences.TAGS[raised.finding],
        tone=tone(raised.finding),
        sentence=sentences.sentence(raised),
        about=sentences.ABOUT[KIND_OF[raised.finding]],
        source=sentences.source(raised),
    )


def whose(known: Known) -> list[Whose]:
    """The courses and signals of each who has any, in the order of the participants."""
    found = []
    for pk, participant in known.participants.items():
        own = [course for course in known.courses if course.participant_id == pk]
        raised = [shown_signal(one) for one in known.signals if one.participant_id == pk]
        beside = [one for one in raised if not any(_is_of(one, course) for course in own)]
        if own or beside:
            found.append(
                Whose(
                    participant=participant,
                    name=name_of(participant),
                    courses=[_shown(course, known, raised) for course in own],
                    signals=beside,
                    asks=any(one.asks for one in raised),
                )
            )
    return found


def _is_of(shown: ShownSignal, course: Course) -> bool:
    """Whether a signal is about this course: its own answers, or what was asked of whom it is."""
    raised = shown.raised
    if raised.of in course.rows:
        return True
    is_answer = KIND_OF[raised.finding] not in (Kind.SAFETY, Kind.MISSING)
    return course.is_own and not is_answer and raised.instrument.id == course.instrument.id


def _shown(course: Course, known: Known, raised: Sequence[ShownSignal]) -> ShownCourse:
    instrument = course.instrument
    scores = [known.scores[row] for row in course.rows]
    return ShownCourse(
        instrument=instrument,
        drawn=_drawn(course, scores, known),
        sentence=course.sentence,
        expected=_expected(course, scores, known),
        signals=[one for one in raised if _is_of(one, course)],
        seen_by=seen_by(course.respondent, course.informant_id, known.participants),
        scores=[_score(instrument, one) for one in reversed(scores)],
        sources=list(_sources(instrument, known.learned.courses.get(instrument.id))),
    )


def _score(instrument: Instrument, scored: Scored) -> ShownScore:
    total = "–" if scored.total is None else number(scored.total)
    by = _("on paper") if scored.answered_by == "paper" else _("on a screen")
    return ShownScore(scored, total, band_of(instrument, scored.total) or "", by)


def _sources(instrument: Instrument, usual: Usual[Fit] | None) -> Iterable[str]:
    if instrument.reliable_change is not None:
        yield sentences.rule_source(instrument.reliable_change)
    used, normed = criterion(instrument), by_norms(instrument)
    for one in dict.fromkeys((used, normed)):
        if one is not None:
            yield sentences.criterion_sentence(one)
    if usual is not None:
        yield sentences.usual_source(usual)
    yield instrument.licence.credit


# ------------------------------------------------------------------ the chart


def _drawn(course: Course, scores: Sequence[Scored], known: Known) -> charts.Course:
    instrument = course.instrument
    low, high = instrument.range
    cut = criterion(instrument)
    return charts.course(
        [(one.number, one.total) for one in scores],
        low,
        high,
        band=_band(course, scores, known),
        cuts=[(cut.value, _("cut-off"))] if cut is not None else [],
        marks=[
            (at, str(place))
            for place, event, at in _placed(known)
            if event.participant_id in (None, course.participant_id)
        ],
    )


def _band(course: Course, scores: Sequence[Scored], known: Known) -> list[tuple[int, float, float]]:
    """Where eight of ten are expected who began with this first score, from its session on."""
    first = next((one for one in scores if one.total is not None), None)
    usual = known.learned.courses.get(course.instrument.id)
    if first is None or first.total is None or usual is None:
        return []
    scale = forecasting.scale_of(course.instrument)
    track = forecasting.track(usual.made, scale, first.total)
    until = min(max(scores[-1].number, len(known.held)) + AHEAD, first.number + LAST_SESSION - 1)
    ends = zip(track.best, track.edge, strict=True)
    return [
        (session, min(both), max(both))
        for session, both in zip(range(first.number, until + 1), ends, strict=False)
    ]


def _placed(known: Known) -> list[tuple[int, LifeEvent, float]]:
    """Each event with its number, and its place between the sessions before and after it."""
    days = [timezone.localdate(at) for at in known.held]
    return [
        (place, event, bisect_left(days, event.on) + 0.5)
        for place, event in enumerate(known.events, start=1)
    ]


def _expected(course: Course, scores: Sequence[Scored], known: Known) -> str:
    """What the shaded range is, and how many of 100 would recover by the session agreed."""
    usual = known.learned.courses.get(course.instrument.id)
    if usual is None or not course.scored:
        return ""
    said = _(
        "Shaded: where 80 of 100 would be who began with %(first)s; the outer edges are passed by "
        "10 on each side."
    ) % {"first": number(course.scored[0])}
    return f"{said} {_chance(course, scores, known, usual)}".strip()


def _chance(course: Course, scores: Sequence[Scored], known: Known, usual: Usual[Fit]) -> str:
    seen = [(one.number, one.total) for one in scores if one.total is not None]
    start, cut = seen[0][0] - 1, criterion(course.instrument)
    agreed = (known.sessions_agreed or 0) - start
    if cut is None or not COMPARE[cut.operator](seen[0][1], cut.value):
        return ""  # who began on the functional side has nothing to recover
    if not seen[-1][0] - start < agreed <= LAST_SESSION:
        return ""
    so_far = SoFar([n - start for n, _total in seen], [total for _n, total in seen])
    chance = forecasting.chance_of_recovery(usual.made, course.instrument, cut, so_far, agreed)
    if chance is None:
        return ""
    said = _(
        "Of 100 clients with these scores so far, %(count)s would be reliably better and past the "
        "cut-off at session %(session)s, the last that is agreed."
    )
    return said % {"count": _of_hundred(chance), "session": known.sessions_agreed}


def _of_hundred(chance: float) -> str:
    """About how many; near the ends no model knows it to the point."""
    if chance < SELDOM:
        return _("fewer than %(count)s") % {"count": round(100 * SELDOM)}
    if chance > 1 - SELDOM:
        return _("more than %(count)s") % {"count": round(100 * (1 - SELDOM))}
    return _("about %(count)s") % {"count": round(100 * chance)}


# ------------------------------------------------------------------ what stands beside


def shown_events(known: Known) -> list[ShownEvent]:
    names = {pk: name_of(one) for pk, one in known.participants.items()}
    return [
        ShownEvent(place, event, names[event.participant_id] if event.participant_id else "")
        for place, event, _at in _placed(known)
    ]


def shown_considerations(
    rows: Iterable[Consideration], participants: Mapping[UUID, Participant]
) -> list[ShownConsideration]:
    several = len(participants) > 1
    return [
        ShownConsideration(
            row,
            name_of(participants[row.participant_id]) if several else "",
            [sentences.AREAS[Area(area)] for area in row.areas],
        )
        for row in rows
    ]


def shown_switches(
    off: Mapping[Kind, Switch], everywhere: Iterable[Kind] = ()
) -> list[ShownSwitch]:
    """Every kind of signal, in its order."""
    gone = frozenset(everywhere)
    return [
        ShownSwitch(kind, sentences.KINDS[kind], sentences.ABOUT[kind], off.get(kind), kind in gone)
        for kind in Kind
    ]


def shown_learned(by: Visitor, learned: Learned) -> list[ShownLearned]:
    """The instruments on which something is expected, by name."""
    shelf = Shelf(by.practice)
    found: dict[str, Usual[Fit] | Usual[Swing]] = {**learned.courses, **learned.swings}
    return [
        ShownLearned(
            shelf[name].short_name,
            usual.made_at is not None,
            sentences.usual_source(usual),
            usual.assumptions,
        )
        for name, usual in sorted(found.items())
        if name in shelf
    ]


def choices(present: Iterable[Participant]) -> list[tuple[str, SafeString]]:
    """Those who take part now, for a form."""
    return [(pk, veiled(name)) for pk, name in measures.choices(present)]
