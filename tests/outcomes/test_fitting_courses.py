"""What is usual in a practice is worked out when enough has come in, and not before."""

from datetime import datetime, timedelta
from random import Random

import pytest

from holdspace.cellar.access.visitor import system
from holdspace.cellar.ledger.models import Line
from holdspace.cellar.vault import keyring
from holdspace.cli.serving import fit_courses
from holdspace.frame.therapy.models import Participant, Therapy
from holdspace.hour.encounters.models import Session
from holdspace.hour.measures.models import Answering, Giving
from holdspace.office.outcomes import actions, queries
from holdspace.office.outcomes.models import ExpectedCourse
from holdspace.office.outcomes.rules import ENOUGH_COURSES, SCORES_OF_A_COURSE
from tests.cast import NOW, TODAY, Cast
from tests.outcomes.answering import WEEK


def fitted(cast: Cast, at: datetime = NOW) -> list[str]:
    return actions.fit_courses(by=system(cast.practice.id), at=at)


def lay(cast: Cast, count: int, instrument: str = "phq9", *, same: bool = False) -> None:
    """So many courses of three scores each, in one therapy of a row of people."""
    chance = Random(7)  # noqa: S311 - made-up answers
    person = cast.participant().person
    places = [
        Participant(
            practice=cast.practice, therapy=cast.amara, person=person, part="client",
            from_on=TODAY, to_on=TODAY,
        )
        for _ in range(count)
    ]  # fmt: skip
    keyring.new_scopes([one.id for one in places], practice=cast.practice.id, at=NOW)
    Participant.objects.bulk_create(places)
    rows = []
    for number, place in enumerate(places):
        giving = Giving(
            practice=cast.practice, therapy=cast.amara, participant=place, given_at=NOW,
            token="t", token_hash=f"{instrument} {number} {Giving.objects.count()}".encode(),
            ends_at=NOW,
        )  # fmt: skip
        giving.save()
        start = 7.0 if same else chance.gauss(14 if instrument == "phq9" else 8, 3)
        rows += [
            Answering(
                practice=cast.practice, giving=giving, therapy_id=cast.amara.id, participant=place,
                instrument=instrument, instrument_version="1", language="en", state="finished",
                total=start if same else round(start - 2 * week + chance.gauss(0, 2)),
                ended_at=NOW - WEEK * (SCORES_OF_A_COURSE - week),
            )
            for week in range(SCORES_OF_A_COURSE)
        ]  # fmt: skip
    Answering.objects.bulk_create(rows)


@pytest.fixture(autouse=True)
def _held(cast: Cast) -> None:
    for week in range(SCORES_OF_A_COURSE):
        at = NOW - WEEK * (SCORES_OF_A_COURSE - week) - timedelta(days=1)
        Session.objects.create(
            practice=cast.practice, therapy=Therapy.objects.get(pk=cast.amara.pk), starts_at=at,
            ends_at=at + timedelta(minutes=50), time_zone="Europe/London", state="held",
        )  # fmt: skip


def test_a_hundred_courses_of_three_scores_are_enough(cast: Cast) -> None:
    lay(cast, ENOUGH_COURSES - 1)
    assert fitted(cast) == []
    lay(cast, 1)
    assert fitted(cast) == ["phq9"]
    usual = queries.learned(cast.visitor("mira")).courses["phq9"]
    assert (usual.courses, usual.made_at) == (ENOUGH_COURSES, NOW)
    level, slope = usual.made.coefficients
    assert 12 < level < 16
    assert slope < 0
    assert Line.objects.filter(act="fitted").count() == 1


def test_short_courses_do_not_count(cast: Cast) -> None:
    lay(cast, ENOUGH_COURSES + 5)
    first = Answering.objects.values_list("participant_id", flat=True).distinct()[:6]
    for place in first:
        Answering.objects.filter(participant_id=place).first().delete()  # type: ignore[union-attr]
    assert fitted(cast) == []


def test_it_is_made_anew_after_a_day_and_fifty_answers(cast: Cast) -> None:
    lay(cast, ENOUGH_COURSES)
    fitted(cast)
    tomorrow = NOW + timedelta(days=1)
    assert fitted(cast, tomorrow) == []
    lay(cast, 17)
    assert fitted(cast, tomorrow - timedelta(minutes=1)) == []
    assert fitted(cast, tomorrow) == ["phq9"]
    assert ExpectedCourse.objects.get().courses == ENOUGH_COURSES + 17


def test_ratings_teach_how_far_they_swing(cast: Cast) -> None:
    lay(cast, ENOUGH_COURSES, "session_rating")
    assert fitted(cast) == ["session_rating"]
    usual = queries.learned(cast.visitor("mira")).swings["session_rating"]
    assert usual.made.between > 1
    assert usual.courses == ENOUGH_COURSES


@pytest.mark.parametrize("instrument", ["phq9", "session_rating"])
def test_scores_that_are_all_alike_teach_nothing(cast: Cast, instrument: str) -> None:
    lay(cast, ENOUGH_COURSES, instrument, same=True)
    assert fitted(cast) == []


def test_what_the_library_does_not_know_is_left(cast: Cast) -> None:
    lay(cast, ENOUGH_COURSES)
    Answering.objects.update(instrument="made_up")
    assert fitted(cast) == []


def test_the_keeper_does_it_for_every_practice(cast: Cast, time_machine: object) -> None:
    time_machine.move_to(NOW, tick=False)  # type: ignore[attr-defined]
    lay(cast, ENOUGH_COURSES)
    fit_courses()
    assert ExpectedCourse.objects.get().practice_id == cast.practice.id


def test_another_practices_answers_are_not_counted(cast: Cast) -> None:
    lay(cast, ENOUGH_COURSES)
    one = Answering.objects.order_by("id").values_list("participant", flat=True)[0]
    Answering.objects.filter(participant=one).update(practice=cast.stranger.practice)
    assert fitted(cast) == []


def test_what_is_usual_elsewhere_is_neither_used_nor_written_over(cast: Cast) -> None:
    theirs = ExpectedCourse.objects.create(
        practice=cast.stranger.practice, instrument="phq9", fit={}, courses=500, answers=5000,
        made_at=NOW,
    )  # fmt: skip
    lay(cast, ENOUGH_COURSES)
    assert queries.learned(cast.visitor("mira")).courses["phq9"].made_at is None
    assert fitted(cast) == ["phq9"]
    theirs.refresh_from_db()
    assert (theirs.fit, theirs.courses) == ({}, 500)
    assert ExpectedCourse.objects.filter(practice=cast.practice).count() == 1
