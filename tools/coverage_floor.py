"""Coverage that may not sink: 95 % of everything, and every branch of the files that decide.

python tools/coverage_floor.py coverage.json
"""

import json
import re
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
OVERALL = 95.0
# What decides, changes, seals or records has no untried branch, whichever room it is built in.
WHOLE = re.compile(
    r"holdspace/("
    r"\w+/\w+/(rules|queries|actions)(\.py|/.*\.py)"
    r"|cellar/(vault|ledger|access)/(?!migrations/).*\.py)$"
)


@cache
def thinking() -> set[str]:
    """Scoring, statistics and the like: the modules that may know nothing of Django."""
    house = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    contracts = house["importlinter"]["contracts"]
    pure = next(contract for contract in contracts if contract["id"] == "pure")
    return {module.replace(".", "/") for module in pure["source_modules"]}


def must_be_whole(name: str) -> bool:
    """Whether every branch of a file is to be tried."""
    module = name.removesuffix(".py")
    within = (module == pure or module.startswith(f"{pure}/") for pure in thinking())
    return WHOLE.match(name) is not None or any(within)


def written() -> set[str]:
    """What the report has to speak of: the house's code and its templates."""
    house = ROOT / "holdspace"
    templates = [path for path in house.rglob("templates/**/*") if path.suffix in (".html", ".txt")]
    files = [*house.rglob("*.py"), *templates]
    return {path.relative_to(ROOT).as_posix() for path in files if "migrations" not in path.parts}


def faults(report: dict[str, Any]) -> list[str]:
    """What is below its floor, in sentences."""
    found = []
    total = report["totals"]["percent_covered"]
    if total < OVERALL:
        found.append(f"Of everything, {total:.2f} % is tried; {OVERALL:.0f} % is the floor.")
    for name, file in sorted(report["files"].items()):
        summary = file["summary"]
        untried = summary["missing_lines"] + summary.get("missing_branches", 0)
        if untried and must_be_whole(name):
            found.append(f"{name}: {_where(file)}")
    unseen = sorted(written() - report["files"].keys())
    return [*found, *(f"{name} was not looked at." for name in unseen)]


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
