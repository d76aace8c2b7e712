"""The diary of the sample: eighteen months behind, a full Today, twelve weeks ahead."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

from holdspace.frame.practice.rules import PlaceKind
from holdspace.frame.therapy.models import Participant
from holdspace.front.sample import days
from holdspace.front.sample.agreeing import ELSEWHERE
from holdspace.front.sample.laying import Held, Laying, Work
from holdspace.front.sample.reading import Entry
from holdspace.hour.encounters.models import Attendance, Part, Series, Session
from holdspace.hour.encounters.recurrence import to_text
from holdspace.hour.encounters.rules import CAME, Attended, Kind, State

# How often each happens, of a thousand places in sessions.
RATES: Final = (
    (Attended.ATTENDED, 832), (Attended.LATE, 48), (Attended.LEFT_EARLY, 12),
    (Attended.CANCELLED_WITH_NOTICE, 52), (Attended.CANCELLED_LATE, 24),
    (Attended.DID_NOT_COME, 32),
)  # fmt: skip
THERAPIST_AWAY: Final = 0.018
REVIEW_EVERY: Final = 12
FIRST_MEETING: Final = 4  # held sessions back from now was one with parents alone
MEETINGS_APART: Final = 7
ABSENCES: Final = {"absent_with_notice": Attended.CANCELLED_WITH_NOTICE}


def write(laying: Laying) -> None:
    """Lay every therapy's sessions, and remember what was held."""
    series, sessions = [], []
    for work in laying.works.values():
        one, some = _of_therapy(laying, work)
        series.append(one)
        sessions += some
    sessions.sort(key=lambda session: session.starts_at)
    Series.objects.bulk_create(series)
    Session.objects.bulk_create(sessions, batch_size=1000)
    _write_parts(laying)
    Attendance.objects.bulk_create(laying.attendance, batch_size=1000)


def _of_therapy(laying: Laying, work: Work) -> tuple[Series, list[Session]]:
    frame, is_today = work.entry["frame"], work.key in laying.story.today
    course = days.course_of(work.entry, laying.today, is_today=is_today)
    series = Series(
        practice=laying.practice, therapy=work.row, rule=to_text(course.rule, laying.hours.zone),
        first_local=f"{course.first.isoformat()}T{frame['time']}",
        time_zone=laying.hours.zone.key, minutes=frame["minutes"],
    )  # fmt: skip
    past = [_lay(laying, work, series, day) for day in course.days if day < laying.today]
    _attend_past(laying, work, past)
    today = [_lay_today(laying, work, series)] if is_today else []
    ahead = [
        _lay(laying, work, series, day)
        for day in course.days
        if day > laying.today and not _away(laying, work, day)
    ]
    ahead = ahead[: _still_agreed(work, len(today))]
    for session in ahead:
        _expect(laying, session, _who(work, session.starts_at.date()))
    return series, past + today + ahead


def _lay(laying: Laying, work: Work, series: Series, day: date) -> Session:
    start = laying.hours.on(day, work.entry["frame"]["time"])
    return _session(laying, work, series, start, start + timedelta(minutes=series.minutes))


def _session(laying: Laying, work: Work, series: Series, start: datetime, end: datetime) -> Session:
    place = work.entry["frame"]["place"]
    return Session(
        practice=laying.practice, therapy=work.row, series=series, starts_at=start, ends_at=end,
        time_zone=laying.hours.zone.key, place=ELSEWHERE.get(place, PlaceKind.ROOM),
        room=laying.rooms.get(place),
    )  # fmt: skip


def _away(laying: Laying, work: Work, day: date) -> bool:
    return days.is_away(work.entry["therapists"][0]["member"], day, laying.today)


def _still_agreed(work: Work, today: int) -> int | None:
    """Of an agreed number of sessions, those that are left; an ending has a few."""
    agreed = work.entry["frame"]["until"]
    if work.entry["state"] == "ending":
        return 3
    return max(agreed - len(work.held) - today, 1) if isinstance(agreed, int) else None


def _who(work: Work, day: date) -> list[Participant]:
    """Who is expected: a child comes alone, its parents have meetings of their own."""
    alone = work.entry["unit"] == "child"
    return [
        place
        for place in work.places.values()
        if place.from_on <= day and (place.part == "client" or not alone)
    ]


# ------------------------------------------------------------------ what was


def _attend_past(laying: Laying, work: Work, past: list[Session]) -> None:
    """Who came to each; the newest session was certainly held, and is the story's latest."""
    chance = laying.chance("diary", work.key)
    newest = len(past) - 1
    for index, session in enumerate(past):
        who = _who(work, session.starts_at.date())
        if index == 0 and work.entry["started_weeks_ago"] <= days.WEEKS_BEHIND:
            session.kind = Kind.INTAKE
        elif index % REVIEW_EVERY == REVIEW_EVERY - 1:
            session.kind = Kind.REVIEW
        if index == newest:
            session.kind = Kind.ENDING if work.entry["state"] == "ended" else session.kind
            states = dict.fromkeys((one.id for one in who), Attended.ATTENDED)
        else:
            states = _drawn(laying, work, session, who, chance)
        _came(laying, work, session, states, chance)
    _meet_parents(laying, work)


