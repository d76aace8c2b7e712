"""Keys live in the keyring database and nowhere else; everything else lives beside them never."""

from typing import Any

from django.db import models

from holdspace.cellar.vault.keyring import KEYRING


class KeyringRouter:
    def db_for_read(self, model: type[models.Model], **_: Any) -> str | None:
        return KEYRING if model._meta.app_label == "vault" else None

    def db_for_write(self, model: type[models.Model], **_: Any) -> str | None:
        return self.db_for_read(model)

    def allow_migrate(self, db: str, app_label: str, **_: Any) -> bool:
        return (db == KEYRING) == (app_label == "vault")
