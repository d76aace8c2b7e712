"""A person at a terminal: reads what a command asks, and types."""

import os
import pty
import select
import subprocess
import sys
import time
from typing import Self

from tests.cli.houses import PATIENCE


class Terminal:
    """A command before a real pseudo-terminal, and everything that was to be read there."""

    def __init__(self, *words: str, environment: dict[str, str]) -> None:
        self._mine, theirs = pty.openpty()
        self.running = subprocess.Popen(
            [sys.executable, "-m", "holdspace.cli", *words],
            stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self.read, self._heard = "", 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.running.kill()
        self.running.wait()
        os.close(self._mine)

    def answer(self, question: str, typed: str) -> None:
        """Wait for a question that was not answered yet, and type."""
        self.see(question)
        os.write(self._mine, f"{typed}\n".encode())

    def talk(self, *answers: tuple[str, str]) -> None:
        for question, typed in answers:
            self.answer(question, typed)

    def see(self, words: str) -> None:
        end = time.monotonic() + PATIENCE
        while (found := self.read.find(words, self._heard)) < 0:
            assert time.monotonic() < end, self.read
            assert self._more(), self.read
        self._heard = found + len(words)

    def ended(self) -> int:
        """The command's answer to the shell, once all that it says was read."""
        while self._more():
            pass
        return self.running.wait(PATIENCE)

    def _more(self) -> bool:
        ready, _, _ = select.select([self._mine], [], [], PATIENCE)
        try:
            read = os.read(self._mine, 4096) if ready else b""
        except OSError:
            read = b""  # nobody is at the other end any more
        self.read += read.decode()
        return bool(read)
