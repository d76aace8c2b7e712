"""Keys by scope: made, found, kept in memory for a while, re-wrapped, destroyed.

The root key wraps practice keys, these wrap the keys of scopes; a scope's id is the id of the row
that owns it (a person, a participant's place, a therapy's joint part).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import connections, transaction
from django.db.models import F

from holdspace.cellar.vault.layers import Layer
from holdspace.cellar.vault.memory import Memory
from holdspace.cellar.vault.models import Generation, PracticeKey, RootCheck, ScopeKey
from holdspace.cellar.vault.root import NoRootKey, from_passphrase, read_key_file
from holdspace.cellar.vault.sealing import CannotOpen, Place, new_key, open_sealed, seal

KEYRING: Final = "keyring"
AT_ONCE: Final = 500
NOBODY: Final = UUID(int=0)
HOUSE: Final = UUID(int=1)  # the scope of what belongs to no practice: second factors
LEDGER: Final = UUID(int=2)  # its key is the seed that signs the ledger's checkpoints
CHECK_WORDS: Final = b"holdspace"
_CHECK_PLACE = Place(NOBODY, "vault_rootcheck", "check_sealed", NOBODY, Layer.ADMIN, 1)


class KeyDestroyed(CannotOpen):
    """The key of this scope was destroyed; what it sealed is gone."""


class AlreadyFounded(Exception):
    """A keyring is begun once: a second root key would open nothing that the first one sealed."""


_memory = Memory()


def _place(scope: UUID, practice: UUID) -> Place:
    return Place(practice, "vault_scopekey", "wrapped", scope, Layer.ADMIN, 1)


def _practice_place(practice: UUID) -> Place:
    return Place(practice, "vault_practicekey", "wrapped", practice, Layer.ADMIN, 1)


# ------------------------------------------------------------------ the root key


def root_key() -> bytes:
    """The root key in memory; read and checked when it is first needed."""
    if _memory.root is None:
        _memory.root = _read_root()
    return _memory.root


def _read_root() -> bytes:
    check = RootCheck.objects.first()
    if check is None:
        raise NoRootKey("This house has no keyring yet: run holdspace init.")
    if settings.HOLDSPACE_KEY_FILE is not None:
        root = read_key_file(settings.HOLDSPACE_KEY_FILE)
    elif settings.HOLDSPACE_PASSPHRASE:
        root = from_passphrase(settings.HOLDSPACE_PASSPHRASE, bytes(check.salt))
    else:
        raise NoRootKey("There is no root key: set HOLDSPACE_KEY_FILE, or give the passphrase.")
    if not _opens(root, check):
        raise NoRootKey("This is not the root key that this house was made with.")
    return root


def _opens(root: bytes, check: RootCheck) -> bool:
    try:
        return open_sealed(root, _CHECK_PLACE, bytes(check.check_sealed)) == CHECK_WORDS
    except CannotOpen:
        return False


def found(root: bytes, *, kind: str, at: datetime, salt: bytes = b"") -> None:
    """Begin a keyring under a root key, whole or not at all; raises AlreadyFounded."""
    if RootCheck.objects.exists():
        raise AlreadyFounded
    _memory.root = root
    _memory.forget()
    sealed = seal(root, NOBODY, _CHECK_PLACE, CHECK_WORDS)
    try:
        with transaction.atomic(KEYRING):
            RootCheck.objects.create(kind=kind, salt=salt, check_sealed=sealed)
            Generation.objects.create(number=0)
            new_practice(NOBODY, at=at)
            new_scopes([HOUSE, LEDGER], practice=NOBODY, at=at)
    except BaseException:
        forget()
        raise


def kind_of_root() -> str | None:
    """Whether the root key is a file or a passphrase; nothing before the house is founded."""
    return RootCheck.objects.values_list("kind", flat=True).first()


def rotate_root(new: bytes, *, kind: str, salt: bytes = b"") -> int:
    """Wrap every practice key under a new root key, all or none; answers how many."""
    old = root_key()
    with transaction.atomic(KEYRING):
        _current_root()
        rows = list(PracticeKey.objects.select_for_update())
        for row in rows:
            place = _practice_place(row.pk)
            row.wrapped = seal(new, NOBODY, place, open_sealed(old, place, bytes(row.wrapped)))
            row.save()
        RootCheck.objects.update(
            kind=kind, salt=salt, check_sealed=seal(new, NOBODY, _CHECK_PLACE, CHECK_WORDS)
        )
        _move_on()
    _memory.root = new
    return len(rows)


def _current_root() -> bytes:
    """The root key, held against rotation until the transaction ends."""
    root, check = root_key(), RootCheck.objects.select_for_update().first()
    if check is None or not _opens(root, check):
        raise NoRootKey("The root key was changed meanwhile: start again with the new one.")
    return root


# ------------------------------------------------------------------ keys of practices and scopes


def new_practice(practice: UUID, *, at: datetime) -> None:
    """A practice's own key, the scope of the practice itself, and the one it derives keys from."""
    place = _practice_place(practice)
    with transaction.atomic(KEYRING):
        wrapped = seal(_current_root(), NOBODY, place, new_key())
        PracticeKey.objects.create(practice=practice, wrapped=wrapped, made_at=at)
        new_scopes([practice, _deriving(practice)], practice=practice, at=at)


def new_scope(scope: UUID, *, practice: UUID, at: datetime) -> None:
    new_scopes([scope], practice=practice, at=at)


