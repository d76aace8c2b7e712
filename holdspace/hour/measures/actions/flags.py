"""Flags of safety: raised as an answer comes in, told to therapists, looked at by one of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from holdspace.cellar.access.lines import did
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.post.actions import queue
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.practice.models import Practice
from holdspace.frame.therapy.models import Therapist
from holdspace.hour.measures.instruments import Instrument
from holdspace.hour.measures.models import Answering, SafetyFlag
from holdspace.hour.measures.queries import flags
from holdspace.hour.measures.sentences import question
from holdspace.hour.measures.wording import wording

CHOICE = "tells_of_safety"  # the practice's: whether therapists are told that something came in
MESSAGE = "message"


def raise_flag(row: Answering, instrument: Instrument, item: str, *, at: datetime) -> SafetyFlag:
    """Raise a flag, or add to it when the same item is answered anew. One that was seen reopens."""
    said = _said(row, instrument, item, at=at)
    flag = SafetyFlag.objects.filter(answering=row, item=item).first()
    if flag is None:
        flag = SafetyFlag(
            practice_id=row.practice_id, answering=row, therapy_id=row.therapy_id,
            participant_id=row.participant_id, item=item, raised_at=at,
            what={"text": _text(row, instrument, item), "answers": [said]},
            told=_tell(row, at=at),
        )  # fmt: skip
        flag.save(force_insert=True)
    elif flag.what["answers"][-1]["value"] != said["value"]:
        flag.what = {**flag.what, "answers": [*flag.what["answers"], said]}
        flag.seen_at, flag.seen_by = None, None
        flag.save()
    return flag


def _text(row: Answering, instrument: Instrument, item: str) -> str:
    return question(wording(instrument, row.language), instrument.item(item))


def _said(row: Answering, instrument: Instrument, item: str, *, at: datetime) -> dict[str, Any]:
    value = row.answers[item]
    words = wording(instrument, row.language).label(value, item)
    return {"value": value, "words": words, "at": at.isoformat()}


def _tell(row: Answering, *, at: datetime) -> list[dict[str, str]]:
    """Queue a neutral message to each therapist, if the practice chose so."""
    practice = Practice.objects.get(pk=row.practice_id)
    if not practice.choices.get(CHOICE):
        return []
    seats = Therapist.objects.filter(therapy_id=row.therapy_id, to_on__isnull=True)
    told = []
    for member in seats.order_by("id").values_list("member_id", flat=True):
        message = queue(practice=row.practice_id, member=member, text_key=MESSAGE, at=at)
        told.append({"member": str(member), "message": str(message.id), "at": at.isoformat()})
    return told


def show_help(
    answering: UUID, item: str, shown: Mapping[str, Any], *, by: Visitor, at: datetime
) -> None:
    """Write down what the client was shown after such an answer, and when; the first time only."""
    with transaction.atomic():
        chosen = SafetyFlag.objects.select_for_update().filter(
            answering=answering, item=item, answering__giving_id=by.id
        )
        flag = chosen.first()
        if flag is None or "shown" in flag.what:
            return
        flag.what = {**flag.what, "shown": {**shown, "at": at.isoformat()}}
        flag.save(update_fields=["what"])
        did(by, "shown", "crisis help", [flag.therapy_id, flag.id], at=at, layer=Layer.SHARED)


def look(flag: UUID, *, by: Visitor, at: datetime) -> SafetyFlag:
    """Say that one has looked; the first to look is written down."""
    found = flags.flag(by, flag, Action.WRITE)
    if found.seen_at is not None:
        return found
    with transaction.atomic():
        found.seen_at, found.seen_by_id = at, by.id
        found.save(update_fields=["seen_at", "seen_by"])
        did(by, "looked at", "safety flag", [found.therapy_id, flag], at=at, layer=Layer.RECORD)
    return found
