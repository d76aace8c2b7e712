"""A migration is a promise: named by hand, one line of history, and true to the models."""

from pathlib import Path

import pytest
from django.core.management import call_command

HOUSE = Path(__file__).parents[2] / "holdspace"
MIGRATIONS = sorted(p for p in HOUSE.glob("*/*/migrations/[0-9]*.py"))


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: path.stem)
def test_migration_is_named_by_hand(path: Path) -> None:
    assert "_auto_" not in path.stem
    assert not path.stem.endswith("_initial")


@pytest.mark.django_db(databases=["default", "keyring"])
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
