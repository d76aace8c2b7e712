"""Taking the ledger's guards down for a moment: to tamper, and to empty tables between tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase

MIGRATION = import_module("holdspace.cellar.ledger.migrations.0001_a_book_that_only_grows")


def lower() -> None:
    """What an intruder with the database in hand would do first."""
    with connection.cursor() as cursor:
        MIGRATION.LOWER[connection.vendor](cursor.execute)


def put_up() -> None:
    with connection.cursor() as cursor:
        MIGRATION.RAISE[connection.vendor](cursor.execute)


@contextmanager
def lowered() -> Iterator[None]:
    lower()
    yield
    put_up()


@pytest.fixture(scope="session", autouse=True)
def flush_past_the_guards() -> Iterator[None]:
    """Tests with real transactions empty every table afterwards, which the guards would refuse."""
    case_class: Any = TransactionTestCase
    empty_tables = case_class._fixture_teardown

    def past_the_guards(case: Any) -> None:
        with lowered():
            empty_tables(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", past_the_guards)
        yield
