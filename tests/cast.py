"""The permanent cast: who works at the practice, who comes to it, and who must never get in."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault import keyring
from holdspace.frame.people.models import Person
from holdspace.frame.practice.models import Account, Member, Practice, Room, Site
from holdspace.frame.practice.queries import visitor_of
from holdspace.frame.therapy.models import Frame, Participant, Therapist, Therapy
from holdspace.hour.encounters.models import Attendance, Session

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)  # a Monday
TODAY = NOW.date()
A_YEAR_AGO = date(2025, 3, 3)
THE_REYES = ("Luz Reyes", "Ana Reyes", "Teo Reyes")


@dataclass
class Cast:
    """Linden House in small, and one therapist of another practice."""

    practice: Practice
    room: Room
    mira: Member  # a therapist: Amara's
    tom: Member  # a therapist who has nothing to do with Amara
    olive: Member  # the owner, no therapist
    sam: Member  # reception
    jo: Member  # a trainee, with a client of their own
    bill: Member  # the biller
    audrey: Member  # the auditor
    stranger: Member  # a therapist elsewhere
    amara: Therapy  # individual, with Mira
    reyes: Therapy  # a family of three, with Mira
    kofi: Therapy  # individual, with Tom
    jos: Therapy  # individual, with the trainee
    session: Session  # Amara's, today at 10:00

    def visitor(self, name: str) -> Visitor:
        return visitor_of(getattr(self, name))

    def participant(self, therapy: str = "amara") -> Participant:
        rows = Participant.objects.filter(therapy=getattr(self, therapy)).order_by("id")
        return rows[0]

    @property
    def members(self) -> dict[str, Member]:
        names = ("mira", "tom", "olive", "sam", "jo", "bill", "audrey", "stranger")
        return {name: getattr(self, name) for name in names}


def a_practice(name: str) -> Practice:
    practice = Practice(name=name, founded_at=NOW)
    keyring.new_practice(practice.id, at=NOW)
    practice.save()
    return practice


def a_member(practice: Practice, name: str, *roles: str) -> Member:
    email = f"{name.split()[0].lower()}@{practice.name.split()[0].lower()}.example"
    account = Account.objects.create_user(email, "a long enough password")
    return Member.objects.create(
        practice=practice, account=account, name=name, roles=list(roles), joined_at=NOW
    )


def a_person(practice: Practice, name: str) -> Person:
    person = Person(practice=practice, name=name, known_since=NOW)
    keyring.new_scope(person.id, practice=practice.id, at=NOW)
    person.save()
    return person


def a_therapy(therapist: Member, title: str, *names: str, **more: Any) -> Therapy:
    practice = therapist.practice
    choices = {
        "unit": "individual", "service": "psychotherapy", "stance": "facilitative",
        "approaches": ["psychodynamic"], "voice": "counselling", "state": "working",
        "started_on": A_YEAR_AGO, **more,
    }  # fmt: skip
    therapy = Therapy(practice=practice, title=title, **choices)
    keyring.new_scope(therapy.id, practice=practice.id, at=NOW)
    therapy.save()
    Therapist.objects.create(
        practice=practice, therapy=therapy, member=therapist, from_on=A_YEAR_AGO
    )
    Frame.objects.create(
        practice=practice, therapy=therapy, minutes=50, place="room", from_on=A_YEAR_AGO
    )
    for name in names:
        a_participant(therapy, a_person(practice, name))
    return therapy


def a_participant(therapy: Therapy, person: Person, part: str = "client") -> Participant:
    participant = Participant(
        practice=therapy.practice, therapy=therapy, person=person, part=part, from_on=A_YEAR_AGO
    )
    keyring.new_scope(participant.id, practice=therapy.practice_id, at=NOW)
    participant.save()
    return participant


def a_session(therapy: Therapy, starts_at: datetime, **more: Any) -> Session:
    session = Session.objects.create(
        practice=therapy.practice, therapy=therapy, starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=50), time_zone="Europe/London", **more,
    )  # fmt: skip
    for participant in Participant.objects.filter(therapy=therapy):
        Attendance.objects.create(
            practice=therapy.practice, session=session, participant=participant
        )
    return session


def the_cast() -> Cast:
    practice, elsewhere = a_practice("Linden House"), a_practice("Other Practice")
    site = Site.objects.create(practice=practice, name="Linden House")
    room = Room.objects.create(practice=practice, site=site, name="Room 2")
    mira = a_member(practice, "Mira Osei", "therapist")
    tom = a_member(practice, "Tom Ashby", "therapist")
    jo = a_member(practice, "Jo Lind", "trainee")
    amara = a_therapy(mira, "Amara K.", "Amara Kamau")
    return Cast(
        practice=practice, room=room, mira=mira, tom=tom, jo=jo,
        olive=a_member(practice, "Olive Grant", "owner"),
        sam=a_member(practice, "Sam Doyle", "reception"),
        bill=a_member(practice, "Bill Page", "biller"),
        audrey=a_member(practice, "Audrey Lowe", "auditor"),
        stranger=a_member(elsewhere, "Stran Ger", "therapist"),
        amara=amara,
        reyes=a_therapy(mira, "The Reyes family", *THE_REYES, unit="family"),
        kofi=a_therapy(tom, "Kofi B.", "Kofi Boateng"),
        jos=a_therapy(jo, "Priya N.", "Priya Nair"),
        session=a_session(amara, NOW, room=room),
    )  # fmt: skip


def nobodys_id() -> UUID:
    return UUID("01890000-0000-7000-8000-000000000000")
