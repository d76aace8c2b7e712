"""Two who plan at the same moment: PostgreSQL only, where writers do not queue by themselves."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection, connections

from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.sealing import new_key
from holdspace.hour.encounters import actions
from holdspace.hour.encounters.models import Session
from tests.cast import NOW, Cast, the_cast
from tests.encounters.diary import TUESDAY, slot

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=("default", "keyring")),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


@pytest.fixture
def standing() -> Iterator[Cast]:
    """A cast that every connection sees."""
    keyring.found(new_key(), kind="test", at=NOW)
    yield the_cast()
    keyring.forget()


def at_once(*plans: tuple[UUID, Visitor, UUID | None]) -> list[bool]:
    start = Barrier(len(plans))

    def plan(one: tuple[UUID, Visitor, UUID | None]) -> bool:
        therapy, by, room = one
        start.wait(10)
        try:
            actions.plan(therapy, slot(room=room), by=by, at=NOW)
        except actions.Conflict:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(len(plans)) as pool:
        return list(pool.map(plan, plans))


def test_two_who_plan_at_once_do_not_get_the_same_room(standing: Cast) -> None:
    mira, tom = standing.visitor("mira"), standing.visitor("tom")
    room = standing.room.id
    done = at_once((standing.amara.id, mira, room), (standing.kofi.id, tom, room))
    assert sorted(done) == [False, True]
    assert Session.objects.filter(starts_at=TUESDAY).count() == 1


def test_a_therapist_is_not_planned_for_twice_at_once(standing: Cast) -> None:
    mira, sam = standing.visitor("mira"), standing.visitor("sam")
    done = at_once(*[(standing.amara.id, mira, None), (standing.reyes.id, sam, None)] * 3)
    assert done.count(True) == 1


def test_those_who_need_nothing_in_common_do_not_meet(standing: Cast) -> None:
    mira, tom = standing.visitor("mira"), standing.visitor("tom")
    assert at_once((standing.amara.id, mira, None), (standing.kofi.id, tom, None)) == [True, True]
