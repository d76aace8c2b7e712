"""Reading the diary."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action, Role
from holdspace.cellar.access.visitor import Visitor, nobody
from holdspace.cellar.vault.layers import Layer
from holdspace.hour.encounters import queries
from holdspace.hour.encounters.models import Attendance, Series, Session
from tests.cast import NOW, TODAY, Cast, a_session, nobodys_id

LONDON = ZoneInfo("Europe/London")


def sees_one(by: Visitor, session: Session, action: Action, layer: Layer) -> bool:
    try:
        queries.one(by, session.id, action, layer)
    except NotHere:
        return False
    return True


def test_the_list_and_the_single_answer_agree_for_everybody(cast: Cast) -> None:
    """Every member, turned screens and nobody; every action, layer and session."""
    for therapy in (cast.reyes, cast.kofi, cast.jos):
        a_session(therapy, NOW)
    mira = cast.visitor("mira")
    turned = replace(mira, roles=frozenset({Role.SHARED_SCREEN}), narrowed_to=cast.amara.id)
    narrowed = replace(cast.visitor("olive"), narrowed_to=cast.kofi.id)
    visitors = [*map(cast.visitor, cast.members), turned, narrowed, nobody()]
    sessions = list(Session.objects.all())
    for by, action, layer in product(visitors, Action, Layer):
        listed = set(queries.visible_to(by, action, layer))
        assert listed == {one for one in sessions if sees_one(by, one, action, layer)}


def test_a_day_is_the_therapists_own_and_local(cast: Cast) -> None:
    late = a_session(cast.reyes, NOW + timedelta(hours=13, minutes=50))
    a_session(cast.reyes, NOW + timedelta(hours=14))
    a_session(cast.kofi, NOW + timedelta(hours=1))
    a_session(cast.amara, NOW + timedelta(hours=2), state="withdrawn")
    by = cast.visitor("mira")
    assert queries.day(by, on=TODAY, tz=LONDON) == [cast.session, late]
    assert set(by.opened.subjects) == {cast.amara.id, cast.reyes.id}


def test_a_day_is_two_questions_at_most(cast: Cast, django_assert_max_num_queries: Any) -> None:
    by = cast.visitor("mira")
    queries.day(by, on=TODAY, tz=LONDON)
    with django_assert_max_num_queries(1):
        assert queries.day(by, on=TODAY, tz=LONDON)[0].therapy.title == "Amara K."


def test_the_desk_sees_everyones_times(cast: Cast) -> None:
    a_session(cast.kofi, NOW + timedelta(hours=1))
    when: Any = {"since": NOW, "until": NOW + timedelta(days=1)}
    assert len(queries.between(cast.visitor("sam"), **when, everyone=True)) == 2
    assert queries.between(cast.visitor("sam"), **when) == []
    assert queries.between(cast.visitor("mira"), **when) == [cast.session]


@pytest.mark.parametrize("who", ["mira", "bill", "audrey"])
def test_nobody_else_sees_everyones_times(cast: Cast, who: str) -> None:
    with pytest.raises(NotHere):
        queries.between(cast.visitor(who), since=NOW, until=NOW, everyone=True)


def test_an_unknown_session_is_not_here(cast: Cast) -> None:
    with pytest.raises(NotHere) as refused:
        queries.one(cast.visitor("mira"), nobodys_id())
    assert refused.value.subject == nobodys_id()


def test_sessions_are_numbered_by_what_was_held(cast: Cast) -> None:
    by = cast.visitor("mira")
    first = a_session(cast.amara, NOW - timedelta(days=21), state="held")
    missed = a_session(cast.amara, NOW - timedelta(days=14), state="not held")
    second = a_session(cast.amara, NOW - timedelta(days=7), state="held")
    other = a_session(cast.kofi, NOW)
    found = queries.numbers(by, [first.id, second.id, missed.id, cast.session.id, other.id])
    assert found == {first.id: 1, missed.id: 2, second.id: 2, cast.session.id: 3}


def test_the_next_and_the_last(cast: Cast) -> None:
    by = cast.visitor("mira")
    a_session(cast.amara, NOW - timedelta(days=21), state="held")
    last = a_session(cast.amara, NOW - timedelta(days=7), state="held")
    coming = a_session(cast.amara, NOW + timedelta(days=7))
    assert queries.next_after(by, cast.amara.id, NOW) == coming
    assert queries.first_after(by, [cast.amara.id, cast.reyes.id], NOW) == {cast.amara.id: coming}
    assert queries.next_after(cast.visitor("tom"), cast.amara.id, NOW) is None
    assert queries.last_before(by, [cast.amara.id, cast.reyes.id], NOW) == {cast.amara.id: last}


def test_attendance_names_persons_to_the_ledger(cast: Cast) -> None:
    by = cast.visitor("mira")
    (row,) = queries.attendance_of(by, [cast.session.id])
    assert row.participant.person.name == "Amara Kamau"
    assert row.participant.person_id in by.opened.subjects
    assert queries.attendance_of(cast.visitor("tom"), [cast.session.id]) == []


def test_who_may_plan_what(cast: Cast) -> None:
    titles = [one.title for one in queries.plannable(cast.visitor("mira"))]
    assert titles == ["Amara K.", "The Reyes family"]
    assert len(queries.plannable(cast.visitor("sam"))) == 4
    assert queries.plannable(cast.visitor("bill")) == []


def test_what_is_said_of_a_session_belongs_to_its_therapy(cast: Cast) -> None:
    series = Series(practice=cast.practice, therapy=cast.amara)
    row = Attendance(session=cast.session, participant=cast.participant())
    assert cast.session.seal_scope() == series.seal_scope() == cast.amara.id
    assert row.seal_scope() == cast.participant().id
