"""Putting a line, what it names, and its place in the queue into the database in few steps.

Every page writes a line, so this is the one place where SQL is written by hand: half the time of
the same three inserts through model instances, and one round trip on PostgreSQL instead of three.
"""

from typing import Any
from uuid import UUID

from django.db import connection

from holdspace.cellar.ledger.models import Line, Naming

LINE = (
    "INSERT INTO ledger_line (id, practice, at, actor, actor_kind, act, what, subjects, layer,"
    " reason, salt) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
NAMING = "INSERT INTO ledger_naming (line, subject) VALUES (%s, %s)"
ONE_MORE = ", (%s, %s)"
WAITING = "INSERT INTO ledger_waiting (line) VALUES (%s)"

Step = tuple[str, list[Any]]


def add(line: Line, subjects: list[UUID]) -> None:
    """Insert the line, one naming for each subject, and the line's place in the queue."""
    steps = [_line(line)]
    if subjects:
        steps.append(_namings(line.id, subjects))
    steps.append((WAITING, _ids([line.id])))
    if connection.vendor == "postgresql":
        steps = [_as_one(steps)]
    with connection.cursor() as cursor:
        for sql, values in steps:
            cursor.execute(sql, values)


def _line(line: Line) -> Step:
    fields = Line._meta.concrete_fields
    values = [field.get_db_prep_save(getattr(line, field.attname), connection) for field in fields]
    return LINE, values


def _namings(line: UUID, subjects: list[UUID]) -> Step:
    mine, *others = _ids([line, *subjects])
    values = [value for subject in others for value in (mine, subject)]
    return NAMING + ONE_MORE * (len(subjects) - 1), values


def _ids(ids: list[UUID]) -> list[Any]:
    """Ids as the database at hand keeps them."""
    field = Naming._meta.get_field("subject")
    return [field.get_db_prep_value(one, connection) for one in ids]


def _as_one(steps: list[Step]) -> Step:
    """Several inserts as one statement (PostgreSQL's data-modifying WITH)."""
    *first, (last, _) = steps
    named = ", ".join(f"step{number} AS ({sql})" for number, (sql, _) in enumerate(first))
    return f"WITH {named} {last}", [value for _, values in steps for value in values]
