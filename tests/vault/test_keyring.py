"""Keys by scope: rotation keeps what was sealed, interruption changes nothing, destruction ends."""

from uuid import UUID, uuid4

import pytest
from django.db import connections, transaction
from django.db.utils import IntegrityError

from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.keyring import AlreadyFounded, KeyDestroyed
from holdspace.cellar.vault.memory import Memory
from holdspace.cellar.vault.models import Generation, PracticeKey, RootCheck, ScopeKey
from holdspace.cellar.vault.root import NoRootKey
from holdspace.cellar.vault.router import KeyringRouter
from holdspace.cellar.vault.sealing import CannotOpen, new_key
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("house")
PRACTICE, OTHER, SCOPE = UUID(int=21), UUID(int=22), UUID(int=23)


@pytest.fixture
def scopes(house: None) -> list[UUID]:  # noqa: ARG001 - a fixture
    """A practice with three scopes beside its own."""
    keyring.new_practice(PRACTICE, at=NOW)
    made = [SCOPE, uuid4(), uuid4()]
    keyring.new_scopes(made, practice=PRACTICE, at=NOW)
    return made


def start_anew() -> None:
    """What a fresh process knows: the root key, and nothing that was opened."""
    root = keyring.root_key()
    keyring.forget()
    keyring._memory.root = root


def keys(scopes: list[UUID]) -> list[bytes]:
    return [keyring.key_of(scope) for scope in scopes]


def wrapped() -> list[bytes]:
    rows = list(ScopeKey.objects.order_by("pk")) + list(PracticeKey.objects.order_by("pk"))
    return [bytes(row.wrapped or b"") for row in rows]


def spoil_one() -> None:
    """A row that does not open stops whatever comes by."""
    ScopeKey.objects.filter(pk=SCOPE).update(wrapped=b"spoilt")


# ------------------------------------------------------------------ founding


