"""A house whose root key comes from a passphrase: founded, served, rotated; shown to nobody."""

import os
import signal
from pathlib import Path

import pytest

from tests.cli.houses import House, children, one_sentence, pipe_with, wait_until
from tests.cli.terminal import Terminal
from tests.cli.test_founding import OWNER

PHRASE = "ein Pferd, das stimmt, und eine Batterie"
LATER = "another horse, and another battery"


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Founded by a passphrase that was handed over through a pipe."""
    house = House(tmp_path_factory.mktemp("sealed"))
    with pipe_with(PHRASE) as pipe:
        running = house.start("init", *OWNER, "--passphrase", pipe=pipe)
        out, err = running.communicate(timeout=60)
    assert running.returncode == 0, err
    assert "It is stored nowhere" in out
    return house


def status(house: House, phrase: str) -> tuple[int, str, str]:
    with pipe_with(phrase) as pipe:
        running = house.start("keys", "status", pipe=pipe)
        out, err = running.communicate(timeout=60)
    return running.returncode, out, err


def shown(pid: int) -> bytes:
    """What /proc shows of a process to whoever may look."""
    folder = Path(f"/proc/{pid}")
    return (folder / "environ").read_bytes() + (folder / "cmdline").read_bytes()


@pytest.mark.enable_socket
def test_a_passphrase_reaches_worker_and_keeper_and_is_shown_by_no_process(sealed: House) -> None:
    with pipe_with(PHRASE) as pipe, sealed.served(pipe=pipe) as served:
        served.page()
        first = served.keeper()
        assert first is not None
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: served.keeper() not in (None, first))
        everybody = [served.running.pid, *children(served.running.pid)]
        assert len(everybody) == 3
        assert [pid for pid in everybody if PHRASE.encode() in shown(pid)] == []
        wait_until(lambda: "1 line" in verified(sealed))  # by the second keeper, or the first


def verified(house: House) -> str:
    with pipe_with(PHRASE) as pipe:
        return house.start("ledger", "verify", pipe=pipe).communicate(timeout=60)[0]


@pytest.mark.enable_socket
def test_a_passphrase_is_typed_where_the_house_is_started(sealed: House) -> None:
    with Terminal("serve", "--port", "0", environment=sealed.environment()) as desk:
        desk.answer("Passphrase: ", "a wrong horse, and no battery")
        assert desk.ended() == 1
    assert "not the root key" in desk.read
    with Terminal("keys", "status", environment=sealed.environment()) as desk:
        desk.answer("Passphrase: ", PHRASE)
        assert desk.ended() == 0
    assert "by passphrase" in desk.read


def test_a_pipe_that_is_none_is_refused(sealed: House) -> None:
    environment = {**sealed.environment(), "HOLDSPACE_PASSPHRASE_FD": "91"}
    with Terminal("serve", environment=environment) as desk:
        assert desk.ended() == 1
    assert desk.read == "HOLDSPACE_PASSPHRASE_FD names no pipe that can be read.\r\n"


def test_a_passphrase_is_changed_for_another_and_for_a_file_and_back(tmp_path: Path) -> None:
    house = House(tmp_path)
    assert house.found()[0] == 0
    by_file = house.environment(key_file=house.key_file)
    with Terminal("keys", "rotate-root", "--new-passphrase", environment=by_file) as desk:
        desk.talk(("16 characters or more: ", PHRASE), ("confirmation: ", PHRASE))
        assert desk.ended() == 0, desk.read
    assert "by passphrase" in status(house, PHRASE)[1]
    assert "not the root key" in one_sentence(house.run("keys", "status", key_file=house.key_file))
    with Terminal(
        "keys", "rotate-root", "--new-passphrase", environment=house.environment()
    ) as desk:
        desk.talk(("Passphrase: ", PHRASE), ("or more: ", LATER), ("confirmation: ", LATER))
        assert desk.ended() == 0, desk.read
    assert "not the root key" in one_sentence(status(house, PHRASE))
    new = tmp_path / "new" / "root-key"
    with Terminal(
        "keys", "rotate-root", "--new-key-file", str(new), environment=house.environment()
    ) as desk:
        desk.answer("Passphrase: ", LATER)
        assert desk.ended() == 0, desk.read
    assert "by file" in house.run("keys", "status", key_file=new)[1]


def test_a_root_key_is_changed_for_one_thing(sealed: House, tmp_path: Path) -> None:
    beside = str(sealed.home / "new-key")
    for words, refusal in (
        ((), "Say --new-key-file FILE, or --new-passphrase."),
        (("--new-passphrase", "--new-key-file", str(tmp_path / "key")), "Say --new-key-file"),
        (("--new-key-file", beside), "beside the data"),
        (("--new-key-file", str(tmp_path)), "exists"),
    ):
        with pipe_with(PHRASE) as pipe:
            running = sealed.start("keys", "rotate-root", *words, pipe=pipe)
            assert refusal in running.communicate(timeout=60)[1]
    assert "by passphrase" in status(sealed, PHRASE)[1]
