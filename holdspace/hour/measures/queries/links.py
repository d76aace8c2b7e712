"""What somebody who holds a link has before them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.ledger.entry import ActorKind
from holdspace.cellar.prepared import One, first, prepared
from holdspace.frame.practice.models import Practice
from holdspace.frame.therapy.links import hash_of
from holdspace.frame.therapy.models import Therapist
from holdspace.hour.encounters.models import Session
from holdspace.hour.measures.models import Answering, Giving
from holdspace.hour.measures.queries.showing import has_faces
from holdspace.hour.measures.rules import State

_BESIDE = ("practice", "session", "given_by", "about__person", "participant__person")


@dataclass(frozen=True, slots=True)
class Held:
    """A link that works: who asks, for which session, in which practice."""

    giving: Giving
    practice: Practice
    session: Session | None
    reader: str
    has_faces: bool
    about: str  # another person, whom it asks about; empty where it asks about themselves


def by_token(token: str, *, at: datetime) -> Held:
    """The giving behind a link's token; NotHere when unknown, withdrawn or past."""
    return _held(first(_by_hash(token_hash=hash_of(token))), at)


def held(giving: UUID, *, at: datetime) -> Held:
    """The giving that a device's cookie names; NotHere when withdrawn or past."""
    return _held(first(_giving(giving=giving)), at)


@prepared
def _by_hash(token_hash: One) -> QuerySet[Giving]:
    rows = Giving.objects.select_related(*_BESIDE)
    return rows.filter(token_hash=token_hash)


@prepared
def _giving(giving: One) -> QuerySet[Giving]:
    return Giving.objects.select_related(*_BESIDE).filter(pk=giving)


def _held(giving: Giving | None, at: datetime) -> Held:
    if giving is None:
        raise NotHere("no such link")
    giving.works_at(at)
    reader, faces = _reader(giving), has_faces(giving, at)
    return Held(giving, giving.practice, giving.session, reader, faces, _about(giving))


def _about(giving: Giving) -> str:
    if giving.about is None:
        return ""
    person = giving.about.person
    return str(person.preferred_name or person.name)


def _reader(giving: Giving) -> str:
    """Who reads it: whoever gave it, else the one who leads the therapy."""
    if giving.given_by is not None:
        return str(giving.given_by.name)
    seats = Therapist.objects.filter(therapy_id=giving.therapy_id, to_on__isnull=True)
    lead = seats.select_related("member").order_by("-is_lead", "id").first()
    return str(lead.member.name if lead else giving.practice.name)


def answerings_of(by: Visitor) -> list[Answering]:
    """Everything behind a link, in its order. What was withdrawn is not there."""
    if by.kind is not ActorKind.LINK:
        return []
    return _behind(practice=by.practice, giving=by.id)


@prepared
def _behind(practice: One, giving: One) -> QuerySet[Answering]:
    rows = Answering.objects.filter(practice_id=practice, giving_id=giving)
    rows = rows.select_related("own_words")
    return rows.exclude(state=State.WITHDRAWN.value).order_by("order", "id")
