"""What holds for every table: keys point down, nothing is swept away, a layer on every row."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from holdspace.cellar.vault.fields import Sealed
from holdspace.cellar.vault.layers import Layer
from holdspace.cellar.vault.rows import SealedRow

FLOORS = ("cellar", "frame", "hour", "office", "front")
ROOMS = (
    "vault", "ledger", "ui", "post", "access", "practice", "people", "approaches", "therapy",
    "encounters", "measures", "worksheets", "notes", "outcomes", "desk", "portal", "sample",
)  # fmt: skip


def ours() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("holdspace.")]


def keys() -> Iterator["models.ForeignKey[models.Model, models.Model]"]:
    for model in ours():
        yield from (f for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey))


def named(value: object) -> str:
    return str(getattr(value, "_meta", value))


@pytest.mark.parametrize("key", list(keys()), ids=str)
def test_foreign_key_points_down(key: "models.ForeignKey[models.Model, models.Model]") -> None:
    related = key.related_model
    assert not isinstance(related, str)
    target = related._meta.app_label
    assert target in ROOMS
    assert ROOMS.index(target) <= ROOMS.index(key.model._meta.app_label)


@pytest.mark.parametrize("key", list(keys()), ids=str)
def test_foreign_key_leaves_no_name_behind(
    key: "models.ForeignKey[models.Model, models.Model]",
) -> None:
    assert key.remote_field.related_name == "+"


@pytest.mark.parametrize("key", list(keys()), ids=str)
def test_foreign_key_protects(key: "models.ForeignKey[models.Model, models.Model]") -> None:
    assert key.remote_field.on_delete is models.PROTECT


@pytest.mark.parametrize("model", ours(), ids=named)
def test_what_has_sealed_words_lies_on_a_layer(model: type[models.Model]) -> None:
    if any(isinstance(field, Sealed) for field in model._meta.concrete_fields):
        assert issubclass(model, SealedRow)
        layer = model._meta.get_field("layer")  # type: ignore[misc]
        assert layer.default in list(Layer)


@pytest.mark.parametrize("model", ours(), ids=named)
def test_what_is_done_at_a_time_is_done_by_somebody(model: type[models.Model]) -> None:
    """Fields that belong together are held together by a constraint."""
    names = {field.name for field in model._meta.concrete_fields}
    pairs = [n[:-3] for n in names if n.endswith("_by") and f"{n[:-3]}_at" in names]
    optional = [p for p in pairs if getattr(model._meta.get_field(f"{p}_at"), "null", False)]
    held = " ".join(str(constraint.deconstruct()) for constraint in model._meta.constraints)
    assert [p for p in optional if f"{p}_at" not in held or f"{p}_by" not in held] == []
