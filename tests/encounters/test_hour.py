"""The hour itself: beginning, ending, attendance, parts."""

from datetime import timedelta
from uuid import UUID

import pytest

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.ledger.models import Line
from holdspace.hour.encounters import actions, queries
from holdspace.hour.encounters.models import Attendance, Session
from holdspace.hour.encounters.rules import Attended, CannotMove, OutOfReach
from tests.cast import NOW, Cast, a_participant, a_session, nobodys_id

LATER = NOW + timedelta(minutes=52)


def fresh(session: Session) -> Session:
    return Session.objects.get(pk=session.pk)


def come(cast: Cast, session: Session, participant: UUID, state: str, **minutes: int) -> str:
    how = actions.Presence(Attended(state), **minutes)
    actions.attend(session.id, participant, how, by=cast.visitor("mira"), at=LATER)
    return fresh(session).state


def states(session: Session) -> list[str]:
    rows = Attendance.objects.filter(session=session).order_by("participant_id")
    return list(rows.values_list("state", flat=True))


def test_a_session_begins_and_ends(cast: Cast) -> None:
    by = cast.visitor("mira")
    begun = actions.begin(cast.session.id, by=by, at=NOW)
    assert (begun.state, begun.began_at) == ("begun", NOW)
    held = actions.end(cast.session.id, by=by, at=LATER)
    assert (held.state, held.ended_at) == ("held", LATER)
    assert states(cast.session) == ["attended"]


def test_pressing_twice_changes_nothing(cast: Cast) -> None:
    by = cast.visitor("mira")
    actions.begin(cast.session.id, by=by, at=NOW)
    assert actions.begin(cast.session.id, by=by, at=LATER).began_at == NOW
    actions.end(cast.session.id, by=by, at=LATER)
    assert actions.end(cast.session.id, by=by, at=LATER + timedelta(hours=1)).ended_at == LATER
    assert Line.objects.filter(act__in=("begin", "end")).count() == 2


def test_a_session_that_was_ended_too_early_goes_on(cast: Cast) -> None:
    by = cast.visitor("mira")
    actions.begin(cast.session.id, by=by, at=NOW)
    actions.end(cast.session.id, by=by, at=NOW + timedelta(minutes=9))
    again = actions.begin(cast.session.id, by=by, at=NOW + timedelta(minutes=10))
    assert (again.began_at, again.ended_at) == (NOW, None)


def test_a_session_that_was_never_begun_can_be_ended(cast: Cast) -> None:
    held = actions.end(cast.session.id, by=cast.visitor("mira"), at=NOW + timedelta(days=1))
    assert (held.began_at, held.ended_at) == (cast.session.starts_at, cast.session.ends_at)


def test_a_session_of_another_week_is_not_begun(cast: Cast) -> None:
    with pytest.raises(OutOfReach):
        actions.begin(cast.session.id, by=cast.visitor("mira"), at=NOW - timedelta(days=7))


def test_a_cancelled_session_begins_with_everybody_expected(cast: Cast) -> None:
    assert come(cast, cast.session, cast.participant().id, "cancelled late") == "not held"
    actions.begin(cast.session.id, by=cast.visitor("mira"), at=NOW)
    assert states(cast.session) == ["expected"]


@pytest.mark.parametrize("who", ["tom", "sam", "olive", "bill", "stranger"])
def test_only_its_therapists_hold_a_session(cast: Cast, who: str) -> None:
    by, one = cast.visitor(who), cast.session.id
    for act in (
        lambda: actions.begin(one, by=by, at=NOW),
        lambda: actions.end(one, by=by, at=NOW),
        lambda: actions.extend(one, by=by, at=NOW),
        lambda: actions.set_times(one, NOW, None, by=by, at=NOW),
        lambda: actions.split(one, 10, [], by=by, at=NOW),
        lambda: actions.change_part(one, 1, [], by=by, at=NOW),
    ):
        with pytest.raises(NotHere):
            act()


def test_at_the_door_ten_minutes_are_added_whoever_waits(cast: Cast) -> None:
    by = cast.visitor("mira")
    after = a_session(cast.reyes, cast.session.ends_at)
    actions.begin(cast.session.id, by=by, at=NOW)
    longer = actions.extend(cast.session.id, by=by, at=LATER)
    assert longer.ends_at == NOW + timedelta(minutes=60)
    assert queries.runs_into(by, longer) == [after]


def test_a_session_is_not_extended_without_end(cast: Cast) -> None:
    for minutes in (-10, 0, 1400):
        with pytest.raises(OutOfReach):
            actions.extend(cast.session.id, minutes, by=cast.visitor("mira"), at=NOW)


def test_what_is_over_is_not_extended(cast: Cast) -> None:
    actions.end(cast.session.id, by=cast.visitor("mira"), at=LATER)
    with pytest.raises(CannotMove, match="planned or begun is extended"):
        actions.extend(cast.session.id, by=cast.visitor("mira"), at=LATER)


