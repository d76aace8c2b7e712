"""Sealing and opening of one value: AES-256-GCM, bound to the place it was written for.

An envelope is `version (1) | scope (16) | nonce (12) | ciphertext and tag`. The associated data
names practice, table, column, row, layer and row version, so that a value that was moved, rolled
back or re-labelled does not open (NIST SP 800-38D; nonces are random, and one key seals far fewer
than 2**32 values). Words are padded to a multiple of 32 bytes: the length of a name says nothing.
"""

import os
from functools import cache
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = 1
KEY_BYTES = 32
NONCE_BYTES = 12
HEAD_BYTES = 17  # version and scope
PAD_TO = 32
_ID, _NUMBER = (16).to_bytes(2, "big"), (8).to_bytes(2, "big")  # lengths of parts of a place


class CannotOpen(Exception):
    """The value does not open here. It says nothing of why."""


class Place(NamedTuple):
    """Where a sealed value belongs."""

    practice: UUID
    table: str
    column: str
    row: UUID
    layer: str
    version: int

    def as_bytes(self) -> bytes:
        """Each part behind its length, so that no two places read alike."""
        column = _column(self.table, self.column, self.layer)
        return _joined(_front(self.practice), self.row.bytes, self.version, column)


def _front(practice: UUID) -> bytes:
    return _ID + practice.bytes + _ID


def _joined(front: bytes, row: bytes, version: int, column: bytes) -> bytes:
    return front + row + _NUMBER + version.to_bytes(8, "big") + column


@cache  # as many as there are sealed columns, on as many layers
def _column(*words: str) -> bytes:
    parts = [word.encode() for word in words]
    return b"".join([len(part).to_bytes(2, "big") + part for part in parts])


def new_key() -> bytes:
    return AESGCM.generate_key(bit_length=KEY_BYTES * 8)


def seal(key: bytes, scope: UUID, place: Place, words: bytes) -> bytes:
    """Seal words for a place under the key of a scope."""
    head = bytes([VERSION]) + scope.bytes
    nonce = os.urandom(NONCE_BYTES)
    return head + nonce + AESGCM(key).encrypt(nonce, _padded(words), head + place.as_bytes())


class Opener:
    """Opens many values of one column under one key: what they share is made ready once."""

    def __init__(self, key: bytes, practice: UUID, table: str, column: str) -> None:
        self._cipher, self._words = AESGCM(key), (table, column)
        self._front = _front(practice)

    def open(self, row: bytes, layer: str, version: int, envelope: bytes) -> bytes:
        """Open an envelope at the place of this row (its id's bytes); else raises CannotOpen."""
        place = _joined(self._front, row, version, _column(*self._words, layer))
        return _opened(self._cipher, place, envelope)


def open_sealed(key: bytes, place: Place, envelope: bytes) -> bytes:
    """Open one envelope at its place; raises CannotOpen anywhere else."""
    return _opened(AESGCM(key), place.as_bytes(), envelope)


def _opened(cipher: AESGCM, place: bytes, envelope: bytes) -> bytes:
    head, nonce, body = _split(envelope)
    try:
        return _unpadded(cipher.decrypt(nonce, body, head + place))
    except InvalidTag:
        raise CannotOpen from None


def scope_of(envelope: bytes) -> UUID:
    """Whose key opens this envelope; raises CannotOpen where it is none of ours."""
    head, _, _ = _split(envelope)
    return UUID(bytes=head[1:])


def _split(envelope: bytes) -> tuple[bytes, bytes, bytes]:
    if len(envelope) < HEAD_BYTES + NONCE_BYTES + 16 or envelope[0] != VERSION:
        raise CannotOpen
    nonce_end = HEAD_BYTES + NONCE_BYTES
    return envelope[:HEAD_BYTES], envelope[HEAD_BYTES:nonce_end], envelope[nonce_end:]


def _padded(words: bytes) -> bytes:
    """ISO/IEC 7816-4 padding: one 0x80, then zeros."""
    return words + b"\x80" + bytes(-(len(words) + 1) % PAD_TO)


def _unpadded(padded: bytes) -> bytes:
    return padded[: padded.rindex(b"\x80")]
