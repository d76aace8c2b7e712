"""What has come in before a session, and whether anything has come in at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet, Subquery

from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.prepared import Many, One, prepared
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.practice.models import Practice
from holdspace.frame.therapy import queries as therapies
from holdspace.hour.measures.models import Answering, SafetyFlag
from holdspace.hour.measures.rules import OPEN, State


@dataclass(frozen=True, slots=True)
class CheckIn:
    """How many questionnaires for a session still wait, how many have come, and when the last."""

    waiting: int
    finished: int
    last_ended_at: datetime | None


def checkins(by: Visitor, sessions: Iterable[UUID]) -> dict[UUID, CheckIn]:
    """The check-ins of sessions, in one question."""
    counted = _counted(practice=by.practice, among=list(sessions))
    known = set(therapies.reached(by, {therapy for _, therapy, *_ in counted}, layer=Layer.SHARED))
    return {
        session: CheckIn(waiting, finished, last_ended_at)
        for session, therapy, waiting, finished, last_ended_at in counted
        if therapy in known and (waiting or finished)
    }


@prepared
def _counted(practice: One, among: Many) -> QuerySet[Answering, Any]:
    chosen = Answering.objects.filter(practice_id=practice, giving__session_id__in=among)
    return chosen.order_by().values_list("giving__session_id", "therapy_id").annotate(
        waiting=Count("id", filter=Q(state__in=OPEN)),
        finished=Count("id", filter=Q(state=State.FINISHED.value)),
        last_ended_at=Max("ended_at", filter=Q(state=State.FINISHED.value)),
    )  # fmt: skip


def newest(by: Visitor) -> datetime | None:
    """When something last came in for this visitor: a page that is open asks whether to renew."""
    mine = therapies.own(by)
    answers, flags = therapies.reached(by, mine, layer=Layer.SHARED), therapies.reached(by, mine)
    found = _last(practice=by.practice, answers=answers, flags=flags)
    return max((moment for row in found for moment in row if moment is not None), default=None)


@prepared
def _last(practice: One, answers: Many, flags: Many) -> QuerySet[Practice, Any]:
    """When something was last answered, and a flag last raised, in these therapies: one row."""
    ended = Answering.objects.filter(therapy_id__in=answers, ended_at__isnull=False)
    raised = SafetyFlag.objects.filter(therapy_id__in=flags)
    both = Practice.objects.filter(pk=practice).annotate(
        answered=Subquery(ended.order_by("-ended_at").values("ended_at")[:1]),
        flagged=Subquery(raised.order_by("-raised_at").values("raised_at")[:1]),
    )
    return both.values_list("answered", "flagged")
