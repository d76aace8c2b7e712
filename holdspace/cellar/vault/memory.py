"""Opened keys in memory: the least used forgotten first, and all when the keyring moves on."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Final
from uuid import UUID

KEPT_AT_MOST: Final = 50_000


class Memory:
    """Keys are kept only where nothing was forgotten since their rows were read.

    Otherwise a thread that read a row just before its key was destroyed could bring it back.
    """

    def __init__(self, kept_at_most: int = KEPT_AT_MOST) -> None:
        self.lock = threading.Lock()
        self.kept_at_most = kept_at_most
        self.keys: OrderedDict[UUID, bytes] = OrderedDict()
        self.practices: dict[UUID, bytes] = {}
        self.root: bytes | None = None
        self.generation: int | None = -1  # what no keyring says: nothing was asked yet
        self.epoch = 0

    def get(self, scope: UUID) -> bytes | None:
        with self.lock:
            if scope in self.keys:
                self.keys.move_to_end(scope)
            return self.keys.get(scope)

    def lacking(self, scopes: Iterable[UUID]) -> list[UUID]:
        """Those of these whose keys are not here, each once."""
        with self.lock:
            return [scope for scope in set(scopes) if scope not in self.keys]

    def keep(self, keys: Mapping[UUID, bytes], epoch: int) -> None:
        with self.lock:
            if epoch != self.epoch:
                return
            self.keys.update(keys)
            while len(self.keys) > self.kept_at_most:
                self.keys.popitem(last=False)

    def keep_practice(self, practice: UUID, key: bytes, epoch: int) -> None:
        with self.lock:
            if epoch == self.epoch:
                self.practices[practice] = key

    def forget(self) -> None:
        with self.lock:
            self.keys.clear()
            self.practices.clear()
            self.epoch += 1
