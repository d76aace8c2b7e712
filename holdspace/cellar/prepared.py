"""Statements of busy pages: built once and asked again with other values, or streamed.

Building a statement takes Django several times as long as SQLite takes to answer it, and a page
asks fifteen. A function that is `prepared` is run once, with placeholders for its arguments; what
it compiled to is kept, and from then on only the values are bound (docs/decisions/0014).
"""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache, wraps
from inspect import signature
from typing import Any, Final, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import (
    DateField,
    DateTimeField,
    Expression,
    Model,
    QuerySet,
    UUIDField,
)
from django.db.models import query as reading
from django.db.models.base import ModelState
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")
Sql = tuple[str, list[Any]]
AT_ONCE: Final = 500  # rows

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
        compiler = built.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, self.params = compiler.as_sql()
        self.converters = _converters(compiler)
        self.made = _rows_of(built, compiler)

    def ask(self, values: dict[str, Any]) -> list[Any]:
        connection = connections[DEFAULT_DB_ALIAS]
        bound = [
            param.bound(values[param.name], connection) if isinstance(param, One) else param
            for param in self.params
        ]
        with cursor_on(connection) as cursor:
            cursor.execute(self.sql, bound)
            rows = cursor.fetchall()
        return self.made(self._converted(rows, connection))

    def _converted(self, rows: list[Any], connection: BaseDatabaseWrapper) -> list[Any]:
        """Rows as their columns mean it, by the converters that Django would use."""
        columns: list[Any] = list(zip(*rows, strict=True))
        for place, converters, expression in self.converters if rows else ():
            for convert in converters:
                columns[place] = [convert(one, expression, connection) for one in columns[place]]
        return list(zip(*columns, strict=True))


def cursor_on(connection: BaseDatabaseWrapper) -> CursorWrapper:
    """A cursor whose statements the server keeps, with how it goes about them.

    On PostgreSQL that is psycopg's own: Django's binds the values itself, so that no two are alike.
    """
    if connection.vendor != "postgresql":
        return connection.cursor()
    return _own_cursor(connection)


def _own_cursor(connection: Any, *, in_binary: bool = False) -> CursorWrapper:
    connection.ensure_connection()
    psycopg = connection.Database
    plain = psycopg.Cursor(connection.connection)
    if in_binary:
        plain.format = psycopg.pq.Format.BINARY
        plain.adapters.register_loader("uuid", psycopg.types.string.ByteaBinaryLoader)
    made: CursorWrapper = connection.make_cursor(plain)
    return made


def _converters(compiler: SQLCompiler) -> list[tuple[int, list[Any], Any]]:
    """For each column that needs them, what its values go through."""
    expressions = [expression for expression, *_ in compiler.select]
    slow = getattr(compiler.connection.ops, "convert_uuidfield_value", None)  # SQLite's
    return [
        (place, [_uuid if one == slow else one for one in converters], expression)
        for place, (converters, expression) in compiler.get_converters(expressions).items()
    ]


def _uuid(value: str | None, _expression: Any, _connection: Any) -> UUID | None:
    """An id that SQLite keeps as text. The same few stand in most rows of a page."""
    return None if value is None else _read(value)


_read: Final = lru_cache(maxsize=100_000)(UUID)


def _rows_of(
    built: QuerySet[Model, Any], compiler: SQLCompiler
) -> Callable[[list[Any]], list[Any]]:
    """What makes rows of columns, as Django makes them: plain values, or records."""
    made_by: Any = built._iterable_class
    if made_by is reading.FlatValuesListIterable:
        return lambda rows: [row[0] for row in rows]
    if made_by is reading.ValuesListIterable:
        return lambda rows: rows
    found: Any = compiler.klass_info
    select: Any = compiler.select
    start, stop = found["select_fields"][0], found["select_fields"][-1] + 1
    names = [column[0].target.attname for column in select[start:stop]]
    beside = _made_quickly(reading.get_related_populators(found, select, DEFAULT_DB_ALIAS))  # type: ignore[attr-defined]
    make = _Maker(found["model"]).from_db
    annotated = list((compiler.annotation_col_map or {}).items())

    def record(row: tuple[Any, ...]) -> Model:
        made = make(DEFAULT_DB_ALIAS, names, row[start:stop])
        for related in beside:
            related.populate(row, made)
        for name, place in annotated:
            setattr(made, name, row[place])
        return made

    return lambda rows: list(map(record, rows))


class _Maker:
    """Makes records as a model's `from_db` does, in a third of the time.

    What Django does besides is for rows that are not read: defaults, signals, related records.
    """

    def __init__(self, model: type[Model]) -> None:
        self._model = model

    def from_db(self, database: str, names: Sequence[str], values: Sequence[Any]) -> Model:
        made = self._model.__new__(self._model)
        made._state = ModelState()
        made._state.adding, made._state.db = False, database
        made.__dict__.update(zip(names, values, strict=True))
        return made


def _made_quickly(populators: list[Any]) -> list[Any]:
    """The same that Django has for `select_related`, making their records so too."""
    for one in populators:
        one.model_cls = _Maker(one.model_cls)
        _made_quickly(one.related_populators)
    return populators


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


def streamed(rows: QuerySet[Any, Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a `values_list` as the database has them, the first column an id in bytes.

    What Django makes of thousands of rows takes longer than to read them. From PostgreSQL they come
    in binary, since sealed words as text are sent twice as long.
    """
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:  # among no ids there is nothing to be asked for
        return
    connection = connections[DEFAULT_DB_ALIAS]
    is_text = connection.vendor == "sqlite"
    with connection.cursor() if is_text else _own_cursor(connection, in_binary=True) as cursor:
        cursor.execute(sql, params)
        while some := cursor.fetchmany(AT_ONCE):
            ids, *others = zip(*some, strict=True)
            yield from zip(map(bytes.fromhex, ids) if is_text else ids, *others, strict=True)


def first(rows: Sequence[Row]) -> Row | None:
    """The first of the rows, where there is any."""
    return rows[0] if rows else None
