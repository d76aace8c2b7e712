"""`python -m bench.together`: eight therapists at once, on the real server, over the wire."""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from statistics import median, quantiles
from threading import Thread
from typing import Any, Final

PATIENCE: Final = 60.0
ROUND: Final = ("today", "prepare", "room", "save", "save", "save", "save", "after", "caseload")
OK: Final = 200


def main() -> None:
    given = argparse.ArgumentParser(prog="python -m bench.together", description=__doc__)
    given.add_argument("--clients", type=int, default=1000)
    given.add_argument("--therapists", type=int, default=8)
    given.add_argument("--seconds", type=float, default=30)
    given.add_argument("--home", type=Path, help="a folder on the disk that is meant")
    asked = given.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-", dir=asked.home) as folder:
        home = Path(folder) / "house"
        home.mkdir()
        os.environ |= {"HOLDSPACE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "bench.settings"}
        print(f"Laying {asked.clients:,} clients …", flush=True)
        desks = json.loads(_python("bench.desks", str(asked.clients), str(asked.therapists)))
        with served() as port:
            print(report([Therapist(port, desk) for desk in desks], asked.seconds), flush=True)


def _python(module: str, *words: str) -> str:
    run = subprocess.run(
        [sys.executable, "-m", module, *words], check=True, stdout=subprocess.PIPE, text=True
    )
    return run.stdout


@contextmanager
def served() -> Iterator[int]:
    """The house that the environment names, served as `holdspace serve` does it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "bench.served", str(port)])
    try:
        _wait(port)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def _wait(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError


@dataclass
class Therapist:
    """One browser: a page, another, and a draft that is saved as it grows."""

    port: int
    desk: dict[str, Any]
    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def work(self, until: float) -> None:
        wire = HTTPConnection("127.0.0.1", self.port)
        wire.connect()
        wire.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        chance, version = Random(self.port), self.desk["version"]
        while time.monotonic() < until:
            for what in ROUND:
                body = None
                if what == "save":
                    body = json.dumps({**self.desk["save_body"], "base_version": version}).encode()
                addresses = self.desk[what]
                began = time.perf_counter()
                wire.request(
                    "POST" if body else "GET", chance.choice(addresses), body, self._headers(body)
                )
                answer = wire.getresponse()
                said = answer.read()
                self.took[what].append((time.perf_counter() - began) * 1000)
                if answer.status != OK:
                    msg = f"{what} answered {answer.status}"
                    raise RuntimeError(msg)
                version += what == "save" and bool(said)

    def _headers(self, body: bytes | None) -> dict[str, str]:
        headers = {"Cookie": self.desk["cookie"], "Host": "testserver"}
        if body:
            headers |= {"Content-Type": "application/json", "X-CSRFToken": self.desk["csrf"]}
        return headers


def report(therapists: list[Therapist], seconds: float) -> str:
    """All of them at once for so long; what they waited, as the README has it."""
    until = time.monotonic() + seconds
    threads = [Thread(target=one.work, args=[until]) for one in therapists]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    passed = time.monotonic() - began
    took = {
        what: [ms for one in therapists for ms in one.took[what]] for what in dict.fromkeys(ROUND)
    }
    count = sum(map(len, took.values()))
    lines = [f"{len(therapists)} therapists: {count / passed:.0f} requests a second", "",
             "| Page | p50 | p95 |", "|---|--:|--:|"]  # fmt: skip
    for what, times in took.items():
        p95 = quantiles(times, n=100, method="inclusive")[94]
        lines.append(f"| {what} | {median(times):.1f} | {p95:.1f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