def _drawn(
    laying: Laying, work: Work, session: Session, who: list[Participant], chance: Random
) -> dict[UUID, Attended]:
    if _away(laying, work, session.starts_at.date()):
        return dict.fromkeys((one.id for one in who), Attended.HOLIDAY)
    if chance.random() < THERAPIST_AWAY:
        return dict.fromkeys((one.id for one in who), Attended.THERAPIST_CANCELLED)
    states, weights = zip(*RATES, strict=True)
    return {one.id: chance.choices(states, weights)[0] for one in who}


def _came(
    laying: Laying, work: Work, session: Session, states: dict[UUID, Attended], chance: Random
) -> None:
    came = {one for one, state in states.items() if state in CAME}
    session.state = State.HELD if came else State.NOT_HELD
    if came:
        session.began_at = session.starts_at + timedelta(minutes=chance.choice((0, 0, 0, 1, 2)))
        session.ended_at = session.ends_at + timedelta(minutes=chance.choice((-1, 0, 0, 1, 3)))
        work.held.append(Held(session, came))
    for one, state in states.items():
        laying.attendance.append(
            Attendance(
                practice=laying.practice, session=session, participant_id=one, state=state,
                minutes_late=chance.randint(5, 15) if state == Attended.LATE else 0,
                minutes_early=chance.randint(5, 15) if state == Attended.LEFT_EARLY else 0,
            )
        )  # fmt: skip


def _meet_parents(laying: Laying, work: Work) -> None:
    """Some sessions of a child's time were its parents': the child's own place is taken out."""
    meetings = laying.story.words[work.key].get("parent_meetings", [])
    for number, meeting in enumerate(meetings):
        back = FIRST_MEETING + MEETINGS_APART * number
        if back >= len(work.held):
            return
        held = work.held.pop(-1 - back)
        held.session.kind = Kind.PARENT
        laying.attendance = [row for row in laying.attendance if row.session_id != held.session.id]
        parents = [work.places[person] for person in meeting["with"]]
        held.came = {parent.id for parent in parents}
        _expect(laying, held.session, parents, Attended.ATTENDED)
        work.parents.append((held, meeting["text"]))


# ------------------------------------------------------------------ what is and will be


def _lay_today(laying: Laying, work: Work, series: Series) -> Session:
    said, hours = laying.story.today[work.key], laying.hours
    offset, is_begun = said["starts"], said["state"] == "begun"
    start = hours.planned(offset)
    end = hours.planned_end(offset, series.minutes, is_begun=is_begun)
    session = _session(laying, work, series, start, end)
    if said["state"] == "done":
        session.state = State.HELD
        session.began_at = hours.really(offset)
        session.ended_at = hours.really(offset + series.minutes)
    elif is_begun:
        session.state, session.began_at = State.BEGUN, hours.really(offset)
    usual = Attended.EXPECTED if said["state"] == "planned" else Attended.ATTENDED
    absent = {work.places[each["person"]].id: each for each in said.get("absent", [])}
    for one in _of_today(laying, work, said):
        told = absent.get(one.id)
        state = ABSENCES[told["attendance"]] if told else usual
        _expect(laying, session, [one], state)
    work.today = session
    return session


def _of_today(laying: Laying, work: Work, said: Entry) -> list[Participant]:
    """Where the hour has parts, those of any part; else whoever comes on other days."""
    if "parts" not in said:
        return _who(work, laying.today)
    present = [person for part in said["parts"] for person in part["present"]]
    return [work.places[person] for person in dict.fromkeys(present)]


def _expect(
    laying: Laying, session: Session, who: list[Participant], state: Attended = Attended.EXPECTED
) -> None:
    for one in who:
        laying.attendance.append(
            Attendance(practice=laying.practice, session=session, participant=one, state=state)
        )


def _write_parts(laying: Laying) -> None:
    """The stretches of today's hours that have people of their own."""
    for key, said in laying.story.today.items():
        work, parts = laying.works[key], said.get("parts", [])
        if work.today is None or not parts:
            continue
        length = (work.today.ends_at - work.today.starts_at) // timedelta(minutes=1)
        whole = parts[-1]["to"]
        Part.objects.bulk_create(
            Part(
                practice=laying.practice, session=work.today, therapy_id=work.row.id, number=number,
                from_minute=part["from"] * length // whole,
            )
            for number, part in enumerate(parts, start=1)
        )  # fmt: skip
        for row in laying.attendance:
            if row.session_id == work.today.id:
                row.absent_in_parts = _not_in(work, parts, row.participant_id)


def _not_in(work: Work, parts: list[Entry], participant: UUID) -> list[int]:
    return [
        number
        for number, part in enumerate(parts, start=1)
        if participant not in {work.places[person].id for person in part["present"]}
    ]
