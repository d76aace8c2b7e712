"""The visitor's lines in the ledger."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from holdspace.cellar.access.visitor import NO_ONE, Visitor
from holdspace.cellar.ledger import actions as ledger
from holdspace.cellar.ledger.entry import Entry
from holdspace.cellar.vault.layers import Layer


def did(
    by: Visitor,
    act: str,
    what: str,
    subjects: Iterable[UUID],
    *,
    at: datetime,
    layer: Layer | None = None,
) -> None:
    """A line for something done; call it inside the action's transaction."""
    ledger.write(_entry(by, act, what, subjects, layer), at=at)


def read(by: Visitor, what: str, *, at: datetime) -> None:
    """One line for a page, naming everybody it showed; nothing where it showed nobody."""
    if by.opened.subjects:
        ledger.write_alone(_entry(by, "read", what, by.opened.subjects, None), at=at)


def refused(by: Visitor, what: str, subject: UUID | None, *, at: datetime) -> None:
    """A line for a refusal: the same whether the thing is unknown or forbidden."""
    ledger.write_alone(_entry(by, "refused", what, (subject,) if subject else (), None), at=at)


def _entry(
    by: Visitor, act: str, what: str, subjects: Iterable[UUID], layer: Layer | None
) -> Entry:
    return Entry(
        practice=_known(by.practice), actor=_known(by.id), actor_kind=by.kind, act=act, what=what,
        subjects=tuple(subjects), layer=layer,
    )  # fmt: skip


def _known(one: UUID) -> UUID | None:
    return None if one == NO_ONE else one