def test_times_are_editable_later(cast: Cast) -> None:
    by = cast.visitor("mira")
    ended = NOW + timedelta(minutes=45)
    first = actions.set_times(cast.session.id, NOW, ended, by=by, at=LATER)
    assert (first.state, first.ended_at) == ("held", ended)
    actions.set_times(cast.session.id, NOW, LATER, by=by, at=LATER)
    assert fresh(cast.session).ended_at == LATER
    assert actions.set_times(cast.session.id, NOW, None, by=by, at=LATER).state == "begun"


def test_times_to_come_are_not_entered(cast: Cast) -> None:
    with pytest.raises(OutOfReach):
        actions.set_times(cast.session.id, NOW, LATER, by=cast.visitor("mira"), at=NOW)


# ------------------------------------------------------------------ who came


def test_each_participant_attends_in_their_own_way(cast: Cast) -> None:
    session = a_session(cast.reyes, NOW + timedelta(hours=2))
    rows = list(Attendance.objects.filter(session=session).order_by("participant_id"))
    come(cast, session, rows[0].participant_id, "late", minutes_late=20)
    come(cast, session, rows[1].participant_id, "did not come", minutes_late=5)
    assert states(session) == ["late", "did not come", "expected"]
    late, gone, _ = Attendance.objects.filter(session=session).order_by("participant_id")
    assert (late.minutes_late, gone.minutes_late) == (20, 0)


def test_where_nobody_came_the_session_was_not_held(cast: Cast) -> None:
    one = cast.participant().id
    assert come(cast, cast.session, one, "did not come") == "not held"
    assert come(cast, cast.session, one, "attended") == "held"
    held = fresh(cast.session)
    assert (held.began_at, held.ended_at) == (held.starts_at, held.ends_at)


def test_who_joined_later_can_be_noted(cast: Cast) -> None:
    new = a_participant(cast.amara, cast.participant("kofi").person, "partner")
    come(cast, cast.session, new.id, "attended")
    assert states(cast.session) == ["expected", "attended"]


def test_nobody_from_another_therapy_is_noted(cast: Cast) -> None:
    for one in (cast.participant("kofi").id, nobodys_id()):
        with pytest.raises(NotHere):
            come(cast, cast.session, one, "attended")


def test_minutes_are_sensible(cast: Cast) -> None:
    with pytest.raises(OutOfReach):
        come(cast, cast.session, cast.participant().id, "late", minutes_late=2000)


def test_a_withdrawn_session_has_nobody_to_attend_it(cast: Cast) -> None:
    actions.withdraw(cast.session.id, by=cast.visitor("mira"), at=NOW)
    with pytest.raises(CannotMove):
        come(cast, cast.session, cast.participant().id, "attended")


# ------------------------------------------------------------------ parts


def test_one_partner_walks_out(cast: Cast) -> None:
    by, session = cast.visitor("mira"), a_session(cast.reyes, NOW)
    stays = [row.participant_id for row in Attendance.objects.filter(session=session)][:2]
    actions.split(session.id, 30, stays, by=by, at=LATER)
    assert [part.from_minute for part in queries.parts_of(by, session.id)] == [0, 30]
    absent = {
        row.participant_id: row.absent_in_parts for row in queries.attendance_of(by, [session.id])
    }
    assert sorted(absent.values()) == [[], [], [2]]


def test_a_mother_comes_for_the_last_quarter_with_an_interpreter(cast: Cast) -> None:
    by, session = cast.visitor("mira"), a_session(cast.reyes, NOW)
    mother, child, _ = (row.participant_id for row in Attendance.objects.filter(session=session))
    part = actions.split(session.id, 35, [mother, child], "interpreter", by=by, at=LATER)
    actions.change_part(session.id, 1, [child], by=by, at=LATER)
    row = Attendance.objects.get(session=session, participant=mother)
    assert row.absent_in_parts == [1]
    assert queries.parts_of(by, session.id)[1].others == part.others == "interpreter"


def test_a_part_begins_after_the_one_before_it(cast: Cast) -> None:
    by = cast.visitor("mira")
    actions.split(cast.session.id, 20, [], by=by, at=LATER)
    for minute in (0, 20, 1440):
        with pytest.raises(actions.CannotSplit, match="after the one before"):
            actions.split(cast.session.id, minute, [], by=by, at=LATER)


def test_there_is_no_part_of_what_was_not_held(cast: Cast) -> None:
    Session.objects.filter(pk=cast.session.pk).update(state="not held")
    with pytest.raises(actions.CannotSplit, match="not held"):
        actions.split(cast.session.id, 20, [], by=cast.visitor("mira"), at=LATER)


def test_a_part_that_is_not_there_is_not_changed(cast: Cast) -> None:
    with pytest.raises(actions.CannotSplit, match="no such part"):
        actions.change_part(cast.session.id, 3, [], by=cast.visitor("mira"), at=LATER)


def test_a_stranger_is_in_no_part(cast: Cast) -> None:
    with pytest.raises(NotHere):
        actions.split(cast.session.id, 20, [nobodys_id()], by=cast.visitor("mira"), at=LATER)
    assert queries.parts_of(cast.visitor("mira"), cast.session.id) == []
