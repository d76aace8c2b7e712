"""Reminding of a questionnaire: once, neutrally, and only while it is open."""

from datetime import datetime
from typing import cast

from django.db import transaction

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.lines import did
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.ledger.entry import ActorKind
from holdspace.cellar.post.actions import queue_for_person
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.therapy import queries as therapies
from holdspace.hour.measures.models import Answering, Giving
from holdspace.hour.measures.rules import OPEN, REMIND_UNTIL

TEXT = "reminder"
AT_ONCE = 200


def remind(*, by: Visitor, at: datetime) -> int:
    """Queue a message for each giving of a practice whose time has come; how many were queued.

    For the house itself. Where somebody is written to, and whether that is safe, is found out on
    sending. Where something about safety is open, nothing is sent by itself: it waits until that is
    closed, and is then still sent if it is in time. What was answered, taken back or is too late
    is passed over for good.
    """
    if by.kind is not ActorKind.SYSTEM:
        raise NotHere
    with transaction.atomic():
        locked = Giving.objects.select_for_update(of=("self",)).select_related("participant")
        waits = therapies.with_open_safety(by.practice)
        chosen = locked.filter(practice_id=by.practice, remind_at__lte=at)
        come = list(chosen.exclude(therapy_id__in=waits)[:AT_ONCE])
        waiting = Answering.objects.filter(giving__in=come, state__in=OPEN)
        open_ones = set(waiting.values_list("giving_id", flat=True))
        due = [each for each in come if each.id in open_ones and _is_in_time(each, at)]
        for giving in due:
            _queue(giving, by=by, at=at)
        Giving.objects.filter(pk__in=[each.id for each in come]).update(remind_at=None)
    return len(due)


def _is_in_time(giving: Giving, at: datetime) -> bool:
    latest = cast("datetime", giving.remind_at) + REMIND_UNTIL
    return giving.withdrawn_at is None and at < min(giving.ends_at, latest)


def _queue(giving: Giving, *, by: Visitor, at: datetime) -> None:
    message = queue_for_person(
        practice=giving.practice_id, person=giving.participant.person_id, text_key=TEXT,
        language=giving.language, at=at,
    )  # fmt: skip
    Giving.objects.filter(pk=giving.id).update(reminder=message.id)
    did(by, "reminded", "questionnaires", [giving.therapy_id, giving.id], at=at, layer=Layer.SHARED)
