"""Practices with instruments of their own are gone through again: their answers were left out."""

from uuid import UUID

from django.db import migrations

BEFORE_THE_FIRST = UUID(int=0)


def go_through_again(apps, schema_editor):
    """From the first therapy on, in the keeper's rounds; what is summed up stays until then."""
    files = apps.get_model("measures", "LocalFile").objects.filter(kind="definition")
    marks = apps.get_model("outcomes", "SummaryMark").objects
    marks.filter(practice_id__in=files.values("practice_id")).update(reached=BEFORE_THE_FIRST)


class Migration(migrations.Migration):

    dependencies = [
        ("measures", "0010_instruments_of_a_practice"),
        ("outcomes", "0002_signals_considered_and_expected"),
    ]

    operations = [migrations.RunPython(go_through_again, migrations.RunPython.noop)]
