"""The schools and the voices, as they are named in each language."""

from dataclasses import fields, replace

import pytest
from django.utils import translation

from holdspace.frame.approaches import schools
from holdspace.frame.approaches.tongues import LANGUAGES, NotComplete, complete
from holdspace.frame.approaches.words import Words, voice_words, voices
from holdspace.frame.practice.rules import VOICES
from tests.therapy.conftest import CHOICES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_voice_of_the_practice_has_all_its_words(language: str) -> None:
    assert set(voices(language)) == set(VOICES)
    for name, words in voices(language).items():
        for slot in fields(Words):
            said, in_english = (getattr(of, slot.name) for of in (words, voices("en")[name]))
            assert said != ""
            assert (said is None) == (in_english is None)


@pytest.mark.parametrize("said", [{"en": "hope"}, {"en": "hope", "de": "", "es": "esperanza"}])
def test_a_word_that_is_missing_in_a_language_starts_nothing(said: dict[str, str]) -> None:
    with pytest.raises(NotComplete):
        complete(said, "aim")


def test_an_analytic_page_has_no_aims_and_an_unknown_voice_is_plain() -> None:
    assert voice_words(CHOICES).person == "client"
    assert voice_words(replace(CHOICES, voice="analytic")).aims is None
    assert voice_words(replace(CHOICES, voice="pirate")) == voices("en")["counselling"]


def test_a_voice_and_the_schools_speak_the_language_of_the_page() -> None:
    with translation.override("de"):
        assert voice_words(CHOICES).meeting == "Sitzung"
        assert schools.name_of("schema_therapy") == "Schematherapie"
    with translation.override("es"):
        assert voice_words(CHOICES).meeting == "sesión"
        assert schools.name_of("schema_therapy") == "Terapia de esquemas"


def test_there_are_135_schools_in_eleven_families() -> None:
    assert all(len(schools.schools(language)) == 135 for language in LANGUAGES)
    families = schools.choices()
    assert len(families) == 11
    assert sum(len(members) for _family, members in families) == 135


def test_a_school_that_is_not_in_the_list_goes_by_its_id() -> None:
    assert schools.name_of("psychoanalysis") == "Psychoanalysis (classical)"
    assert schools.name_of("house_style") == schools.short_name_of("house_style") == "House style"


def test_a_school_has_a_short_name_for_a_line_with_little_room() -> None:
    assert schools.short_name_of("psychoanalysis") == "Psychoanalysis"
    assert schools.short_name_of("cbasp") == "CBASP"
    with translation.override("de"):
        assert schools.short_name_of("cbt") == "KVT"
    names = [one.short for tongue in LANGUAGES for one in schools.schools(tongue).values()]
    assert max(map(len, names)) <= 27
