"""What was chosen to be shown to a client, and what that is."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.ledger.entry import ActorKind
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.people.rules import age_on
from holdspace.frame.therapy import queries as therapies
from holdspace.hour.measures.models import Answering, Giving, Showing
from holdspace.hour.measures.queries.course import Course, courses_in
from holdspace.hour.measures.rules import Faces, Shows, State, sees_faces


def showing(by: Visitor, therapy: UUID) -> Showing:
    """What was chosen for a therapy; nothing is shown where nobody chose."""
    therapies.one(by, therapy, Action.READ, Layer.SHARED)
    return chosen_for(therapy)


def chosen_for(therapy: UUID) -> Showing:
    """What was chosen, for who has found the therapy already."""
    found = Showing.objects.filter(therapy_id=therapy).first()
    return found or Showing(therapy_id=therapy, shows=Shows.NOTHING.value, faces=Faces.BY_AGE.value)


def has_faces(giving: Giving, at: datetime) -> bool:
    """Whether who is asked by a link sees faces: a child at the time, or as was chosen."""
    faces = Faces(chosen_for(giving.therapy_id).faces)
    age = age_on(giving.participant.person.birth_date, timezone.localdate(at))
    return sees_faces(faces, age)


def shown_by_link(by: Visitor, giving: Giving) -> tuple[Shows, list[Course]]:
    """What somebody who came by a link is shown: their own view, of what they have just answered.

    Never another's answers, nor what others said of them. NotHere for whoever has no such link.
    """
    if by.kind is not ActorKind.LINK or by.id != giving.id:
        raise NotHere(subject=giving.id)
    shows = Shows(chosen_for(giving.therapy_id).shows)
    if shows is Shows.NOTHING:
        return shows, []
    rows = Answering.objects.filter(giving=giving, state=State.FINISHED.value)
    answered = set(rows.values_list("participant_id", "instrument", "own_words__version"))
    informant = giving.participant_id if giving.about_id else None
    mine = [
        course
        for course in courses_in(by.practice, [giving.therapy_id]).get(giving.therapy_id, [])
        if (course.participant_id, course.instrument.id, course.version) in answered
        and course.informant_id == informant
        and (informant is not None or course.is_own)
    ]
    by.opened.note([giving.therapy_id])
    return shows, mine
