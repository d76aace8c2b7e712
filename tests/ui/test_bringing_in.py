"""The libraries are brought in when something changed, and left alone when nothing did."""

import shutil
from pathlib import Path

import pytest

from tools import front_end


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the inputs only, in the place of the real one."""
    for name in front_end.INPUTS:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(front_end.ROOT / name, tmp_path / name)
    monkeypatch.setattr(front_end, "ROOT", tmp_path)
    monkeypatch.setattr(front_end, "STAMP", tmp_path / ".stamp")
    return tmp_path


def test_nothing_is_fresh_before_the_first_build(copy: Path) -> None:
    assert not (copy / ".stamp").exists()
    assert not front_end.is_fresh()


def test_a_second_build_has_nothing_to_do(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (copy / ".stamp").write_text(front_end.fingerprint())
    monkeypatch.setattr("sys.argv", ["front_end.py"])
    assert front_end.is_fresh()
    assert front_end.main() == 0


def test_a_changed_list_of_icons_asks_for_a_build(copy: Path) -> None:
    (copy / ".stamp").write_text(front_end.fingerprint())
    (copy / "tools/icons.txt").write_text("sun\n")
    assert not front_end.is_fresh()


def test_without_a_node_of_its_own_the_machine_uses_the_wheels(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    node, npm = front_end.find_node()
    assert Path(node).is_file()
    assert npm[0] == node
    assert Path(npm[1]).is_file()
