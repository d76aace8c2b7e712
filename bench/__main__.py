"""`python -m bench`: measures each size that is asked for, prints a table, keeps last.json."""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

LAST: Final = Path(__file__).parent / "last.json"


def main() -> None:
    asked = _asked()
    sizes: list[dict[str, Any]] = []
    for clients in asked.clients or [1000]:
        size = _one(clients, asked)
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
    given.add_argument("--profile", action="store_true", help="of each page over its budget")
    return given.parse_args()


def _one(clients: int, asked: argparse.Namespace) -> dict[str, Any]:
    print(f"Laying and measuring {clients:,} clients …", flush=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=asked.home) as home:
        command = [sys.executable, "-m", "bench.one", str(clients), str(asked.requests)]
        run = subprocess.run(
            command + ["--profile"] * asked.profile, check=True, stdout=subprocess.PIPE,
            env={**os.environ, "HOLDSPACE_HOME": home, "DJANGO_SETTINGS_MODULE": "bench.settings"},
        )  # fmt: skip
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def _machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(), "processor": platform.machine(), "system": platform.system(),
        "python": platform.python_version(),
    }  # fmt: skip


def _table(size: dict[str, Any]) -> str:
    """The figures of a size, as the README has them."""
    said = f"{size['clients']:,} clients, {size['requests']} requests of each page"
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
