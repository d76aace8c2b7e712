"""What the tests of outcomes pages are shown: therapies with sessions, endings and scores."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import product
from uuid import UUID

from holdspace.frame.practice.models import Member
from holdspace.frame.therapy.models import Frame, Participant, Therapy
from holdspace.hour.encounters.models import Attendance
from holdspace.hour.measures.models import Answering, Giving
from holdspace.office.outcomes.actions import summing
from holdspace.office.outcomes.many_courses import Course
from tests.cast import NOW, TODAY, a_session, a_therapy

BETTER, SAME, WORSE = (18.0, 12.0, 6.0), (14.0, 13.0), (9.0, 20.0)
TEN = [BETTER] * 6 + [SAME] * 6 + [WORSE] * 5
LATER = NOW + timedelta(hours=1)


def scored(therapy: Therapy, *totals: float | None, instrument: str = "phq9", **more: str) -> None:
    """Finished questionnaires a week apart, the last one now."""
    participant = Participant.objects.filter(therapy=therapy).order_by("id")[0]
    for week, total in enumerate(reversed(totals)):
        at = NOW - timedelta(weeks=week)
        Answering.objects.create(
            practice=therapy.practice, giving=a_giving(therapy, participant, at),
            therapy_id=therapy.id, participant=participant, instrument=instrument,
            instrument_version="1", language="en", state="finished", total=total, began_at=at,
            ended_at=at, **more,
        )  # fmt: skip


def a_giving(therapy: Therapy, participant: Participant, at: datetime) -> Giving:
    token = f"{therapy.id} {at} {Giving.objects.count()}"
    return Giving.objects.create(
        practice=therapy.practice, therapy=therapy, participant=participant, given_at=at,
        token=token, token_hash=token.encode(), ends_at=at + timedelta(days=14),
    )  # fmt: skip


def held(
    therapy: Therapy, count: int, *, kind: str = "regular", attended: str = "attended"
) -> None:
    """Sessions a week apart; the last one now."""
    for week in range(count):
        state = "held" if attended == "attended" else "not held"
        session = a_session(therapy, NOW - timedelta(weeks=week), state=state, kind=kind)
        Attendance.objects.filter(session=session).update(state=attended)


def ended(therapy: Therapy, *, agreed: int | None = None) -> Therapy:
    therapy.state, therapy.ended_on = "ended", TODAY
    therapy.ended_how = "not said"
    therapy.save()
    if agreed is not None:
        Frame.objects.filter(therapy=therapy).update(sessions_agreed=agreed)
    return therapy


def many(member: Member, courses: Sequence[Sequence[float]], *, to: str = "ongoing") -> list[UUID]:
    """One therapy for each course; `to` is how it stands: ongoing, planned or unplanned."""
    found = []
    for number, totals in enumerate(courses):
        therapy = a_therapy(member, f"Course {number}", f"Somebody {member.id} {number}")
        scored(therapy, *totals)
        held(therapy, len(totals))
        if to != "ongoing":
            ended(therapy, agreed=len(totals) if to == "planned" else 99)
        found.append(therapy.id)
    return found


def sum_all(at: datetime = LATER) -> None:
    """As the keeper does it: from the beginning, until nothing is left."""
    while summing.sum_up(at=at) >= summing.A_ROUND:
        pass


def caseloads(count: int, each: int) -> list[Course]:
    return [
        (who, 18.0 - n % 5, 6.0 + (n * (who + 2)) % 9)
        for who, n in product(range(count), range(each))
    ]
