"""`holdspace score`: a questionnaire's score, without a house, a key or Django."""

import json
import subprocess
import sys

import pytest

from tests.cli.houses import watched

COMMAND = [sys.executable, "-m", "holdspace.cli", "score"]


def score(*words: str) -> "subprocess.CompletedProcess[str]":
    nothing = {"PATH": "", "LANG": "C.UTF-8", **watched()}
    return subprocess.run([*COMMAND, *words], capture_output=True, text=True, env=nothing)


def test_a_score_is_printed_as_text() -> None:
    said = score("phq9", "--answers", "2,2,1,2,1,1,1,,1")
    assert said.returncode == 0
    assert "Total: 12 (range 0 to 27" in said.stdout
    assert "Prorated: yes" in said.stdout
    assert "Safety: item 9 was answered 1" in said.stdout


def test_a_score_is_printed_as_json() -> None:
    said = json.loads(score("gad7", "--answers", "1,1,2,1,0,1,2", "--json").stdout)
    assert (said["total"], said["band"], said["prorated"]) == (8, "mild", False)


def test_an_age_outside_the_instruments_is_flagged() -> None:
    assert "age of 11" in score("phq9", "--answers", "0,0,0,0,0,0,0,0,0", "--age", "11").stdout


def test_an_unknown_instrument_is_answered_with_those_there_are() -> None:
    said = score("phq8", "--answers", "1")
    assert said.returncode == 2
    assert "There are: gad7, pcl5, phq9, rand36_ewb, session_rating." in said.stderr


@pytest.mark.parametrize("answers", ["1,2", "9,9,9,9,9,9,9,9,9", "a,b", ""])
def test_answers_that_cannot_be_scored_are_refused_in_plain_words(answers: str) -> None:
    said = score("phq9", "--answers", answers)
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr.count("\n") == 1
    assert "Traceback" not in said.stderr
