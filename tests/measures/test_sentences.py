"""Scores in plain words."""

from dataclasses import replace

import pytest

from holdspace.hour.measures.change import change
from holdspace.hour.measures.instruments import load
from holdspace.hour.measures.scoring import score
from holdspace.hour.measures.sentences import (
    band_sentence,
    change_source,
    course_sentence,
    direction_sentence,
    in_words,
    language_name,
    score_sentence,
    threshold,
)
from holdspace.hour.measures.wording import plain_language, wording

PHQ9, RATING, RAND = load("phq9"), load("session_rating"), load("rand36_ewb")


@pytest.mark.parametrize(
    ("first", "last", "ends"),
    [
        (20, 14, "14 of 27, from 20 at the start. More than chance alone would explain."),
        (8, 15, "15 of 27, from 8 at the start. More than chance alone would explain."),
        (19, 14, "14 of 27, from 19 at the start. Chance alone could explain the difference."),
        (14, 14, "14 of 27, from 14 at the start. No difference."),
    ],
)
def test_a_course_says_whether_chance_would_explain_it(first: int, last: int, ends: str) -> None:
    assert course_sentence(PHQ9, change(PHQ9, first, last), last) == f"PHQ-9: {ends}"


def test_a_course_without_a_published_rule_says_so() -> None:
    moved = change(RATING, 6.25, 8)
    assert "is not known" in course_sentence(RATING, moved, 8)
    assert "6.25 at the start" in course_sentence(RATING, moved, 8)
    assert change_source(moved).startswith("No rule")


def test_a_course_of_one_or_none() -> None:
    assert course_sentence(PHQ9, None, None) == "PHQ-9: no score yet."
    assert course_sentence(PHQ9, None, 7) == "PHQ-9: 7 of 27, answered once so far."
    assert "once so far" in course_sentence(PHQ9, change(PHQ9, None, 7), 7)


def test_the_source_is_named_and_what_was_not_checked_is_said() -> None:
    assert "NCT05134103" in change_source(change(PHQ9, 19, 14))
    assert "were not checked" in change_source(change(RAND, 40, 70))
    assert "No rule" in change_source(None)


def test_which_way_is_better_is_said() -> None:
    assert direction_sentence(PHQ9) == "From 0 to 27; lower is better."
    assert direction_sentence(RAND) == "From 0 to 100; higher is better."


def test_a_band_is_a_word_with_its_source() -> None:
    assert band_sentence(PHQ9, 12).startswith("moderate; CamCOPS")
    assert band_sentence(RAND, 12) == ""
    assert band_sentence(PHQ9, None) == ""


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ([1] * 9, "9 of 27: mild"),
        ([1] * 8 + [None], "9 of 27: mild (one answer is missing; prorated as published)"),
        ([1] * 6 + [None] * 3, "no score: three answers are missing"),
        ([None] * 9, "no score: nothing was answered"),
    ],
)
def test_a_score_in_words(answers: list[int | None], sentence: str) -> None:
    assert score_sentence(PHQ9, score(PHQ9, answers)) == sentence


def test_a_score_without_bands_is_a_number() -> None:
    assert score_sentence(RATING, score(RATING, [8, 8, 9, 9])) == "8.5 of 10"
    assert in_words(9) == "nine"
    assert in_words(12) == "12"


def test_an_instrument_speaks_its_official_languages_only() -> None:
    assert wording(RATING, "de-AT").name == "Wie war diese Sitzung?"
    assert wording(RATING, "es").anchors["heard"].low == "Nada"
    english = wording(PHQ9, "de")
    assert (english.language, english.is_original) == ("en", True)
    assert wording(PHQ9, "en-gb").is_original is False
    assert english.label(1) == "Several days"
    assert plain_language("EN_gb") == "en"


@pytest.mark.parametrize(
    ("operator", "said"),
    [(">=", "10 or more"), (">", "above 10"), ("<=", "10 or less"), ("<", "below 10")],
)
def test_a_threshold_is_said_in_words(operator: str, said: str) -> None:
    cut = replace(load("phq9").cutoffs[0], operator=operator, value=10)
    assert threshold(cut) == said


def test_a_language_is_called_by_its_name_where_there_is_one() -> None:
    assert (language_name("de"), language_name("tlh")) == ("German", "tlh")
