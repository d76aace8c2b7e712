"""Working out what is usual in a practice, anew when enough has come in: courses, and swings."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

import numpy as np
from django.db import transaction
from django.db.models import Count, QuerySet

from holdspace.cellar.access.lines import did
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.hour.measures.instruments import Instrument
from holdspace.hour.measures.models import Answering
from holdspace.hour.measures.rules import Respondent, State
from holdspace.hour.measures.shelves import Shelf
from holdspace.office.outcomes.forecasting import can_be_expected
from holdspace.office.outcomes.models import ExpectedCourse
from holdspace.office.outcomes.queries.lines import with_number
from holdspace.office.outcomes.rules import (
    DAYS_BETWEEN_FITS,
    ENOUGH_COURSES,
    LAST_SESSION,
    NEW_ANSWERS,
    SCORES_OF_A_COURSE,
)
from holdspace.office.outcomes.signals import is_alliance
from holdspace.office.outcomes.statistics.alliance import swing
from holdspace.office.outcomes.statistics.growth.design import CannotFit
from holdspace.office.outcomes.statistics.growth.fitting import Fit, fit
from holdspace.office.outcomes.statistics.growth.rows import Rows, sums
from holdspace.office.outcomes.statistics.indices import CannotCompare

Kept = dict[str, Any]
Score = tuple[int, float]  # at which session, the total


def fit_courses(*, by: Visitor, at: datetime) -> list[str]:
    """Fit what is due in one practice; the instruments that were fitted. The house itself does it.

    Due is an instrument with fifty new scores since its last fit, a day ago at least. A fit needs
    a hundred courses of three scores each; until then a stated reference is used.
    """
    shelf = Shelf(by.practice)
    kept = {row.instrument: row for row in ExpectedCourse.objects.filter(practice_id=by.practice)}
    counted = _finished(by.practice).order_by().values_list("instrument").annotate(n=Count("pk"))
    fitted = []
    for instrument, answers in counted:
        known = shelf.get(instrument)
        if known is not None and _is_due(known, answers, kept.get(instrument), at):
            found = _fitted(by.practice, known)
            if found is not None:
                _keep(by, instrument, answers, *found, at=at)
                fitted.append(instrument)
    return fitted


def _is_due(known: Instrument, answers: int, last: ExpectedCourse | None, at: datetime) -> bool:
    if not (is_alliance(known) or can_be_expected(known)):
        return False
    if last is None:
        return answers >= ENOUGH_COURSES * SCORES_OF_A_COURSE
    is_old = at - last.made_at >= timedelta(days=DAYS_BETWEEN_FITS)
    return is_old and answers - last.answers >= NEW_ANSWERS


def _finished(practice: UUID) -> QuerySet[Answering]:
    return Answering.objects.filter(
        practice_id=practice, state=State.FINISHED.value, total__isnull=False,
        ended_at__isnull=False, respondent=Respondent.CLIENT.value,
    )  # fmt: skip


def _fitted(practice: UUID, known: Instrument) -> tuple[Kept, int] | None:
    """The fit and how many courses it is from; nothing where they are too few to say anything."""
    courses = list(_courses(practice, known.id))
    if len(courses) < ENOUGH_COURSES:
        return None
    try:
        if is_alliance(known):
            usual = swing([[total for _, total in course] for course in courses])
            return asdict(usual), len(courses)
        return _fit(courses).to_json(), len(courses)
    except (CannotFit, CannotCompare):
        return None  # everybody's scores alike, for instance: the reference stays in use


def _fit(courses: Sequence[Sequence[Score]]) -> Fit:
    person = np.repeat(np.arange(len(courses)), [len(course) for course in courses])
    session, score = np.array([each for course in courses for each in course]).T
    return fit(sums(Rows(person, session, score)))


def _courses(practice: UUID, instrument: str) -> Iterator[list[Score]]:
    """Courses that are long enough, sessions counted from the one of their first score."""
    rows = with_number(_finished(practice).filter(instrument=instrument))
    values = rows.order_by("participant_id", "ended_at", "id").values_list(
        "participant_id", "number", "total"
    )
    for _, some in groupby(values.iterator(), key=itemgetter(0)):
        numbered = [(number, total) for _, number, total in some]
        start = numbered[0][0] - 1
        course = [(n - start, total) for n, total in numbered if 1 <= n - start <= LAST_SESSION]
        if len(course) >= SCORES_OF_A_COURSE:
            yield course


def _keep(
    by: Visitor, instrument: str, answers: int, found: Kept, courses: int, *, at: datetime
) -> None:
    values = {"fit": found, "courses": courses, "answers": answers, "made_at": at}
    with transaction.atomic():
        row = ExpectedCourse.objects.filter(practice_id=by.practice, instrument=instrument).first()
        row = row or ExpectedCourse(practice_id=by.practice, instrument=instrument)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        did(by, "fitted", "expected course", [row.id], at=at, layer=Layer.ADMIN)
