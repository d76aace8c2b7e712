"""Keeping the summaries: the keeper works them out anew where something was done.

What changed is read from the ledger, in whose lines every act names its therapy: whatever room an
act belongs to, its therapy is worked out anew, whole, from what is stored. Working one out twice
changes nothing, so the last moments are always read again, and a line that was committed late is
not missed.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from holdspace.hour.measures.shelves import Shelf
from holdspace.office.outcomes.models import CourseSummary, SummaryMark, TherapySummary
from holdspace.office.outcomes.one_therapy import ending, first_to_last
from holdspace.office.outcomes.queries import summary as reading
from holdspace.office.outcomes.queries.summary import Facts

AT_ONCE: Final = 200  # therapies in one transaction
A_ROUND: Final = 2000  # therapies of a first pass, before the keeper does something else
AGAIN: Final = timedelta(minutes=2)  # how long an act may take from its moment to its commit


def sum_up(*, at: datetime) -> int:
    """Bring every practice's summaries up to date; answers how many therapies were summed up.

    A practice that was never summed up is gone through in rounds: call again until it answers 0.
    """
    marks = {mark.practice_id: mark for mark in SummaryMark.objects.all()}
    return sum(
        _round(marks.get(practice) or SummaryMark(practice_id=practice, as_of=at), at=at)
        for practice in reading.practices()
    )


def _round(mark: SummaryMark, *, at: datetime) -> int:
    """The next part of a first pass, or else what was done since the last round."""
    is_new = mark.row_version == 0
    if is_new or mark.reached is not None:
        among = reading.therapies_after(mark.practice_id, mark.reached, A_ROUND)
        mark.reached = among[-1] if len(among) == A_ROUND else None  # `as_of` stays: its beginning
    else:
        among = reading.therapies_changed(mark.practice_id, mark.as_of - AGAIN)
        mark.as_of = max(at, mark.as_of)
    for some in _several(among):
        with transaction.atomic():
            _write(mark.practice_id, some)
    if among or is_new:
        mark.changed_at = at
    mark.save()
    return len(among)


def _several(among: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(among), AT_ONCE):
        yield among[start : start + AT_ONCE]


def _write(practice: UUID, among: Sequence[UUID]) -> None:
    found, shelf = reading.facts(practice, among), Shelf(practice)
    TherapySummary.objects.bulk_create(
        [_of_therapy(one) for one in found],
        update_conflicts=True,
        unique_fields=["therapy"],
        update_fields=["member", "started_on", "ended_on", "ending", "held", "came", "stayed_away",
                       "cancelled", "cancelled_for_them"],
    )  # fmt: skip
    CourseSummary.objects.bulk_create(
        [course for one in found for course in _of_courses(one, shelf)],
        update_conflicts=True,
        unique_fields=["participant", "instrument", "respondent"],
        update_fields=["member", "first", "last", "scores", "first_at", "last_at", "kind",
                       "is_over", "improved_after"],
    )  # fmt: skip


def _of_therapy(one: Facts) -> TherapySummary:
    therapy, kept = one.therapy, one.attending
    return TherapySummary(
        practice_id=therapy.practice_id, therapy_id=therapy.id, member_id=one.member,
        started_on=therapy.started_on, ended_on=therapy.ended_on,
        ending=ending(
            therapy.ended_on, one.held, one.last_ones, one.agreed, therapy.ended_how
        ).value,
        held=one.held, came=kept.came, stayed_away=kept.stayed_away, cancelled=kept.cancelled,
        cancelled_for_them=kept.cancelled_for_them,
    )  # fmt: skip


def _of_courses(one: Facts, shelf: Shelf) -> Iterator[CourseSummary]:
    """An instrument that never stood on the shelf has no rule to be read by; personal questions
    are other ones in each therapy, and are not added up.
    """
    for (participant, instrument, respondent), scored in one.courses.items():
        known = shelf.common(instrument)
        if known is not None:
            found = first_to_last(known, scored)
            yield CourseSummary(
                practice_id=one.therapy.practice_id, therapy_id=one.therapy.id,
                participant_id=participant, member_id=one.member, respondent=respondent,
                instrument=instrument, first=found.first, last=found.last, scores=found.scores,
                first_at=found.first_at, last_at=found.last_at, kind=found.kind.value,
                is_over=one.therapy.ended_on is not None, improved_after=found.improved_after,
            )  # fmt: skip
