"""Composing the therapist's pages from what the rooms know: nothing here is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.approaches import queries as approaches
from holdspace.frame.approaches.words import Words
from holdspace.frame.therapy import queries as therapies
from holdspace.frame.therapy.models import Aim, Fact, Participant, SafetyItem, Therapy
from holdspace.front.desk.rules import Gap, Moment, gap, moment
from holdspace.hour.encounters import queries as encounters
from holdspace.hour.encounters.models import Attendance, Session
from holdspace.hour.measures import queries as measures
from holdspace.hour.measures.models import SafetyFlag
from holdspace.hour.measures.queries import CheckIn, Course, Given
from holdspace.hour.measures.rules import Moment as Side
from holdspace.hour.measures.rules import Shows
from holdspace.hour.notes import queries as notes
from holdspace.hour.notes.models import Note
from holdspace.hour.notes.queries import Thread
from holdspace.hour.worksheets import queries as worksheets
from holdspace.hour.worksheets.queries import Standing
from holdspace.office.outcomes import queries as outcomes
from holdspace.office.outcomes.queries import Raised


@dataclass(frozen=True, slots=True)
class Slot:
    """One session of the day, with what matters before the door opens."""

    session: Session
    therapy: Therapy
    moment: Moment
    number: int
    people: int
    thread: Thread | None
    note_state: str
    course: Course | None
    check_in: CheckIn | None
    is_due: bool  # a questionnaire that the rules ask for before it
    flags: Sequence[SafetyFlag]
    safety: Sequence[SafetyItem]  # what is open, carried from session to session
    signals: Sequence[Raised]
    before: Gap | None

    @property
    def is_now(self) -> bool:
        return self.moment is Moment.NOW

    @property
    def is_done(self) -> bool:
        return self.moment is Moment.DONE


@dataclass(frozen=True, slots=True)
class Day:
    """Today as its therapist sees it."""

    on: date
    slots: Sequence[Slot]
    drafts: Sequence["ToFinish"]
    unwritten: Sequence["ToFinish"]
    flags: Sequence[tuple[Therapy, SafetyFlag]]
    safety: Sequence[tuple[Therapy, SafetyItem]]  # open, of whom one does not meet that day
    caseload_size: int


@dataclass(frozen=True, slots=True)
class ToFinish:
    """A session whose note is still to be written or signed."""

    session: Session | None
    therapy: Therapy
    note: Note | None


@dataclass(frozen=True, slots=True)
class Card:
    """What one reads in a minute before the door opens."""

    session: Session
    therapy: Therapy
    number: int | None
    participants: Sequence[Participant]
    attendance: Sequence[Attendance]
    facts: Sequence[Fact]
    thread: Thread | None
    aims: Sequence[Aim]
    courses: Sequence[Course]
    check_in: CheckIn | None
    given: Sequence[Given]
    due: Side | None  # whether something is due before it, or after it
    flags: Sequence[SafetyFlag]
    safety: Sequence[SafetyItem]
    signals: Sequence[Raised]
    previous: Session | None
    following: Session | None
    sessions_agreed: int | None


def day(by: Visitor, *, on: date, zone: ZoneInfo, at: datetime) -> Day:
    """The visitor's day, and what was left to finish."""
    mine = {therapy.id: therapy for therapy in therapies.mine(by)}
    sessions = [s for s in encounters.day(by, on=on, tz=zone) if s.therapy_id in mine]
    seen = list(dict.fromkeys(session.therapy_id for session in sessions))
    flags = measures.open_flags(by, mine)
    safety = therapies.open_safety(by, mine)
    return Day(
        on=on,
        slots=_slots(by, sessions, mine, flags, safety, at=at),
        drafts=_drafts(by, mine),
        unwritten=[
            ToFinish(session, mine[session.therapy_id], None)
            for session in notes.unwritten(by, at=at)
            if session.therapy_id in mine
        ],
        flags=[(mine[f.therapy_id], f) for f in flags if f.therapy_id not in seen],
        safety=[(mine[s.therapy_id], s) for s in safety if s.therapy_id not in seen],
        caseload_size=len(mine),
    )


def _slots(
    by: Visitor,
    sessions: Sequence[Session],
    mine: dict[UUID, Therapy],
    flags: Sequence[SafetyFlag],
    safety: Sequence[SafetyItem],
    *,
    at: datetime,
) -> list[Slot]:
    ids = [session.id for session in sessions]
    seen = list(dict.fromkeys(session.therapy_id for session in sessions))
    people = therapies.head_count(by, seen)
    threads, courses = notes.latest_threads(by, seen), measures.courses(by, seen)
    states, check_ins = notes.states_of(by, ids), measures.checkins(by, ids)
    to_come = [s for s in sessions if s.state == "planned" and s.ends_at > at]
    numbers = {session.id: session.number for session in to_come}
    due = measures.dues(by, to_come, numbers) if to_come else {}
    signals = outcomes.signals(by, seen, courses, at=at)
    slots, before = [], None
    for session in sessions:
        slots.append(
            Slot(
                session=session,
                therapy=mine[session.therapy_id],
                moment=moment(session.state, session.starts_at, session.ends_at, at),
                number=session.number,
                people=people.get(session.therapy_id, 0),
                thread=threads.get(session.therapy_id),
                note_state=states.get(session.id, ""),
                course=measures.main_course(courses.get(session.therapy_id, [])),
                check_in=check_ins.get(session.id),
                is_due=session.id in due,
                flags=[flag for flag in flags if flag.therapy_id == session.therapy_id],
                safety=[item for item in safety if item.therapy_id == session.therapy_id],
                signals=signals.get(session.therapy_id, ()),
                before=gap(before, session.starts_at),
            )
        )
        before = (session.starts_at, session.ends_at)
    return slots


