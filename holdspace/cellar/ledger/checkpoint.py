"""Signed tree heads as C2SP tlog-checkpoint notes (c2sp.org/tlog-checkpoint, read 2026-11-23)."""

import binascii
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256

from holdspace.cellar.ledger.tree import HASH_BYTES
from holdspace.cellar.vault import signing

ED25519 = b"\x01"
KEY_ID_BYTES = 4
MOST_SIGNATURES = 64
_NAME = re.compile(r"[^\s+]+")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_SIGNATURE = re.compile(r"— (?P<name>[^\s+]+) (?P<value>[A-Za-z0-9+/]+={0,2})")


class NotACheckpoint(Exception):
    """The text is not shaped like a checkpoint."""


class NotSigned(Exception):
    """No good signature of the expected key stands under the checkpoint."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a checkpoint states: this log, with so many leaves, has this root."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The note text that is signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def key_id(name: str, public: bytes) -> bytes:
    """The four bytes that tell keys of one name apart (C2SP signed-note, Ed25519)."""
    return sha256(name.encode() + b"\n" + ED25519 + public).digest()[:KEY_ID_BYTES]


def make(head: Head, *, seed: bytes) -> str:
    """The signed note; the key carries the log's own name."""
    if not _NAME.fullmatch(head.origin) or not head.origin.isprintable():
        raise ValueError("an origin is one word without spaces or plus signs")
    signature = signing.sign(seed, head.text().encode())
    value = b64encode(key_id(head.origin, signing.public_key(seed)) + signature).decode()
    return f"{head.text()}\n— {head.origin} {value}\n"


def parse(note: str) -> Head:
    """What the note states. Nobody has vouched for it yet: use `check`."""
    text, _ = _parts(note)
    return _head(text)


def check(note: str, *, origin: str, public: bytes) -> Head:
    """What the note states, once the log's own signature has been found good."""
    text, lines = _parts(note)
    head = _head(text)
    if head.origin != origin:
        raise NotSigned("the checkpoint belongs to another log")
    known = key_id(origin, public)
    values = [value for name, value in lines if name == origin and value[:KEY_ID_BYTES] == known]
    if not values:
        raise NotSigned("the log's own key has not signed")
    for value in values:
        try:
            signing.verify(public, value[KEY_ID_BYTES:], text.encode())
        except signing.BadSignature as wrong:
            raise NotSigned("the signature is wrong") from wrong
    return head


def _parts(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    """The text with its last newline, and the signatures by key name."""
    if any((letter < " " and letter != "\n") or "\ud800" <= letter <= "\udfff" for letter in note):
        raise NotACheckpoint("a note is plain text without control characters")
    text, blank, block = note.rpartition("\n\n")
    if not blank or not block.endswith("\n"):
        raise NotACheckpoint("a note is a text, an empty line, and signatures")
    lines = block[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise NotACheckpoint("too many signatures")
    return text + "\n", [_signature(line) for line in lines]


def _signature(line: str) -> tuple[str, bytes]:
    found = _SIGNATURE.fullmatch(line)
    if not found:
        raise NotACheckpoint("a signature line is a dash, a name and base64")
    value = _decoded(found["value"])
    if len(value) <= KEY_ID_BYTES:
        raise NotACheckpoint("a signature is longer than its key id")
    return found["name"], value


def _head(text: str) -> Head:
    """Origin, size and root; further lines are allowed by the format and ignored."""
    lines = text[:-1].split("\n")
    if len(lines) < 3 or not all(lines):
        raise NotACheckpoint("a checkpoint is an origin, a size and a root")
    origin, size, encoded = lines[:3]
    if not _SIZE.fullmatch(size):
        raise NotACheckpoint("a size is a decimal number")
    root = _decoded(encoded)
    if len(root) != HASH_BYTES:
        raise NotACheckpoint("a root has 32 bytes")
    return Head(origin, int(size), root)


def _decoded(value: str) -> bytes:
    try:
        decoded = b64decode(value, validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise NotACheckpoint("not base64") from wrong
    if b64encode(decoded).decode() != value:
        raise NotACheckpoint("base64 has one form")
    return decoded
