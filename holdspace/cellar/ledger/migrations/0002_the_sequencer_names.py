"""The sequencer puts what a line names into the index, so lines that wait are not in it yet."""

from django.db import migrations

NOT_YET = "DELETE FROM ledger_naming WHERE line IN (SELECT line FROM ledger_waiting)"
GUARD = {
    "sqlite": (
        "DROP TRIGGER ledger_naming_no_delete",
        "CREATE TRIGGER ledger_naming_no_delete BEFORE DELETE ON ledger_naming "
        "BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END",
    ),
    "postgresql": (
        "ALTER TABLE ledger_naming DISABLE TRIGGER ledger_naming_no_change",
        "ALTER TABLE ledger_naming ENABLE TRIGGER ledger_naming_no_change",
    ),
}


def take_out(apps, schema_editor):
    lower, raise_again = GUARD[schema_editor.connection.vendor]
    for step in (lower, NOT_YET, raise_again):
        schema_editor.execute(step)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_a_book_that_only_grows")]

    operations = [migrations.RunPython(take_out, migrations.RunPython.noop)]
