"""Staying, ending, and the dose that it takes: published tables, known parameters, plain counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.hour.measures.instruments import Direction
from holdspace.office.outcomes.statistics.dose import (
    CAVEAT,
    Course,
    Probit,
    course,
    dose,
    good_enough,
    probit,
    wilson,
)
from holdspace.office.outcomes.statistics.endings import (
    Ending,
    Stay,
    endings,
    half,
    kaplan_meier,
)
from holdspace.office.outcomes.statistics.indices import CannotCompare

LOWER, HIGHER = Direction.HIGHER_WORSE, Direction.HIGHER_BETTER
# Freireich et al. 1963, weeks in remission under 6-mercaptopurine (Cox, J R Stat Soc B 1972;34).
WEEKS = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
RELAPSED = [True] * 9 + [False] * 12
STAYS = st.lists(st.builds(Stay, st.integers(1, 20), st.sampled_from(Ending)), min_size=1)


def test_kaplan_and_meier_with_greenwoods_error_as_published() -> None:
    steps = kaplan_meier(WEEKS, RELAPSED)
    assert [step.session for step in steps] == [6, 7, 10, 13, 16, 22, 23]
    assert [step.at_risk for step in steps] == [21, 17, 15, 12, 11, 7, 6]
    assert [round(step.remaining, 4) for step in steps] == [
        0.8571,
        0.8067,
        0.7529,
        0.6902,
        0.6275,
        0.5378,
        0.4482,
    ]
    assert [round(step.error, 4) for step in steps] == [
        0.0764,
        0.0869,
        0.0963,
        0.1068,
        0.1141,
        0.1282,
        0.1346,
    ]
    assert half(steps) == 23


def test_intervals_stay_between_none_and_all() -> None:
    steps = kaplan_meier(WEEKS, RELAPSED)
    for step in steps:
        assert 0 < step.low < step.remaining < step.high < 1
    everybody = kaplan_meier([1, 2], [True, True])
    assert (everybody[-1].remaining, everybody[-1].low, everybody[-1].error) == (0, 0, 0)
    assert everybody[-1].high == everybody[0].high


def test_without_an_event_there_are_no_steps() -> None:
    assert kaplan_meier([3, 4], [False, False]) == ()
    assert half(()) is None


@pytest.mark.parametrize("sessions", [[], [0, 3]])
def test_nobody_and_no_sessions_are_refused(sessions: list[int]) -> None:
    with pytest.raises(CannotCompare, match="at least one session"):
        kaplan_meier(sessions, [True] * len(sessions))


def test_competing_endings_by_hand() -> None:
    """Aalen & Johansen with 6 people: each ending takes its share of those who were left."""
    found = endings(
        [
            Stay(1, Ending.UNPLANNED),
            Stay(2, Ending.PLANNED),
            Stay(2, Ending.ONGOING),
            Stay(3, Ending.UNPLANNED),
            Stay(3, Ending.PLANNED),
            Stay(4, Ending.ONGOING),
        ]
    )
    assert [one.step.session for one in found] == [1, 2, 3]
    assert [one.hazard for one in found] == pytest.approx([1 / 6, 0, 1 / 3])
    assert [one.ended_unplanned for one in found] == pytest.approx([1 / 6, 1 / 6, 1 / 6 + 2 / 9])
    assert [one.ended_planned for one in found] == pytest.approx([0, 1 / 6, 1 / 6 + 2 / 9])
    assert (found[2].planned, found[2].unplanned) == (1, 1)


@given(STAYS)
def test_what_ended_and_what_remains_are_all(stays: list[Stay]) -> None:
    for one in endings(stays):
        total = one.ended_planned + one.ended_unplanned + one.step.remaining
        assert total == pytest.approx(1)
        assert 0 <= one.hazard <= 1


@given(STAYS)
def test_without_anybody_ongoing_the_shares_are_plain_counts(stays: list[Stay]) -> None:
    ended = [stay for stay in stays if stay.ending is not Ending.ONGOING]
    if ended:
        last = endings(ended)[-1]
        planned = sum(stay.ending is Ending.PLANNED for stay in ended)
        assert last.ended_planned == pytest.approx(planned / len(ended))


def test_a_therapy_is_read_from_its_scores() -> None:
    scores = [20, None, 16, 13, 15]
    assert course(scores, 6, direction=LOWER) == Course(5, 4, improved_at_end=False)
    assert course(scores, 5, direction=LOWER, operator=">") == Course(5, 4, improved_at_end=False)
    assert course(scores, 5, direction=LOWER) == Course(5, 4, improved_at_end=True)
    assert course(scores, 5, direction=HIGHER) == Course(5, None, improved_at_end=False)
    assert course([None, 20, None], 5, direction=LOWER) is None


def test_response_counts_those_who_were_still_there() -> None:
    found = dose(
        [
            Course(4, 2, improved_at_end=True),
            Course(3, None, improved_at_end=False),
            Course(6, 5, improved_at_end=True),
            Course(8, None, improved_at_end=False),
        ]
    )
    assert [(step.session, step.at_risk) for step in found.steps] == [(2, 4), (5, 2)]
    assert [step.remaining for step in found.steps] == pytest.approx([0.75, 0.375])
    assert (found.n, found.half, found.caveat) == (4, 5, CAVEAT)


def test_the_curve_finds_the_parameters_it_was_made_with() -> None:
    random = np.random.default_rng(3)
    true = Probit(-1.4, 0.8)
    times = np.ceil(np.exp((random.normal(size=6000) - true.a) / true.b))
    attended = random.integers(4, 30, 6000)
    found = probit(
        [
            Course(
                int(last), int(when) if when <= last else None, improved_at_end=bool(when <= last)
            )
            for when, last in zip(times, attended, strict=True)
        ]
    )
    assert found is not None
    assert (found.a, found.b) == pytest.approx((true.a, true.b), abs=0.06)
    assert found.share(found.half) == pytest.approx(0.5)
    assert found.half == pytest.approx(true.half, rel=0.1)


def test_without_two_sessions_of_response_there_is_no_curve() -> None:
    assert (
        probit(
            [
                Course(4, 2, improved_at_end=True),
                Course(6, 2, improved_at_end=True),
                Course(9, None, improved_at_end=False),
            ]
        )
        is None
    )
    assert dose([Course(4, None, improved_at_end=False)]).probit is None


def test_shares_by_sessions_attended_leave_out_lengths_of_few() -> None:
    people = [
        *[Course(2, 2, improved_at_end=n < 9) for n in range(10)],
        *[Course(5, 3, improved_at_end=n < 7) for n in range(10)],
        *[Course(9, 4, improved_at_end=n < 5) for n in range(10)],
        *[Course(12, None, improved_at_end=False)] * 4,
    ]
    found = good_enough(people)
    assert [(one.attended, one.n, one.share) for one in found.levels] == [
        (2, 10, 0.9),
        (5, 10, 0.7),
        (9, 10, 0.5),
    ]
    assert found.correlation == pytest.approx(-0.99662, abs=5e-6)
    assert found.caveat == CAVEAT


def test_with_too_few_lengths_or_no_difference_nothing_goes_together() -> None:
    same = [Course(length, 2, improved_at_end=True) for length in (2, 3, 4) for _ in range(5)]
    assert good_enough(same).correlation is None
    assert good_enough(same[:5]).correlation is None
    with pytest.raises(CannotCompare, match="at least one person"):
        good_enough(same, fewest=0)


def test_wilsons_interval_is_as_published() -> None:
    """Newcombe, Stat Med 1998;17:857-872, table I: 81 of 263, and 0 of 20."""
    assert wilson([True] * 81 + [False] * 182) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson([False] * 20) == pytest.approx((0, 0.1611), abs=5e-5)
