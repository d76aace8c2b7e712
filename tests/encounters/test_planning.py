"""Planning one session, and a series."""

from datetime import UTC, date, datetime, timedelta

import pytest

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.ledger.models import Line
from holdspace.frame.practice.models import Room
from holdspace.frame.therapy.models import Participant, Therapist
from holdspace.hour.encounters import actions
from holdspace.hour.encounters.models import Attendance, Series, Session
from holdspace.hour.encounters.recurrence import Every, NotARule, Rule
from holdspace.hour.encounters.rules import OutOfReach
from tests.cast import NOW, Cast, a_participant, nobodys_id
from tests.encounters.diary import (
    TUESDAY,
    WEEKLY,
    of_series,
    planned,
    series,
    slot,
    starts,
    video,
    week,
)


@pytest.mark.parametrize("minutes", [7, 50, 180])
def test_a_session_of_any_length_is_planned_with_everybody(cast: Cast, minutes: int) -> None:
    session = planned(cast, "reyes", minutes=minutes, room=cast.room.id)
    assert session.ends_at - session.starts_at == timedelta(minutes=minutes)
    assert Attendance.objects.filter(session=session, state="expected").count() == 3
    assert session.time_zone == "Europe/London"


def test_a_session_at_midnight_is_fine(cast: Cast) -> None:
    midnight = datetime(2026, 3, 4, 0, 0, tzinfo=UTC)
    assert planned(cast, starts_at=midnight).starts_at == midnight


def test_planning_leaves_a_line(cast: Cast) -> None:
    session = planned(cast)
    line = Line.objects.get(act="plan")
    assert set(line.subjects) == {str(session.id), str(cast.amara.id)}


def test_some_of_a_family_come_alone(cast: Cast) -> None:
    luz = cast.participant("reyes")
    by = cast.visitor("mira")
    session = actions.plan(cast.reyes.id, slot(), participants=[luz.id], by=by, at=NOW)
    assert [row.participant_id for row in Attendance.objects.filter(session=session)] == [luz.id]


def test_nobody_from_elsewhere_is_expected(cast: Cast) -> None:
    by = cast.visitor("mira")
    for chosen in ([cast.participant("kofi").id], [nobodys_id()], []):
        with pytest.raises(actions.CannotPlan, match="take part"):
            actions.plan(cast.reyes.id, slot(), participants=chosen, by=by, at=NOW)


def test_a_late_entry_expects_who_took_part_then(cast: Cast) -> None:
    a_participant(cast.amara, cast.participant("kofi").person, "partner")
    Participant.objects.filter(part="partner").update(from_on=date(2026, 2, 1))
    session = planned(cast, starts_at=NOW - timedelta(days=200))
    assert Attendance.objects.filter(session=session).count() == 1


def test_before_the_therapy_those_of_now_are_expected(cast: Cast) -> None:
    session = planned(cast, starts_at=NOW - timedelta(days=900))
    assert Attendance.objects.filter(session=session).count() == 1


@pytest.mark.parametrize("who", ["tom", "jo", "bill", "audrey", "stranger"])
def test_nobody_else_plans_for_a_therapy(cast: Cast, who: str) -> None:
    with pytest.raises(NotHere):
        planned(cast, who=who)


@pytest.mark.parametrize("who", ["sam", "olive"])
def test_the_desk_plans_for_everybody(cast: Cast, who: str) -> None:
    assert planned(cast, who=who).therapy_id == cast.amara.id


def test_a_therapy_that_has_ended_has_no_more_sessions(cast: Cast) -> None:
    cast.amara.state, cast.amara.ended_on = "ended", NOW.date()
    cast.amara.ended_how = "not said"
    cast.amara.save()
    with pytest.raises(actions.CannotPlan, match="has ended"):
        planned(cast)
    assert planned(cast, starts_at=NOW - timedelta(days=1)).state == "planned"


def test_a_session_out_of_reach_is_not_planned(cast: Cast) -> None:
    with pytest.raises(OutOfReach):
        planned(cast, starts_at=NOW + timedelta(days=3000))
    with pytest.raises(OutOfReach):
        actions.plan_series(
            cast.amara.id, slot(), Rule(Every.MONTH, 12, count=9), by=cast.visitor("mira"), at=NOW
        )
    assert not Series.objects.exists()


def test_only_rooms_of_the_practice_are_given(cast: Cast) -> None:
    with pytest.raises(actions.CannotPlan, match="no such room"):
        planned(cast, room=nobodys_id())


def test_a_session_by_video_takes_no_room(cast: Cast) -> None:
    by = cast.visitor("mira")
    assert actions.plan(cast.amara.id, video(), by=by, at=NOW).room_id is None


# ------------------------------------------------------------------ what is not free


def test_a_room_is_not_given_twice(cast: Cast) -> None:
    planned(cast, room=cast.room.id)
    with pytest.raises(actions.Conflict) as refused:
        planned(cast, "kofi", "tom", room=cast.room.id)
    assert refused.value.reasons == ("Room 2 is taken from 10:00 to 10:50.",)
    assert refused.value.free[0] == TUESDAY + timedelta(minutes=50)


def test_a_free_alternative_can_be_planned(cast: Cast) -> None:
    planned(cast, room=cast.room.id)
    with pytest.raises(actions.Conflict) as refused:
        planned(cast, "kofi", "tom", room=cast.room.id)
    for free in refused.value.free:
        assert planned(cast, "kofi", "tom", room=cast.room.id, starts_at=free).state == "planned"
        Session.objects.filter(starts_at=free).update(state="withdrawn")


