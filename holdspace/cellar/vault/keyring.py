"""Keys by scope: made, found, kept in memory for a while, re-wrapped, destroyed.

The root key wraps practice keys, these wrap the keys of scopes; a scope's id is the id of the row
that owns it (a person, a participant's place, a therapy's joint part).
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import connections, transaction
from django.db.models import F

from holdspace.cellar.vault.layers import Layer
from holdspace.cellar.vault.models import Generation, PracticeKey, RootCheck, ScopeKey
from holdspace.cellar.vault.root import NoRootKey, from_passphrase, read_key_file
from holdspace.cellar.vault.sealing import CannotOpen, Place, new_key, open_sealed, seal

KEYRING: Final = "keyring"
KEPT_AT_MOST: Final = 50_000
NOBODY: Final = UUID(int=0)
HOUSE: Final = UUID(int=1)  # the scope of what belongs to no practice: second factors
LEDGER: Final = UUID(int=2)  # its key is the seed that signs the ledger's checkpoints
CHECK_WORDS: Final = b"holdspace"
_CHECK_PLACE = Place(NOBODY, "vault_rootcheck", "check_sealed", NOBODY, Layer.ADMIN, 1)


class KeyDestroyed(CannotOpen):
    """The key of this scope was destroyed; what it sealed is gone."""


class _Memory:
    """Opened keys, the least used forgotten first, all forgotten when the keyring moves on."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.keys: OrderedDict[UUID, bytes] = OrderedDict()
        self.practices: dict[UUID, bytes] = {}
        self.root: bytes | None = None
        self.generation = -1

    def get(self, scope: UUID) -> bytes | None:
        with self.lock:
            if scope in self.keys:
                self.keys.move_to_end(scope)
            return self.keys.get(scope)

    def put(self, scope: UUID, key: bytes) -> None:
        with self.lock:
            self.keys[scope] = key
            while len(self.keys) > KEPT_AT_MOST:
                self.keys.popitem(last=False)

    def forget(self) -> None:
        with self.lock:
            self.keys.clear()
            self.practices.clear()


_memory = _Memory()


def _place(scope: UUID, practice: UUID, table: str) -> Place:
    return Place(practice, table, "wrapped", scope, Layer.ADMIN, 1)


# ------------------------------------------------------------------ the root key


def root_key() -> bytes:
    """The root key in memory; read and checked when it is first needed."""
    if _memory.root is None:
        _memory.root = _checked(_read_root())
    return _memory.root


def _read_root() -> bytes:
    if settings.HOLDSPACE_KEY_FILE is not None:
        return read_key_file(settings.HOLDSPACE_KEY_FILE)
    if settings.HOLDSPACE_PASSPHRASE:
        check = RootCheck.objects.first()
        if check is not None:
            return from_passphrase(settings.HOLDSPACE_PASSPHRASE, bytes(check.salt))
    msg = "There is no root key: set HOLDSPACE_KEY_FILE, or give the passphrase."
    raise NoRootKey(msg)


def _checked(root: bytes) -> bytes:
    check = RootCheck.objects.first()
    if check is None:
        msg = "This house has no keyring yet: run holdspace init."
        raise NoRootKey(msg)
    try:
        open_sealed(root, _CHECK_PLACE, bytes(check.check_sealed))
    except CannotOpen:
        msg = "This is not the root key that this house was made with."
        raise NoRootKey(msg) from None
    return root


def found(root: bytes, *, kind: str, at: datetime, salt: bytes = b"") -> None:
    """Begin a keyring under a root key."""
    sealed = seal(root, NOBODY, _CHECK_PLACE, CHECK_WORDS)
    with transaction.atomic(KEYRING):
        RootCheck.objects.create(kind=kind, salt=salt, check_sealed=sealed)
        Generation.objects.create(number=0)
    _memory.root = root
    _memory.forget()
    new_practice(NOBODY, at=at)
    new_scopes([HOUSE, LEDGER], practice=NOBODY, at=at)


def rotate_root(new: bytes, *, kind: str, salt: bytes = b"") -> int:
    """Wrap every practice key under a new root key, all or none; answers how many."""
    old = root_key()
    with transaction.atomic(KEYRING):
        rows = list(PracticeKey.objects.select_for_update())
        for row in rows:
            place = _place(row.pk, row.pk, "vault_practicekey")
            key = open_sealed(old, place, bytes(row.wrapped))
            row.wrapped = seal(new, NOBODY, place, key)
            row.save()
        RootCheck.objects.update(
            kind=kind, salt=salt, check_sealed=seal(new, NOBODY, _CHECK_PLACE, CHECK_WORDS)
        )
        _move_on()
    _memory.root = new
    return len(rows)


# ------------------------------------------------------------------ keys of practices and scopes


