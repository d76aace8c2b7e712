"""Outcomes of a whole practice: summaries of every therapy, and the pages that add them up."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any, Final

from django.core.cache import caches
from django.db import transaction
from django.urls import reverse

from bench.laying import Seat
from bench.pages import Ask, Page
from holdspace.frame.practice.models import Member
from holdspace.frame.therapy.models import Participant, Therapist
from holdspace.hour.measures.instruments import load
from holdspace.office.outcomes.models import CourseSummary, SummaryMark, TherapySummary
from holdspace.office.outcomes.one_therapy import first_to_last

INSTRUMENT: Final = "phq9"
AT_ONCE: Final = 2000
ENDINGS: Final = ("ongoing", "planned", "planned", "unplanned")


def sum_up(seat: Seat, *, at: datetime) -> None:
    """What the keeper would leave behind had every client of the practice answered each session.

    The answers themselves are not laid: no page of outcomes reads them. The seat runs the practice
    from here on, so that it is shown the whole.
    """
    practice = seat.member.practice_id
    Member.objects.filter(pk=seat.member.pk).update(roles=["therapist", "owner"])
    members = dict(Therapist.objects.values_list("therapy_id", "member_id"))
    places = Participant.objects.filter(practice_id=practice).values_list("id", "therapy_id")
    made = ((place, therapy, members[therapy]) for place, therapy in places.iterator())
    with transaction.atomic():
        while some := list(islice(made, AT_ONCE)):
            TherapySummary.objects.bulk_create(_therapies(practice, some, at))
            CourseSummary.objects.bulk_create(_courses(practice, some, at))
        SummaryMark.objects.update_or_create(
            practice_id=practice, defaults={"as_of": at, "changed_at": at, "row_version": 1}
        )


def _therapies(practice: Any, some: list[Any], at: datetime) -> Iterator[TherapySummary]:
    for _, therapy, member in some:
        random = Random(f"{therapy} ends")
        ending, held = random.choice(ENDINGS), random.randint(2, 30)
        yield TherapySummary(
            practice_id=practice, therapy_id=therapy, member_id=member, started_on=at.date(),
            ended_on=None if ending == "ongoing" else at.date(), ending=ending, held=held,
            came=held, stayed_away=random.randint(0, 3), cancelled=random.randint(0, 3),
        )  # fmt: skip


def _courses(practice: Any, some: list[Any], at: datetime) -> Iterator[CourseSummary]:
    instrument = load(INSTRUMENT)
    for place, therapy, member in some:
        random = Random(f"{therapy} goes")
        first, scores = random.randint(5, 24), random.randint(2, 20)
        totals = [
            max(0, min(27, round(first - n * 0.4 + random.gauss(0, 4)))) for n in range(scores)
        ]
        found = first_to_last(
            instrument, [(at + timedelta(weeks=n), float(one)) for n, one in enumerate(totals)]
        )
        yield CourseSummary(
            practice_id=practice, therapy_id=therapy, participant_id=place, member_id=member,
            respondent="client", instrument=INSTRUMENT, first=found.first, last=found.last,
            scores=scores, first_at=found.first_at, last_at=found.last_at, kind=found.kind,
            improved_after=found.improved_after,
        )  # fmt: skip


def _asked(name: str, *, forgotten: bool) -> Page:
    def ask(_seat: Seat, _turn: int) -> Ask:
        if forgotten:
            caches["moments"].clear()
        return Ask(reverse(name))

    words = {"outcomes": "own outcomes", "outcomes_service": "the practice's outcomes"}[name]
    budget = 1000 if forgotten else 100
    return Page(f"{words}, {'added up' if forgotten else 'remembered'}", budget, ask)


PAGES: Final = tuple(
    _asked(name, forgotten=forgotten)
    for name in ("outcomes", "outcomes_service")
    for forgotten in (True, False)
)
