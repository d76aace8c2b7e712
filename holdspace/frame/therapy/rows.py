"""The rows of people in a form: one more, one less, found, chosen. Works by plain posting."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.frame.people import queries as people
from holdspace.frame.people.models import Person
from holdspace.frame.people.page import Found, find_page
from holdspace.frame.therapy.forms import PersonRow
from holdspace.frame.therapy.rules import MOST_PARTICIPANTS, Part, Unit
from holdspace.frame.therapy.units import USUALLY, padded, several_names

Typed = dict[str, str]
FIELDS = ("person", "name", "part", "birth_date")
EMPTY: Typed = {"person": "", "name": "", "part": Part.CLIENT.value, "birth_date": ""}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its fields, whom it has chosen, and whom a search for its name found."""

    number: int
    form: PersonRow
    person: Person | None
    found: list[Found] | None


def typed_rows(posted: Mapping[str, str]) -> list[Typed]:
    """What was typed into each row."""
    said = posted.get("rows", "")
    count = int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 1
    return [
        {name: posted.get(f"row-{number}-{name}", EMPTY[name]) for name in FIELDS}
        for number in range(max(1, min(count, MOST_PARTICIPANTS)))
    ]


def of_unit(rows: list[Typed], unit: str) -> list[Typed]:
    """As many rows as the unit usually begins with, and as what, where nobody is written yet."""
    if unit not in USUALLY:
        return rows
    said = filled_rows(rows) if any(map(is_said, rows)) else []
    return [*said, *({**EMPTY, "part": part.value} for part in padded(len(said), Unit(unit)))]


def with_names(rows: list[Typed], several: str) -> list[Typed]:
    """One row for each name of a list that has none yet, after those that somebody wrote in."""
    said = [row for row in rows if is_said(row)]
    known = {row["name"].strip() for row in said}
    parts = [row["part"] for row in rows[len(said) :]]
    new = [
        {**EMPTY, "name": name, "part": parts[n] if n < len(parts) else EMPTY["part"]}
        for n, name in enumerate(name for name in several_names(several) if name not in known)
    ]
    return [*said, *new][:MOST_PARTICIPANTS] or rows


def is_said(row: Typed) -> bool:
    """Whether somebody was written or chosen in a row."""
    return bool(row["person"] or row["name"].strip())


def stepped(rows: list[Typed], step: str) -> list[Typed]:
    """The rows after a button: `add`, `drop 2`, `use 1 <id>`, `forget 1`; others change nothing."""
    verb, number, chosen = (*step.split(), "", "", "")[:3]
    at = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else -1
    if verb == "add" and len(rows) < MOST_PARTICIPANTS:
        return [*rows, dict(EMPTY)]
    if not 0 <= at < len(rows):
        return rows
    if verb == "drop" and len(rows) > 1:
        return rows[:at] + rows[at + 1 :]
    if verb in ("use", "forget"):
        return [*rows[:at], {**rows[at], "person": chosen}, *rows[at + 1 :]]
    return rows


def sought(step: str) -> int | None:
    """The row whose name is looked for."""
    verb, number = (*step.split(), "", "")[:2]
    return int(number) if verb == "find" and number.isascii() and number.isdigit() else None


def filled_rows(rows: list[Typed]) -> list[Typed]:
    """Without the rows that nobody wrote in; one remains."""
    return [row for row in rows if is_said(row)] or rows[:1]


def shown(
    by: Visitor, rows: list[Typed], *, is_final: bool, finding: int | None = None
) -> list[Row]:
    """The rows as they stand on the page; checked only when all is said."""
    return [_row(by, number, typed, is_final, finding) for number, typed in enumerate(rows)]


def _row(by: Visitor, number: int, typed: Typed, is_final: bool, finding: int | None) -> Row:  # noqa: FBT001
    prefix = f"row-{number}"
    if is_final:
        form = PersonRow({f"{prefix}-{name}": typed[name] for name in FIELDS}, prefix=prefix)
    else:
        form = PersonRow(initial=typed, prefix=prefix)
    found = find_page(by, typed["name"]).found if number == finding else None
    return Row(number, form, _chosen(by, typed["person"]), found)


def _chosen(by: Visitor, person: str) -> Person | None:
    """Whom the row has chosen, if the visitor may find them at all."""
    if not person:
        return None
    try:
        wanted = UUID(person)
    except ValueError:
        raise NotHere from None
    return people.one(by, wanted, Action.FIND)
