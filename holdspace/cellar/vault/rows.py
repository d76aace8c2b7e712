"""What every stored row has: an id made before sealing, a layer, a version of the row."""

from typing import Any

from django.db import models
from uuid_utils.compat import uuid7

from holdspace.cellar.vault.fields import Sealed, sealed_fields
from holdspace.cellar.vault.layers import Layer


def lies_on(layer: Layer) -> "models.CharField[str, str]":
    """The layer a kind of row is made on. `move_to` lays it on another."""
    choices = [(layer.value, layer.value) for layer in Layer]
    return models.CharField(max_length=8, choices=choices, default=layer.value)


class SealedRow(models.Model):
    """A row with sealed columns, or one that lies on a layer all the same."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    layer: Any  # each kind of row says where it lies: `layer = lies_on(Layer.RECORD)`
    row_version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Every save seals the whole row anew under its next version."""
        sealed = self._open_all()
        self.row_version += 1
        only = kwargs.get("update_fields")
        if only is not None:
            # The layer goes with the words that were sealed for it.
            bound = {"layer", "row_version", *(field.name for field in sealed)}
            kwargs["update_fields"] = {*only, *bound}
        super().save(*args, **kwargs)

    def move_to(self, layer: Layer) -> None:
        """Lay the row on another layer; its words are opened first, and sealed anew on saving."""
        self._open_all()
        self.layer = layer.value

    def _open_all(self) -> list[Sealed]:
        sealed = sealed_fields(type(self))
        for field in sealed:
            getattr(self, field.attname)
        return sealed
