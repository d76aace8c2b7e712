"""Moving, cancelling, taking away, and taking that back."""

from datetime import date, timedelta

import pytest

from holdspace.cellar.access.gate import NotHere
from holdspace.frame.practice.rules import PlaceKind
from holdspace.hour.encounters import actions
from holdspace.hour.encounters.models import Attendance, Session
from holdspace.hour.encounters.recurrence import Every, Rule
from holdspace.hour.encounters.rules import CannotMove, OutOfReach, Scope, WhoCancelled
from tests.cast import NOW, Cast
from tests.encounters.diary import (
    TUESDAY,
    of_series,
    planned,
    series,
    slot,
    starts,
    week,
)


def moved(cast: Cast, session: Session, to: actions.Slot, scope: Scope = Scope.ONE) -> list[str]:
    actions.move(session.id, to, scope, by=cast.visitor("mira"), at=NOW)
    session.refresh_from_db()
    return starts(of_series(session.series)) if session.series else starts([session])


def state_of(session: Session) -> str:
    return Session.objects.get(pk=session.pk).state


def how(session: Session) -> list[str]:
    rows = Attendance.objects.filter(session=session)
    return list(rows.values_list("state", flat=True))


def test_one_session_is_moved_in_time_and_place(cast: Cast) -> None:
    session = planned(cast, room=cast.room.id)
    to = slot(TUESDAY + timedelta(minutes=15), 75, place=PlaceKind.VIDEO, room=cast.room.id)
    assert moved(cast, session, to) == ["03-03 10:15"]
    assert (session.place, session.room_id) == ("video", None)
    assert session.ends_at - session.starts_at == timedelta(minutes=75)


def test_a_session_is_not_moved_to_where_somebody_is_not_free(cast: Cast) -> None:
    session = planned(cast)
    planned(cast, "reyes", starts_at=week(1))
    with pytest.raises(actions.Conflict) as refused:
        moved(cast, session, slot(week(1)))
    assert refused.value.free
    assert Session.objects.get(pk=session.pk).starts_at == TUESDAY


def test_one_of_a_series_is_moved_alone(cast: Cast) -> None:
    second = of_series(series(cast))[1]
    found = moved(cast, second, slot(week(1) + timedelta(days=1)))
    assert found == ["03-03 10:00", "03-11 10:00", "03-17 10:00", "03-24 10:00"]


def test_this_and_the_following_move_and_the_rule_is_split(cast: Cast) -> None:
    made = series(cast)
    second = of_series(made)[1]
    found = moved(cast, second, slot(week(1) + timedelta(days=1, hours=2), 60), Scope.FOLLOWING)
    assert found == ["03-11 12:00", "03-18 12:00", "03-25 12:00"]
    made.refresh_from_db()
    assert made.rule == "FREQ=WEEKLY;UNTIL=20260309T235959Z"
    assert second.series
    assert (second.series.rule, second.series.minutes) == ("FREQ=WEEKLY;COUNT=3", 60)


def test_a_whole_series_moves_and_keeps_its_rule(cast: Cast) -> None:
    made = series(cast, Rule(Every.WEEK, weekdays=(1,), until=date(2026, 4, 1)))
    found = moved(cast, of_series(made)[2], slot(week(2) + timedelta(days=1)), Scope.ALL)
    assert found == ["03-04 10:00", "03-11 10:00", "03-18 10:00", "03-25 10:00", "04-01 09:00"]
    made.refresh_from_db()
    assert made.rule == "FREQ=WEEKLY;BYDAY=WE;UNTIL=20260402T225959Z"
    assert made.first_local == "2026-03-04T10:00"


def test_what_was_held_stays_where_it_was(cast: Cast) -> None:
    sessions = of_series(series(cast))
    Session.objects.filter(pk=sessions[0].pk).update(state="held")
    found = moved(cast, sessions[1], slot(week(1) + timedelta(hours=1)), Scope.ALL)
    assert found == ["03-10 11:00", "03-17 11:00", "03-24 11:00"]
    assert Session.objects.get(pk=sessions[0].pk).starts_at == TUESDAY


def test_what_was_moved_alone_stays_when_the_series_moves(cast: Cast) -> None:
    sessions = of_series(series(cast))
    moved(cast, sessions[1], slot(week(1) + timedelta(days=2)))
    moved(cast, sessions[0], slot(TUESDAY + timedelta(hours=1)), Scope.ALL)
    found = Session.objects.filter(therapy=cast.amara).exclude(pk=cast.session.pk)
    assert starts(list(found.order_by("starts_at"))) == [
        "03-03 11:00", "03-12 10:00", "03-17 11:00", "03-24 11:00",
    ]  # fmt: skip


def test_one_that_was_moved_alone_can_take_the_rest_with_it(cast: Cast) -> None:
    sessions = of_series(series(cast))
    moved(cast, sessions[1], slot(week(1) + timedelta(days=2)))
    found = moved(cast, sessions[1], slot(week(1) + timedelta(days=2, hours=1)), Scope.FOLLOWING)
    assert found == ["03-12 11:00", "03-17 11:00", "03-24 11:00"]


def test_the_last_of_a_series_moves_alone_whatever_was_asked(cast: Cast) -> None:
    last = of_series(series(cast))[-1]
    found = moved(cast, last, slot(week(3) + timedelta(hours=1)), Scope.FOLLOWING)
    assert found[-1] == "03-24 11:00"
    assert len(found) == 4


