"""`holdspace change`: everybody's change in a file, or one clear sentence why not."""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from holdspace.cli.change import change
from tests.cli.houses import watched
from tests.outcomes.files import HERE

CLAUS = HERE / "data" / "claus_2020.csv"
HAMD = "--id id --time time --score hamd --pre 1 --post 4 --better lower"
NORMS = "--functional-mean 8 --functional-sd 8"
ONE = "--id id --time t --score s --pre 1 --post 2 --better lower"


def asked(file: Path, words: str) -> Result:
    return CliRunner().invoke(change, [str(file), *words.split()])


def written(directory: Path, text: str) -> Path:
    file = directory / "scores.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_it_needs_no_house_and_no_django() -> None:
    words = [sys.executable, "-m", "holdspace.cli", "change", str(CLAUS), *HAMD.split()]
    said = subprocess.run(
        [*words, *NORMS.split(), "--reliability", "0.8"],
        capture_output=True,
        text=True,
        env={"PATH": "", "LANG": "C.UTF-8", **watched()},
    )
    assert said.returncode == 0
    assert "Everybody (40): 26 recovered, 3 improved, 10 unchanged" in said.stdout
    assert "Left out, with one score only: 4.0, 17.0, 27.0." in said.stdout


@pytest.mark.parametrize(
    ("method", "counts"),
    [
        ("--method jt --reliability 0.8", [26, 3, 10, 1, 0]),
        ("--method en --reliability 0.8", [26, 6, 5, 3, 0]),
        ("--method nk --reliability 0.8 --reliability-post 0.5", [26, 2, 11, 1, 0]),
        ("--method ha --reliability 0.8", [23, 9, 7, 1, 0]),
        ("--method hlm", [10, 1, 20, 9, 0]),
    ],
)
def test_the_published_counts_come_out_as_json(method: str, counts: list[int]) -> None:
    said = json.loads(asked(CLAUS, f"{HAMD} {NORMS} {method} --json").stdout)
    assert list(said["groups"][0]["counts"].values()) == counts
    assert said["people"][0]["id"] == "1.0"
    assert said["constants"].get("reliability", 0.8) == 0.8


def test_cut_off_a_is_taken_where_there_is_no_norm() -> None:
    said = json.loads(asked(CLAUS, f"{HAMD} --reliability 0.8 --json").stdout)
    assert said["cutoff_type"] == "a"
    constants = said["constants"]
    assert said["cutoff"] == pytest.approx(constants["mean_pre"] - 2 * constants["sd_pre"])


def test_each_time_may_have_its_own_column() -> None:
    blues = HERE / "data" / "beat_the_blues.csv"
    words = (
        "--id rownames --pre bdi.pre --post bdi.8m --better lower --percent 50 --group treatment"
    )
    said = json.loads(asked(blues, f"{words} --json").stdout)
    assert [group["n"] for group in said["groups"]] == [52, 27, 25]
    assert said["people"][0]["rci"] is None


def test_the_best_score_shows_who_had_no_room(tmp_path: Path) -> None:
    file = written(tmp_path, "id;t;s\nA;1;20,5\nA;2;12\nB;1;1\nB;2;0\nC;1;12\nC;2;9\n")
    lowest = asked(file, f"{ONE} --reliability 0.8 --lowest 0 --highest 27 --json")
    assert [p["room_to_improve"] for p in json.loads(lowest.stdout)["people"]] == [
        True,
        False,
        False,
    ]
    higher = ONE.replace("lower", "higher")
    highest = asked(file, f"{higher} --reliability 0.8 --highest 27 --json")
    assert [p["room_to_improve"] for p in json.loads(highest.stdout)["people"]] == [
        False,
        True,
        True,
    ]


