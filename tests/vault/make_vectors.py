"""Makes tests/vault/vectors: python -m tests.vault.make_vectors. It seals by itself, from the
description of the envelope, so that the vault is not measured against its own code.
"""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FOLDER = Path(__file__).parent / "vectors"
KEY = bytes(range(32))
OTHER_KEY = bytes(range(32, 64))
NONCE = bytes(range(100, 112))
SCOPE = UUID("01890000-0000-7000-8000-00000000000a")
OTHER_SCOPE = UUID("01890000-0000-7000-8000-00000000000b")
WORDS = "We sat. Später kam Luz."
PLACE: dict[str, Any] = {
    "practice": "01890000-0000-7000-8000-000000000001",
    "table": "notes_note",
    "column": "content",
    "row": "01890000-0000-7000-8000-000000000002",
    "layer": "record",
    "version": 3,
}


def measured(part: bytes) -> bytes:
    return len(part).to_bytes(2, "big") + part


def place_bytes(place: dict[str, Any]) -> bytes:
    numbers = [UUID(place["practice"]).bytes, UUID(place["row"]).bytes]
    numbers.append(place["version"].to_bytes(8, "big"))
    words = [place[name].encode() for name in ("table", "column", "layer")]
    return b"".join(measured(part) for part in numbers + words)


def envelope(version: int = 1, scope: UUID = SCOPE, key: bytes = KEY) -> bytes:
    padded = WORDS.encode() + b"\x80"
    padded += bytes(-len(padded) % 32)
    head = bytes([version]) + scope.bytes
    return head + NONCE + AESGCM(key).encrypt(NONCE, padded, head + place_bytes(PLACE))


def vector(what: str, sealed: bytes, ends: str = "CannotOpen", **more: Any) -> dict[str, Any]:
    place = PLACE | {name: more.pop(name) for name in list(more) if name in PLACE}
    return {
        "what": what, "key": KEY.hex(), "key_is": "kept", "scope": str(SCOPE), "place": place,
        "envelope": sealed.hex(), "ends": ends, **more,
    }  # fmt: skip


GOOD = envelope()
ANOTHER = "01890000-0000-7000-8000-0000000000ff"
VECTORS = {
    "good": vector("The words open at their place.", GOOD, "opens", words=WORDS),
    "wrong_row": vector("Copied into another row.", GOOD, row=ANOTHER),
    "wrong_column": vector("Copied into another column.", GOOD, column="thread"),
    "wrong_table": vector("Copied into another table.", GOOD, table="notes_addendum"),
    "wrong_layer": vector("The row was moved to another layer.", GOOD, layer="shared"),
    "wrong_row_version": vector("Rolled back to an earlier version.", GOOD, version=4),
    "wrong_practice": vector("Copied into another practice.", GOOD, practice=ANOTHER),
    "wrong_key": vector("The scope has another key.", envelope(key=OTHER_KEY)),
    "wrong_scope": vector(
        "The envelope was re-labelled for another scope that has the same key.",
        GOOD[:1] + OTHER_SCOPE.bytes + GOOD[17:], scope=str(OTHER_SCOPE),
    ),
    "unknown_scope": vector("Nobody has a key of this scope.", GOOD, key_is="unknown"),
    "destroyed_key": vector(
        "The key was destroyed.", GOOD, "KeyDestroyed", key_is="destroyed"
    ),
    "truncated": vector("Cut off anywhere.", GOOD, change="cut at every length"),
    "flipped_bit": vector("One bit differs, anywhere.", GOOD, change="flip every bit"),
    "longer": vector("A byte was added.", GOOD + b"\x00"),
    "old_version": vector("An envelope of a version before ours.", envelope(version=0)),
    "unknown_version": vector("An envelope of a version to come.", envelope(version=2)),
    "not_an_envelope": vector("Plain words in the column.", WORDS.encode() * 3),
    "empty": vector("Nothing at all.", b""),
}  # fmt: skip

if __name__ == "__main__":
    for name, made in VECTORS.items():
        (FOLDER / f"{name}.json").write_text(json.dumps(made, indent=2, ensure_ascii=False) + "\n")
