"""`python -m bench`: measures each size that is asked for, prints a table, keeps last.json."""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg

from tests import postgres

LAST: Final = Path(__file__).parent / "last.json"
# As an installation has it: an acknowledged save is on disk.
POSTGRES: Final = ("max_connections=20", "shared_buffers=256MB")


def main() -> None:
    asked = _asked()
    sizes: list[dict[str, Any]] = []
    for clients in asked.clients or [1000]:
        for way in _ways(asked):
            size = {"way": way, **_one(clients, way, asked)}
            for name, text in size.pop("profiles", {}).items():
                print(f"\n==== {name}, {clients:,} clients\n{text}")
            print(_table(size), flush=True)
            sizes.append(size)
            kept = {"machine": _machine(), "sizes": sizes}
            LAST.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


def _asked() -> argparse.Namespace:
    given = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    given.add_argument("--clients", type=int, action="append", help="a size; may be given again")
    given.add_argument("--requests", type=int, default=200, help="of each page")
    given.add_argument("--home", type=Path, help="a folder on the disk that is meant")
    given.add_argument("--keep", action="store_true", help="lay it in the home, and use it again")
    given.add_argument("--profile", action="store_true", help="of each page over its budget")
    given.add_argument("--bare", action="store_true", help="also without sealing, gate and ledger")
    given.add_argument("--postgres", action="store_true", help="also on a PostgreSQL of its own")
    return given.parse_args()


def _ways(asked: argparse.Namespace) -> list[str]:
    return ["SQLite", *["bare"] * asked.bare, *["PostgreSQL"] * asked.postgres]


def _one(clients: int, way: str, asked: argparse.Namespace) -> dict[str, Any]:
    print(f"Laying and measuring {clients:,} clients, {way} …", flush=True)
    command = [sys.executable, "-m", "bench.one", str(clients), str(asked.requests)]
    flags = ["--profile"] * asked.profile + ["--bare"] * (way == "bare")
    with _folder(f"{way}-{clients}", asked) as home, _databases(way, asked.home) as databases:
        there = {"HOLDSPACE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "bench.settings"}
        run = subprocess.run(
            command + flags, check=True, stdout=subprocess.PIPE,
            env={**os.environ, **there, **databases},
        )  # fmt: skip
    found: dict[str, Any] = json.loads(run.stdout)
    return found


@contextmanager
def _folder(name: str, asked: argparse.Namespace) -> Iterator[Path]:
    """Where a practice is laid: thrown away afterwards, or kept."""
    if asked.keep:
        home = (asked.home or Path()).absolute() / name
        home.mkdir(parents=True, exist_ok=True)
        yield home
        return
    with tempfile.TemporaryDirectory(prefix="bench-", dir=asked.home) as folder:
        home = Path(folder) / "house"
        home.mkdir()
        yield home


@contextmanager
def _databases(way: str, on: Path | None) -> Iterator[dict[str, str]]:
    """The environment that names the databases; nothing where they are files of the house."""
    if way != "PostgreSQL":
        yield {}
        return
    with postgres.server(POSTGRES, on) as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE keyring")
        yield {"BENCH_DATABASE": url, "BENCH_KEYRING": url.replace("/postgres?", "/keyring?")}


def _machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(), "processor": platform.machine(), "system": platform.system(),
        "python": platform.python_version(),
    }  # fmt: skip


def _table(size: dict[str, Any]) -> str:
    """The figures of a size, as the README has them."""
    said = f"{size['clients']:,} clients, {size['way']}, {size['requests']} requests of each page"
    lines = [
        f"\n{said}; laid in {size['laid_in_s']} s, {size['bytes'] / 1e6:,.0f} MB; "
        f"an fsync takes {size['fsync_ms']} ms\n",
        "| Page | budget p95 | p50 | p95 | first | floor p50 | floor p95 | |",
        "|---|--:|--:|--:|--:|--:|--:|---|",
    ]
    for name, took in size["pages"].items():
        budget, floor = took["budget"], size["floor"].get(name, {})
        cells = [budget or "–", took["p50"], took["p95"], took["first"],
                 floor.get("p50", "–"), floor.get("p95", "–")]  # fmt: skip
        verdict = "over" if budget and took["p95"] > budget else "within" if budget else ""
        lines.append(f"| {name} | {' | '.join(map(str, cells))} | {verdict} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