def test_a_clinical_norm_and_points_can_be_given(tmp_path: Path) -> None:
    file = written(tmp_path, "id,t,s\nA,1,20\nA,2,12\nB,1,10\nB,2,14\n")
    words = f"{ONE} --clinical-mean 20 --clinical-sd 3 --mid-improvement 5"
    both = json.loads(asked(file, f"{words} --mid-deterioration 4 --json").stdout)
    assert (both["cutoff"], [p["category"] for p in both["people"]]) == (
        14,
        ["recovered", "harmed"],
    )
    one = json.loads(asked(file, f"{words} --json").stdout)
    assert one["constants"]["mid_deterioration"] == 5


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("id,t,s\nA,1,9\nA,2,3\n", "--reliability 0.8", "Only one person has both scores"),
        ("id,t,s\nA,1,9\nA,2,3\nB,1,9\nB,2,1\n", "--reliability 0.8", "All first scores are the"),
        ("id,t,s\nA,1,\nA,2,\nB,1,\nB,2,\n", "--reliability 0.8", "Nobody has both scores"),
        ("id,t,s\nA,1,9\nA,1,9\nA,2,3\n", "--reliability 0.8", "Row 3: A has a score at 1 already"),
        ("id,t,s\nA,1,9\nB,1,3\n", "--reliability 0.8", "no score at time “2”. There are: 1."),
        ("id,t,s\nA,1,x\nA,2,3\n", "--reliability 0.8", "Row 2: “x” is not a number."),
        ("id,t,s\nA,1,1000000000\nA,2,3\n", "--reliability 0.8", "Row 2: 1000000000 is outside"),
        ("id,t,s\nA,1,30\nA,2,3\n", "--reliability 0.8 --highest 27", "Row 2: 30 is outside"),
        ("id,t,s\nA,1,3.5\nA,2,3\n", "--percent 5 --whole", "Row 2: 3.5 is not a whole number."),
        ("id,t,s\nA,1,3\nA,2,2\n", "--method hlm", "at least three scores of a person"),
        ("id,t,s\nA,1,?\nB,1,?\nC,1,?\nD,1,?\nE,1,?\n", "--percent 5", "There are 2 more faults."),
        ("", "--reliability 0.8", "The file is empty."),
        ("id,when,s\nA,1,9\n", "--reliability 0.8", "There is no column “t”"),
        ("id,t,s\nA,1,9\nA,2,3\n", "", "needs a reliability, a minimal difference or a percentage"),
        ("id,t,s\nA,1,9\nA,2,3\n", "--reliability 1.2", "from 0 to below 1"),
        ("id,t,s\nA,1,9\nA,2,3\n", "--method jt", "Method jt needs the measure's reliability"),
        ("id,t,s\nA,1,9\nA,2,3\n", "--functional-mean 3", "both --functional-mean and"),
        ("id,t,s\nA,1,9\nA,2,3\n", "--percent 5 --mid-deterioration 3", "needs --mid-improvement"),
    ],
)
def test_what_cannot_be_judged_ends_in_a_sentence(
    tmp_path: Path, text: str, words: str, sentence: str
) -> None:
    said = asked(written(tmp_path, text), f"{ONE} {words}")
    assert said.exit_code == 2
    assert sentence in said.stderr
    assert said.stdout == ""
    assert said.stderr.count("\n") == 1


def test_a_time_without_a_score_column_is_refused(tmp_path: Path) -> None:
    said = asked(
        written(tmp_path, "id,t\nA,1\n"), "--id id --time t --pre 1 --post 2 --better lower"
    )
    assert (said.exit_code, "both --time and --score" in said.stderr) == (2, True)


CELLS = st.sampled_from(
    ["A", "B", "C", "1", "2", "2.0", "3", "", "NA", "x", "7", "0", "-4", "1e9", "5,5", '"', "é"]
)


@given(
    st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=12),
    st.sampled_from(["jt", "gln", "hll", "en", "nk", "ha", "hlm"]),
    st.sampled_from([",", ";"]),
)
@settings(max_examples=80, deadline=None)
def test_whatever_is_in_a_file_is_judged_or_refused(
    rows: list[list[str]], method: str, mark: str
) -> None:
    text = "\n".join(mark.join(row) for row in [["id", "t", "s"], *rows])
    with TemporaryDirectory() as directory:
        said = asked(
            written(Path(directory), text), f"{ONE} --method {method} --reliability 0.8 --percent 9"
        )
    if said.exit_code:
        assert (said.exit_code, said.stdout) == (2, "")
        assert said.stderr.strip().endswith(".")
        assert isinstance(said.exception, SystemExit)
