"""A practice's own instruments on the pages of outcomes added up."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.core.cache import caches
from django.utils import timezone, translation

from holdspace.hour.measures import actions as measures
from holdspace.hour.measures.models import LocalFile
from holdspace.office.outcomes.actions import summing
from holdspace.office.outcomes.many_courses import Outcome
from holdspace.office.outcomes.models import CourseSummary, SummaryMark
from holdspace.office.outcomes.queries import service
from holdspace.office.outcomes.queries.service import Wanted
from tests.access.examples import signed_in
from tests.cast import NOW, Cast, a_therapy
from tests.measures.own import OWN
from tests.outcomes.summed import LATER, scored, sum_all

RULES = """\
reliable_change:
  {points: 2, operator: ">=", rule: two points, source: ours, verified: true, derived: null,
   alternatives: []}
cutoffs:
  - {id: case, kind: case, operator: "<=", value: 3, meaning: uneasy, source: ours, verified: true}
"""
STRICTER = OWN.replace("version: 1", "version: 2") + RULES.replace("points: 2", "points: 5")


@pytest.fixture(autouse=True)
def _nothing_is_kept() -> Iterator[None]:
    caches["moments"].clear()
    with translation.override("en-gb"):
        yield


def loaded(cast: Cast, text: str = OWN + RULES, *, at: datetime = NOW) -> LocalFile:
    return measures.load_file(text, by=cast.visitor("olive"), at=at)


def answered(cast: Cast, *totals: float, people: int = 1) -> None:
    for number in range(people):
        therapy = a_therapy(cast.mira, f"Evenings {number}", f"Somebody {number}")
        scored(therapy, *totals, instrument="evenings")


def test_an_own_instrument_is_counted_by_its_own_rules(cast: Cast) -> None:
    loaded(cast)
    answered(cast, 1, 2, 5)
    sum_all()
    for ask, name in ((service.own, "mira"), (service.service, "olive")):
        found = ask(cast.visitor(name), Wanted())
        assert found is not None
        assert found.chosen is not None
        assert found.change is not None
        assert (found.chosen.name, found.change.count(Outcome.RECOVERED)) == ("Evenings", 1)
        assert found.answered is not None
        assert found.answered.dose.half == 3


def test_one_that_was_taken_away_is_still_counted(cast: Cast) -> None:
    file = loaded(cast)
    answered(cast, 1, 5)
    measures.take_away(file.id, by=cast.visitor("olive"), at=NOW)
    sum_all()
    found = service.own(cast.visitor("mira"), Wanted())
    assert found is not None
    assert [one.name for one in found.shelf] == ["Evenings"]


def test_another_practices_instrument_judges_nothing_here(cast: Cast) -> None:
    answered(cast, 1, 5)
    LocalFile.objects.filter(pk=loaded(cast).pk).update(practice_id=cast.stranger.practice_id)
    sum_all()
    assert not CourseSummary.objects.exists()


def test_personal_questions_are_not_added_up(cast: Cast) -> None:
    scored(cast.amara, 1, 5, instrument="own_goals")
    sum_all()
    assert not CourseSummary.objects.exists()


def test_a_new_version_is_what_everybody_is_judged_by_anew(cast: Cast) -> None:
    now = timezone.now()
    loaded(cast, at=now - timedelta(days=2))
    answered(cast, 1, 5, people=2)
    scored(cast.amara, 18, 6)
    sum_all(now)
    loaded(cast, STRICTER, at=now + timedelta(hours=1))
    assert summing.sum_up(at=now + timedelta(hours=1, minutes=1)) == 2
    kinds = CourseSummary.objects.filter(instrument="evenings").values_list("kind", flat=True)
    assert set(kinds) == {"no_reliable_change"}


def test_what_was_left_out_before_is_gone_through_again(cast: Cast) -> None:
    move = import_module("holdspace.office.outcomes.migrations.0060_sum_up_own_instruments")
    answered(cast, 1, 5)
    sum_all(LATER)
    move.go_through_again(apps, None)
    assert SummaryMark.objects.get(practice=cast.practice).reached is None
    loaded(cast)
    move.go_through_again(apps, None)
    assert SummaryMark.objects.get(practice=cast.practice).reached == UUID(int=0)
    sum_all(LATER)
    assert CourseSummary.objects.get().instrument == "evenings"


@pytest.mark.parametrize(("name", "page"), [("mira", ""), ("olive", "practice/")])
def test_pages_and_papers_name_it(cast: Cast, settings: Any, name: str, page: str) -> None:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
    loaded(cast)
    answered(cast, 1, 5, people=6)
    sum_all()
    client = signed_in(name)(cast, None)  # type: ignore[arg-type]
    shown = client.get(f"/outcomes/{page}?measure=evenings")
    words = shown.content.decode()
    assert "6 courses on the Evenings went from 1 to 5 on average." in words
    assert "A case is uneasy (&lt;= 3). Source: ours." in words
    assert client.get(f"/outcomes/{page}report.pdf?measure=evenings").content[:4] == b"%PDF"
