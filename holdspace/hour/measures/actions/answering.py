"""Answering: one item at a time, each saved at once; declining; handing it over."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.lines import did
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.prepared import One, first, prepared
from holdspace.cellar.vault.layers import Layer
from holdspace.hour.measures.actions.flags import raise_flag
from holdspace.hour.measures.instruments import Instrument
from holdspace.hour.measures.models import Answering
from holdspace.hour.measures.queries.reach import check_reach
from holdspace.hour.measures.rules import CannotMove, State, move
from holdspace.hour.measures.scoring import FlagKind, score, watches
from holdspace.hour.measures.wording import wording

UNSAID: Final = object()


class NotOffered(Exception):
    """What was sent is not one of the answers, or not one of the questions."""


class HandedOver(Exception):
    """A questionnaire that was handed over takes no more answers."""


def answer(
    answering: UUID, item: str, value: int | None, *, by: Visitor, at: datetime, language: str = ""
) -> bool:
    """Save one answer, None being “rather not say”; whether it asks somebody to look.

    The same answer sent again is saved once.

    `language` is the one it was asked in, where the reader has changed it.
    """
    with transaction.atomic():
        row = _open(answering, by=by, at=at)
        instrument = row.questionnaire
        _refuse_what_is_not_offered(instrument, item, value)
        is_watched = watches(instrument, item, value)
        if row.state == State.BEGUN and row.answers.get(item, UNSAID) == value:
            return is_watched  # sent twice, since the first reply was lost on its way
        _go(row, State.BEGUN)
        row.answers = {**row.answers, item: value}
        row.answered = sum(given is not None for given in row.answers.values())
        row.began_at = row.began_at or at
        row.language = wording(instrument, language or row.language).language
        row.save(update_fields=["answers", "answered", "state", "began_at", "language"])
        if is_watched:
            raise_flag(row, instrument, item, at=at)
        did(by, "answered", "item", [row.therapy_id, row.id], at=at, layer=Layer.SHARED)
    return is_watched


def decline(answering: UUID, *, by: Visitor, at: datetime) -> None:
    """Decline a whole questionnaire; what was answered before is forgotten, unless flagged."""
    with transaction.atomic():
        row = _open(answering, by=by, at=at)
        _go(row, State.DECLINED)
        row.answers, row.answered = {}, 0
        row.save(update_fields=["answers", "answered", "state"])
        did(by, "declined", "questionnaire", [row.therapy_id, row.id], at=at, layer=Layer.SHARED)


def finish(answering: UUID, *, by: Visitor, at: datetime) -> None:
    """Hand a questionnaire over: it is scored, and takes no more answers."""
    with transaction.atomic():
        row = _open(answering, by=by, at=at)
        close(row, at=at)
        did(by, "finished", "questionnaire", [row.therapy_id, row.id], at=at, layer=Layer.SHARED)


def close(row: Answering, *, at: datetime) -> None:
    """Score a row and save it as finished, with its flags; inside the caller's transaction."""
    _go(row, State.FINISHED)
    instrument = row.questionnaire
    result = score(instrument, row.answers)
    row.total, row.prorated = result.total, result.prorated
    row.subscales, row.answered = dict(result.subscales), result.answered
    row.instrument_version, row.threshold_set = str(result.version), result.thresholds
    row.began_at, row.ended_at = row.began_at or at, at
    row.save()
    for flag in result.flags:
        if flag.kind is FlagKind.SAFETY and flag.item is not None:
            raise_flag(row, instrument, flag.item, at=at)


def _open(answering: UUID, *, by: Visitor, at: datetime) -> Answering:
    """The row, locked, or NotHere: one question for the row, its link and its right to be there."""
    row = first(_locked(practice=by.practice, answering=answering))
    if row is None:
        raise NotHere(subject=answering)
    check_reach(by, row, Action.ANSWER)
    if row.giving.withdrawn_at is not None or row.giving.ends_at <= at:
        raise NotHere("this link no longer works", answering)
    return row


@prepared
def _locked(practice: One, answering: One) -> QuerySet[Answering]:
    chosen = Answering.objects.select_for_update(of=("self",)).select_related("giving", "own_words")
    return chosen.filter(pk=answering, practice_id=practice)


def _go(row: Answering, to: State) -> None:
    try:
        row.state = move(State(row.state), to).value
    except CannotMove:
        raise HandedOver(_("These answers were handed over and cannot be changed.")) from None


def _refuse_what_is_not_offered(instrument: Instrument, item: str, value: int | None) -> None:
    if item not in instrument.scoring.worth:
        raise NotOffered(_("There is no such question."))
    if value is not None and value not in instrument.scoring.worth[item]:
        raise NotOffered(_("Please choose one of the answers."))
