"""What some of the sample are asked beside the usual: own words, a battery, about a child."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from random import Random as Chance
from typing import Any

import pytest

from holdspace.frame.therapy.models import Participant, Therapy
from holdspace.front.sample.reading import DATA, story
from holdspace.front.sample.simulation import answers
from holdspace.hour.measures import queries
from holdspace.hour.measures.checking import look
from holdspace.hour.measures.instruments import library
from holdspace.hour.measures.models import Answering, Giving, LocalFile, OwnWords, Rule
from holdspace.hour.measures.personal import made
from holdspace.hour.measures.queries.showing import has_faces
from holdspace.hour.measures.rules import OPEN
from holdspace.hour.measures.scoring import score
from tests.sample.conftest import BOTH, visitor

pytestmark = pytest.mark.django_db(databases=BOTH)
SHELF = sorted((DATA / "shelf").glob("*.yaml"))


def therapy(title: str) -> Therapy:
    return next(each for each in Therapy.objects.all() if each.title == title)


def views(name: str, title: str) -> Counter[tuple[str, str]]:
    """How many courses there are by whose view and instrument, as a member sees them."""
    pk = therapy(title).id
    found = queries.courses(visitor(name), [pk])[pk]
    return Counter((course.respondent.value, course.instrument.id) for course in found)


@pytest.mark.parametrize("file", SHELF, ids=lambda file: file.stem)
def test_a_questionnaire_of_the_practices_own_could_be_loaded_as_it_is(file: Path) -> None:
    looked = look(file.read_text(encoding="utf-8"), library(), library())
    assert not looked.faults
    assert file.stem in story().asked["shelf"]


def test_somebody_is_asked_only_what_takes_part_and_was_put_into_words() -> None:
    told = story()
    worded = {(said["person"], said["kind"]) for said in told.asked["words"]}
    for said in told.asked["asked"]:
        present = {one["person"] for one in told.therapies[said["therapy"]]["participants"]}
        about = said.get("about", said["person"])
        assert {said["person"], about} <= present
        what = said.get("what", "")
        assert not what.startswith("own_") or (about, what) in worded


def test_people_of_five_therapies_put_goals_or_problems_into_words(linden: datetime) -> None:  # noqa: ARG001
    worded = OwnWords.objects.filter(until=None)
    assert worded.values("therapy").distinct().count() == 5
    assert set(worded.values_list("kind", flat=True)) == {"own_goals", "own_problems"}


def test_whoever_found_other_words_has_a_course_for_each(linden: datetime) -> None:  # noqa: ARG001
    assert views("Ines", "Constance W.")["client", "own_goals"] == 2
    for row in Answering.objects.exclude(own_words=None).select_related("own_words", "giving"):
        assert row.own_words is not None
        assert row.own_words.since.date() <= row.giving.given_at.date()
        assert str(row.own_words.version) == row.instrument_version


def test_a_mother_and_a_teacher_see_the_same_child(linden: datetime) -> None:  # noqa: ARG001
    assert views("Noor", "Aisha B.") == {
        ("client", "own_goals"): 1, ("parent", "linden_week"): 1, ("teacher", "linden_week"): 1,
    }  # fmt: skip


def test_a_battery_is_asked_in_its_weeks(linden: datetime) -> None:  # noqa: ARG001
    rule = Rule.objects.exclude(battery=None).get()
    rows = Answering.objects.filter(therapy_id=rule.therapy_id, instrument="phq9")
    assert rows.count() == len(rule.weeks) == 3
    assert LocalFile.objects.count() == len(SHELF)


def test_a_mothers_view_is_to_come_and_her_child_would_see_faces(
    linden: datetime,
) -> None:
    open_now = Answering.objects.filter(
        state__in=OPEN, instrument="linden_week", giving__ends_at__gt=linden
    )
    today = open_now.filter(giving__session__starts_at__gt=linden).get()
    child = Participant.objects.get(pk=today.participant_id)
    assert child.person.name == "Theo Larsen"
    assert not has_faces(today.giving, linden)
    assert has_faces(Giving(participant=child, therapy_id=child.therapy_id), linden)


@pytest.mark.parametrize(("kind", "is_up"), [("own_goals", False), ("own_problems", True)])
def test_more_severity_places_goals_further_and_problems_nearer(kind: Any, is_up: bool) -> None:  # noqa: FBT001
    instrument = made(kind, ["one", "two", "three"], 1)
    chance = Chance(3)  # noqa: S311 - made-up answers
    light, heavy = (
        score(instrument, answers(instrument, severity, chance)).total for severity in (0.2, 0.8)
    )
    assert light is not None
    assert heavy is not None
    assert (light < heavy) is is_up
