"""`holdspace growth`: a mixed model from a CSV, without a house, a key or Django."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from holdspace.cli.growth import growth
from tests.cli.houses import watched
from tests.outcomes.courses import PUBLISHED

SLEEP = (
    str(PUBLISHED / "sleepstudy.csv"),
    *("--id", "Subject", "--time", "Days", "--score", "Reaction"),
)
TEETH = (
    str(PUBLISHED / "Orthodont.csv"),
    *("--id", "Subject", "--time", "age", "--score", "distance"),
)


def asked(*words: str) -> Result:
    return CliRunner().invoke(growth, words)


def test_sleepstudy_is_fitted_as_lme4_does() -> None:
    said = json.loads(asked(*SLEEP, "--predict", "308", "--ml", "--json").stdout)
    assert said["log_likelihood"] * -2 == pytest.approx(1751.9393444646682)
    named = {each["name"]: each["estimate"] for each in said["coefficients"]}
    assert named == pytest.approx({"level": 251.4051048, "time": 10.4672860})
    assert said["predicted"]["308"]["effects"]["level"] == pytest.approx(2.8156104, rel=1e-4)
    assert (said["people"], said["scores"], said["missing"], said["singular"]) == (
        18,
        180,
        0,
        False,
    )


def test_words_are_levels_that_act_on_level_and_slope() -> None:
    said = json.loads(asked(*TEETH, "--covariates", "Sex", "--json").stdout)
    names = [each["name"] for each in said["coefficients"]]
    assert names == ["level", "time", "Sex[Male]", "Sex[Male]:time"]


def test_a_fit_is_printed_as_text_without_house_or_django() -> None:
    command = [sys.executable, "-m", "holdspace.cli", "growth", *TEETH, "--predict", "M01"]
    nothing = {"PATH": "", "LANG": "C.UTF-8", **watched()}
    said = subprocess.run(command, capture_output=True, text=True, env=nothing).stdout
    assert "27 people, 108 scores, REML (time); log-likelihood -221.318343" in said
    assert "Between people: level SD 2.32703" in said
    assert "M01: level" in said


def a_file(folder: Path, *lines: str) -> tuple[str, ...]:
    path = folder / "scores.csv"
    path.write_text("\n".join(["who,week,score,age,seen by", *lines]), encoding="utf-8")
    return (str(path), "--id", "who", "--time", "week", "--score", "score", "--log-time")


@pytest.mark.parametrize(
    ("lines", "words", "why"),
    [
        (["a,1,3,40,x", "a,1,3,40,x"], [], "Row 3: It repeats row 2; take one of the two out."),
        (["a,1,3,40,x", "a,1,4,40,x"], ["--ties", "refuse"], "a has a score at 1 already (row 2)."),
        (["a,soon,3,40,x"], [], "Row 2: The time “soon” is not a number."),
        (["a,1,much,40,x"], [], "Row 2: “much” is not a number."),
        (["a,1,1000000000,40,x"], [], "Row 2: 1000000000 is outside"),
        (["a,1,3,40,x"], [], "One person alone"),
        (["a,1,,40,x"], [], "There is no score."),
        (["a,0,3,40,x", "b,1,3,40,x"], [], "The time 0 has no logarithm"),
        (["a,1,3,40,x", "a,2,3,41,x"], ["--covariates", "age"], "age of a is “41”, and was “40”"),
        (["a,1,3,,x", "a,2,3,,x"], ["--covariates", "age"], "Row 2: age is missing."),
        (["a,1,3,40,x", "a,2,3,40,y"], ["--cluster", "seen by"], "seen by of a is “y”"),
        (["a,1,3,40,x"], ["--covariates", "sex"], "There is no column “sex”."),
    ],
)
def test_what_cannot_be_fitted_ends_in_a_sentence(
    lines: list[str], words: list[str], why: str, tmp_path: Path
) -> None:
    said = asked(*a_file(tmp_path, *lines), *words)
    assert (said.exit_code, said.stdout) == (2, "")
    assert said.stderr.count("\n") == 1
    assert why in said.stderr


@pytest.mark.parametrize(("ties", "scores"), [("keep", 28), ("mean", 27), ("last", 27)])
def test_scores_at_one_time_are_said_with_what_became_of_them(
    ties: str, scores: int, tmp_path: Path
) -> None:
    lines = [
        f"{who},{week},{ord(who) % 7 + week * week % 5},1,x"
        for who in "abcdefghi"
        for week in (1, 2, 3)
    ]
    said = asked(*a_file(tmp_path, *lines, "a,1,9,1,x"), "--ties", ties)
    assert f"9 people, {scores} scores" in said.stdout
    assert (
        f"2 scores share their time with another of the same person (--ties {ties})." in said.stdout
    )


def test_somebody_who_is_not_in_the_file_is_not_predicted() -> None:
    said = asked(*TEETH, "--predict", "X9")
    assert (said.exit_code, said.stderr) == (2, "There is no person “X9” in the file.\n")
