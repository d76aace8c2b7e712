"""Writing lines, and carrying committed lines into the signed tree."""

import os
from datetime import datetime
from itertools import count
from uuid import UUID

from django.db import connection, transaction
from uuid_utils.compat import uuid7

from holdspace.cellar.ledger import book, checkpoint, leaves
from holdspace.cellar.ledger.checkpoint import Head
from holdspace.cellar.ledger.entry import Entry
from holdspace.cellar.ledger.models import Checkpoint, Leaf, Line, Waiting
from holdspace.cellar.ledger.tree import Frontier
from holdspace.cellar.vault import signing

AT_ONCE = 100  # lines: on SQLite nobody else writes while they are carried
SEQUENCER_LOCK = 0x6C6564676572  # "ledger", as PostgreSQL's advisory locks are numbers


class NotInTransaction(Exception):
    """A line stands or falls with what it tells of, so a transaction must be open."""


class CannotContinue(Exception):
    """The last checkpoint is not ours or not whole; nothing may be signed on top of it."""


def write(entry: Entry, *, at: datetime) -> UUID:
    """Add a line inside the caller's transaction."""
    if not connection.in_atomic_block:
        raise NotInTransaction
    line = Line(
        id=uuid7(),
        practice=entry.practice,
        at=at,
        actor=entry.actor,
        actor_kind=entry.actor_kind.value,
        act=entry.act,
        what=entry.what,
        subjects=[str(subject) for subject in sorted(set(entry.subjects))],
        layer=None if entry.layer is None else str(entry.layer),
        reason=entry.reason,
        salt=os.urandom(leaves.SALT_BYTES),
    )
    book.add(line)
    return line.id


def write_alone(entry: Entry, *, at: datetime) -> UUID:
    """Add a line in a transaction of its own: for readings, and for refusals after rollback."""
    with transaction.atomic(durable=True):
        return write(entry, at=at)


def sequence(*, seed: bytes, origin: str, at: datetime, limit: int = AT_ONCE) -> int:
    """Carry committed lines into the tree and sign its new head; how many were carried.

    Only one sequencer works at a time; another finds nothing to do. On PostgreSQL writers are never
    held up; on SQLite, which has one writer at a time, an empty queue is seen without the lock.
    """
    if not Waiting.objects.exists():
        return 0
    with transaction.atomic():
        if not _is_only_sequencer():
            return 0
        lines = _waiting_lines(limit)
        if not lines:
            return 0
        last = Checkpoint.objects.order_by("-number").first()
        frontier = _frontier_of(last, origin=origin, public=signing.public_key(seed))
        _plant(lines, frontier)
        # A clock that was put back must not make a checkpoint look older than the one before.
        signed_at = max(at, last.at) if last else at
        _sign(frontier, number=last.number + 1 if last else 0, head=(origin, seed), at=signed_at)
        return len(lines)


def _is_only_sequencer() -> bool:
    """SQLite has one writer at a time; PostgreSQL is asked for a lock that ends with us."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEQUENCER_LOCK])
        return bool(cursor.fetchone()[0])


def _waiting_lines(limit: int) -> list[Line]:
    due = Waiting.objects.order_by("line").values("line")[:limit]
    return list(Line.objects.filter(pk__in=due).order_by("pk"))


def _frontier_of(last: Checkpoint | None, *, origin: str, public: bytes) -> Frontier:
    """The frontier under the last checkpoint, once that is known to be our own and whole."""
    if last is None:
        return Frontier()
    root = bytes(last.root)
    try:
        signed = checkpoint.check(last.note, origin=origin, public=public)
        frontier = Frontier(last.size, [bytes.fromhex(peak) for peak in last.frontier])
    except (checkpoint.NotACheckpoint, checkpoint.NotSigned, ValueError) as wrong:
        raise CannotContinue("the last checkpoint is not ours") from wrong
    if signed != Head(origin, last.size, root) or frontier.root() != root:
        raise CannotContinue("the last checkpoint was changed")
    return frontier


def _plant(lines: list[Line], frontier: Frontier) -> None:
    """Give each line the next place in the tree, and its subjects theirs in the index."""
    planted = [
        Leaf(index=index, line=line.id, hash=leaves.leaf_of(line, index))
        for index, line in zip(count(frontier.size), lines)
    ]
    Leaf.objects.bulk_create(planted)
    book.name(lines)
    Waiting.objects.filter(pk__in=[line.id for line in lines]).delete()
    frontier.extend(bytes(leaf.hash) for leaf in planted)


def _sign(frontier: Frontier, *, number: int, head: tuple[str, bytes], at: datetime) -> None:
    origin, seed = head
    root = frontier.root()
    Checkpoint.objects.create(
        number=number,
        size=frontier.size,
        root=root,
        frontier=[peak.hex() for peak in frontier.peaks],
        note=checkpoint.make(Head(origin, frontier.size, root), seed=seed),
        at=at,
    )
