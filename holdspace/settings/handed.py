"""What a house is handed when it starts, and what it was given when it was founded."""

import os
from pathlib import Path
from typing import Final

ORIGIN_FILE: Final = "ledger-origin"
OLD_ORIGIN: Final = "holdspace/ledger"  # of houses that were founded before each had its own


def handed_passphrase() -> str:
    """The passphrase from a pipe, or else from the environment; none of our own sees it there.

    The pipe is how we hand it to our own processes: whoever may look into /proc reads an
    environment, and the number of a pipe says nothing.
    """
    pipe = os.environ.pop("HOLDSPACE_PASSPHRASE_FD", "")
    given = os.environ.pop("HOLDSPACE_PASSPHRASE", "")
    if not pipe:
        return given
    try:
        with os.fdopen(int(pipe), encoding="utf-8") as handed:
            return handed.readline().removesuffix("\n")
    except (OSError, ValueError):
        raise SystemExit("HOLDSPACE_PASSPHRASE_FD names no pipe that can be read.") from None


def ledger_origin(home: Path) -> str:
    """The name of this house's ledger in its checkpoints, as it was made when it was founded."""
    file = home / ORIGIN_FILE
    kept = file.read_text(encoding="ascii").strip() if file.exists() else OLD_ORIGIN
    return os.environ.get("HOLDSPACE_LEDGER_ORIGIN") or kept
