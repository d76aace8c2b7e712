"""Laying a practice of a size: so many clients, twenty-five to a therapist, thirty weeks each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from secrets import token_urlsafe
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from bench.words import content, name_of
from holdspace.cellar.vault import index, keyring
from holdspace.cli.serving import know_the_tables
from holdspace.frame.people.models import NameToken, Person
from holdspace.frame.practice.models import Account, Member, Practice
from holdspace.frame.therapy.links import hash_of as hash_of_secret
from holdspace.frame.therapy.models import Aim, Frame, Participant, Therapist, Therapy
from holdspace.front.sample import simulation
from holdspace.hour.encounters.models import Attendance, Session
from holdspace.hour.measures.instruments import load
from holdspace.hour.measures.models import Answering, Giving, Rule
from holdspace.hour.measures.scoring import score
from holdspace.hour.notes.models import Note
from holdspace.hour.notes.signature import hash_of

EACH: Final = 25  # clients of a therapist
HELD, PLANNED = 27, 3  # sessions of a therapy
TODAY: Final = 6  # sessions of a therapist today
MEASURED: Final = 20  # therapists whose pages are asked
ANSWERED: Final = 10  # questionnaires of a measured therapy
DRAFTS: Final = 2
UNWRITTEN: Final = 2
TOGETHER: Final = 20  # therapists laid in one transaction
ZONE: Final = ZoneInfo("Europe/London")
INSTRUMENT: Final = "phq9"


@dataclass(slots=True)
class Seat:
    """A therapist whose pages are measured, and what they are asked about."""

    member: Member
    therapies: list[UUID] = field(default_factory=list)
    today: list[UUID] = field(default_factory=list)  # sessions; the first ones have a draft
    drafts: list[UUID] = field(default_factory=list)
    waiting: list[Answering] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Work:
    """One client with one therapist."""

    number: int
    place: int  # in the caseload; the first ones come today
    person: Person
    therapy: Therapy
    participant: Participant
    sessions: list[Session]


def lay(clients: int, *, at: datetime) -> list[Seat]:
    """Write the practice; answers the therapists who are measured."""
    practice = Practice(name="Measured", founded_at=at)
    keyring.new_practice(practice.id, at=at)
    practice.save()
    seats = []
    for numbers in _several(range(-(-clients // EACH)), TOGETHER):
        with transaction.atomic():
            for number, member in zip(numbers, _members(practice, numbers, at), strict=True):
                count = min(EACH, clients - number * EACH)
                works = [_work(member, number * EACH + n, n, at) for n in range(count)]
                _write(practice, member, works, at)
                if number < MEASURED:
                    seats.append(_measured(member, works, at))
    know_the_tables()  # as the keeper does it in a house
    return seats


def _several(numbers: range, size: int) -> Iterator[range]:
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]


def _members(practice: Practice, numbers: range, at: datetime) -> list[Member]:
    accounts = [Account(email=f"t{n}@measured.example", password="!") for n in numbers]  # noqa: S106
    Account.objects.bulk_create(accounts)
    return Member.objects.bulk_create(
        Member(
            practice=practice, account=account, name=name_of(-1 - n), roles=["therapist"],
            joined_at=at,
        )
        for n, account in zip(numbers, accounts, strict=True)
    )  # fmt: skip


def _work(member: Member, number: int, place: int, at: datetime) -> Work:
    practice, began = member.practice, at.date() - timedelta(weeks=HELD)
    person = Person(practice=practice, name=name_of(number), known_since=at)
    therapy = Therapy(
        practice=practice, title=person.name, unit="individual", service="psychotherapy",
        stance="facilitative", approaches=["psychodynamic"], voice="counselling",
        state="working", started_on=began,
    )  # fmt: skip
    participant = Participant(
        practice=practice, therapy=therapy, person=person, part="client", from_on=began
    )
    return Work(number, place, person, therapy, participant, list(_sessions(therapy, place, at)))


def _sessions(therapy: Therapy, place: int, at: datetime) -> Iterator[Session]:
    """The first of a caseload come today, the others on one of the four days after it."""
    ahead, hour = (0, place) if place < TODAY else (1 + place % 4, (place - TODAY) // 4)
    day: date = at.astimezone(ZONE).date() + timedelta(days=ahead)
    for week in range(-HELD, PLANNED):
        starts_at = datetime.combine(day + timedelta(weeks=week), time(9 + hour), tzinfo=ZONE)
        ends_at, was_held = starts_at + timedelta(minutes=50), week < 0
        times: dict[str, Any] = {"began_at": starts_at, "ended_at": ends_at} if was_held else {}
        yield Session(
            practice=therapy.practice, therapy=therapy, starts_at=starts_at, ends_at=ends_at,
            time_zone=ZONE.key, state="held" if was_held else "planned", **times,
        )  # fmt: skip


def _write(practice: Practice, member: Member, works: list[Work], at: datetime) -> None:
    rows = [row for w in works for row in (w.person, w.therapy, w.participant)]
    keyring.new_scopes([row.id for row in rows], practice=practice.id, at=at)
    Person.objects.bulk_create(w.person for w in works)
    NameToken.objects.bulk_create(
        NameToken(practice=practice.id, person=w.person, token=token)
        for w in works
        for token in sorted(index.tokens(practice.id, (w.person.name,)))
    )
    Therapy.objects.bulk_create(w.therapy for w in works)
    Participant.objects.bulk_create(w.participant for w in works)
    began = {"practice": practice, "from_on": at.date() - timedelta(weeks=HELD)}
    Therapist.objects.bulk_create(
        Therapist(therapy=w.therapy, member=member, **began) for w in works
    )
    Frame.objects.bulk_create(
        Frame(therapy=w.therapy, minutes=50, place="room", **began) for w in works
    )
    Session.objects.bulk_create(session for w in works for session in w.sessions)
    Attendance.objects.bulk_create(
        Attendance(
            practice=practice, session=session, participant=w.participant,
            state="attended" if session.state == "held" else "expected",
        )
        for w in works
        for session in w.sessions
    )  # fmt: skip


# ------------------------------------------------------------------ of measured therapists alone


def _measured(member: Member, works: list[Work], at: datetime) -> Seat:
    coming = [w for w in works if w.place < TODAY]
    drafts = [_note(member, w, w.sessions[HELD]) for w in coming[:DRAFTS]]
    signed = [note for w in works for note in _signed(member, w)]
    Note.objects.bulk_create([*signed, *drafts], batch_size=500)
    Aim.objects.bulk_create(
        Aim(practice=member.practice, therapy=w.therapy, since=at.date(),
            words="To sleep through the night again")
        for w in works
    )  # fmt: skip
    return Seat(
        member=member,
        therapies=[w.therapy.id for w in works],
        today=[w.sessions[HELD].id for w in coming],
        drafts=[note.id for note in drafts],
        waiting=_questionnaires(member, works, at),
        names=[w.person.name for w in works],
    )


def _note(member: Member, w: Work, session: Session) -> Note:
    return Note(
        practice=member.practice, therapy=w.therapy, session=session, author=member,
        format="three_line", content=content(w.number, session.starts_at.isoformat()), version=1,
        began_at=session.ends_at, saved_at=session.ends_at,
    )  # fmt: skip


def _signed(member: Member, w: Work) -> Iterator[Note]:
    """Of every session that was held, except the latest of some."""
    is_behind = TODAY <= w.place < TODAY + UNWRITTEN
    for session in w.sessions[: HELD - is_behind]:
        note = _note(member, w, session)
        note.state, note.signed_by = "signed", member
        note.signed_at = note.saved_at = session.ends_at + timedelta(minutes=8)
        note.signed_hash = hash_of(note)
        yield note


def _questionnaires(member: Member, works: list[Work], at: datetime) -> list[Answering]:
    """Past ones with their answers, and one that waits for each who comes today."""
    done = [
        _answered(_asked(member, w, s), w) for w in works for s in w.sessions[:HELD][-ANSWERED:]
    ]
    waiting = [_asked(member, w, w.sessions[HELD], at) for w in works if w.place < TODAY]
    Rule.objects.bulk_create(
        Rule(practice=member.practice, therapy=w.therapy, participant=w.participant,
             instrument=INSTRUMENT, when="before each session", from_on=w.participant.from_on)
        for w in works
    )  # fmt: skip
    Giving.objects.bulk_create(row.giving for row in (*done, *waiting))
    Answering.objects.bulk_create([*done, *waiting])
    return waiting


def _asked(member: Member, w: Work, session: Session, at: datetime | None = None) -> Answering:
    token, given_at = token_urlsafe(32), at or session.starts_at - timedelta(days=1)
    giving = Giving(
        practice=member.practice, therapy=w.therapy, participant=w.participant, session=session,
        given_by=member, given_at=given_at, token=token, token_hash=hash_of_secret(token),
        ends_at=given_at + timedelta(days=14),
    )  # fmt: skip
    instrument = load(INSTRUMENT)
    return Answering(
        practice=member.practice, giving=giving, therapy_id=w.therapy.id,
        participant=w.participant, instrument=INSTRUMENT, language="en",
        instrument_version=str(instrument.version), threshold_set=instrument.thresholds,
    )  # fmt: skip


def _answered(row: Answering, w: Work) -> Answering:
    instrument = load(INSTRUMENT)
    given = simulation.answers(instrument, 0.5, Random(f"{w.number} {row.giving.given_at}"))
    given |= {safety.item: 0 for safety in instrument.safety}
    result = score(instrument, given)
    row.state, row.answers, row.answered, row.total = (
        "finished",
        given,
        result.answered,
        result.total,
    )
    row.began_at = row.giving.given_at + timedelta(hours=2)
    row.ended_at = row.began_at + timedelta(minutes=3)
    return row
