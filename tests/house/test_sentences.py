"""Every reason that a room may show is marked for translation where it is raised."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2] / "holdspace"
ROOMS = sorted(
    path
    for floor in ("frame", "hour", "front")
    for path in (HOUSE / floor).rglob("*.py")
    if not {"migrations", "sample"} & set(path.parts)
)
# What nobody is shown: pages answer it with 404 or with words of their own, the command line alone
# prints it, or it says that the house itself is not complete.
UNSHOWN = {
    "NotHere", "ValueError", "KeyError", "TypeError", "UnknownInstrument", "AnswersNotReadable",
    "AnswerOutOfRange", "UnknownItem", "WrongNumberOfAnswers", "AgeOutOfRange", "NotComplete",
    "ScoredElsewhere", "TotalOutOfRange", "TryLater", "validation_error",
}  # fmt: skip
# Their message is made of parts that were marked before, or inside the exception.
MADE_OF_MARKED = {"Conflict", "WrongPin", "ValidationError"}
# Caught where it is raised: a questionnaire that moved on answers for itself.
CAUGHT = {("hour/measures/rules.py", "CannotMove")}


def named(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)


def short(path: Path) -> str:
    return str(path.relative_to(HOUSE))


def raised(path: Path) -> Iterator[tuple[ast.Call, ast.AST]]:
    """Each exception that is raised, or made in its class, and the function that does it."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            raises = (one.exc for one in ast.walk(node) if isinstance(one, ast.Raise))
            yield from ((one, node) for one in raises if isinstance(one, ast.Call))
        if isinstance(node, ast.ClassDef) and "Exception" in map(ast.unparse, node.bases):
            calls = (one for one in ast.walk(node) if isinstance(one, ast.Call))
            yield from ((one, node) for one in calls if named(one) == "__init__")


def sources(message: ast.expr, function: ast.AST) -> Iterator[ast.expr]:
    """What a message is made from, behind names, values that are put in, and conditions."""
    if isinstance(message, ast.Call) and named(message) in {"format", "str"}:
        inner = message.func.value if isinstance(message.func, ast.Attribute) else message.args[0]
        yield from sources(inner, function)
    elif isinstance(message, ast.BinOp):
        yield from sources(message.left, function)
    elif isinstance(message, ast.IfExp):
        yield from (*sources(message.body, function), *sources(message.orelse, function))
    elif isinstance(message, ast.Name):
        for value in assigned(message.id, function):
            yield from sources(value, function)
    else:
        yield message


def is_marked(message: ast.expr, function: ast.AST) -> bool:
    bare = (ast.Constant, ast.JoinedStr)
    return not any(isinstance(one, bare) for one in sources(message, function))


def assigned(name: str, function: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and name in map(ast.unparse, node.targets):
            yield node.value


def unmarked(path: Path) -> list[str]:
    return [
        f"{call.lineno}: {ast.unparse(call)}"
        for call, function in raised(path)
        if call.args
        and named(call) not in UNSHOWN | MADE_OF_MARKED
        and (short(path), named(call)) not in CAUGHT
        and not is_marked(call.args[0], function)
    ]


@pytest.mark.parametrize("path", ROOMS, ids=short)
def test_every_reason_is_marked_where_it_is_raised(path: Path) -> None:
    assert unmarked(path) == []


@pytest.mark.parametrize(
    ("line", "is_bad"),
    [
        ('raise CannotMove("No.")', True),
        ('raise CannotMove(f"No {x}.")', True),
        ('msg = "No %s." % x\n    raise CannotMove(msg)', True),
        ('raise CannotMove("No {x}.".format(x=x))', True),
        ('raise CannotMove(_("No."))', False),
        ('msg = _("No %s.")\n    raise CannotMove(msg % x)', False),
        ('raise CannotMove(_("No {x}."), x=x)', False),
        ('raise NotHere("for the ledger")', False),
    ],
)
def test_the_test_itself_sees_what_is_not_marked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, is_bad: object
) -> None:
    room = tmp_path / "rules.py"
    room.write_text(f"def f(x):\n    {line}\n")
    monkeypatch.setattr("tests.house.test_sentences.HOUSE", tmp_path)
    assert bool(unmarked(room)) is is_bad


def test_a_sentence_in_the_exceptions_class_is_seen_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = tmp_path / "rules.py"
    room.write_text("class No(Exception):\n  def __init__(self):\n    super().__init__('No.')\n")
    monkeypatch.setattr("tests.house.test_sentences.HOUSE", tmp_path)
    assert unmarked(room) == ["3: super().__init__('No.')"]


def test_views_do_not_translate_what_was_said_already() -> None:
    """`_(str(refusal))` looks a finished sentence up: where it holds a value, in vain."""
    again = [short(path) for path in ROOMS if "_(str(" in path.read_text()]
    assert again == []
