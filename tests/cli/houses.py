"""Houses on a disk of their own, the command that is run in them, and what is seen of it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

PATIENCE: Final = 40
STARTING: Final = 120  # a demo that is laid first, while `make coverage` watches every line
TELLING: Final = """
import json
from holdspace.cli import start
start.begin("holdspace.settings.house")
from django.conf import settings
from holdspace.frame.practice.models import Member, Practice
row, owner = Practice.objects.get(), Member.objects.select_related("account").get()
fields = ("name", "country", "time_zone", "language", "currency", "voice", "choices")
told = {name: getattr(row, name) for name in fields}
told |= {"owner": owner.name, "email": owner.account.email, "id": str(owner.id)}
print(json.dumps({**told, "origin": settings.HOLDSPACE_LEDGER_ORIGIN}))
"""
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

    def environment(self, *, key_file: Path | None = None) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        named = {"HOLDSPACE_KEY_FILE": str(key_file)} if key_file else {}
        house = {"HOLDSPACE_HOME": str(self.home), "LANG": "C.UTF-8"}
        return {**kept, **named, **house, **watched()}

    def start(
        self, *words: str, key_file: Path | None = None, pipe: int | None = None
    ) -> "subprocess.Popen[str]":
        handed = {} if pipe is None else {"HOLDSPACE_PASSPHRASE_FD": str(pipe)}
        return subprocess.Popen(
            [sys.executable, "-m", "holdspace.cli", *words],
            env={**self.environment(key_file=key_file), **handed},
            pass_fds=[] if pipe is None else [pipe],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            process_group=0,
        )  # fmt: skip

    def run(self, *words: str, key_file: Path | None = None) -> tuple[int, str, str]:
        running = self.start(*words, key_file=key_file)
        out, err = running.communicate(timeout=60)
        return running.returncode, out, err

    @contextmanager
    def served(self, command: str = "serve", *, pipe: int | None = None) -> Iterator["Served"]:
        """Serve until the end of the block, or until it is killed there."""
        port = free_port()
        key_file = self.key_file if pipe is None else None
        running = self.start(command, "--port", str(port), key_file=key_file, pipe=pipe)
        try:
            yield Served(running, port)
        finally:
            running.send_signal(signal.SIGTERM)
            running.communicate(timeout=PATIENCE)

    def python(self, script: str) -> int:
        """Run a script of ours in the house."""
        environment = self.environment(key_file=self.key_file)
        return subprocess.run([sys.executable, "-c", script], env=environment).returncode

    def practice(self, *, pipe: int | None = None) -> dict[str, Any]:
        """What the house knows of its practice, opened with its key."""
        asked = subprocess.run(
            [sys.executable, "-c", TELLING], check=True, capture_output=True, text=True,
            env={**self.environment(key_file=None if pipe else self.key_file),
                 **({"HOLDSPACE_PASSPHRASE_FD": str(pipe)} if pipe else {})},
            pass_fds=[pipe] if pipe else [],
        )  # fmt: skip
        found: dict[str, Any] = json.loads(asked.stdout)
        return found

    def found(self, *more: str) -> tuple[int, str, str]:
        return self.run("init", *FOUNDING, "--key-file", str(self.key_file), *more)


def watched() -> dict[str, str]:
    """What a command has to be told for `make coverage` to see what it tries."""
    name = "COVERAGE_PROCESS_CONFIG"
    return {name: os.environ[name]} if name in os.environ else {}


@contextmanager
def pipe_with(words: str) -> Iterator[int]:
    """The end of a pipe that words can be read from once."""
    reading, writing = os.pipe()
    try:
        os.write(writing, f"{words}\n".encode())
        yield reading
    finally:
        os.close(reading)
        os.close(writing)


@dataclass(frozen=True)
class Served:
    """A house that is being served."""

    running: "subprocess.Popen[str]"
    port: int

    def page(self, path: str = "/sign-in/") -> bytes:
        return page(f"http://127.0.0.1:{self.port}{path}")

    def keeper(self) -> int | None:
        """The process that keeps the ledger and the post."""
        mine = children(self.running.pid).items()
        return next((pid for pid, words in mine if " keep " in words), None)


def one_sentence(said: tuple[int, str, str]) -> str:
    """What a refusal says: one line, no traceback, and the shell is told."""
    code, _, err = said
    assert code == 1
    assert err.count("\n") == 1
    return err


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def page(address: str) -> bytes:
    until = time.monotonic() + STARTING
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own
                found: bytes = answer.read()
                return found
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def wait_until(is_so: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait for something to be so; fail where it never is."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def children(pid: int) -> dict[int, str]:
    """The living processes that a process started, with their command lines."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue  # it ended while we looked
        if int(parent) == pid and state != "Z":
            found[int(folder.name)] = words
    return found


def is_alive(pid: int) -> bool:
    """Whether a process runs: one that ended, and that nobody has asked about, does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def is_taken(port: int) -> bool:
    """Whether anybody listens."""
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0
