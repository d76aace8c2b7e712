"""The statistics are usable without Django, and everything public says what it is."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from holdspace.office.outcomes import statistics

MODULES = sorted(Path(statistics.__path__[0]).glob("*.py"))


def test_no_django_is_loaded() -> None:
    names = [module.stem for module in MODULES if module.stem != "__init__"]
    script = "\n".join(f"import holdspace.office.outcomes.statistics.{name}" for name in names)
    script += "\nimport sys\nassert 'django' not in sys.modules"
    said = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env={"PATH": "", "LANG": "C.UTF-8"},  # unwatched: what watches loads Django itself
    )
    assert (said.returncode, said.stderr) == (0, "")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_every_public_function_says_what_it_gives(module: Path) -> None:
    functions = [
        node
        for node in ast.parse(module.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]
    assert [one.name for one in functions if not ast.get_docstring(one)] == []
