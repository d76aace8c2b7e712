"""Signals as they are raised in a therapy: from answers, for those who may read its record."""

from datetime import timedelta

import pytest

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Role
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.ledger.entry import ActorKind
from holdspace.hour.encounters.models import Session
from holdspace.hour.measures import queries as measures
from holdspace.hour.measures.models import Giving
from holdspace.office.outcomes import actions, queries
from holdspace.office.outcomes.actions import Considered
from holdspace.office.outcomes.models import ExpectedCourse
from holdspace.office.outcomes.queries import Raised
from holdspace.office.outcomes.rules import Area, Finding, Kind
from tests.access.cells import Cells
from tests.cast import NOW, Cast, a_participant, a_person, a_session
from tests.outcomes.answering import WEEK, a_course, answered, left, sessions


def raised(cast: Cast, by: Visitor | None = None, at: object = NOW) -> list[Raised]:
    who, of = by or cast.visitor("mira"), [cast.amara.id]
    found = queries.signals(
        who, of, measures.courses(who, of), measures.open_flags(who, of), at=at  # type: ignore[arg-type]
    )  # fmt: skip
    return found.get(cast.amara.id, [])


def findings(cast: Cast) -> list[Finding]:
    return [one.finding for one in raised(cast)]


def expects(cast: Cast, level: float, slope: float, instrument: str = "phq9") -> ExpectedCourse:
    """A course that falls by `slope` with each doubling-or-so of sessions, without much spread."""
    return ExpectedCourse.objects.create(
        practice=cast.practice, instrument=instrument, courses=120, answers=900, made_at=NOW,
        fit={
            "design": {"basis": "log_time", "covariates": [], "level_only": []},
            "method": "REML", "coefficients": [level, slope],
            "covariance": [[0.01, 0.0], [0.0, 0.01]], "between": [[16.0, 0.0], [0.0, 0.25]],
            "between_clusters": None, "residual": 2.0, "log_likelihood": -1.0, "people": 120,
            "scores": 900, "iterations": 5, "clusters": None,
        },
    )  # fmt: skip


def test_reliable_change_is_raised_with_the_newest_answer(cast: Cast) -> None:
    newest = a_course(cast, 8, 12, 19)
    one, _off_course = raised(cast)
    assert (one.finding, one.of, one.participant_id) == (
        Finding.WORSE, newest, cast.participant().id,
    )  # fmt: skip


def test_the_course_expected_is_the_practices_own_where_it_has_one(cast: Cast) -> None:
    expects(cast, 16, -3)
    a_course(cast, 16, 15, 16, 17, 18)
    assert Finding.NOT_ON_TRACK in findings(cast)
    assert {one.usual.courses for one in raised(cast) if one.usual} == {120}


def test_sessions_are_counted_from_the_first_answer(cast: Cast) -> None:
    """Who was first asked at the tenth session is not held against the tenth of others."""
    expects(cast, 16, -3)
    sessions(cast, 9, NOW - 2 * WEEK)
    a_course(cast, 16, 15)
    assert findings(cast) == []
    scored = queries.scores(cast.visitor("mira"), cast.amara.id)
    assert [one.number for one in scored.values()] == [10, 11]


def test_no_change_by_the_session_where_half_had_changed_is_raised(cast: Cast) -> None:
    expects(cast, 16, -4)
    a_course(cast, 16, 16, 15, 15, 15, 14)
    assert findings(cast) == [Finding.NOT_ON_TRACK, Finding.NO_CHANGE]


def test_beyond_the_last_session_no_limit_is_named(cast: Cast) -> None:
    expects(cast, 16, -4)
    who = cast.participant()
    answered(who, 16, NOW - 90 * WEEK)
    sessions(cast, 70)
    answered(who, 16, NOW)
    assert findings(cast) == [Finding.NO_CHANGE]


def test_a_score_without_a_session_belongs_to_the_next(cast: Cast) -> None:
    sessions(cast, 3)
    answered(cast.participant(), 12, NOW)
    scored = queries.scores(cast.visitor("mira"), cast.amara.id)
    assert [one.number for one in scored.values()] == [4]


