"""A house on its own disk: founded, refused without its key, served, verified, rotated."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

PASSWORD = "a long enough password"
FOUNDING = (
    "--practice", "The Canary House", "--owner-name", "Olive Canary", "--owner-email",
    "olive@canary.example", "--password", PASSWORD, "--country", "GB",
    "--time-zone", "Europe/London", "--currency", "GBP", "--voice", "clinical",
)  # fmt: skip


class House:
    """A house in a folder, and the command that is run in it."""

    def __init__(self, folder: Path) -> None:
        self.home, self.key_file = folder / "home", folder / "elsewhere" / "root-key"

    def start(self, *words: str, key_file: Path | None = None) -> "subprocess.Popen[str]":
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        named = {"HOLDSPACE_KEY_FILE": str(key_file)} if key_file else {}
        return subprocess.Popen(
            [sys.executable, "-m", "holdspace.cli", *words],
            env={**kept, **named, "HOLDSPACE_HOME": str(self.home), "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, *words: str, key_file: Path | None = None) -> tuple[int, str, str]:
        running = self.start(*words, key_file=key_file)
        out, err = running.communicate(timeout=60)
        return running.returncode, out, err

    def found(self, *more: str) -> tuple[int, str, str]:
        return self.run("init", *FOUNDING, "--key-file", str(self.key_file), *more)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> House:
    house = House(tmp_path_factory.mktemp("house"))
    code, out, err = house.found()
    assert code == 0, err
    assert "Next: holdspace serve" in out
    return house


def one_sentence(said: tuple[int, str, str]) -> str:
    """What a refusal says: one line, no traceback, and the shell is told."""
    code, _, err = said
    assert code == 1
    assert err.count("\n") == 1
    return err


def test_a_house_is_readable_by_its_owner_alone(founded: House) -> None:
    assert stat.S_IMODE(founded.home.stat().st_mode) == 0o700
    assert stat.S_IMODE(founded.key_file.stat().st_mode) == 0o600
    assert stat.S_IMODE((founded.home / "cookie-secret").stat().st_mode) == 0o600


def test_no_name_is_in_any_file_of_the_house(founded: House) -> None:
    files = [path for path in founded.home.rglob("*") if path.is_file()]
    assert len(files) >= 3
    assert [path for path in files if b"Canary House" in path.read_bytes()] == []
    assert [path for path in files if PASSWORD.encode() in path.read_bytes()] == []


def test_a_house_is_founded_once(founded: House) -> None:
    assert "already" in one_sentence(founded.found())


def test_a_root_key_beside_the_data_is_not_made(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.key_file = house.home / "root-key"
    assert "beside the data" in one_sentence(house.found())
    assert not house.key_file.exists()


def test_serving_without_the_root_key_is_refused(founded: House, tmp_path: Path) -> None:
    assert "There is no root key" in one_sentence(founded.run("serve"))
    nowhere = founded.run("serve", key_file=tmp_path / "nowhere")
    assert "cannot be read" in one_sentence(nowhere)


def test_serving_with_the_wrong_root_key_is_refused(founded: House, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("00" * 32)
    wrong.chmod(0o600)
    assert "not the root key" in one_sentence(founded.run("serve", key_file=wrong))


def test_serving_with_the_root_key_beside_the_data_is_refused(founded: House) -> None:
    beside = founded.home / "copy-of-key"
    beside.write_bytes(founded.key_file.read_bytes())
    beside.chmod(0o600)
    said = one_sentence(founded.run("serve", key_file=beside))
    beside.unlink()
    assert "beside the data" in said


def test_where_there_is_no_house_the_command_says_what_to_do(tmp_path: Path) -> None:
    key_file = tmp_path / "key"
    key_file.write_text("00" * 32)
    key_file.chmod(0o600)
    assert "holdspace init" in one_sentence(House(tmp_path).run("serve", key_file=key_file))


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@pytest.fixture
def served(founded: House) -> Iterator[str]:
    port = free_port()
    running = founded.start("serve", "--port", str(port), key_file=founded.key_file)
    yield f"http://127.0.0.1:{port}"
    running.send_signal(signal.SIGTERM)
    running.communicate(timeout=20)


def page(address: str) -> bytes:
    until = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own
                found: bytes = answer.read()
                return found
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


@pytest.mark.enable_socket
def test_a_house_serves_its_pages_and_its_ledger_is_carried_on(founded: House, served: str) -> None:
    assert b"Holdspace" in page(f"{served}/sign-in/")
    until = time.monotonic() + 20
    while "1 line" not in (said := founded.run("ledger", "verify", key_file=founded.key_file)[1]):
        assert time.monotonic() < until, said
    note = founded.run("ledger", "checkpoint", key_file=founded.key_file)[1]
    assert note.startswith("holdspace/ledger\n1\n")


def test_keys_are_rotated_and_the_old_root_key_no_longer_opens(tmp_path: Path) -> None:
    house, new = House(tmp_path), tmp_path / "new" / "root-key"
    house.found()
    assert house.run("keys", "rotate", key_file=house.key_file)[0] == 0
    rotated = house.run("keys", "rotate-root", "--new-key-file", str(new), key_file=house.key_file)
    assert rotated[0] == 0, rotated
    assert "not the root key" in one_sentence(house.run("keys", "status", key_file=house.key_file))
    assert "by file" in house.run("keys", "status", key_file=new)[1]
