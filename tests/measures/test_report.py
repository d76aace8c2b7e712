"""What the command line prints, and what it reads."""

import json

import pytest

from holdspace.hour.measures.instruments import library, load
from holdspace.hour.measures.report import AnswersNotReadable, as_json, as_text, parse_answers
from holdspace.hour.measures.scoring import score, score_total


def test_an_empty_place_is_an_unanswered_item() -> None:
    assert parse_answers("0,1, 2 ,,3") == [0, 1, 2, None, 3]
    assert parse_answers("") == [None]


@pytest.mark.parametrize("typed", ["0,x,2", "0,1.5", "0;1", "0,1_0", "0,²", "0," + "9" * 5000])
def test_what_is_not_a_number_is_refused_with_its_place(typed: str) -> None:
    with pytest.raises(AnswersNotReadable, match=r"Answer [12] is"):
        parse_answers(typed)


def test_a_printed_score_holds_what_a_person_needs() -> None:
    text = as_text(score(load("phq9"), parse_answers("2,2,1,2,1,1,1,,1"), age=11), load("phq9"))
    assert "Total: 12 (range 0 to 27, higher is worse)" in text
    assert "Band: moderate" in text
    assert "Prorated: yes" in text
    assert "Safety: item 9 was answered 1" in text
    assert "Threshold 10 reached" in text
    assert "Not made for the age of 11." in text
    assert "Reliable change: >= 6 points. NCT05134103" in text


def test_a_printed_score_says_why_there_is_no_total() -> None:
    text = as_text(score(load("phq9"), [None] * 9), load("phq9"))
    assert "Total: none, because nothing was answered" in text
    assert "Risk not known: item 9 was not answered" in text
    assert "Major depressive syndrome (PHQ-9 algorithm): not known" in text
    too_few = as_text(score(load("gad7"), [1] * 6 + [None]), load("gad7"))
    assert "Total: none, because too many items were left unanswered" in too_few


def test_a_printed_score_lists_its_subscales() -> None:
    text = as_text(score(load("pcl5"), [1] * 6 + [None] + [1] * 13), load("pcl5"))
    assert "B Re-experiencing: 5" in text
    assert "C Avoidance: none" in text


def test_a_rating_that_is_not_validated_says_so() -> None:
    text = as_text(score(load("session_rating"), [7, 7, 8, None]), load("session_rating"))
    assert "Total: 7.33 (range 0 to 10, higher is better)" in text
    assert "Flags: none" in text
    assert "Reliable change: no published rule" in text
    assert "Not a validated scale." in text


def test_a_change_rule_that_was_not_verified_says_so() -> None:
    text = as_text(score(load("rand36_ewb"), [1, 1, 1, 1, 1]), load("rand36_ewb"))
    assert "> 19.26 points" in text
    assert "(not verified)" in text


def test_json_holds_the_same_as_the_text() -> None:
    answer = as_json(score(load("phq9"), parse_answers("0,0,0,0,0,0,0,0,1")), load("phq9"))
    [flag] = answer["flags"]
    assert (flag["kind"], flag["item"], flag["value"]) == ("safety", 9, 1)
    assert answer["change_rule"]["source"].startswith("NCT05134103")
    assert answer["licence_credit"].startswith("PHQ-9:")
    assert (answer["total"], answer["range"], answer["band"]) == (1, [0, 27], "none or minimal")
    assert (answer["answered"], answer["of"], answer["prorated"]) == (9, 9, False)


def test_json_keeps_an_unknown_risk_apart_from_none() -> None:
    answer = as_json(score(load("phq9"), [0] * 8 + [None]), load("phq9"))
    [flag] = answer["flags"]
    assert (flag["kind"], flag["item"], flag["value"]) == ("risk_unanswered", 9, None)


@pytest.mark.parametrize("name", library())
def test_every_score_can_be_written_as_json(name: str) -> None:
    instrument = load(name)
    if instrument.is_total_only:
        scales = {scale.id: 1 for scale in instrument.scoring.subscales}
        result = score_total(
            instrument, instrument.range[0] if instrument.has_total else None, subscales=scales
        )
        assert json.loads(json.dumps(as_json(result, instrument)))["instrument"] == name
        return
    result = score(instrument, [instrument.options_of(item)[0].value for item in instrument.items])
    assert json.loads(json.dumps(as_json(result, instrument)))["instrument"] == name
    nothing = as_json(score(instrument, {}), instrument)
    assert (nothing["total"], nothing["why_not"]) == (None, "nothing_answered")
