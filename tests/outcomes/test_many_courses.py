"""What follows from courses that were added up, without a page."""

from itertools import product

import pytest

from holdspace.hour.measures.instruments import load
from holdspace.office.outcomes import many_courses
from holdspace.office.outcomes.many_courses import MINE, NOBODYS, Course, Outcome, Side
from tests.outcomes.summed import caseloads


def course_of(who: int, *ends: tuple[float, float]) -> list[Course]:
    return [(who, first, last) for first, last in ends]


def test_change_is_counted_by_the_instruments_own_rule() -> None:
    ends = course_of(MINE, (18, 6), (18, 12), (10, 12), (6, 12), (4, 3), (18, 9))
    found = many_courses.judge(load("phq9"), ends)
    assert [found.count(one) for one in Outcome] == [2, 1, 2, 1, 0]
    assert (found.cases, found.count(Side.NO_LONGER)) == (4, 2)
    improved, recovery = found.improved, found.recovery
    assert improved is not None
    assert recovery is not None
    assert (improved.events, improved.n, improved.share) == (3, 6, 0.5)
    assert (recovery.events, recovery.n) == (2, 4)
    assert improved.low == pytest.approx(0.1876, abs=1e-4)  # Wilson
    assert found.reliable_recovery is not None
    assert found.reliable_recovery.events == 2
    assert found.effect is not None


def test_without_a_published_rule_nothing_is_called_change() -> None:
    rating = load("session_rating")
    found = many_courses.judge(rating, course_of(MINE, (20, 40), (20, 10)))
    assert found.count(Outcome.NOT_KNOWN) == 2
    assert found.improved is None
    assert found.recovery is None
    assert found.effect is None  # no spread of first scores
    assert many_courses.colleagues(rating, course_of(MINE, (20, 40))).funnel is None


def test_nobody_is_nothing() -> None:
    found = many_courses.judge(load("phq9"), [])
    assert (found.n, found.first_mean, found.effect) == (0, 0, None)
    assert many_courses.stayed([]).ended == ()


def test_a_funnel_is_drawn_of_enough_colleagues_with_enough_courses() -> None:
    phq9 = load("phq9")
    assert many_courses.colleagues(phq9, caseloads(4, 30)).funnel is None
    assert many_courses.colleagues(phq9, caseloads(9, 19)).funnel is None
    found = many_courses.colleagues(phq9, [*caseloads(6, 20), (NOBODYS, 9, 3), (8, 9, 3)])
    assert found.funnel is not None
    assert found.between is not None
    assert (len(found.funnel.points), found.mine) == (6, 0)
    without_me = many_courses.colleagues(phq9, [one for one in caseloads(7, 20) if one[0] != MINE])
    assert without_me.mine is None


def test_equal_scores_tell_nothing_of_therapists() -> None:
    same = [(who, 18.0, 6.0) for who, _ in product(range(6), range(20))]
    assert many_courses.colleagues(load("phq9"), same).between is None
