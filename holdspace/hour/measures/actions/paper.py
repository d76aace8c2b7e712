"""Answers given on paper, copied by a therapist."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from holdspace.cellar.access.lines import did
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.therapy import queries as therapies
from holdspace.hour.measures.actions.answering import NotOffered, close
from holdspace.hour.measures.actions.giving import Handing, new_giving, waiting
from holdspace.hour.measures.actions.ruling import participant_of
from holdspace.hour.measures.instruments import library
from holdspace.hour.measures.models import Answering
from holdspace.hour.measures.rules import AnsweredBy
from holdspace.hour.measures.scoring import AnswersRefused, score


@dataclass(frozen=True, slots=True)
class Copied:
    """What stands on a sheet of paper: whose it is, which, when it was filled in, the answers."""

    therapy: UUID
    participant: UUID
    instrument: str
    filled_in_at: datetime
    answers: Mapping[str, int | None]
    language: str = "en"


def enter_paper(copied: Copied, *, by: Visitor, at: datetime) -> Answering:
    """Copy one questionnaire from paper. Its time is when it was filled in."""
    therapy = therapies.one(by, copied.therapy, Action.WRITE, Layer.SHARED)
    participant_of(therapy, copied.participant)
    if copied.instrument not in library():
        raise NotOffered(_("There is no such questionnaire."))
    if copied.filled_in_at > at:
        raise NotOffered(_("This day is yet to come."))
    try:
        score(library()[copied.instrument], copied.answers)
    except AnswersRefused as refused:
        raise NotOffered(str(refused)) from refused
    only = (copied.instrument,)
    handing = Handing(copied.therapy, copied.participant, only, copied.language)
    with transaction.atomic():
        giving = new_giving(handing, None, by=by, at=at)
        giving.ends_at = at  # nobody ever comes by this link
        giving.save(force_insert=True)
        row = waiting(giving, only, {})[0]
        row.answers, row.answered_by = dict(copied.answers), AnsweredBy.PAPER.value
        close(row, at=copied.filled_in_at)
        did(by, "copied", "questionnaire", [therapy.id, row.id], at=at, layer=Layer.SHARED)
    return row
