"""`holdspace outcomes`: sums of files, and one fit of many services' sums."""

import importlib.util
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from holdspace.cellar.vault import signing
from holdspace.cli.outcomes import outcomes
from holdspace.office.outcomes.statistics.growth import network
from holdspace.office.outcomes.statistics.growth.fitting import Fit, fit
from holdspace.office.outcomes.statistics.growth.parquet import Outcome, write_parquet
from holdspace.office.outcomes.statistics.growth.rows import Rows, grouped, sums
from tests.cli.houses import House, watched
from tests.outcomes.courses import courses, part

ALL = courses(200, seed=4)
ROWS = Rows(ALL.person, ALL.time, ALL.score)
PERSON = np.asarray(ROWS.person)
SEED = signing.new_signing_key()
HAS_SPARK = importlib.util.find_spec("pyspark") and importlib.util.find_spec("ibis")


def asked(*words: str | Path) -> Result:
    return CliRunner().invoke(outcomes, [str(word) for word in words])


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    triples = zip(PERSON.tolist(), np.asarray(ROWS.time), np.asarray(ROWS.score), strict=True)
    day = date(2026, 3, 2)
    rows = [Outcome(p, "phq9", int(s), day, float(y), {"kind": "ab"[p % 2]}) for p, s, y in triples]
    write_parquet(rows, tmp_path / "out")
    return tmp_path / "out"


def sent(folder: Path, which: int, instrument: str = "phq9") -> Path:
    """What one of two services sent, signed."""
    shared = network.share(grouped(part(ROWS, which == PERSON % 2)), instrument, 1)
    told = network.document(shared)
    signature = signing.sign(SEED, network.payload(told))
    path = folder / f"{which}.json"
    path.write_text(json.dumps(network.signed(told, signing.public_key(SEED), signature)))
    return path


def test_the_sums_of_files_are_a_document_to_be_shared(exported: Path) -> None:
    said = asked("moments", exported, "--instrument", "phq9", "--covariates", "kind", "--json")
    kept = json.loads(said.stdout)
    shared = network.read(kept)
    assert shared.moments.people + shared.people_left_out == 200
    assert kept["left_out"]["people"] == shared.people_left_out > 0
    assert [c.name for c in shared.moments.covariates] == ["kind"]


def test_what_was_left_out_is_said(exported: Path) -> None:
    said = asked("moments", exported, "--instrument", "phq9", "--least", "1").stdout
    assert said.startswith("200 people with")
    assert "0 people with 0 scores" in said


@pytest.mark.parametrize(
    ("words", "why"),
    [(["gad7"], "no course with scores of gad7"), (["phq9", "--least", "500"], "No 500 people")],
)
def test_files_without_such_courses_end_in_a_sentence(
    words: list[str], why: str, exported: Path
) -> None:
    said = asked("moments", exported, "--instrument", *words)
    assert (said.exit_code, said.stdout) == (2, "")
    assert why in said.stderr


def test_coarser_patterns_leave_out_fewer_and_say_what_that_costs(exported: Path) -> None:
    words = ("moments", exported, "--instrument", "phq9", "--covariates", "kind")
    coarse = (*words, "--coarsen", "sessions", "--coarsen", "words")
    plain, kept = (json.loads(asked(*said, "--json").stdout) for said in (words, coarse))
    assert kept["left_out"]["people"] < plain["left_out"]["people"]
    assert kept["people"] + kept["left_out"]["people"] == 200
    assert plain["coarsened"] == {
        "courses_shortened": 0, "scores_dropped": 0, "people_with_other_words": 0,
    }  # fmt: skip
    lost = kept["coarsened"]
    assert kept["scores"] + kept["left_out"]["scores"] + lost["scores_dropped"] == len(PERSON)
    said = asked(*coarse).stdout
    assert f"Made coarser: {lost['courses_shortened']} courses lost their latest" in said
    assert f"{lost['people_with_other_words']} people have “other” for a rarer word" in said


def of_therapists(folder: Path, many: int, people: int = 900) -> Path:
    """Courses of three sessions in all."""
    rng, day = np.random.default_rng(many), date(2026, 3, 2)
    scores = np.round(rng.normal(14, 4, (people, 1)) + rng.normal(0, 3, (people, 3)))
    write_parquet(
        (
            Outcome(p, "phq9", s + 1, day, float(scores[p, s]), {}, therapist=p % many)
            for p in range(people)
            for s in range(3)
        ),
        folder,
    )
    return folder


def test_therapists_are_a_third_level_of_shared_sums(tmp_path: Path) -> None:
    files = []
    words = ("--instrument", "phq9", "--therapists")
    for many in (6, 8):
        folder = of_therapists(tmp_path / str(many), many)
        files.append(tmp_path / f"{many}.json")
        files[-1].write_text(asked("moments", folder, *words, "--json").stdout)
    told = json.loads(asked("combine", *files, "--json").stdout)
    assert (told["therapists"], told["services_with_therapists"]) == (14, 2)
    text = asked("moments", tmp_path / "8", *words).stdout
    assert "in 1 patterns of sessions and of 8 therapists." in text


