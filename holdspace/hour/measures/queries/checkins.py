"""What has come in before a session, and whether anything has come in at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Max, Q

from holdspace.cellar.access.visitor import Visitor
from holdspace.hour.measures.queries.flags import flags_visible_to
from holdspace.hour.measures.queries.reach import visible_to
from holdspace.hour.measures.rules import OPEN, State


@dataclass(frozen=True, slots=True)
class CheckIn:
    """How many questionnaires for a session still wait, how many have come, and when the last."""

    waiting: int
    finished: int
    last_ended_at: datetime | None


def checkins(by: Visitor, sessions: Iterable[UUID]) -> dict[UUID, CheckIn]:
    """The check-ins of sessions, in one question."""
    chosen = visible_to(by).filter(giving__session__in=list(sessions))
    counted = chosen.values(session=F("giving__session_id")).annotate(
        waiting=Count("id", filter=Q(state__in=OPEN)),
        finished=Count("id", filter=Q(state=State.FINISHED.value)),
        last_ended_at=Max("ended_at", filter=Q(state=State.FINISHED.value)),
    )
    return {
        row["session"]: CheckIn(row["waiting"], row["finished"], row["last_ended_at"])
        for row in counted
        if row["waiting"] or row["finished"]
    }


def newest(by: Visitor) -> datetime | None:
    """When something last came in for this visitor: a page that is open asks whether to renew."""
    answered = visible_to(by).aggregate(at=Max("ended_at"))["at"]
    raised = flags_visible_to(by).aggregate(at=Max("raised_at"))["at"]
    return max((moment for moment in (answered, raised) if moment is not None), default=None)
