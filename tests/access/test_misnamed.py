"""In a change that one may make, nothing can be named that belongs to another practice."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.visitor import Visitor
from holdspace.frame.people.models import Person
from holdspace.frame.practice.models import Member, Room, Site
from holdspace.frame.therapy import actions as of_therapy
from holdspace.frame.therapy.models import Participant, Therapy
from holdspace.frame.therapy.rules import FactKind, FactSaid, Joining, Part
from holdspace.hour.encounters import actions as hour
from holdspace.hour.encounters.actions import Presence
from holdspace.hour.encounters.models import Attendance, Session
from holdspace.hour.encounters.rules import Attended
from holdspace.hour.measures import actions as giving
from holdspace.hour.measures.models import Battery
from holdspace.hour.measures.personal import Kind
from holdspace.hour.measures.rules import When
from holdspace.hour.notes import actions as writing
from holdspace.office.outcomes import actions as outcomes
from tests.access.test_practices import everything
from tests.cast import NOW, TODAY, Cast, a_participant, a_person, a_session, a_therapy
from tests.encounters.diary import slot
from tests.measures.given import PHQ9


@dataclass(frozen=True)
class Things:
    """What a practice has that can be named."""

    member: Member
    place: Participant
    person: Person
    session: Session
    room: Room
    battery: Battery

    @classmethod
    def of(cls, member: Member, therapy: Therapy, colleague: Member) -> "Things":
        practice = member.practice
        site = Site.objects.create(practice=practice, name="By the river")
        return cls(
            member=colleague,
            place=a_participant(therapy, a_person(practice, "Wren Field"), "partner"),
            person=a_person(practice, "Lou Field"),
            session=a_session(therapy, NOW),
            room=Room.objects.create(practice=practice, site=site, name="Room 1"),
            battery=Battery.objects.create(
                practice=practice, name="One", instruments=["phq9"], since=NOW
            ),
        )


Try = Callable[[Visitor, Cast, Things], object]
CAME = Presence(Attended.ATTENDED)


def fact(about: Participant) -> FactSaid:
    return FactSaid(kind=FactKind.KINSHIP, words="aunt", from_on=TODAY, about=about.id)


def handing(cast: Cast, **more: object) -> giving.Handing:
    asked = {"participant": cast.participant().id, "instruments": ("gad7",), **more}
    return giving.Handing(cast.amara.id, **asked)  # type: ignore[arg-type]


def ruling(cast: Cast, **more: object) -> giving.Ruling:
    asked = {
        "participant": cast.participant().id, "instrument": "gad7", "when": When.ONCE,
        "from_on": TODAY, **more,
    }  # fmt: skip
    return giving.Ruling(cast.amara.id, **asked)  # type: ignore[arg-type]


def copied(cast: Cast, **more: object) -> giving.Copied:
    asked = {
        "participant": cast.participant().id, "instrument": "phq9", "filled_in_at": NOW,
        "answers": dict.fromkeys(PHQ9, 1), **more,
    }  # fmt: skip
    return giving.Copied(cast.amara.id, **asked)  # type: ignore[arg-type]


NAMED: dict[str, Try] = {
    "about whom a fact is": lambda by, c, t: of_therapy.state_fact(
        c.participant().id, fact(t.place), by=by, at=NOW
    ),
    "whose an aim is": lambda by, c, t: of_therapy.set_aims(
        c.amara.id, ["Sleep"], t.place.id, by=by, at=NOW
    ),
    "who joins": lambda by, c, t: of_therapy.add_participant(
        c.amara.id, Joining(part=Part.PARTNER, person=t.person.id), TODAY, by=by, at=NOW
    ),
    "who works with them": lambda by, c, t: of_therapy.add_therapist(
        c.amara.id, t.member.id, TODAY, by=by, at=NOW
    ),
    "in which room": lambda by, c, t: hour.plan(c.amara.id, slot(room=t.room.id), by=by, at=NOW),
    "who comes": lambda by, c, t: hour.plan(
        c.amara.id, slot(), participants=[t.place.id], by=by, at=NOW
    ),
    "who attended": lambda by, c, t: hour.attend(c.session.id, t.place.id, CAME, by=by, at=NOW),
    "who was in a part": lambda by, c, t: hour.split(c.session.id, 20, [t.place.id], by=by, at=NOW),
    "to whom it is given": lambda by, c, t: giving.give(
        handing(c, participant=t.place.id), by=by, at=NOW
    ),
    "about whom it is given": lambda by, c, t: giving.give(
        handing(c, about=t.place.id), by=by, at=NOW
    ),
    "for which session": lambda by, c, t: giving.give(
        handing(c, session=t.session.id), by=by, at=NOW
    ),
    "which battery": lambda by, c, t: giving.give(handing(c, battery=t.battery.id), by=by, at=NOW),
    "whom a rule asks": lambda by, c, t: giving.add_rule(
        ruling(c, participant=t.place.id), by=by, at=NOW
    ),
    "about whom a rule asks": lambda by, c, t: giving.add_rule(
        ruling(c, about=t.place.id), by=by, at=NOW
    ),
    "which battery a rule names": lambda by, c, t: giving.add_rule(
        ruling(c, instrument="", battery=t.battery.id), by=by, at=NOW
    ),
    "whose sheet": lambda by, c, t: giving.enter_paper(
        copied(c, participant=t.place.id), by=by, at=NOW
    ),
    "by whom a sheet": lambda by, c, t: giving.enter_paper(
        copied(c, informant=t.place.id), by=by, at=NOW
    ),
    "whose words": lambda by, c, t: giving.put_in_words(
        giving.Worded(c.amara.id, t.place.id, Kind.GOALS, ["Sleep."]), by=by, at=NOW
    ),
    "of which session a note": lambda by, c, t: writing.begin(
        c.amara.id, t.session.id, by=by, at=NOW
    ),
    "about whom a note": lambda by, c, t: writing.begin(
        c.amara.id, participant=t.place.id, by=by, at=NOW
    ),
    "to whom it happened": lambda by, c, t: outcomes.note_event(
        c.amara.id, outcomes.Happened(TODAY, "moved", t.place.id), by=by, at=NOW
    ),
}


def refused(name: str, cast: Cast, named: Things) -> bool:
    """Whether naming it is refused; nothing that was done stays done."""
    with transaction.atomic():
        try:
            NAMED[name](everything(cast, "mira"), cast, named)
        except (NotHere, hour.CannotPlan):
            return True
        except (giving.CannotGive, giving.CannotRule, giving.NotOffered):
            return False  # they were found, and are asked in words meant for somebody else
        finally:
            transaction.set_rollback(True)
    return False


def test_what_is_elsewhere_cannot_be_named_and_what_is_here_can(cast: Cast) -> None:
    elsewhere = a_therapy(cast.stranger, "Theirs", "Ren Field")
    theirs = Things.of(cast.stranger, elsewhere, cast.stranger)
    ours = Things.of(cast.mira, cast.amara, cast.jo)
    Attendance.objects.create(practice=cast.practice, session=cast.session, participant=ours.place)
    assert [name for name in NAMED if not refused(name, cast, theirs)] == []
    assert [name for name in NAMED if refused(name, cast, ours)] == []
