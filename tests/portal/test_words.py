"""Every sentence in every language."""

import re

import pytest
import yaml

from holdspace.front.portal.words import (
    FILE,
    LANGUAGES,
    NotComplete,
    catalogue,
    complete,
    language_of,
)

RAW = yaml.safe_load(FILE.read_text(encoding="utf-8"))


def test_every_sentence_is_there_in_three_languages() -> None:
    assert set(catalogue()) == set(LANGUAGES) == {"en", "de", "es"}
    for slot, said in RAW.items():
        assert set(said) == set(LANGUAGES), slot


def test_each_language_puts_in_the_same_names() -> None:
    for slot, said in RAW.items():
        names = {frozenset(re.findall(r"\{(\w+)\}", text)) for text in said.values()}
        assert len(names) == 1, slot


def test_nothing_shouts() -> None:
    assert not [slot for slot, said in RAW.items() for text in said.values() if "!" in text]


@pytest.mark.parametrize("raw", [{**RAW, "more": {"de": "mehr"}}, RAW | {"begin": {"en": "Begin"}}])
def test_a_missing_or_unknown_sentence_is_found(raw: dict[str, dict[str, str]]) -> None:
    with pytest.raises(NotComplete):
        complete(raw, "de")


def test_other_languages_are_shown_in_english() -> None:
    assert (language_of("de-at"), language_of("fi")) == ("de", "en")
