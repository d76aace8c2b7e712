"""Sealing without a keyring: what comes out went in, and its length says little."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.cellar.vault.sealing import (
    CannotOpen,
    Place,
    new_key,
    open_sealed,
    scope_of,
    seal,
)

SCOPE = UUID(int=5)
HERE = Place(UUID(int=1), "table", "column", UUID(int=2), "record", 1)
words_of_any_kind = st.binary(max_size=200)


@given(words_of_any_kind)
def test_what_was_sealed_opens_at_its_place(words: bytes) -> None:
    key = new_key()
    envelope = seal(key, SCOPE, HERE, words)
    assert open_sealed(key, HERE, envelope) == words
    assert scope_of(envelope) == SCOPE


def test_the_same_words_never_look_the_same() -> None:
    key = new_key()
    assert seal(key, SCOPE, HERE, b"Amara") != seal(key, SCOPE, HERE, b"Amara")


def test_short_names_are_all_of_one_length() -> None:
    key = new_key()
    lengths = {len(seal(key, SCOPE, HERE, b"x" * n)) for n in range(32)}
    assert len(lengths) == 1


places = st.builds(
    Place,
    practice=st.uuids(), table=st.text(max_size=4), column=st.text(max_size=4), row=st.uuids(),
    layer=st.text(max_size=4), version=st.integers(0, 2**63 - 1),
)  # fmt: skip


@given(places, places)
def test_no_two_places_read_alike(one: Place, other: Place) -> None:
    assert (one == other) == (one.as_bytes() == other.as_bytes())


def test_letters_cannot_wander_from_one_part_of_a_place_to_the_next() -> None:
    one = Place(UUID(int=1), "ab", "c", UUID(int=2), "record", 1)
    other = Place(UUID(int=1), "a", "bc", UUID(int=2), "record", 1)
    key = new_key()
    with pytest.raises(CannotOpen):
        open_sealed(key, other, seal(key, SCOPE, one, b"words"))
