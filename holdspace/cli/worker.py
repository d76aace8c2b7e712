"""The server's worker: a process of its own that loads the pages, and ends when the server has."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing import parent_process
from threading import Thread
from typing import Any, Final

from django.conf import settings

SERVER_IS_GONE: Final = 1


@dataclass(frozen=True, slots=True)
class Pages:
    """Loads the pages where the worker runs.

    The passphrase comes along in memory, or through a pipe where processes are not copied: never
    in the environment, which /proc shows.
    """

    passphrase: str = field(repr=False)

    def __call__(self) -> Callable[..., Iterable[bytes]]:
        stand_apart()
        watch_the_server()
        settings.HOLDSPACE_PASSPHRASE = self.passphrase
        application: Callable[..., Iterable[bytes]] = import_module("holdspace.wsgi").application
        return application


def stand_apart() -> None:
    """A group of its own, so that Ctrl+C ends the server, and the server ends the worker.

    Told twice at once, by the terminal and by the server, granian's worker stops and never ends.
    """
    os.setpgid(0, 0)


def watch_the_server() -> None:
    """End at once when the server is gone, even killed: a worker left alone would keep the port."""
    server = parent_process()
    if server is not None:
        Thread(target=_end_after, args=(server,), name="watch", daemon=True).start()


def _end_after(server: Any) -> None:
    server.join()  # a pipe that closes when the server ends, however it ended
    os._exit(SERVER_IS_GONE)