def test_a_therapist_is_in_one_place_at_a_time(cast: Cast) -> None:
    planned(cast)
    with pytest.raises(actions.Conflict, match="Mira Osei has a session from 10:00 to 10:50"):
        planned(cast, "reyes", starts_at=TUESDAY + timedelta(minutes=49))


def test_a_session_may_begin_as_another_ends(cast: Cast) -> None:
    planned(cast, room=cast.room.id)
    assert (
        planned(cast, "reyes", room=cast.room.id, starts_at=TUESDAY + timedelta(minutes=50)).state
        == "planned"
    )


def test_somebody_in_two_therapies_is_not_free_and_no_more_is_said(cast: Cast) -> None:
    a_participant(cast.kofi, cast.participant().person)
    planned(cast)
    with pytest.raises(actions.Conflict) as refused:
        planned(cast, "kofi", "tom")
    assert refused.value.reasons == ("Amara Kamau has something else then.",)


def test_to_who_may_know_of_both_the_time_is_told(cast: Cast) -> None:
    a_participant(cast.kofi, cast.participant().person)
    planned(cast)
    with pytest.raises(actions.Conflict, match="Amara Kamau has a session from 10:00"):
        planned(cast, "kofi", "sam")


def test_what_was_cancelled_takes_no_time(cast: Cast) -> None:
    session = planned(cast, room=cast.room.id)
    Session.objects.filter(pk=session.pk).update(state="not held")
    assert planned(cast, room=cast.room.id).state == "planned"


def test_who_said_they_cannot_come_is_free(cast: Cast) -> None:
    a_participant(cast.kofi, cast.participant().person)
    session = planned(cast)
    Attendance.objects.filter(session=session).update(state="cancelled late")
    assert planned(cast, "kofi", "tom").state == "planned"


def test_what_is_refused_leaves_nothing_behind(cast: Cast) -> None:
    planned(cast)
    before = (Session.objects.count(), Attendance.objects.count(), Line.objects.count())
    with pytest.raises(actions.Conflict):
        planned(cast)
    assert before == (Session.objects.count(), Attendance.objects.count(), Line.objects.count())


# ------------------------------------------------------------------ series


def test_a_series_is_made_at_once_and_keeps_its_local_time(cast: Cast) -> None:
    made = series(cast)
    assert starts(of_series(made)) == ["03-03 10:00", "03-10 10:00", "03-17 10:00", "03-24 10:00"]
    assert (made.rule, made.first_local) == ("FREQ=WEEKLY;COUNT=4", "2026-03-03T10:00")


def test_a_series_over_the_change_of_clocks(cast: Cast) -> None:
    made = series(cast, Rule(Every.WEEK, count=5))
    assert starts(of_series(made))[-2:] == ["03-24 10:00", "03-31 09:00"]


def test_a_series_begins_on_the_first_of_its_days(cast: Cast) -> None:
    made = series(cast, Rule(Every.WEEK, weekdays=(4,), count=2))
    assert made.first_local == "2026-03-06T10:00"
    assert starts(of_series(made)) == ["03-06 10:00", "03-13 10:00"]


def test_a_series_with_a_conflict_is_refused_whole_and_says_when(cast: Cast) -> None:
    planned(cast, "reyes", starts_at=week(1))
    planned(cast, "reyes", starts_at=week(3))
    with pytest.raises(actions.Conflict) as refused:
        series(cast)
    assert [clash.starts_at for clash in refused.value.clashes] == [week(1), week(3)]
    assert not Series.objects.exists()


def test_a_series_is_planned_around_what_is_taken(cast: Cast) -> None:
    planned(cast, "reyes", starts_at=week(1))
    by = cast.visitor("mira")
    made = actions.plan_series(cast.amara.id, slot(), WEEKLY, skip=True, by=by, at=NOW)
    assert starts(of_series(made)) == ["03-03 10:00", "03-17 10:00", "03-24 10:00"]


def test_a_series_of_which_nothing_is_left_is_refused(cast: Cast) -> None:
    series(cast, therapy="reyes")
    with pytest.raises(actions.Conflict):
        actions.plan_series(
            cast.amara.id, slot(), WEEKLY, skip=True, by=cast.visitor("mira"), at=NOW
        )


def test_a_series_has_an_end(cast: Cast) -> None:
    with pytest.raises(NotARule, match="at most 260"):
        series(cast, Rule(Every.DAY, count=261))


def test_sessions_of_a_series_do_not_run_into_each_other(cast: Cast) -> None:
    by, whole_days = cast.visitor("mira"), slot(datetime(2026, 3, 27, 0, 0, tzinfo=UTC), 1440)
    with pytest.raises(actions.Conflict) as refused:
        actions.plan_series(cast.amara.id, whole_days, Rule(Every.DAY, count=5), by=by, at=NOW)
    assert [f"{clash.starts_at:%m-%d}" for clash in refused.value.clashes] == ["03-29"]


def test_260_sessions_cost_a_bounded_number_of_questions(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        series(cast, Rule(Every.WEEK, count=260 - 10))


def test_a_closed_room_is_not_given(cast: Cast) -> None:
    Room.objects.filter(pk=cast.room.pk).update(closed_on=NOW.date())
    with pytest.raises(actions.CannotPlan):
        planned(cast, room=cast.room.id)


def test_co_therapists_are_both_needed(cast: Cast) -> None:
    Therapist.objects.create(
        practice=cast.practice, therapy=cast.kofi, member=cast.mira, from_on=NOW.date()
    )
    planned(cast)
    with pytest.raises(actions.Conflict, match="Mira Osei has a session"):
        planned(cast, "kofi", "tom")
