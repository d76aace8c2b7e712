"""The root key: where it comes from, and where it may not lie."""

import os
import stat
import unicodedata
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw

from holdspace.cellar.vault.sealing import KEY_BYTES, new_key

# RFC 9106, second recommended option for memory-constrained machines, with twice the passes.
ARGON2_PASSES, ARGON2_KIB, ARGON2_LANES = 6, 65536, 4
SALT_BYTES = 16


class NoRootKey(Exception):
    """There is no root key to work with; the message is for the person starting the house."""


def read_key_file(path: Path) -> bytes:
    """The key in a file of 64 hexadecimal digits that only its owner may read."""
    try:
        mode, text = path.stat().st_mode, path.read_text(encoding="ascii").strip()
        key = bytes.fromhex(text)
    except (OSError, ValueError):
        msg = f"The root key cannot be read from {path}."
        raise NoRootKey(msg) from None
    if len(key) != KEY_BYTES:
        msg = f"{path} does not hold a root key (64 hexadecimal digits)."
        raise NoRootKey(msg)
    if stat.S_IMODE(mode) & 0o077:
        msg = f"Others can read {path}: chmod 600 it before starting."
        raise NoRootKey(msg)
    return key


def write_key_file(path: Path) -> None:
    """Make a new root key, readable by its owner alone; never over another one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(new_key().hex() + "\n")
        file.flush()
        os.fsync(file.fileno())


def new_salt() -> bytes:
    return os.urandom(SALT_BYTES)


def from_passphrase(passphrase: str, salt: bytes) -> bytes:
    """The key that a passphrase gives (Argon2id, RFC 9106), however a keyboard writes accents."""
    typed = unicodedata.normalize("NFC", passphrase)
    return hash_secret_raw(
        typed.encode(), salt, ARGON2_PASSES, ARGON2_KIB, ARGON2_LANES, KEY_BYTES, Type.ID
    )


def refuse_beside(key_file: Path, home: Path) -> None:
    """A key in the folder it protects protects nothing."""
    if home.resolve() in key_file.resolve().parents:
        msg = f"The root key {key_file} lies beside the data it protects: move it out of {home}."
        raise NoRootKey(msg)