def test_a_fall_of_the_session_rating_is_raised(cast: Cast) -> None:
    a_course(cast, 9, 9, 9, 9, 5, instrument="session_rating")
    (one,) = raised(cast)
    assert one.finding is Finding.RUPTURE
    assert one.usual is not None
    assert one.usual.made_at is None  # until the practice has ratings enough


def test_a_practices_own_swing_is_used_where_it_knows_one(cast: Cast) -> None:
    ExpectedCourse.objects.create(
        practice=cast.practice, instrument="session_rating", courses=130, answers=800,
        made_at=NOW, fit={"within": 2.0, "between": 3.0},
    )  # fmt: skip
    a_course(cast, 9, 9, 9, 9, 5, instrument="session_rating")
    assert findings(cast) == [Finding.DROP]


def test_an_answer_about_safety_is_a_signal_until_somebody_has_looked(cast: Cast) -> None:
    Cells.about(cast)
    assert findings(cast)[0] is Finding.SAFETY
    actions.switch_off(Kind.SAFETY, by=cast.visitor("olive"), at=NOW)
    assert Finding.SAFETY not in findings(cast)


def test_a_flag_of_an_instrument_that_is_gone_raises_nothing(cast: Cast) -> None:
    cells = Cells.about(cast)
    type(cells.answering).objects.update(instrument="gone")
    assert Finding.SAFETY not in findings(cast)


def test_a_course_without_any_score_raises_nothing(cast: Cast) -> None:
    a_course(cast, None, None)
    assert findings(cast) == []


def test_where_a_practice_knows_nothing_yet_a_stated_reference_is_used(cast: Cast) -> None:
    learned = queries.learned(cast.visitor("mira"))
    assert set(learned.courses) == {"phq9", "gad7"}
    assert all(one.made_at is None and one.assumptions for one in learned.courses.values())


# ------------------------------------------------------------------ not answered


def test_two_that_were_not_answered_are_raised_with_the_last_of_them(cast: Cast) -> None:
    who = cast.participant()
    answered(who, 9, NOW - 9 * WEEK)
    left(who, NOW - 7 * WEEK)
    last = left(who, NOW - 5 * WEEK, state="begun")
    (one,) = raised(cast)
    assert (one.finding, one.of) == (Finding.MISSING, last.id)


def test_what_was_never_answered_at_all_is_raised_too(cast: Cast) -> None:
    for weeks in (6, 4):
        left(cast.participant(), NOW - weeks * WEEK)
    assert findings(cast) == [Finding.MISSING]


def test_an_answer_in_between_ends_the_row(cast: Cast) -> None:
    who = cast.participant()
    left(who, NOW - 9 * WEEK)
    left(who, NOW - 8 * WEEK)
    answered(who, 9, NOW - 7 * WEEK)
    left(who, NOW - 6 * WEEK)
    assert findings(cast) == []


def test_what_may_still_be_answered_is_not_missing(cast: Cast) -> None:
    for days in (1, 2, 3):
        left(cast.participant(), NOW - timedelta(days=days))
    assert findings(cast) == []


def test_what_was_declined_is_not_waited_for(cast: Cast) -> None:
    for days in (1, 2):
        left(cast.participant(), NOW - timedelta(days=days), state="declined")
    assert findings(cast) == [Finding.MISSING]


@pytest.mark.parametrize(("state", "found"), [("held", [Finding.MISSING]), ("not held", [])])
def test_a_session_that_is_over_ends_the_time_to_answer_before_it(
    cast: Cast, state: str, found: list[Finding]
) -> None:
    for days in (1, 2):
        session = a_session(cast.amara, NOW - timedelta(days=days), state=state)
        left(cast.participant(), session.starts_at - timedelta(hours=2), session=session)
    assert findings(cast) == found


def test_what_is_asked_after_a_session_has_the_time_of_its_link(cast: Cast) -> None:
    for days in (1, 2):
        held = a_session(cast.amara, NOW - timedelta(days=days), state="held")
        left(cast.participant(), held.ends_at, "session_rating", held)
    assert findings(cast) == []


