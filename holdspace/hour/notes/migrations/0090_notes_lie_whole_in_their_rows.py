"""On PostgreSQL a note's words stay in its row up to 8 KB, and nobody tries to compress them.

Search reads all of one's notes; from beside the row each was a look-up of its own, three quarters
of the time. Sealed words cannot be compressed. Notes of before come into their rows as they are
next saved.
"""

from typing import Any

from django.db import migrations

WHOLE = (
    "ALTER TABLE notes_note SET (toast_tuple_target = 8160)",
    "ALTER TABLE notes_note ALTER COLUMN content SET STORAGE EXTERNAL",
)
BESIDE = (
    "ALTER TABLE notes_note ALTER COLUMN content SET STORAGE EXTENDED",
    "ALTER TABLE notes_note RESET (toast_tuple_target)",
)


def lie_whole(_apps: Any, schema_editor: Any) -> None:
    _tell(schema_editor, WHOLE)


def lie_beside(_apps: Any, schema_editor: Any) -> None:
    _tell(schema_editor, BESIDE)


def _tell(schema_editor: Any, statements: tuple[str, ...]) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("notes", "0001_notes_drafts_and_addenda")]

    operations = [migrations.RunPython(lie_whole, lie_beside)]
