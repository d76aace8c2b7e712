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
    said = score("phq10", "--answers", "1")
    assert said.returncode == 2
    assert "There are: ace10, apeqpt, arm5," in said.stderr


def test_figures_added_up_elsewhere_are_read() -> None:
    said = json.loads(score("oq45", "--total", "71", "--scale", "social_role=12", "--json").stdout)
    assert (said["total"], said["subscales"]) == (71, {"social_role": 12})


def test_a_person_decides_which_cut_offs_hold() -> None:
    """S19: CECPfuns (commit 05918c3)."""
    girl = score(
        "yp_core", "--answers", "1,1,3,1,3,1,1,1,1,3", "--age", "12", "--sex", "female", "--json"
    )
    cuts = {cutoff["id"]: cutoff["value"] for cutoff in json.loads(girl.stdout)["cutoffs"]}
    assert list(cuts.values()) == [15, 14.4, 13.4]


@pytest.mark.parametrize(
    "words",
    [
        ["phq9"],
        ["phq9", "--answers", "0,0,0,0,0,0,0,0,0", "--total", "3"],
        ["oq45", "--answers", "1"],
        ["oq45", "--total", "900"],
        ["oq45", "--scale", "social_role"],
    ],
)
def test_figures_that_make_no_sense_are_refused(words: list[str]) -> None:
    said = score(*words)
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr.endswith(".\n")


def test_the_instruments_are_listed() -> None:
    command = [*COMMAND[:-1], "instruments"]
    told = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True)
    found = {each["id"]: each for each in json.loads(told.stdout)}
    assert found["core_10"]["status"] == "score"
    assert found["phq9"]["range"] == [0, 27]
    plain = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "dass21: Depression Anxiety Stress Scales 21\n  score, 21 items, no total" in plain


@pytest.mark.parametrize("answers", ["1,2", "9,9,9,9,9,9,9,9,9", "a,b", ""])
def test_answers_that_cannot_be_scored_are_refused_in_plain_words(answers: str) -> None:
    said = score("phq9", "--answers", answers)
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr.count("\n") == 1
    assert "Traceback" not in said.stderr
