"""Two owners at the same moment: PostgreSQL only, where writers do not queue by themselves."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import UUID

import pytest
from django.db import OperationalError, connection, connections, transaction

from holdspace.cellar.access.table import Role
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.sealing import new_key
from holdspace.frame.practice import actions, queries
from holdspace.frame.practice.actions import LastOwner
from tests.cast import NOW, Cast, the_cast

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=("default", "keyring")),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]
PATIENCE = 10
Removal = Callable[[UUID, Visitor], None]


def end(member: UUID, by: Visitor) -> None:
    actions.end_membership(member, by=by, at=NOW)


def make_a_therapist(member: UUID, by: Visitor) -> None:
    actions.set_roles(member, ["therapist"], by=by, at=NOW)


@pytest.fixture
def owners() -> Iterator[Cast]:
    """A practice with two owners, Olive and Mira, that every connection sees."""
    keyring.found(new_key(), kind="test", at=NOW)
    cast = the_cast()
    cast.mira.roles = ["owner", "therapist"]
    cast.mira.save()
    yield cast
    keyring.forget()


def impatiently(remove: Callable[[], None]) -> None:
    """On a connection of its own, in a transaction that would fail rather than wait."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '200ms'")
            remove()
    finally:
        connections.close_all()


@pytest.mark.parametrize("remove", [end, make_a_therapist])
def test_two_owners_cannot_remove_each_other_at_once(owners: Cast, remove: Removal) -> None:
    olive, mira = owners.visitor("olive"), owners.visitor("mira")
    second = partial(remove, owners.mira.id, olive)
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        remove(owners.olive.id, mira)
        with pytest.raises(OperationalError, match="lock timeout"):
            pool.submit(impatiently, second).result(PATIENCE)
    with pytest.raises(LastOwner, match="A practice needs an owner"):
        second()
    left = [one.id for one in queries.members(olive) if Role.OWNER.value in one.roles]
    assert left == [owners.mira.id]