def _drafts(by: Visitor, mine: dict[UUID, Therapy]) -> list[ToFinish]:
    return [
        ToFinish(note.session, mine[note.therapy_id], note)
        for note in notes.to_finish(by)
        if note.therapy_id in mine
    ]


def card(by: Visitor, session_id: UUID, *, at: datetime) -> Card:
    """The prepare card of one session; NotHere where it is not the visitor's."""
    session = encounters.one(by, session_id)
    therapy = therapies.one(by, session.therapy_id)
    only = [therapy.id]
    frame = therapies.frame_of(by, therapy.id)
    participants = therapies.participants(by, only, on=session.starts_at.date())
    keyring.warm(participant.id for participant in participants)
    numbers, flags = encounters.numbers(by, [session.id]), measures.open_flags(by, only)
    side = Side.AFTER if session.state == "held" else Side.BEFORE
    is_held = session.state in ("planned", "begun", "held")
    is_due = is_held and bool(measures.dues(by, [session], numbers, side))
    courses = measures.courses(by, only)
    return Card(
        session=session,
        therapy=therapy,
        number=numbers.get(session.id),
        participants=participants,
        attendance=encounters.attendance_of(by, [session.id]),
        facts=therapies.facts(by, therapy.id),
        thread=notes.latest_threads(by, only, before=session.starts_at).get(therapy.id),
        aims=therapies.aims(by, only),
        courses=courses.get(therapy.id, []),
        check_in=measures.checkins(by, [session.id]).get(session.id),
        given=measures.given_for(by, session.id, therapy.id),
        due=side if is_due else None,
        flags=flags,
        safety=therapies.open_safety(by, only),
        signals=outcomes.signals(by, only, courses, at=at).get(therapy.id, ()),
        previous=encounters.last_before(by, only, session.starts_at).get(therapy.id),
        following=encounters.next_after(by, therapy.id, max(at, session.ends_at)),
        sessions_agreed=frame.sessions_agreed if frame else None,
    )


@dataclass(frozen=True, slots=True)
class SharedView:
    """What lies on the shared layer of one therapy, for both to look at."""

    words: Words
    aims: Sequence[Aim]
    courses: Sequence[Course]
    with_charts: bool
    sheets: Sequence[Standing]
    following: Session | None


def shared(by: Visitor, therapy_id: UUID, *, at: datetime) -> SharedView:
    """The shared layer, and of the courses what was chosen to be shown.

    Where several take part, nobody's answers are put before the others.
    """
    words = approaches.words(by, therapies.one(by, therapy_id, Action.READ, Layer.SHARED))
    alone = therapies.head_count(by, [therapy_id]).get(therapy_id, 0) == 1
    shows = Shows(measures.showing(by, therapy_id).shows)
    return SharedView(
        words=words,
        aims=[
            aim
            for aim in therapies.aims(by, [therapy_id])
            if words.aims and (aim.participant_id is None or alone)
        ],
        courses=[
            course
            for course in measures.courses(by, [therapy_id]).get(therapy_id, [])
            if words.measure and alone and course.is_own and shows is not Shows.NOTHING
        ],
        with_charts=shows is Shows.CHART,
        sheets=[one for one in worksheets.of_therapy(by, therapy_id) if one.is_to_be_shown],
        following=encounters.next_after(by, therapy_id, at),
    )


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A session as the front desk sees it: a time, a name, who with, where."""

    session: Session
    therapy: Therapy
    members: Sequence[str]


def front_desk(by: Visitor, *, on: date, zone: ZoneInfo) -> list[DeskLine]:
    """The practice's day, for who may plan it."""
    if not encounters.may_see_everyone(by):
        return []
    since = datetime.combine(on, time(), tzinfo=zone)
    sessions = encounters.between(by, since=since, until=since + timedelta(days=1), everyone=True)
    ids = {session.therapy_id for session in sessions}
    found = {t.id: t for t in therapies.visible_to(by, Action.PLAN, Layer.ADMIN).filter(pk__in=ids)}
    keyring.warm(found)
    by.opened.note(found)
    with_whom: dict[UUID, list[str]] = {}
    for seat in therapies.therapists(by, found):
        with_whom.setdefault(seat.therapy_id, []).append(seat.member.name)
    return [
        DeskLine(session, found[session.therapy_id], with_whom.get(session.therapy_id, []))
        for session in sessions
        if session.therapy_id in found
    ]
