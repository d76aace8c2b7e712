"""The same pages without confidentiality: no sealing, no gate, no ledger. What remains is the rest.

Called before a practice is laid, in a process that does nothing else: its columns then hold plain
words in envelopes of the same length. Whose caseload it is, is still asked; any program asks that.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from holdspace.cellar.access import gate
from holdspace.cellar.ledger import actions as ledger
from holdspace.cellar.vault import keyring, sealing

TAG = bytes(16)
NO_LINE = UUID(int=0)


class Plain:
    """In the place of AES-GCM: puts the words in as they are."""

    def __init__(self, key: bytes) -> None:
        self.key = key

    @staticmethod
    def generate_key(bit_length: int) -> bytes:
        return bytes(bit_length // 8)

    def encrypt(self, _nonce: bytes, words: bytes, _place: bytes) -> bytes:
        return words + TAG

    def decrypt(self, _nonce: bytes, body: bytes, _place: bytes) -> bytes:
        return body[: -len(TAG)]


def strip() -> None:
    """Take sealing, gate and ledger out of this process."""
    parts: dict[tuple[Any, str], Any] = {
        (sealing, "AESGCM"): Plain,
        (sealing.Place, "as_bytes"): lambda _place: b"",
        (keyring, "key_of"): lambda _scope: bytes(sealing.KEY_BYTES),
        (keyring, "warm"): _nothing_to_open,
        (keyring, "refresh"): lambda: None,
        (gate, "allowed"): lambda *_: True,
        (ledger, "write"): lambda _entry, *, at: NO_LINE,  # noqa: ARG005 - as it is called
        (ledger, "write_alone"): lambda _entry, *, at: NO_LINE,  # noqa: ARG005
    }
    for (where, name), instead in parts.items():
        setattr(where, name, instead)


def _nothing_to_open(_scopes: Iterable[UUID]) -> dict[UUID, bytes]:
    return {}
