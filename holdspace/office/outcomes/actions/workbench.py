"""Bringing a table of scores, saying how it is read, and taking it away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from holdspace.cellar.access.gate import check
from holdspace.cellar.access.lines import did
from holdspace.cellar.access.table import Action, Relation
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.layers import Layer
from holdspace.office.outcomes import reading
from holdspace.office.outcomes.models import Import
from holdspace.office.outcomes.queries import workbench as imports
from holdspace.office.outcomes.shown.saying import in_words
from holdspace.office.outcomes.statistics.table import TableRefused

MOST_BYTES: Final = 4 * 1024 * 1024
MOST_IMPORTS: Final = 20


class CannotBring(Exception):
    """A table cannot be brought; the message says why."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A file by its name, and what is in it."""

    name: str
    table: bytes


def bring(brought: Brought, *, by: Visitor, at: datetime) -> Import:
    """Keep a table for whoever brings it, sealed under a key of its own; raises CannotBring."""
    check(by, Action.WRITE, Layer.PRIVATE, {Relation.AUTHOR_OF})
    _refuse_what_cannot_be(brought)
    if len(imports.imports(by)) >= MOST_IMPORTS:
        raise CannotBring(_("There are %s tables already. Take one away first.") % MOST_IMPORTS)
    made = Import(
        practice_id=by.practice, member_id=by.id, name=brought.name, table=brought.table,
        brought_at=at,
    )  # fmt: skip
    keyring.new_scope(made.id, practice=by.practice, at=at)
    with transaction.atomic():
        made.save(force_insert=True)
        did(by, "added", "table of scores", [made.id], at=at, layer=Layer.PRIVATE)
    return made


def _refuse_what_cannot_be(brought: Brought) -> None:
    if len(brought.table) > MOST_BYTES:
        raise CannotBring(_("The file is larger than 4 MB."))
    try:
        reading.opened(brought.table)
    except TableRefused as why:
        raise CannotBring(in_words(why.said)) from None


def read_as(table: UUID, said: Mapping[str, Any], *, by: Visitor, at: datetime) -> Import:
    """Say what its columns mean and how change is judged; the table itself stays as it is."""
    found = imports.one(by, table, Action.WRITE)
    with transaction.atomic():
        found.reading = dict(said)
        found.save(update_fields=["reading"])
        did(by, "chose", "table of scores", [table], at=at, layer=Layer.PRIVATE)
    return found


def take_away(table: UUID, *, by: Visitor, at: datetime) -> None:
    """Destroy a table and its key: nothing of it can be read again, not from a copy either."""
    found = imports.one(by, table, Action.WRITE)
    with transaction.atomic():
        found.delete()
        did(by, "destroyed", "table of scores", [table], at=at, layer=Layer.PRIVATE)
    keyring.destroy(table, at=at)
