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
from holdspace.frame.therapy.models import Participant
from holdspace.frame.therapy.rules import Part
from holdspace.hour.measures.actions.answering import NotOffered, close
from holdspace.hour.measures.actions.giving import Handing, new_giving, waiting
from holdspace.hour.measures.actions.ruling import about_whom, participant_of, refuse_wording
from holdspace.hour.measures.models import Answering
from holdspace.hour.measures.personal import catalogue, frames
from holdspace.hour.measures.queries.own import words_for
from holdspace.hour.measures.rules import AnsweredBy, Respondent, respondent_of
from holdspace.hour.measures.scoring import AnswersRefused, score


@dataclass(frozen=True, slots=True)
class Copied:
    """What stands on a sheet of paper: about whom, which, when it was filled in, the answers.

    It was filled in by them, by the therapist, or by another participant: the informant.
    """

    therapy: UUID
    participant: UUID
    instrument: str
    filled_in_at: datetime
    answers: Mapping[str, int | None]
    language: str = "en"
    by_therapist: bool = False
    informant: UUID | None = None


def enter_paper(copied: Copied, *, by: Visitor, at: datetime) -> Answering:
    """Copy one questionnaire from paper. Its time is when it was filled in."""
    therapy = therapies.one(by, copied.therapy, Action.WRITE, Layer.SHARED)
    participant_of(therapy, copied.participant)
    informant = about_whom(therapy, copied.participant, copied.informant)
    if copied.instrument not in catalogue():
        raise NotOffered(_("There is no such questionnaire."))
    respondent = _respondent(informant, copied)
    refuse_wording([copied.instrument], respondent, NotOffered)
    if copied.filled_in_at > at:
        raise NotOffered(_("This day is yet to come."))
    asked = informant.id if informant else copied.participant
    handing = Handing(copied.therapy, asked, (copied.instrument,), copied.language)
    with transaction.atomic():
        giving = new_giving(handing, None, by=by, at=at)
        giving.about_id = copied.participant if informant else None
        giving.ends_at = at  # nobody ever comes by this link
        own = words_for(copied.participant, handing.instruments)
        row = waiting(giving, handing.instruments, own, respondent)[0]
        _refuse_what_is_not_offered(row, copied)
        giving.save(force_insert=True)
        row.answers, row.answered_by = dict(copied.answers), AnsweredBy.PAPER.value
        close(row, at=copied.filled_in_at)
        did(by, "copied", "questionnaire", [therapy.id, row.id], at=at, layer=Layer.SHARED)
    return row


def _respondent(informant: Participant | None, copied: Copied) -> Respondent:
    if informant is not None:
        return respondent_of(Part(informant.part))
    return Respondent.THERAPIST if copied.by_therapist else Respondent.CLIENT


def _refuse_what_is_not_offered(row: Answering, copied: Copied) -> None:
    if row.instrument in frames() and row.own_words is None:
        raise NotOffered(_("Put the personal questions into words first."))
    try:
        score(row.questionnaire, copied.answers)
    except AnswersRefused as refused:
        raise NotOffered(str(refused)) from refused
