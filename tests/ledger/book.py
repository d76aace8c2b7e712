"""A small ledger for the tests: who acts in it, and how it fills."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from holdspace.cellar.ledger.actions import sequence, write
from holdspace.cellar.ledger.entry import ActorKind, Entry
from holdspace.cellar.ledger.verdict import Verdict
from holdspace.cellar.ledger.verification import verify
from holdspace.cellar.vault import signing

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
ORIGIN = "linden.example/ledger"
SEED = bytes(range(32))
PUBLIC = signing.public_key(SEED)
PRACTICE = UUID(int=1)
THERAPIST = UUID(int=2)
CLIENTS = [UUID(int=100 + number) for number in range(5)]


def reading(*subjects: UUID, reason: bytes | None = None) -> Entry:
    """The therapist reads a note about these people."""
    return Entry(
        practice=PRACTICE,
        actor=THERAPIST,
        actor_kind=ActorKind.MEMBER,
        act="read",
        what="note",
        subjects=subjects,
        layer="record",
        reason=reason,
    )


def write_lines(number: int) -> list[UUID]:
    """Lines that each name two of the clients and hold a sealed reason."""
    return [
        write(
            reading(CLIENTS[line % 5], CLIENTS[(line + 1) % 5], reason=bytes([line])),
            at=NOW + timedelta(minutes=line),
        )
        for line in range(number)
    ]


def carry(limit: int = 1000, *, at: datetime = NOW) -> int:
    return sequence(seed=SEED, origin=ORIGIN, at=at, limit=limit)


def verdict(held: str | None = None) -> Verdict:
    return verify(public=PUBLIC, origin=ORIGIN, held=held)
