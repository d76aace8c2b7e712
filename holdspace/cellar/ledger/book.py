"""Putting a line, its place in the queue, and later whom it names into the database in few steps.

Every page writes a line, so this is the one place where SQL is written by hand: half the time of
the same inserts through model instances, and one round trip on PostgreSQL instead of two.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from holdspace.cellar.ledger.models import Line, Waiting
from holdspace.cellar.prepared import cursor_on

LINE = (
    "INSERT INTO ledger_line (id, practice, at, actor, actor_kind, act, what, subjects, layer,"
    " reason, salt) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
WAITING = "INSERT INTO ledger_waiting (line) VALUES (%s)"
# A house of before named a line as it was written: what is there already is left alone.
NAMING = (
    "INSERT INTO ledger_naming (line, subject) SELECT %s, %s WHERE NOT EXISTS"
    " (SELECT 1 FROM ledger_naming WHERE line = %s AND subject = %s)"
)
BOTH = f"WITH written AS ({LINE}) {WAITING}"  # as one statement, which PostgreSQL can


def add(line: Line) -> None:
    """Insert the line, and its place in the queue."""
    fields = Line._meta.concrete_fields
    values = [field.get_db_prep_save(getattr(line, field.attname), connection) for field in fields]
    place = Waiting._meta.pk.get_db_prep_value(line.id, connection)
    with cursor_on(connection) as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(BOTH, [*values, place])
        else:
            cursor.execute(LINE, values)
            cursor.execute(WAITING, [place])


def name(lines: Iterable[Line]) -> None:
    """Enter these lines under each subject that they name."""
    field = Waiting._meta.pk
    pairs = [
        tuple(field.get_db_prep_value(one, connection) for one in (line.id, UUID(subject)))
        for line in lines
        for subject in line.subjects
    ]
    with connection.cursor() as cursor:
        cursor.executemany(NAMING, [pair + pair for pair in pairs])
