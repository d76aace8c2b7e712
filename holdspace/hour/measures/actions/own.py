"""Putting goals and problems into somebody's own words."""

from collections.abc import Sequence
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
from holdspace.hour.measures.actions.ruling import participant_of
from holdspace.hour.measures.models import OwnWords
from holdspace.hour.measures.personal import LONGEST, Kind, NotWords, checked, most


class CannotWord(Exception):
    """These cannot be somebody's questions; the message says why."""


@dataclass(frozen=True, slots=True)
class Worded:
    """Whose words, about what, one question each."""

    therapy: UUID
    participant: UUID
    kind: Kind
    words: Sequence[str]


def put_in_words(worded: Worded, *, by: Visitor, at: datetime) -> OwnWords:
    """Say somebody's goals or problems. Other words are a new version, and begin a new course.

    What was given before keeps the words it was given with.
    """
    therapy = therapies.one(by, worded.therapy, Action.WRITE, Layer.SHARED)
    participant = participant_of(therapy, worded.participant)
    words = _checked(worded)
    with transaction.atomic():
        versions = OwnWords.objects.select_for_update().filter(
            participant=participant, kind=worded.kind.value
        )
        newest = versions.order_by("-version").first()
        if newest is not None and newest.words == words:
            return newest
        versions.filter(until=None).update(until=at)
        row = OwnWords.objects.create(
            practice_id=by.practice, therapy=therapy, participant=participant,
            kind=worded.kind.value, version=1 if newest is None else newest.version + 1,
            words=words, since=at,
        )  # fmt: skip
        did(by, "worded", "personal questions", [therapy.id, row.id], at=at, layer=Layer.SHARED)
    return row


def _checked(worded: Worded) -> list[str]:
    try:
        return checked(worded.kind, worded.words)
    except NotWords:
        said = {"most": most(worded.kind), "longest": LONGEST}
        raise CannotWord(
            _("Write from one to %(most)s, each of at most %(longest)s letters.") % said
        ) from None
