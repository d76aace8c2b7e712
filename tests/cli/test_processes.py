"""Server, worker and keeper: they end together however the server ends, and what they write."""

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.cli.houses import (
    PATIENCE,
    House,
    Served,
    children,
    free_port,
    is_alive,
    is_taken,
    wait_until,
)

pytestmark = pytest.mark.enable_socket


def killed(served: Served) -> None:
    """Kill the server with nobody told, and see that nobody stays behind."""
    started = set(children(served.running.pid))
    assert len(started) >= 2
    served.running.kill()
    served.running.wait()
    wait_until(lambda: not any(map(is_alive, started)), 10)
    assert not is_taken(served.port)


def test_worker_and_keeper_end_when_the_server_is_killed(founded: House) -> None:
    with founded.served() as served:
        served.page()
        killed(served)


def test_worker_and_keeper_of_the_demo_end_when_it_is_killed(tmp_path: Path) -> None:
    with House(tmp_path).served("demo") as served:
        served.page()
        killed(served)


def test_a_worker_that_is_no_copy_of_the_server_ends_with_it_too(founded: House) -> None:
    """Elsewhere than on Linux a worker is started anew and handed what it needs."""
    port = free_port()
    words = ["serve", "--port", str(port)]
    begin = (
        "import multiprocessing; multiprocessing.set_start_method('spawn');"
        f"from holdspace.cli import main; main({words!r})"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", begin], env=founded.environment(key_file=founded.key_file)
    )
    served = Served(running, port)  # type: ignore[arg-type]  # its output is not read
    assert b"Holdspace" in served.page()
    killed(served)


def test_a_keeper_that_died_is_started_again(founded: House) -> None:
    with founded.served() as served:
        served.page()
        first = served.keeper()
        assert first is not None
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: served.keeper() not in (None, first))
        again = served.keeper()
        assert again is not None
    assert not is_alive(again)


def test_ctrl_c_ends_all_of_them_without_a_word(founded: House) -> None:
    with founded.served() as served:
        served.page()
        started = set(children(served.running.pid))
        os.killpg(served.running.pid, signal.SIGINT)  # as a terminal sends it
        _, said = served.running.communicate(timeout=PATIENCE)
        assert said == ""
        assert not any(map(is_alive, started))


def test_everything_that_a_house_writes_is_its_owners_alone(founded: House) -> None:
    wanted = {"holdspace.sqlite3-wal", "keyring.sqlite3-wal", "staticfiles.json"}
    with founded.served() as served:
        served.page()
        wait_until(lambda: wanted <= {path.name for path in founded.home.rglob("*")})
        written = [founded.home, *founded.home.rglob("*")]
        modes = {path: stat.S_IMODE(path.stat().st_mode) for path in written}
    assert [path for path in written if modes[path] != (0o700 if path.is_dir() else 0o600)] == []


def test_a_list_of_static_files_that_was_cut_short_does_no_harm(founded: House) -> None:
    listed = founded.home / "static" / "staticfiles.json"
    listed.parent.mkdir(exist_ok=True)
    listed.write_text('{"paths": {"ui')
    with founded.served() as served:
        served.page()
        assert json.loads(listed.read_text())["paths"]


def test_a_trial_says_so_and_its_cookies_go_over_http(founded: House) -> None:
    with founded.served("trial") as served:
        assert b"This is a trial without TLS" in served.page()
        stranger = Request(f"http://127.0.0.1:{served.port}/", headers={"Host": "h.example"})
        with pytest.raises(HTTPError, match="400"):
            urlopen(stranger)  # noqa: S310 - our own server
