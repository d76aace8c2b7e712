"""Coverage that may not sink: 95 % of everything, and every branch of the files that decide.

python tools/coverage_floor.py coverage.json
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

OVERALL = 95.0
# What decides, changes, seals, records or scores has no untried branch.
WHOLE = re.compile(
    r"holdspace/("
    r"\w+/\w+/(rules|queries|actions)(\.py|/.*\.py)"
    r"|cellar/(vault|ledger|access)/(?!migrations/).*\.py"
    r"|hour/measures/(scoring|change)\.py)$"
)


def faults(report: dict[str, Any]) -> list[str]:
    """What is below its floor, in sentences."""
    found = []
    total = report["totals"]["percent_covered"]
    if total < OVERALL:
        found.append(f"Of everything, {total:.1f} % is tried; {OVERALL:.0f} % is the floor.")
    for name, file in sorted(report["files"].items()):
        summary = file["summary"]
        untried = summary["missing_lines"] + summary.get("missing_branches", 0)
        if WHOLE.search(name) and untried:
            found.append(f"{name}: {_where(file)}")
    return found


def _where(file: dict[str, Any]) -> str:
    lines = ", ".join(str(line) for line in file["missing_lines"]) or "none"
    branches = ", ".join(f"{a}→{b}" for a, b in file.get("missing_branches", [])) or "none"
    return f"untried lines {lines}; untried branches {branches}"


def main() -> int:
    """Say what is below its floor; nothing said is nothing wrong."""
    found = faults(json.loads(Path(sys.argv[1]).read_text()))
    sys.stdout.write("".join(f"{fault}\n" for fault in found))
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