def test_a_link_that_was_taken_back_asks_for_nothing(cast: Cast) -> None:
    for weeks in (6, 4):
        left(cast.participant(), NOW - weeks * WEEK)
    Giving.objects.update(withdrawn_at=NOW)
    assert findings(cast) == []


# ------------------------------------------------------------------ whose, and in which order


def test_each_participant_has_their_own_signals(cast: Cast) -> None:
    a_course(cast, 20, 10)
    mother = a_participant(cast.amara, a_person(cast.practice, "Wanja Kamau"), "parent")
    for weeks, total in ((2, 4), (1, 12)):
        answered(mother, total, NOW - weeks * WEEK)
    found = {one.participant_id: one.finding for one in raised(cast)}
    assert found == {cast.participant().id: Finding.BETTER, mother.id: Finding.WORSE}


def test_the_most_pressing_comes_first_and_what_was_considered_last(cast: Cast) -> None:
    expects(cast, 12, -3)
    a_course(cast, 8, 12, 19)
    assert findings(cast) == [Finding.WORSE, Finding.NOT_ON_TRACK]
    first = raised(cast)[0]
    said = Considered([Area.LIFE], [first.mark])
    actions.consider(cast.participant().id, said, by=cast.visitor("mira"), at=NOW)
    assert findings(cast) == [Finding.NOT_ON_TRACK, Finding.WORSE]
    assert raised(cast)[1].considered_at == NOW


def test_a_new_answer_makes_a_new_signal(cast: Cast) -> None:
    a_course(cast, 8, 19)
    said = Considered([Area.LIFE], [one.mark for one in raised(cast)])
    actions.consider(cast.participant().id, said, by=cast.visitor("mira"), at=NOW)
    answered(cast.participant(), 20, NOW)
    assert {one.considered_at for one in raised(cast)} == {None}


def test_what_is_off_in_the_therapy_or_the_practice_is_not_raised(cast: Cast) -> None:
    a_course(cast, 8, 19)
    mira, olive = cast.visitor("mira"), cast.visitor("olive")
    actions.switch_off(Kind.CHANGE, cast.amara.id, by=mira, at=NOW)
    assert findings(cast) == [Finding.NOT_ON_TRACK]
    actions.switch_on(Kind.CHANGE, cast.amara.id, by=mira, at=NOW)
    assert findings(cast) == [Finding.WORSE, Finding.NOT_ON_TRACK]
    actions.switch_off(Kind.CHANGE, by=olive, at=NOW)
    assert findings(cast) == [Finding.NOT_ON_TRACK]


@pytest.mark.parametrize("name", ["tom", "jo", "olive", "sam", "bill", "audrey", "stranger"])
def test_nobody_else_learns_that_there_is_any(cast: Cast, name: str) -> None:
    a_course(cast, 8, 19)
    assert raised(cast, cast.visitor(name)) == []


def test_a_screen_turned_to_the_client_shows_none(cast: Cast) -> None:
    a_course(cast, 8, 19)
    screen = Visitor(
        cast.mira.id, cast.practice.id, ActorKind.MEMBER, frozenset({Role.SHARED_SCREEN}),
        narrowed_to=cast.amara.id,
    )  # fmt: skip
    assert raised(cast, screen) == []
    for question in (queries.scores, queries.held, queries.events, queries.considerations):
        with pytest.raises(NotHere):
            question(screen, cast.amara.id)


def test_what_is_usual_is_read_once_for_each_time_it_was_made(cast: Cast) -> None:
    made = expects(cast, 16, -3)
    by = cast.visitor("mira")
    fit = queries.learned(by).courses["phq9"].made
    assert queries.learned(by).courses["phq9"].made is fit
    ExpectedCourse.objects.filter(pk=made.pk).update(made_at=NOW + timedelta(days=1))
    assert queries.learned(by).courses["phq9"].made is not fit


def test_the_sessions_of_the_time_line_are_those_that_were_held(cast: Cast) -> None:
    held = sessions(cast, 2)
    Session.objects.filter(pk=held[0].pk).update(state="not held")
    by = cast.visitor("mira")
    assert queries.held(by, cast.amara.id) == [held[1].starts_at]
