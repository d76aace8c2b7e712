"""The sample shows what signals are: somebody off the course, somebody better, a rupture."""

from datetime import datetime

import pytest

from holdspace.frame.therapy import queries as therapies
from holdspace.hour.measures import queries as measures
from holdspace.office.outcomes import queries
from holdspace.office.outcomes.models import Consideration, LifeEvent
from holdspace.office.outcomes.rules import Finding
from tests.sample.conftest import BOTH, visitor

pytestmark = pytest.mark.django_db(databases=BOTH)


def found(name: str, at: datetime) -> dict[str, set[Finding]]:
    by = visitor(name)
    mine = {one.id: one.title for one in therapies.caseload(by)}
    raised = queries.signals(
        by, mine, measures.courses(by, mine), measures.open_flags(by, mine), at=at
    )
    return {mine[pk]: {one.finding for one in some} for pk, some in raised.items()}


def test_somebody_is_off_the_course_and_somebody_is_better(linden: datetime) -> None:
    mira = found("Mira", linden)
    assert {Finding.SAFETY, Finding.WORSE, Finding.NOT_ON_TRACK} <= mira["D. Whitlock"]
    assert Finding.RECOVERED in mira["J. Marsh"]
    assert Finding.RUPTURE in mira["Bilal H."]


def test_what_was_thought_about_a_rupture_that_was_repaired_is_kept(linden: datetime) -> None:  # noqa: ARG001
    (kept,) = Consideration.objects.all()
    assert (kept.areas, kept.to_supervision) == (["alliance"], True)
    assert {event.words for event in LifeEvent.objects.all()} == {
        "His brother moved out", "New flat, alone for the first time",
    }  # fmt: skip
