"""Sealed columns: words go in and come out, the database holds envelopes.

A model with sealed columns has `id`, `layer`, `row_version`, and says with `practice_id` and
`seal_scope()` whose key seals them.
"""

import json
from typing import Any, NoReturn, Protocol, cast
from uuid import UUID

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query_utils import DeferredAttribute

from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.sealing import Place, open_sealed, scope_of, seal


class SealableRow(Protocol):
    """What a row must say of itself for its columns to be sealed."""

    id: UUID
    layer: str
    row_version: int
    practice_id: UUID

    def seal_scope(self) -> UUID: ...


class Envelope(bytes):
    """A sealed value as the database holds it; it prints as nothing."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<sealed>"

    __str__ = __repr__


class Opening(DeferredAttribute):
    """Opens a sealed column when it is first read."""

    def __get__(self, row: Any, owner: Any = None) -> Any:
        if row is None:
            return self
        if self.field.attname not in row.__dict__:
            self._fetch(row)
        value = row.__dict__[self.field.attname]
        if isinstance(value, Envelope):
            value = row.__dict__[self.field.attname] = cast("Sealed", self.field).open(row, value)
        return value

    def __set__(self, row: Any, value: Any) -> None:
        row.__dict__[self.field.attname] = value

    def _fetch(self, row: models.Model) -> None:
        """Read a deferred column with what it is sealed for: the row may be a version further."""
        unopened = [
            field.attname
            for field in sealed_fields(type(row))
            if isinstance(row.__dict__.get(field.attname), Envelope)
        ]
        row.refresh_from_db(fields=[self.field.attname, *unopened, "layer", "row_version"])


class Sealed(models.BinaryField):  # type: ignore[type-arg]  # not generic at run time
    """A column of envelopes. It can be asked whether it is empty, and nothing else."""

    descriptor_class = Opening

    def to_bytes(self, value: Any) -> bytes:
        raise NotImplementedError

    def from_bytes(self, value: bytes) -> Any:
        raise NotImplementedError

    def _check_str_default_value(self) -> list[Any]:
        return []  # a default is words here, not bytes

    def place(self, row: SealableRow) -> Place:
        table = cast("models.Model", row)._meta.db_table
        version = row.row_version
        return Place(row.practice_id, table, str(self.column), row.id, str(row.layer), version)

    def open(self, row: SealableRow, envelope: bytes) -> Any:
        key = keyring.key_of(scope_of(envelope))
        return self.from_bytes(open_sealed(key, self.place(row), envelope))

    def pre_save(self, row: models.Model, add: bool) -> Any:  # noqa: ARG002, FBT001 - Django's signature
        value = getattr(row, self.attname)
        if value is None:
            return None
        sealable = cast("SealableRow", row)
        scope = sealable.seal_scope()
        words = self.to_bytes(value)
        return Envelope(seal(keyring.key_of(scope), scope, self.place(sealable), words))

    def from_db_value(self, value: Any, *_: Any) -> Envelope | None:
        return None if value is None else Envelope(value)

    def get_db_prep_value(
        self,
        value: Any,
        connection: BaseDatabaseWrapper,
        prepared: bool = False,  # noqa: FBT001, FBT002 - Django's signature
    ) -> Any:
        """What goes into the database was sealed on saving; anything else is somebody's words."""
        if value is not None and not isinstance(value, Envelope):
            self._refuse("update")
        return super().get_db_prep_value(value, connection, prepared)

    def get_lookup(self, name: str) -> Any:
        return super().get_lookup(name) if name == "isnull" else self._refuse(name)

    def value_to_string(self, obj: models.Model) -> str:
        return self._refuse(str(obj.pk))

    @staticmethod
    def _refuse(name: str) -> NoReturn:
        msg = f"A sealed column cannot be compared or written out ({name})."
        raise TypeError(msg)


def sealed_fields(model: type[models.Model]) -> list[Sealed]:
    """The sealed columns of a kind of row."""
    return [field for field in model._meta.concrete_fields if isinstance(field, Sealed)]


class SealedText(Sealed):
    """Words."""

    def to_bytes(self, value: str) -> bytes:
        return value.encode()

    def from_bytes(self, value: bytes) -> str:
        return value.decode()


class SealedJSON(Sealed):
    """Structured words: anything that JSON can say."""

    def to_bytes(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def from_bytes(self, value: bytes) -> Any:
        return json.loads(value)


class SealedBytes(Sealed):
    """A picture, a sound, a file."""

    def to_bytes(self, value: bytes) -> bytes:
        return bytes(value)

    def from_bytes(self, value: bytes) -> bytes:
        return value