def test_too_few_therapists_are_left_out_of_sums_and_it_is_said(tmp_path: Path) -> None:
    words = ("--instrument", "phq9", "--therapists", "--least", "20")
    some, few = of_therapists(tmp_path / "a", 30, 1200), of_therapists(tmp_path / "b", 6)
    files = [tmp_path / "a.json", tmp_path / "b.json"]
    said = [asked("moments", folder, *words, "--json") for folder in (some, few)]
    for each, file in zip(said, files, strict=True):
        file.write_text(each.stdout)
    why = "Therapists are left out: Fewer than 20 therapists have 20 people alike.\n"
    assert [each.stderr for each in said] == ["", why]
    assert "Therapists are left out" in asked("moments", few, *words).stdout
    combined = asked("combine", *files).stdout
    assert "Therapists are left out, as not every service tells them apart." in combined
    assert "Made coarser" not in combined


def test_a_coarser_share_says_so_when_it_is_combined(exported: Path, tmp_path: Path) -> None:
    words = ("--instrument", "phq9", "--coarsen", "sessions", "--json")
    (tmp_path / "a.json").write_text(asked("moments", exported, *words).stdout)
    said = asked("combine", tmp_path / "a.json").stdout
    assert "Made coarser" in said
    assert "0 people have “other” for a rarer word." in said


def test_combined_sums_are_the_fit_of_all_rows(tmp_path: Path) -> None:
    files = [sent(tmp_path, which) for which in (0, 1)]
    public = signing.public_key(SEED).hex()
    said = json.loads(asked("combine", *files, "--key", public, "--json").stdout)
    pooled = fit(sums(ROWS))
    assert said["log_likelihood"] == pytest.approx(pooled.log_likelihood, rel=1e-11)
    assert Fit.from_json(said["model"]).coefficients == pytest.approx(pooled.coefficients)
    assert (said["verified"], set(said["signed_by"].values())) == (True, {public})


def test_without_a_key_it_is_said_that_nothing_was_verified(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "holdspace.cli", "outcomes", "combine"]
    files = [str(sent(tmp_path, which)) for which in (0, 1)]
    nothing = {"PATH": "", "LANG": "C.UTF-8", **watched()}
    said = subprocess.run([*command, *files], capture_output=True, text=True, env=nothing)
    assert said.returncode == 0
    assert "No signature was verified, as no key was given." in said.stdout
    public = signing.public_key(SEED).hex()
    text = asked("combine", *files, "--ml", "--key", public).stdout
    assert "Every signature was verified." in text
    assert "200 people" in text


def changed(path: Path, **to: object) -> Path:
    path.write_text(json.dumps({**json.loads(path.read_text()), **to}))
    return path


def test_what_cannot_be_combined_ends_in_a_sentence(tmp_path: Path) -> None:
    one, two = sent(tmp_path, 0), sent(tmp_path, 1)
    public, other = signing.public_key(SEED).hex(), signing.public_key(b"x" * 32).hex()
    words = tmp_path / "words.json"
    words.write_text("words")
    for asked_for, why in (
        ([one, one], "given twice"),
        ([one, words], "is not a JSON file"),
        ([one, two, "--key", other], "a key that was not given"),
        ([one, two, "--key", "zz"], "hexadecimal"),
        ([one, changed(two, people=3), "--key", public], "changed after they were signed"),
    ):
        said = asked("combine", *asked_for)
        assert (said.exit_code, said.stdout) == (2, "")
        assert why in said.stderr


def test_a_house_signs_with_its_own_key(founded: House, tmp_path: Path) -> None:
    one, key_file = sent(tmp_path, 0), founded.key_file
    code, out, err = founded.run("outcomes", "sign", str(one), key_file=key_file)
    assert code == 0, err
    kept = json.loads(out)
    key = kept["signature"]["key"]
    assert network.signer(kept, [bytes.fromhex(key)], signing.verify) == key
    assert key != signing.public_key(SEED).hex()
    (tmp_path / "words.json").write_text("[1]")
    words = str(tmp_path / "words.json")
    code, out, err = founded.run("outcomes", "sign", words, key_file=key_file)
    assert (code, out, err) == (2, "", "This is no document of shared sums.\n")


@pytest.mark.skipif(bool(HAS_SPARK), reason="Spark is installed")
def test_without_spark_the_extra_is_named(exported: Path) -> None:
    said = asked("moments", exported, "--instrument", "phq9", "--engine", "spark")
    assert (said.exit_code, said.stdout) == (2, "")
    assert "pip install 'holdspace[spark]'" in said.stderr


@pytest.mark.skipif(not HAS_SPARK, reason="SPARK SKIPPED: pip install -r requirements/spark.in")
def test_spark_gives_the_same_sums(exported: Path) -> None:
    words = [*("--instrument", "phq9", "--covariates", "kind", "--least", "1"), "--json"]
    command = [sys.executable, "-m", "holdspace.cli", "outcomes", "moments", str(exported), *words]
    run = subprocess.run(
        [*command, "--engine", "spark"], capture_output=True, text=True, check=True, env=os.environ
    )
    spark = network.read(json.loads(run.stdout.splitlines()[-1])).moments
    duck = network.read(json.loads(asked("moments", exported, *words).stdout)).moments
    assert fit(spark).log_likelihood == pytest.approx(fit(duck).log_likelihood, rel=1e-12)
    for name in ("tt", "ww", "bw", "bb", "yy"):
        mine, others = (np.sum(getattr(m.around(12), name), axis=0) for m in (spark, duck))
        assert mine == pytest.approx(others, rel=1e-9)
