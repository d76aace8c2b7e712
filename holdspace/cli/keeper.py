"""The keeper's process: started beside the server, started again when it dies, ended with it."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread
from typing import Final

PAUSE_SECONDS: Final = 2.0  # before a keeper that died is started again
_log = logging.getLogger(__name__)


@contextmanager
def keeper(passphrase: str) -> Iterator[None]:
    """A process of its own that does the housekeeping, for as long as we serve."""
    kept = _Keeper(passphrase)
    watch = Thread(target=kept.watch, name="keeper", daemon=True)
    watch.start()
    try:
        yield
    finally:
        kept.end()
        watch.join()


class _Keeper:
    """One keeper at a time; the lock stands between starting one and ending it."""

    def __init__(self, passphrase: str) -> None:
        self._passphrase = passphrase
        self._over, self._lock = Event(), Lock()
        self._child = start(passphrase)

    def watch(self) -> None:
        while not self._over.is_set():
            code = self._child.wait()
            if not self._over.wait(PAUSE_SECONDS):
                _log.warning("The keeper ended (%s). It is started again.", code)
                self._start_again()

    def _start_again(self) -> None:
        with self._lock:
            if not self._over.is_set():
                self._child = start(self._passphrase)

    def end(self) -> None:
        with self._lock:
            self._over.set()
            self._child.terminate()
        self._child.wait()


def start(passphrase: str) -> "subprocess.Popen[bytes]":
    """Start a keeper that ends with this process; it reads the passphrase from a pipe.

    It stands in a group of its own, so that Ctrl+C ends the server, and the server ends it.
    """
    command = [sys.executable, "-m", "holdspace.cli", "keep", "--parent", str(os.getpid())]
    reading, writing = os.pipe()
    try:
        os.write(writing, f"{passphrase}\n".encode())
        environment = {**os.environ, "HOLDSPACE_PASSPHRASE_FD": str(reading)}
        return subprocess.Popen(  # noqa: S603 - our own command
            command, env=environment, pass_fds=[reading], process_group=0
        )
    finally:
        os.close(reading)
        os.close(writing)
