"""Prepared statements: Django builds one once, and asks it again with other values.

Building a statement takes Django several times as long as SQLite takes to answer it, and a page
asks fifteen. A function that is `prepared` is run once, with placeholders for its arguments; what
it compiled to is kept, and from then on only the values are bound (docs/decisions/0014).
"""

import json
from collections.abc import Callable, Sequence
from copy import copy
from datetime import date, datetime
from functools import wraps
from inspect import signature
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    DateField,
    DateTimeField,
    Expression,
    Model,
    QuerySet,
    UUIDField,
)
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")
Sql = tuple[str, list[Any]]

_FIELDS: Final[tuple[tuple[type, Any], ...]] = (
    (UUID, UUIDField()),
    (datetime, DateTimeField()),
    (date, DateField()),
)


class One(Expression):
    """A value that is bound when the statement is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:  # noqa: ARG002
        return "%s", [self]

    def bound(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """The value as this database takes it."""
        for kind, field in _FIELDS:
            if isinstance(value, kind):
                return field.get_db_prep_value(value, connection)
        return value


class Many(One):
    """Any number of ids, bound as one value: `therapy_id__in=among`."""

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:  # noqa: ARG002
        if connection.vendor == "sqlite":
            return "(SELECT value FROM json_each(%s))", [self]
        return "(SELECT unnest(%s::uuid[]))", [self]

    def bound(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        if connection.vendor == "sqlite":
            return json.dumps([one.hex for one in value])
        return list(value)


class _Statement:
    """One statement as it was compiled, and how its rows are read."""

    def __init__(self, built: QuerySet[Model, Any]) -> None:
        self.built = built
        self.compiler = built.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, self.params = self.compiler.as_sql()
        selected = [expression for expression, *_ in self.compiler.select]
        self.converters = self.compiler.get_converters(selected)

    def ask(self, values: dict[str, Any]) -> list[Any]:
        connection = connections[DEFAULT_DB_ALIAS]
        bound = tuple(
            param.bound(values[param.name], connection) if isinstance(param, One) else param
            for param in self.params
        )
        # Django's own way from here: its compiler executes, reads and converts the rows, and only
        # finds the statement made. Copies, because threads ask the same statement at once.
        compiler: Any = copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_, **__: (self.sql, bound)
        compiler.get_converters = lambda _: self.converters
        query: Any = copy(self.built.query)
        query.get_compiler = lambda *_, **__: compiler
        asked: Any = QuerySet(self.built.model, query, DEFAULT_DB_ALIAS)
        asked._iterable_class, asked._fields = self.built._iterable_class, self.built._fields  # type: ignore[attr-defined]
        return list(asked)


def prepared(build: Callable[..., QuerySet[Any, Row]]) -> Callable[..., list[Row]]:
    """Ask what this function builds. Its arguments are `One` or `Many`, and are given by name."""
    placeholders = {
        name: parameter.annotation(name) for name, parameter in signature(build).parameters.items()
    }
    kept: list[_Statement] = []

    @wraps(build)
    def ask(**values: Any) -> list[Row]:
        if not kept:
            kept.append(_Statement(build(**placeholders)))
        return kept[0].ask(values)

    return ask


def first(rows: Sequence[Row]) -> Row | None:
    """The first of the rows, where there is any."""
    return rows[0] if rows else None
