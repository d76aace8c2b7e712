"""The house stays small: no file over 400 lines, no function over 40, no template over 150."""

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2] / "holdspace"
CODE = sorted(path for path in HOUSE.rglob("*.py") if "migrations" not in path.parts)
TESTS = sorted((HOUSE.parent / "tests").rglob("*.py"))
TEMPLATES = sorted(path for path in HOUSE.rglob("*.html"))
SCRIPTS = sorted(path for path in HOUSE.rglob("*.js") if "libraries" not in path.parts)


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def short(path: Path) -> str:
    return str(path.relative_to(HOUSE.parent))


@pytest.mark.parametrize("path", [*CODE, *TESTS], ids=short)
def test_file_fits_in_the_head(path: Path) -> None:
    assert lines(path) <= 400


@pytest.mark.parametrize("path", CODE, ids=short)
def test_every_function_fits_on_a_screen(path: Path) -> None:
    found = ast.walk(ast.parse(path.read_text()))
    functions = (n for n in found if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= 40] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_template_fits_in_the_head(path: Path) -> None:
    assert lines(path) <= 150


@pytest.mark.parametrize("path", SCRIPTS, ids=short)
def test_script_is_one_behaviour(path: Path) -> None:
    assert lines(path) <= 150


@pytest.mark.parametrize("path", CODE, ids=short)
def test_module_says_what_it_is_for(path: Path) -> None:
    if path.read_text().strip():
        assert ast.get_docstring(ast.parse(path.read_text()))
