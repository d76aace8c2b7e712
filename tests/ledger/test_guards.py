"""The database itself refuses to forget."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, models, transaction

from holdspace.cellar.ledger.models import Checkpoint, Leaf, Line, Naming, Waiting
from tests.ledger import guards
from tests.ledger.book import carry, verdict, write_lines

pytestmark = pytest.mark.django_db
TABLES = ["ledger_line", "ledger_naming", "ledger_leaf", "ledger_checkpoint"]
CHANGES: list[tuple[type[models.Model], dict[str, object]]] = [
    (Line, {"act": "other"}),
    (Naming, {"subject": "00000000-0000-0000-0000-000000000009"}),
    (Leaf, {"hash": bytes(32)}),
    (Checkpoint, {"note": "other"}),
]


@pytest.fixture(autouse=True)
def _a_ledger() -> None:
    write_lines(3)
    carry()


def refuses(deed: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match="only grows"), transaction.atomic():
        deed()


@pytest.mark.parametrize(("table", "change"), CHANGES)
def test_a_row_cannot_be_changed(table: type[models.Model], change: dict[str, object]) -> None:
    refuses(lambda: table._default_manager.update(**change))


@pytest.mark.parametrize("table", [Line, Naming, Leaf, Checkpoint])
def test_a_row_cannot_be_deleted(table: type[models.Model]) -> None:
    refuses(table._default_manager.all().delete)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_cannot_be_emptied(table: str) -> None:
    empty = "TRUNCATE" if connection.vendor == "postgresql" else "DELETE FROM"
    with connection.cursor() as cursor:
        refuses(lambda: cursor.execute(f"{empty} {table}"))


@pytest.mark.parametrize("table", TABLES)
def test_a_row_cannot_be_replaced(table: str) -> None:
    insert = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute(f"{insert} INTO {table} SELECT * FROM {table}")


def test_guards_can_be_taken_down_and_put_up_again() -> None:
    with guards.lowered():
        Line.objects.update(act="other")
    refuses(Line.objects.all().delete)


def test_only_the_queue_gets_shorter() -> None:
    write_lines(1)
    assert Waiting.objects.count() == 1
    carry()
    assert not Waiting.objects.exists()
    assert verdict().is_sound
