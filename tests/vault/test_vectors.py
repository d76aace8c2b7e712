"""Every way in which an envelope must fail to open, one file each, and one that opens."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.keyring import KeyDestroyed
from holdspace.cellar.vault.models import PracticeKey, ScopeKey
from holdspace.cellar.vault.sealing import CannotOpen, Place, open_sealed, scope_of, seal
from tests.cast import NOW
from tests.vault.make_vectors import FOLDER, VECTORS

FILES = sorted(FOLDER.glob("*.json"))
ENDS = {"CannotOpen": CannotOpen, "KeyDestroyed": KeyDestroyed}
PRACTICE = UUID(int=77)


def read(path: Path) -> dict[str, Any]:
    vector: dict[str, Any] = json.loads(path.read_text())
    return vector


def place_of(vector: dict[str, Any]) -> Place:
    parts = vector["place"]
    ids = {name: UUID(parts[name]) for name in ("practice", "row")}
    return Place(**(parts | ids))


def envelopes(vector: dict[str, Any]) -> Iterator[bytes]:
    """The envelope, or everything that the file says it could have become."""
    sealed = bytes.fromhex(vector["envelope"])
    match vector.get("change"):
        case "cut at every length":
            yield from (sealed[:length] for length in range(len(sealed)))
        case "flip every bit":
            for bit in range(len(sealed) * 8):
                changed = bytearray(sealed)
                changed[bit // 8] ^= 1 << bit % 8
                yield bytes(changed)
        case _:
            yield sealed


def put_key(scope: UUID, key: bytes) -> None:
    """A scope's key as the keyring holds it."""
    row = PracticeKey.objects.get(pk=PRACTICE)
    over = keyring._unwrapped(row)
    wrapped = seal(over, PRACTICE, keyring._place(scope, PRACTICE), key)
    ScopeKey.objects.create(scope=scope, practice=PRACTICE, wrapped=wrapped, made_at=NOW)


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_vector_ends_as_it_must(path: Path) -> None:
    vector = read(path)
    keyring.new_practice(PRACTICE, at=NOW)
    scope = UUID(vector["scope"])
    if vector["key_is"] != "unknown":
        put_key(scope, bytes.fromhex(vector["key"]))
    if vector["key_is"] == "destroyed":
        keyring.destroy(scope, at=NOW)
    for sealed in envelopes(vector):
        if vector["ends"] == "opens":
            words = open_sealed(keyring.key_of(scope_of(sealed)), place_of(vector), sealed)
            assert words.decode() == vector["words"]
        else:
            with pytest.raises(ENDS[vector["ends"]]) as ended:
                open_sealed(keyring.key_of(scope_of(sealed)), place_of(vector), sealed)
            assert str(ended.value) == ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_vector_is_what_its_script_makes(path: Path) -> None:
    assert read(path) == VECTORS[path.stem]


def test_every_vector_has_a_file() -> None:
    assert {path.stem for path in FILES} == set(VECTORS)
