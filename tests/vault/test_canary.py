"""A word planted in every kind of sealed column is nowhere in what the database holds."""

import base64

import pytest
from django.apps import apps
from django.db import connections, models

from holdspace.cellar.vault.fields import Sealed, SealedBytes, SealedJSON
from holdspace.cellar.vault.rows import SealedRow
from tests.access.cells import Cells
from tests.cast import Cast

CANARY = "canary-7f3e-Zaunkönig"
FORMS = (
    CANARY.encode(), CANARY.encode("utf-16-le"), base64.b64encode(CANARY.encode()),
    CANARY.encode().hex().encode(), b"canary-7f3e",
)  # fmt: skip


def sealed_columns(model: type[models.Model]) -> list[Sealed]:
    return [field for field in model._meta.concrete_fields if isinstance(field, Sealed)]


SEALED_MODELS = [m for m in apps.get_models() if issubclass(m, SealedRow) and sealed_columns(m)]


def words(field: Sealed) -> object:
    if isinstance(field, SealedJSON):
        return {CANARY: [CANARY]}
    return CANARY.encode() if isinstance(field, SealedBytes) else CANARY


def planted() -> set[str]:
    """Plant the word wherever something stands; answers in which columns."""
    found = set()
    for model in SEALED_MODELS:
        for row in model._default_manager.all():
            columns = [f for f in sealed_columns(model) if getattr(row, f.attname) is not None]
            for field in columns:
                setattr(row, field.attname, words(field))
            row.save()
            found |= {f"{model.__name__}.{field.name}" for field in columns}
    return found


EVERY_COLUMN = {f"{m.__name__}.{f.name}" for m in SEALED_MODELS for f in sealed_columns(m)}


def held() -> bytes:
    """All that the two databases hold, as bytes."""
    if connections["default"].vendor != "sqlite":
        pytest.skip("the bytes of an SQLite database are looked at")
    return b"".join(connections[name].connection.serialize() for name in ("default", "keyring"))


def test_no_sealed_word_is_in_the_database(cast: Cast) -> None:
    Cells.about(cast)
    assert planted() == EVERY_COLUMN
    found = held()
    assert [form for form in FORMS if form in found] == []


def test_what_was_planted_opens_again(cast: Cast) -> None:
    Cells.about(cast)
    planted()
    row = SEALED_MODELS[0]._default_manager.first()
    assert getattr(row, sealed_columns(SEALED_MODELS[0])[0].attname) == CANARY
