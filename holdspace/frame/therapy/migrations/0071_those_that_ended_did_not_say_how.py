"""Say of therapies that ended before that nobody said how."""

from typing import Any

from django.db import migrations


def not_said(apps: Any, _editor: Any) -> None:
    ended = apps.get_model("therapy", "Therapy").objects.filter(state="ended", ended_how="")
    ended.update(ended_how="not said")


class Migration(migrations.Migration):
    dependencies = [("therapy", "0070_safety_and_how_it_ended")]

    operations = [migrations.RunPython(not_said, migrations.RunPython.noop)]
