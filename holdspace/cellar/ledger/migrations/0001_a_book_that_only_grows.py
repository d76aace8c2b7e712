"""The ledger's tables, and the guards that let them grow and do nothing else.

On SQLite a later migration that alters one of the guarded tables rebuilds it, and its guards are
lost with the old table: such a migration must call `raise_guards` again as its last step.
"""

from django.db import migrations, models

# A table, and what makes a row of it new. REPLACE on SQLite deletes without asking the delete
# guard, so a third guard refuses the row that would be replaced.
GUARDED = {
    "ledger_line": ["id"],
    "ledger_naming": ["subject", "line"],
    "ledger_leaf": ["index", "line"],
    "ledger_checkpoint": ["number", "size"],
}
KEYED_TOGETHER = {"ledger_naming"}
REFUSAL = "the ledger only grows"


def replaced(table):
    """The condition under which an insert would push out a row that is there."""
    joined = " AND " if table in KEYED_TOGETHER else " OR "
    return joined.join(f'"{column}" = NEW."{column}"' for column in GUARDED[table])


def raise_on_sqlite(execute):
    for table in GUARDED:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for deed in ("UPDATE", "DELETE"):
            execute(
                f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} {refuse}"
            )
        execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {replaced(table)}) {refuse}"
        )


def lower_on_sqlite(execute):
    for table in GUARDED:
        for deed in ("update", "delete", "replace"):
            execute(f"DROP TRIGGER {table}_no_{deed}")


def raise_on_postgresql(execute):
    execute(
        "CREATE FUNCTION ledger_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{REFUSAL}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table in GUARDED:
        execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION ledger_only_grows()"
        )
        execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_only_grows()"
        )


def lower_on_postgresql(execute):
    for table in GUARDED:
        execute(f"DROP TRIGGER {table}_no_change ON {table}")
        execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
    execute("DROP FUNCTION ledger_only_grows()")


RAISE = {"sqlite": raise_on_sqlite, "postgresql": raise_on_postgresql}
LOWER = {"sqlite": lower_on_sqlite, "postgresql": lower_on_postgresql}


def raise_guards(apps, schema_editor):
    """An unknown database is refused: a ledger without guards is no ledger."""
    RAISE[schema_editor.connection.vendor](schema_editor.execute)


def lower_guards(apps, schema_editor):
    LOWER[schema_editor.connection.vendor](schema_editor.execute)


ACTOR_KINDS = ["member", "client", "link", "system", "nobody"]


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Line",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("practice", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("actor", models.UUIDField(null=True)),
                (
                    "actor_kind",
                    models.CharField(max_length=6, choices=[(kind, kind) for kind in ACTOR_KINDS]),
                ),
                ("act", models.CharField(max_length=40)),
                ("what", models.CharField(max_length=40)),
                ("subjects", models.JSONField(default=list)),
                ("layer", models.CharField(max_length=40, null=True)),
                ("reason", models.BinaryField(null=True)),
                ("salt", models.BinaryField(max_length=16)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["practice", "at"], name="ledger_line_practice_at"),
                    models.Index(fields=["actor", "id"], name="ledger_line_actor_id"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(actor_kind__in=ACTOR_KINDS),
                        name="ledger_line_actor_kind",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Naming",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject",
                        "line",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("subject", models.UUIDField()),
                ("line", models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name="Waiting",
            fields=[("line", models.UUIDField(primary_key=True, serialize=False))],
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("index", models.BigIntegerField(primary_key=True, serialize=False)),
                ("line", models.UUIDField(unique=True)),
                ("hash", models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("size", models.BigIntegerField(unique=True)),
                ("root", models.BinaryField(max_length=32)),
                ("frontier", models.JSONField()),
                ("note", models.TextField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RunPython(raise_guards, lower_guards),
    ]