def new_practice(practice: UUID, *, at: datetime) -> None:
    """A practice's own key, and the scope of the practice itself."""
    key = new_key()
    wrapped = seal(root_key(), NOBODY, _place(practice, practice, "vault_practicekey"), key)
    PracticeKey.objects.create(practice=practice, wrapped=wrapped, made_at=at)
    new_scopes([practice], practice=practice, at=at)


def new_scope(scope: UUID, *, practice: UUID, at: datetime) -> None:
    new_scopes([scope], practice=practice, at=at)


def new_scopes(scopes: Iterable[UUID], *, practice: UUID, at: datetime) -> None:
    """Make keys before anything is sealed under them. A key whose row never came harms nobody."""
    over = _practice_key(practice)
    rows, keys = [], {}
    for scope in scopes:
        keys[scope] = new_key()
        wrapped = seal(over, practice, _place(scope, practice, "vault_scopekey"), keys[scope])
        rows.append(ScopeKey(scope=scope, practice=practice, wrapped=wrapped, made_at=at))
    ScopeKey.objects.bulk_create(rows)
    for scope, key in keys.items():
        _memory.put(scope, key)


def key_of(scope: UUID) -> bytes:
    """The key of a scope; raises KeyDestroyed or CannotOpen."""
    key = _memory.get(scope)
    if key is None:
        warm([scope])
        key = _memory.get(scope)
    if key is None:
        _say_why(scope)
        raise CannotOpen
    return key


def _say_why(scope: UUID) -> None:
    if ScopeKey.objects.filter(pk=scope).exists():
        raise KeyDestroyed


def warm(scopes: Iterable[UUID]) -> None:
    """Open many keys with one question to the keyring."""
    wanted = [scope for scope in set(scopes) if _memory.get(scope) is None]
    rows = ScopeKey.objects
    for start in range(0, len(wanted), 500):
        chosen = rows.filter(pk__in=wanted[start : start + 500], wrapped__isnull=False)
        for scope, practice, wrapped in chosen.values_list("scope", "practice", "wrapped"):
            place = _place(scope, practice, "vault_scopekey")
            _memory.put(scope, open_sealed(_practice_key(practice), place, bytes(wrapped or b"")))


def _practice_key(practice: UUID) -> bytes:
    key = _memory.practices.get(practice)
    if key is None:
        row = PracticeKey.objects.filter(pk=practice).first()
        if row is None:
            raise CannotOpen
        place = _place(practice, practice, "vault_practicekey")
        key = _memory.practices[practice] = open_sealed(root_key(), place, bytes(row.wrapped))
    return key


def derived(practice: UUID, purpose: str) -> bytes:
    """A key for one named purpose of a practice (HKDF-SHA256, RFC 5869)."""
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"holdspace {purpose}".encode())
    return kdf.derive(_practice_key(practice))


# ------------------------------------------------------------------ endings


def destroy(scope: UUID, *, at: datetime) -> None:
    """Destroy a scope's key: what it sealed cannot be opened again, by anybody."""
    rows = ScopeKey.objects
    with transaction.atomic(KEYRING):
        rows.filter(pk=scope, destroyed_at__isnull=True).update(wrapped=None, destroyed_at=at)
        _move_on()
    _memory.forget()
    _overwrite_freed_pages()


def rotate_practice(practice: UUID) -> int:
    """Wrap a practice's scope keys under a new practice key, all or none; answers how many."""
    old, new = _practice_key(practice), new_key()
    practice_place = _place(practice, practice, "vault_practicekey")
    with transaction.atomic(KEYRING):
        rows = ScopeKey.objects.select_for_update()
        kept = list(rows.filter(practice=practice, wrapped__isnull=False))
        for row in kept:
            place = _place(row.pk, practice, "vault_scopekey")
            key = open_sealed(old, place, bytes(row.wrapped or b""))
            row.wrapped = seal(new, practice, place, key)
        rows.bulk_update(kept, ["wrapped"], batch_size=500)
        PracticeKey.objects.filter(pk=practice).update(
            wrapped=seal(root_key(), NOBODY, practice_place, new)
        )
        _move_on()
    _memory.forget()
    return len(kept)


def refresh() -> None:
    """Forget what another process destroyed or rotated: asked once a page."""
    with connections[KEYRING].cursor() as cursor:
        cursor.execute("SELECT number FROM vault_generation")
        row = cursor.fetchone()
    generation = row[0] if row else 0
    if generation != _memory.generation:
        _memory.forget()
        _memory.generation = generation


def forget() -> None:
    """Forget every opened key, the root key too."""
    _memory.root = None
    _memory.forget()


def _move_on() -> None:
    Generation.objects.update(number=F("number") + 1)


def _overwrite_freed_pages() -> None:
    """SQLite: `secure_delete` zeroed the page; the log must not keep the old one either."""
    connection = connections[KEYRING]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
