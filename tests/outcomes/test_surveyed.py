"""What follows from courses that were added up, without a page."""

from itertools import product

import pytest

from holdspace.hour.measures.instruments import load
from holdspace.office.outcomes import beside, parts, surveyed
from holdspace.office.outcomes.surveyed import MINE, NOBODYS, Course, Outcome


def course_of(who: int, *ends: tuple[float, float]) -> list[Course]:
    return [(who, first, last) for first, last in ends]


def test_change_is_counted_by_the_instruments_own_rule() -> None:
    ends = course_of(MINE, (18, 6), (18, 12), (10, 12), (6, 12), (4, 3), (18, 9))
    found = surveyed.judge(load("phq9"), ends)
    assert [found.counts[one] for one in Outcome] == [2, 1, 2, 1, 0]
    assert (found.cases, found.no_longer) == (4, 2)
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
    found = surveyed.judge(rating, course_of(MINE, (20, 40), (20, 10)))
    assert found.counts[Outcome.NOT_KNOWN] == 2
    assert found.improved is None
    assert found.recovery is None
    assert found.effect is None  # no spread of first scores
    assert surveyed.colleagues(rating, course_of(MINE, (20, 40))).funnel is None


def test_nobody_is_nothing() -> None:
    found = surveyed.judge(load("phq9"), [])
    assert (found.n, found.first_mean, found.effect) == (0, 0, None)
    assert surveyed.stayed([]).ended == ()


def caseloads(count: int, each: int) -> list[Course]:
    return [
        (who, 18.0 - n % 5, 6.0 + (n * (who + 2)) % 9)
        for who, n in product(range(count), range(each))
    ]


def test_a_funnel_is_drawn_of_enough_colleagues_with_enough_courses() -> None:
    phq9 = load("phq9")
    assert surveyed.colleagues(phq9, caseloads(4, 30)).funnel is None
    assert surveyed.colleagues(phq9, caseloads(9, 19)).funnel is None
    found = surveyed.colleagues(phq9, [*caseloads(6, 20), (NOBODYS, 9, 3), (8, 9, 3)])
    assert found.funnel is not None
    assert found.between is not None
    assert (len(found.funnel.points), found.mine) == (6, 0)
    without_me = surveyed.colleagues(phq9, [one for one in caseloads(7, 20) if one[0] != MINE])
    assert without_me.mine is None


def test_equal_scores_tell_nothing_of_therapists() -> None:
    same = [(who, 18.0, 6.0) for who, _ in product(range(6), range(20))]
    assert surveyed.colleagues(load("phq9"), same).between is None


def test_a_long_table_is_thinned_and_keeps_both_ends() -> None:
    found = parts.thinned(range(100))
    assert (len(found), found[0], found[-1]) == (12, 0, 99)
    assert parts.thinned([1, 2]) == [1, 2]


def test_of_no_places_no_share_is_said() -> None:
    assert parts.percent(0, 0) == "0 %"


def test_a_cell_that_is_not_published_is_answered_with_one_that_is() -> None:
    assert beside.asked({"problem": "nothing"}) == beside.asked({})
    assert beside.asked({}).cell.courses > 10_000
    one = beside.asked({"problem": "Agoraphobia", "treatment": "Applied relaxation"})
    assert one.cell.courses == 1
    assert ("Agoraphobia", "Agoraphobia") in beside.problems()
    assert (one.therapy, one.therapy) in beside.therapies("Agoraphobia")
