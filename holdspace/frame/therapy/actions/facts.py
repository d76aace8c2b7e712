"""What is so between participants of one therapy: kinship, authority, court orders."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from holdspace.cellar.access import lines
from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.people.rules import CannotBe
from holdspace.frame.therapy import queries, rules
from holdspace.frame.therapy.models import Fact
from holdspace.frame.therapy.rules import FactSaid

LONGEST_FACT = 2000


def state_fact(participant: UUID, said: FactSaid, *, by: Visitor, at: datetime) -> Fact:
    """Something is so of a participant, from a day on, in this therapy alone."""
    place = queries.one_participant(by, participant, Action.WRITE)
    words = rules.some_words(said.words, "words", LONGEST_FACT)
    if not words:
        raise CannotBe(_("Please say what is so, in a few words."), "words")
    if said.about is not None:
        other = queries.one_participant(by, said.about, Action.WRITE)
        if other.therapy_id != place.therapy_id:
            raise NotHere(subject=said.about)
        if other.id == place.id:
            raise CannotBe(_("Please choose somebody else here."), "about")
    rules.a_day(said.from_on, "from_on", latest=timezone.localdate(at))
    if said.to_on is not None and said.to_on < said.from_on:
        raise CannotBe(_("This is before the day it began."), "to_on")
    fact = Fact(
        practice_id=by.practice, participant=place, about_id=said.about, kind=said.kind,
        words=words, from_on=said.from_on, to_on=said.to_on,
    )  # fmt: skip
    with transaction.atomic():
        fact.save()
        subjects = [place.therapy_id, place.person_id]
        lines.did(by, "stated", str(said.kind), subjects, at=at, layer=Layer.RECORD)
    return fact


def end_fact(fact: UUID, on: date, *, by: Visitor, at: datetime) -> Fact:
    """It is no longer so; that it was stays known."""
    ended = queries.one_fact(by, fact, Action.WRITE)
    rules.a_day(on, "on", earliest=ended.from_on, latest=timezone.localdate(at))
    ended.to_on = on
    with transaction.atomic():
        ended.save()
        subjects = [ended.participant.therapy_id, ended.participant.person_id]
        lines.did(by, "ended", str(ended.kind), subjects, at=at, layer=Layer.RECORD)
    return ended
