"""Saying what was considered about a participant's course, and what was decided."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from holdspace.cellar.access.lines import did
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.people.rules import CannotBe
from holdspace.frame.therapy import queries as therapies
from holdspace.frame.therapy.rules import some_words
from holdspace.hour.measures import queries as measures
from holdspace.office.outcomes.models import Consideration
from holdspace.office.outcomes.queries import signals
from holdspace.office.outcomes.rules import LONGEST_DECISION, Area


@dataclass(frozen=True, slots=True)
class Considered:
    """Which areas, about which signals (by their marks), what was decided."""

    areas: Collection[Area]
    marks: Collection[str] = ()
    decided: str = ""
    to_supervision: bool = False


def consider(
    participant: UUID, considered: Considered, *, by: Visitor, at: datetime
) -> Consideration:
    """Write it down; of the marks those are kept that are signals of this participant now."""
    place = therapies.one_participant(by, participant, Action.WRITE)
    decided = some_words(considered.decided, "decided", LONGEST_DECISION)
    if not (considered.areas or decided or considered.to_supervision):
        raise CannotBe(_("Say what you considered, or what you decided."), "areas")
    standing = _standing(by, place.therapy_id, participant, at)
    row = Consideration(
        practice_id=by.practice, therapy_id=place.therapy_id, participant=place,
        signals=[mark for mark in standing if mark in considered.marks],
        areas=[area.value for area in Area if area in considered.areas],
        decided=decided, to_supervision=considered.to_supervision,
        considered_at=at, considered_by_id=by.id,
    )  # fmt: skip
    with transaction.atomic():
        row.save()
        subjects = [place.therapy_id, place.person_id]
        did(by, "considered", "signals", subjects, at=at, layer=Layer.RECORD)
    return row


def _standing(by: Visitor, therapy: UUID, participant: UUID, at: datetime) -> list[str]:
    """The marks of what stands now."""
    of = [therapy]
    found = signals(by, of, measures.courses(by, of), measures.open_flags(by, of), at=at)
    return [one.mark for one in found.get(therapy, ()) if one.participant_id == participant]
