"""Writes the pages of docs/reference that the code itself can tell: python -m tools.reference."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from holdspace.cellar.access.table import TABLE, Action, Role
from holdspace.hour.measures.definitions import ChangeRule, Direction, Instrument, Licence
from holdspace.hour.measures.instruments import library, load

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
MADE = "Made by `make reference`; a test compares it with the code.\n"


def access() -> str:
    """The table of who may do what, as the gate reads it."""
    lines = [
        "# Who may do what",
        "",
        "One table, read by one gate. What is not written here is not allowed. " + MADE,
        "| role | stands to it as | layers | may |",
        "| --- | --- | --- | --- |",
    ]
    for row in TABLE:
        roles = _in_order(row.roles, [role.value for role in Role])
        actions = _in_order(row.actions, [action.value for action in Action])
        lines.append(f"| {roles} | {row.relation} | {', '.join(sorted(row.layers))} | {actions} |")
    return "\n".join([*lines, ""])


def _in_order(chosen: frozenset[Role] | frozenset[Action], order: list[str]) -> str:
    return ", ".join(sorted((str(one) for one in chosen), key=order.index))


def ledger() -> str:
    """Every act that is written down where it happens, gathered from the calls."""
    found: dict[str, set[str]] = defaultdict(set)
    for act, what in sorted(acts()):
        found[act].add(what)
    lines = [
        "# What the ledger holds",
        "",
        "One line for each thing done and one for each page that showed somebody: who, when, what,",
        "and whose. No names and no words of anybody. " + MADE,
        "`read` and `refused` name the page. Words in ⟨angles⟩ are chosen when it happens.",
        "",
        "| act | what |",
        "| --- | --- |",
        *(f"| {act} | {', '.join(sorted(what))} |" for act, what in sorted(found.items())),
        "",
    ]
    return "\n".join(lines)


def acts() -> Iterator[tuple[str, str]]:
    yield "read", "⟨page⟩"
    yield "refused", "⟨page⟩"
    for path in sorted((ROOT / "holdspace").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from _act_of(node)


def _act_of(call: ast.Call) -> Iterator[tuple[str, str]]:
    """The act and its object in a call of `did(by, act, what, …)` or `Entry(act=…, what=…)`."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else _name(call.func)
    if name == "did" and len(call.args) >= 3:
        yield _said(call.args[1]), _said(call.args[2])
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    if name == "Entry" and isinstance(named.get("act"), ast.Constant):
        yield _said(named["act"]), _said(named["what"])


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _said(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_said(part) for part in node.values)
    inner = node.value if isinstance(node, ast.FormattedValue) else node
    return f"⟨{ast.unparse(inner).removeprefix('str(').removesuffix(')')}⟩"


STATUS = {
    "own": "our own words",
    "ship": "may be given; its words are free",
    "score": "keys and thresholds; a practice with a licence loads the words",
    "no": "a total scored elsewhere is typed",
}


def instruments() -> str:
    """The questionnaires, with what they measure, who may use them, and where that is said."""
    lines = ["# Questionnaires", "", MADE]
    for one in (load(name) for name in sorted(library())):
        lines += [f"## {one.short_name} (`{one.id}`)", "", *_told(one), ""]
    return "\n".join(lines)


def _told(one: Instrument) -> Iterator[str]:
    low, high = one.range
    better = "better" if one.direction is Direction.HIGHER_BETTER else "worse"
    rule, licence = one.reliable_change, one.licence
    span = f"{low:g} to {high:g}" if one.has_total else "no total"
    yield (
        f"{one.name}. {len(one.items) or 'No'} items here, {span}, higher is {better}."
        + ("" if one.validated else " Not a validated scale.")
    )
    yield ""
    yield f"- Measures: {', '.join(one.constructs)}"
    yield f"- Here: {STATUS[licence.status]}. Words: {', '.join(one.languages) or 'none'}"
    yield f"- Left out: {one.missing.rule}"
    yield "- Reliable change: " + (
        f"{rule.operator} {rule.points:g} points ({rule.source}{_doubt(rule)})"
        if rule
        else "none known"
    )
    yield f"- Licence: {licence.statement} ({licence.source}, {licence.date}{_doubt(licence)})"
    yield f"- Credit: {licence.credit}"
    if one.notes:
        yield f"- Note: {one.notes}"


def _doubt(fact: ChangeRule | Licence) -> str:
    return "" if fact.verified else "; not verified"


PAGES = {"access.md": access, "ledger.md": ledger, "instruments.md": instruments}


def main() -> None:
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
