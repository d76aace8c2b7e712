"""`holdspace shelf`: by the owner, without a browser."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from holdspace.cli import shelf as command
from holdspace.hour.measures.models import LocalFile
from tests.cast import Cast, nobodys_id
from tests.measures.own import OWN


@pytest.fixture
def run(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Any:
    for name in ("ask_for_passphrase", "check"):  # a house of the tests has no root key to ask for
        monkeypatch.setattr(command, name, lambda: None)

    def ran(*words: object, by: str = cast.olive.account.email) -> Result:
        return CliRunner().invoke(command.shelf, [*map(str, words), "--by", by])

    return ran


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_a_file_is_looked_at_loaded_listed_and_taken_away(run: Any, own: Path) -> None:
    assert run("look", own).output == "It can be loaded.\n"
    assert run("load", own).output == "Loaded: evenings, version 1.\n"
    file = LocalFile.objects.get()
    assert run("list").output == f"{file.id}  How the evenings were 1\n"
    assert run("take-away", file.id).output == "It is taken away.\n"
    assert run("list").output == ""


def test_faults_are_named_by_line(run: Any, own: Path) -> None:
    own.write_text(OWN.replace("[0, 6]", "[0, 9]"), encoding="utf-8")
    said = run("load", own)
    assert (said.exit_code, LocalFile.objects.count()) == (1, 0)
    assert said.output.startswith("Line 9: range")


def test_what_cannot_be_loaded_is_said(run: Any, own: Path) -> None:
    run("load", own)
    own.write_text(OWN.replace("calm evening", "quiet evening"), encoding="utf-8")
    assert "give it a new number" in run("load", own).output
    own.write_bytes(b"caf\xe9")
    assert "no text in UTF-8" in run("load", own).output
    assert "no such file" in run("take-away", nobodys_id()).output


def test_only_an_owner_may(cast: Cast, run: Any, own: Path) -> None:
    for email in (cast.mira.account.email, "nobody@example.org"):
        assert "There is no owner" in run("load", own, by=email).output
