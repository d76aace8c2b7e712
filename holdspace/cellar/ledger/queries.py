"""Reading lines: who opened a record, and what somebody did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from holdspace.cellar.ledger.entry import ActorKind
from holdspace.cellar.ledger.models import Checkpoint, Line, Naming, Waiting

UNCHANGING: Final = ("read", "refused")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A line as it was written; the reason is still sealed."""

    id: UUID
    at: datetime
    practice: UUID | None
    actor: UUID | None
    actor_kind: ActorKind
    act: str
    what: str
    subjects: tuple[UUID, ...]
    layer: str | None
    reason: bytes | None


def about(subject: UUID, *, before: UUID | None = None, limit: int = 50) -> list[Recorded]:
    """The lines that name a subject, last written first; `before` is the last line seen."""
    waiting = _waiting_about(subject)  # asked for first: what is carried meanwhile is then planted
    namings = Naming.objects.filter(subject=subject)
    if before is not None:
        namings = namings.filter(line__lt=before)
        waiting = {line for line in waiting if line < before}
    planted = namings.order_by("-line").values_list("line", flat=True)[:limit]
    ids = sorted(waiting.union(planted), reverse=True)[:limit]
    lines = Line.objects.in_bulk(ids)
    return _recorded(lines[line] for line in ids if line in lines)


def _waiting_about(subject: UUID) -> set[UUID]:
    """Lines of the last moments, which the sequencer has not put into the index yet."""
    waiting = Line.objects.filter(pk__in=Waiting.objects.values("line"))
    sought = str(subject)
    return {line for line, named in waiting.values_list("pk", "subjects") if sought in named}


def by_actor(actor: UUID, *, before: UUID | None = None, limit: int = 50) -> list[Recorded]:
    """What somebody did, last written first; `before` is the last line seen."""
    lines = Line.objects.filter(actor=actor)
    if before is not None:
        lines = lines.filter(pk__lt=before)
    return _recorded(lines.order_by("-pk")[:limit])


def between(practice: UUID, start: datetime, end: datetime, *, limit: int = 500) -> list[Recorded]:
    """A practice's lines from start to before end, oldest first."""
    lines = Line.objects.filter(practice=practice, at__gte=start, at__lt=end)
    return _recorded(lines.order_by("at", "pk")[:limit])


def acted_on(practice: UUID, since: datetime) -> set[UUID]:
    """Whatever something was done to since then; to be read, or refused, changes nothing."""
    lines = Line.objects.filter(practice=practice, at__gte=since).exclude(act__in=UNCHANGING)
    return {UUID(one) for named in lines.values_list("subjects", flat=True) for one in named}


def latest_checkpoint() -> str | None:
    """The newest signed note, to be kept somewhere else."""
    return Checkpoint.objects.order_by("-number").values_list("note", flat=True).first()


def _recorded(lines: Iterable[Line]) -> list[Recorded]:
    return [
        Recorded(
            id=line.id,
            at=line.at,
            practice=line.practice,
            actor=line.actor,
            actor_kind=ActorKind(line.actor_kind),
            act=line.act,
            what=line.what,
            subjects=tuple(UUID(subject) for subject in line.subjects),
            layer=line.layer,
            reason=None if line.reason is None else bytes(line.reason),
        )
        for line in lines
    ]