def new_scopes(scopes: Iterable[UUID], *, practice: UUID, at: datetime) -> None:
    """Make keys before anything is sealed under them. A key whose row never came harms nobody.

    The practice's key is read anew and held: after a rotation elsewhere, the one in memory would
    wrap keys that nobody can open.
    """
    epoch = _memory.epoch
    keys = {scope: new_key() for scope in scopes}
    with transaction.atomic(KEYRING):
        over = _current_practice_key(practice)
        ScopeKey.objects.bulk_create(
            ScopeKey(
                scope=scope,
                practice=practice,
                wrapped=seal(over, practice, _place(scope, practice), key),
                made_at=at,
            )
            for scope, key in keys.items()
        )
    _memory.keep(keys, epoch)


def key_of(scope: UUID) -> bytes:
    """The key of a scope; raises KeyDestroyed or CannotOpen."""
    key = _memory.get(scope) or warm([scope]).get(scope)
    if key is None:
        raise KeyDestroyed if ScopeKey.objects.filter(pk=scope).exists() else CannotOpen
    return key


def warm(scopes: Iterable[UUID]) -> dict[UUID, bytes]:
    """Open many keys with one question to the keyring; answers those that were not in memory."""
    epoch = _memory.epoch
    wanted = _memory.lacking(scopes)
    opened = {}
    for start in range(0, len(wanted), AT_ONCE):
        chosen = ScopeKey.objects.filter(
            pk__in=wanted[start : start + AT_ONCE], wrapped__isnull=False
        )
        for scope, practice, wrapped in chosen.values_list("scope", "practice", "wrapped"):
            over = _practice_key(practice)
            opened[scope] = open_sealed(over, _place(scope, practice), bytes(wrapped or b""))
    _memory.keep(opened, epoch)
    return opened


def _practice_key(practice: UUID) -> bytes:
    epoch = _memory.epoch
    key = _memory.practices.get(practice)
    if key is None:
        key = _unwrapped(PracticeKey.objects.filter(pk=practice).first())
        _memory.keep_practice(practice, key, epoch)
    return key


def _current_practice_key(practice: UUID) -> bytes:
    """A practice's key, held against rotation until the transaction ends."""
    return _unwrapped(PracticeKey.objects.select_for_update().filter(pk=practice).first())


def _unwrapped(row: PracticeKey | None) -> bytes:
    if row is None:
        raise CannotOpen
    return open_sealed(root_key(), _practice_place(row.pk), bytes(row.wrapped))


def derived(practice: UUID, purpose: str) -> bytes:
    """A key for one named purpose of a practice (HKDF-SHA256, RFC 5869); rotation keeps it."""
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"holdspace {purpose}".encode())
    return kdf.derive(key_of(_deriving(practice)))


def _deriving(practice: UUID) -> UUID:
    """The scope whose key seals nothing: other keys are made from it."""
    return uuid5(practice, "derived keys")


# ------------------------------------------------------------------ endings


def destroy(scope: UUID, *, at: datetime) -> bool:
    """Destroy a scope's key: what it sealed is gone. Answers whether there was one."""
    with transaction.atomic(KEYRING):
        rows = ScopeKey.objects.filter(pk=scope, destroyed_at__isnull=True)
        was_there = bool(rows.update(wrapped=None, destroyed_at=at))
        _move_on()
    _memory.forget()
    _overwrite_freed_pages()
    return was_there


def rotate_practice(practice: UUID) -> int:
    """Wrap a practice's scope keys under a new practice key, all or none; answers how many."""
    new = new_key()
    with transaction.atomic(KEYRING):
        root, old = _current_root(), _current_practice_key(practice)
        rows = ScopeKey.objects.select_for_update()
        kept = list(rows.filter(practice=practice, wrapped__isnull=False))
        for row in kept:
            place = _place(row.pk, practice)
            row.wrapped = seal(
                new, practice, place, open_sealed(old, place, bytes(row.wrapped or b""))
            )
        ScopeKey.objects.bulk_update(kept, ["wrapped"], batch_size=AT_ONCE)
        wrapped = seal(root, NOBODY, _practice_place(practice), new)
        PracticeKey.objects.filter(pk=practice).update(wrapped=wrapped)
        _move_on()
    _memory.forget()
    return len(kept)


def practices() -> list[UUID]:
    """The practices that have keys; the house's own first."""
    return list(PracticeKey.objects.order_by("practice").values_list("practice", flat=True))


def refresh() -> None:
    """Forget what another process destroyed or rotated: asked once a page."""
    with connections[KEYRING].cursor() as cursor:
        cursor.execute("SELECT number FROM vault_generation")
        row = cursor.fetchone()
    generation = row[0] if row else None  # a keyring that is not begun has none
    if generation == _memory.generation:
        return
    _memory.forget()
    check = RootCheck.objects.first()
    if check is None or (_memory.root is not None and not _opens(_memory.root, check)):
        _memory.root = None
    _memory.generation = generation


def forget() -> None:
    """Forget every opened key, the root key too."""
    _memory.root, _memory.generation = None, -1
    _memory.forget()


def _move_on() -> None:
    Generation.objects.update(number=F("number") + 1)


def _overwrite_freed_pages() -> None:
    """SQLite zeroed the page (`secure_delete`), and its log must not keep the old one either.

    PostgreSQL writes the table anew without the dead rows; its log goes as checkpoints recycle it.
    """
    connection = connections[KEYRING]
    if connection.in_atomic_block:
        return
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(
            "PRAGMA wal_checkpoint(TRUNCATE)" if is_sqlite else "VACUUM FULL vault_scopekey"
        )