def test_a_series_moves_over_the_change_of_clocks(cast: Cast) -> None:
    made = series(cast, Rule(Every.WEEK, count=5))
    found = moved(cast, of_series(made)[0], slot(TUESDAY + timedelta(hours=2)), Scope.ALL)
    assert found[-2:] == ["03-24 12:00", "03-31 11:00"]


def test_a_series_is_not_moved_onto_something_else(cast: Cast) -> None:
    made = series(cast)
    planned(cast, "reyes", starts_at=week(2) + timedelta(hours=2))
    with pytest.raises(actions.Conflict) as refused:
        moved(cast, of_series(made)[0], slot(TUESDAY + timedelta(hours=2)), Scope.ALL)
    assert [clash.starts_at for clash in refused.value.clashes] == [week(2) + timedelta(hours=2)]
    assert starts(of_series(made))[0] == "03-03 10:00"


def test_a_session_that_was_held_is_not_moved(cast: Cast) -> None:
    session = planned(cast)
    Session.objects.filter(pk=session.pk).update(state="held")
    with pytest.raises(CannotMove, match="still to be held"):
        moved(cast, session, slot(week(1)))


def test_a_session_is_not_moved_out_of_reach(cast: Cast) -> None:
    with pytest.raises(OutOfReach):
        moved(cast, planned(cast), slot(NOW + timedelta(days=4000)))


@pytest.mark.parametrize("who", ["tom", "bill", "stranger"])
def test_nobody_else_changes_a_session(cast: Cast, who: str) -> None:
    by = cast.visitor(who)
    for change in (
        lambda: actions.move(cast.session.id, slot(), by=by, at=NOW),
        lambda: actions.cancel(cast.session.id, WhoCancelled.CLIENT, by=by, at=NOW),
        lambda: actions.withdraw(cast.session.id, by=by, at=NOW),
        lambda: actions.restore(cast.session.id, by=by, at=NOW),
    ):
        with pytest.raises(NotHere):
            change()


# ------------------------------------------------------------------ cancelling


@pytest.mark.parametrize(
    ("who", "hours", "state"),
    [
        (WhoCancelled.CLIENT, 24, "cancelled with notice"),
        (WhoCancelled.CLIENT, 23, "cancelled late"),
        (WhoCancelled.THERAPIST, 1, "therapist cancelled"),
        (WhoCancelled.HOLIDAY, 1, "holiday"),
    ],
)
def test_who_cancelled_and_when_is_kept(
    cast: Cast, who: WhoCancelled, hours: int, state: str
) -> None:
    session = planned(cast, "reyes")
    told = TUESDAY - timedelta(hours=hours)
    actions.cancel(session.id, who, by=cast.visitor("sam"), at=told)
    assert (state_of(session), how(session)) == ("not held", [state] * 3)


def test_the_practice_chooses_what_notice_is(cast: Cast) -> None:
    cast.practice.choices = {"cancellation_hours": 48}
    cast.practice.save()
    session = planned(cast)
    told = TUESDAY - timedelta(hours=30)
    by = cast.visitor("mira")
    actions.cancel(session.id, WhoCancelled.CLIENT, told_at=told, by=by, at=NOW)
    assert how(session) == ["cancelled late"]


def test_the_rest_of_a_series_is_cancelled_with_what_was_moved(cast: Cast) -> None:
    sessions = of_series(series(cast))
    moved(cast, sessions[2], slot(week(2) + timedelta(days=1)))
    by = cast.visitor("mira")
    gone = actions.cancel(sessions[1].id, WhoCancelled.HOLIDAY, Scope.FOLLOWING, by=by, at=NOW)
    assert len(gone) == 3
    assert [state_of(one) for one in sessions] == ["planned", *["not held"] * 3]


def test_what_was_planned_by_mistake_is_withdrawn(cast: Cast) -> None:
    sessions = of_series(series(cast))
    actions.withdraw(sessions[0].id, Scope.ALL, by=cast.visitor("mira"), at=NOW)
    assert {state_of(one) for one in sessions} == {"withdrawn"}


def test_what_was_held_is_not_withdrawn(cast: Cast) -> None:
    Session.objects.filter(pk=cast.session.pk).update(state="held")
    with pytest.raises(CannotMove):
        actions.withdraw(cast.session.id, by=cast.visitor("mira"), at=NOW)


def test_a_cancelled_session_is_taken_up_again(cast: Cast) -> None:
    session, by = planned(cast), cast.visitor("mira")
    actions.cancel(session.id, WhoCancelled.CLIENT, by=by, at=NOW)
    actions.restore(session.id, by=by, at=NOW)
    assert (state_of(session), how(session)) == ("planned", ["expected"])


def test_it_is_not_taken_up_where_its_time_has_been_given_away(cast: Cast) -> None:
    session, by = planned(cast), cast.visitor("mira")
    actions.cancel(session.id, WhoCancelled.CLIENT, by=by, at=NOW)
    planned(cast, "reyes")
    with pytest.raises(actions.Conflict):
        actions.restore(session.id, by=by, at=NOW)
    assert (state_of(session), how(session)) == ("not held", ["cancelled with notice"])


def test_only_what_is_not_held_is_taken_up_again(cast: Cast) -> None:
    with pytest.raises(CannotMove, match="taken up again"):
        actions.restore(cast.session.id, by=cast.visitor("mira"), at=NOW)