def test_a_keyring_is_begun_once() -> None:
    with pytest.raises(AlreadyFounded):
        keyring.found(new_key(), kind="test", at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic("keyring"):
        RootCheck.objects.create(kind="test", salt=b"", check_sealed=b"")


def test_a_founding_that_is_interrupted_leaves_nothing() -> None:
    RootCheck.objects.all().delete()
    Generation.objects.all().delete()
    before = wrapped()
    with pytest.raises(IntegrityError):  # the house's own scopes are there already
        keyring.found(new_key(), kind="test", at=NOW)
    assert not RootCheck.objects.exists()
    assert wrapped() == before
    with pytest.raises(NoRootKey):
        keyring.root_key()


def test_the_keyrings_tables_are_in_a_database_of_their_own() -> None:
    keys_tables = {"vault_rootcheck", "vault_practicekey", "vault_scopekey", "vault_generation"}
    in_data = set(connections["default"].introspection.table_names())
    in_ring = set(connections["keyring"].introspection.table_names())
    assert not keys_tables & in_data
    assert in_ring - {"django_migrations"} == keys_tables


def test_the_router_sends_keys_to_the_ring_and_nothing_else() -> None:
    router = KeyringRouter()
    assert router.db_for_read(ScopeKey) == router.db_for_write(ScopeKey) == "keyring"
    assert router.allow_migrate("keyring", "vault")
    assert not router.allow_migrate("default", "vault")
    assert not router.allow_migrate("keyring", "notes")


# ------------------------------------------------------------------ finding


def test_a_key_is_the_same_for_a_process_that_starts_later(scopes: list[UUID]) -> None:
    before = keys(scopes)
    start_anew()
    assert keys(scopes) == before
    assert len(set(before)) == 3


def test_an_unknown_scope_and_an_unknown_practice_cannot_be_opened(scopes: list[UUID]) -> None:
    with pytest.raises(CannotOpen):
        keyring.key_of(uuid4())
    with pytest.raises(CannotOpen):
        keyring.new_scope(uuid4(), practice=OTHER, at=NOW)
    with pytest.raises(CannotOpen):
        keyring.derived(OTHER, "name index")
    assert keyring.practices() == [keyring.NOBODY, PRACTICE]
    assert len(scopes) == 3


def test_many_keys_are_opened_with_one_question(scopes: list[UUID]) -> None:
    start_anew()
    keyring.key_of(scopes[0])
    ring = connections["keyring"]
    ring.force_debug_cursor = True
    asked = len(ring.queries_log)
    assert set(keyring.warm(scopes)) == set(scopes[1:])
    assert keyring.warm(scopes) == {}
    keys(scopes)
    ring.force_debug_cursor = False
    assert len(ring.queries_log) - asked == 1


def test_a_wrapped_key_that_was_moved_to_another_scope_does_not_open(scopes: list[UUID]) -> None:
    other = ScopeKey.objects.get(pk=scopes[1])
    ScopeKey.objects.filter(pk=SCOPE).update(wrapped=other.wrapped)
    start_anew()
    with pytest.raises(CannotOpen):
        keyring.key_of(SCOPE)


def test_what_is_derived_depends_on_practice_and_purpose(scopes: list[UUID]) -> None:
    keyring.new_practice(OTHER, at=NOW)
    made = [keyring.derived(p, purpose) for p in (PRACTICE, OTHER) for purpose in ("a", "b")]
    assert len({*made, *keys(scopes)}) == 7


# ------------------------------------------------------------------ memory


def test_the_least_used_key_is_forgotten_first() -> None:
    memory, one, two, three = Memory(kept_at_most=2), *(uuid4() for _ in range(3))
    memory.keep({one: b"1", two: b"2"}, memory.epoch)
    assert memory.get(one) == b"1"
    memory.keep({three: b"3"}, memory.epoch)
    assert [memory.get(scope) for scope in (one, two, three)] == [b"1", None, b"3"]


def test_a_key_read_before_a_destruction_is_not_kept_after_it() -> None:
    memory, scope = Memory(), uuid4()
    before = memory.epoch
    memory.forget()
    memory.keep({scope: b"1"}, before)
    memory.keep_practice(scope, b"1", before)
    assert memory.get(scope) is None
    assert memory.practices == {}


# ------------------------------------------------------------------ rotation


def test_rotating_a_practice_wraps_its_keys_anew_and_changes_none(scopes: list[UUID]) -> None:
    before = keys(scopes)
    keyring.destroy(scopes[2], at=NOW)
    old = wrapped()
    assert keyring.rotate_practice(PRACTICE) == 4  # two kept, the practice's own, the derived
    start_anew()
    assert keys(scopes[:2]) == before[:2]
    # Those of the house itself stay as they were, and so does the place of the destroyed one.
    assert len(set(wrapped()) & set(old)) == 6


def test_a_practice_rotation_that_is_interrupted_leaves_all_as_it_was(scopes: list[UUID]) -> None:
    spoil_one()
    before = wrapped()
    with pytest.raises(CannotOpen):
        keyring.rotate_practice(PRACTICE)
    assert wrapped() == before
    start_anew()
    assert len(keys(scopes[1:])) == 2


def test_rotating_the_root_wraps_practices_anew_and_changes_no_key(scopes: list[UUID]) -> None:
    before, new = keys(scopes), new_key()
    assert keyring.rotate_root(new, kind="file") == 2
    start_anew()
    assert keyring.root_key() == new
    assert keys(scopes) == before
    assert keyring.kind_of_root() == "file"


def test_a_root_rotation_that_is_interrupted_leaves_all_as_it_was(scopes: list[UUID]) -> None:
    PracticeKey.objects.filter(pk=PRACTICE).update(wrapped=b"spoilt")
    before, root = wrapped(), keyring.root_key()
    with pytest.raises(CannotOpen):
        keyring.rotate_root(new_key(), kind="file")
    assert wrapped() == before
    assert keyring.root_key() == root
    assert keyring.kind_of_root() == "test"
    assert len(scopes) == 3


def test_a_process_with_yesterdays_root_key_makes_no_keys_that_nobody_could_open(
    scopes: list[UUID],
) -> None:
    old = keyring.root_key()
    keyring.rotate_root(new_key(), kind="file")
    keyring._memory.root = old
    with pytest.raises(NoRootKey, match="changed meanwhile"):
        keyring.new_practice(OTHER, at=NOW)
    with pytest.raises(NoRootKey, match="changed meanwhile"):
        keyring.rotate_root(new_key(), kind="file")
    assert len(scopes) == 3


def test_a_process_with_yesterdays_practice_key_still_makes_keys_that_open(
    scopes: list[UUID],
) -> None:
    yesterdays = keyring._practice_key(PRACTICE)
    keyring.rotate_practice(PRACTICE)
    keyring._memory.practices[PRACTICE] = yesterdays
    late = uuid4()
    keyring.new_scope(late, practice=PRACTICE, at=NOW)
    start_anew()
    assert len(keyring.key_of(late)) == 32
    assert late not in scopes


# ------------------------------------------------------------------ destruction


def test_a_destroyed_key_is_gone_and_says_when(scopes: list[UUID]) -> None:
    assert keyring.destroy(SCOPE, at=NOW)
    with pytest.raises(KeyDestroyed):
        keyring.key_of(SCOPE)
    row = ScopeKey.objects.get(pk=SCOPE)
    assert (row.wrapped, row.destroyed_at) == (None, NOW)
    assert len(keys(scopes[1:])) == 2


def test_a_key_is_destroyed_once(scopes: list[UUID]) -> None:
    keyring.destroy(SCOPE, at=NOW)
    assert not keyring.destroy(SCOPE, at=NOW)
    assert not keyring.destroy(uuid4(), at=NOW)
    assert len(scopes) == 3


def test_a_key_that_another_process_destroyed_is_forgotten_with_the_next_page(
    scopes: list[UUID],
) -> None:
    keyring.refresh()
    assert len(keys(scopes)) == 3
    ScopeKey.objects.filter(pk=SCOPE).update(wrapped=None, destroyed_at=NOW)
    Generation.objects.update(number=7)
    keyring.refresh()
    keyring.refresh()
    with pytest.raises(KeyDestroyed):
        keyring.key_of(SCOPE)


def test_a_root_key_that_another_process_changed_is_forgotten_with_the_next_page() -> None:
    old = keyring.root_key()
    keyring.rotate_root(new_key(), kind="file")
    keyring._memory.root = old
    keyring.refresh()
    with pytest.raises(NoRootKey):
        keyring.root_key()


def test_before_a_house_is_founded_a_page_has_nothing_to_forget() -> None:
    Generation.objects.all().delete()
    RootCheck.objects.all().delete()
    keyring.refresh()
    with pytest.raises(NoRootKey, match="holdspace init"):
        keyring.root_key()


@pytest.mark.django_db(transaction=True, databases=("default", "keyring"))
def test_freed_pages_are_overwritten_where_nothing_else_is_going_on(scopes: list[UUID]) -> None:
    assert not connections["keyring"].in_atomic_block
    assert keyring.destroy(SCOPE, at=NOW)
    assert len(keys(scopes[1:])) == 2


def test_a_key_is_kept_or_destroyed_and_never_half(scopes: list[UUID]) -> None:
    row = ScopeKey.objects.filter(pk=scopes[0])
    with pytest.raises(IntegrityError), transaction.atomic("keyring"):
        row.update(destroyed_at=NOW)
