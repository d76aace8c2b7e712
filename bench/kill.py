"""`python -m bench.kill`: a house is killed again and again while people write in it.

A house is founded as a person would found it, and served by `holdspace serve`. Writers save drafts
over HTTP, each save with a number in its words, and write down every save that was acknowledged.
The server is killed (SIGKILL) at random moments and started again. In the end every acknowledged
save must be there, the databases whole, and the ledger sound.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import django
from django.utils.module_loading import import_string

PASSWORD: Final = "measured, and thrown away"  # noqa: S105 - nobody's
FOUNDING: Final = (
    "--practice", "Founded", "--owner-name", "Owner", "--owner-email", "owner@measured.example",
    "--password", PASSWORD,
)  # fmt: skip


def main() -> int:
    given = argparse.ArgumentParser(prog="python -m bench.kill", description=__doc__)
    given.add_argument("--times", type=int, default=200, help="how often the server is killed")
    given.add_argument("--seed", type=int, default=1, help="of the moments and of who is killed")
    given.add_argument("--home", type=Path, help="a folder on the disk that is meant")
    asked = given.parse_args()
    with tempfile.TemporaryDirectory(prefix="kill-", dir=asked.home) as folder:
        found_a_house(Path(folder))
        killing = import_string("bench.killing.killing")  # rows cannot be imported before setup
        figures: dict[str, Any] = killing(Path(folder), times=asked.times, seed=asked.seed)
    print(json.dumps(figures, indent=2))
    return 1 if figures["faults"] else 0


def found_a_house(folder: Path) -> None:
    """A real house, and this process in it."""
    os.environ.update(
        HOLDSPACE_HOME=str(folder / "home"), HOLDSPACE_KEY_FILE=str(folder / "root-key"),
        DJANGO_SETTINGS_MODULE="holdspace.settings.house",
    )  # fmt: skip
    for name in ("DATABASE_URL", "KEYRING_URL", "HOLDSPACE_LEDGER_ORIGIN"):
        os.environ.pop(name, None)  # never another house's
    command = [sys.executable, "-m", "holdspace.cli", "init", *FOUNDING]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    django.setup()


if __name__ == "__main__":
    raise SystemExit(main())
