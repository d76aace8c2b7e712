"""Giving questionnaires by a link that expires, and taking the link back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.lines import did
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.practice import queries as practices
from holdspace.frame.practice.rules import PIN_DIGITS, is_pin
from holdspace.frame.therapy import queries as therapies
from holdspace.frame.therapy.links import Behind
from holdspace.frame.therapy.models import Participant
from holdspace.frame.therapy.rules import LINK_DAYS, LINK_DAYS_AT_MOST, Part
from holdspace.hour.encounters.models import Session
from holdspace.hour.measures.actions.ruling import about_whom, participant_of, refuse_wording
from holdspace.hour.measures.models import Answering, Giving, OwnWords
from holdspace.hour.measures.personal import frames
from holdspace.hour.measures.queries import shelf
from holdspace.hour.measures.queries.batteries import battery
from holdspace.hour.measures.queries.dues import Due, due
from holdspace.hour.measures.queries.own import words_for
from holdspace.hour.measures.rules import (
    OPEN,
    Moment,
    Respondent,
    State,
    remind_at,
    respondent_of,
)
from holdspace.hour.measures.shelves import Shelf
from holdspace.hour.measures.wording import wording

LANGUAGES = ("en", "de", "es")  # in which the client's pages are; the first is the usual one


class CannotGive(Exception):
    """Something cannot be given; the message says why."""


@dataclass(frozen=True, slots=True)
class Handing:
    """What is given to whom: in which language, behind which PIN, for which session, how long."""

    therapy: UUID
    participant: UUID
    instruments: tuple[str, ...]
    language: str = "en"
    pin: str = ""
    session: UUID | None = None
    days: int = LINK_DAYS
    battery: UUID | None = None  # whose instruments come after those named
    about: UUID | None = None  # another participant, whom they are asked about


def give(handing: Handing, *, by: Visitor, at: datetime) -> Giving:
    """Give questionnaires by a link; only the hash of its token can be looked up."""
    therapy = therapies.one(by, handing.therapy, Action.GIVE, Layer.SHARED)
    participant = participant_of(therapy, handing.participant)
    about = about_whom(therapy, handing.participant, handing.about)
    session = _session_of(handing)
    handing = _unpacked(handing, by)
    books = Shelf(by.practice)
    _refuse_what_cannot_be(handing, books)
    respondent = respondent_of(Part(participant.part)) if about else Respondent.CLIENT
    refuse_wording([books[name] for name in handing.instruments], respondent, CannotGive)
    own = _own_words(handing)
    with transaction.atomic():
        giving = new_giving(handing, session, by=by, at=at)
        giving.participant, giving.about = participant, about
        if practices.reminds_clients(by):
            starts_at = session.starts_at if session else None
            giving.remind_at = remind_at(at, starts_at, giving.ends_at)
        giving.save(force_insert=True)
        rows = waiting(giving, handing.instruments, own, respondent)
        Answering.objects.bulk_create(rows)
        did(by, "gave", "questionnaires", [therapy.id, giving.id], at=at, layer=Layer.SHARED)
    return giving


def _unpacked(handing: Handing, by: Visitor) -> Handing:
    """With the battery's instruments among the others; one that is named twice is asked once."""
    if handing.battery is None:
        return handing
    more = battery(by, handing.battery).instruments
    others = [name for name in more if name not in handing.instruments]
    return replace(handing, instruments=(*handing.instruments, *others), battery=None)


def new_giving(handing: Handing, session: Session | None, *, by: Visitor, at: datetime) -> Giving:
    """A giving that is not saved yet, with a token of its own."""
    return Giving(
        practice_id=by.practice,
        therapy_id=handing.therapy,
        participant_id=handing.participant,
        session=session,
        given_by_id=by.id,
        given_at=at,
        **Behind(handing.pin, handing.language, handing.days).kept(at),
    )


def waiting(
    giving: Giving, instruments: Sequence[str], own: Mapping[str, OwnWords], respondent: Respondent
) -> list[Answering]:
    """A row for each questionnaire, in the order it will be asked, with the words there are."""
    books = Shelf(giving.practice_id)
    return [
        Answering(
            practice_id=giving.practice_id,
            giving=giving,
            therapy_id=giving.therapy_id,
            participant_id=giving.about_id or giving.participant_id,
            respondent=respondent.value,
            order=order,
            instrument=name,
            instrument_version=str(own[name].version if name in own else books[name].version),
            own_words=own.get(name),
            threshold_set=books[name].thresholds,
            coding=books[name].coding,
            language=wording(books[name], giving.language).language,
        )
        for order, name in enumerate(instruments)
    ]


def _session_of(handing: Handing) -> Session | None:
    if handing.session is None:
        return None
    found = Session.objects.filter(pk=handing.session, therapy_id=handing.therapy).first()
    if found is None:
        raise NotHere(subject=handing.session)
    return found


def _own_words(handing: Handing) -> dict[str, OwnWords]:
    """The words of personal questions that are given; raises CannotGive where there are none."""
    personal = [name for name in handing.instruments if name in frames()]
    own = words_for(handing.about or handing.participant, personal)
    if len(own) < len(personal):
        raise CannotGive(_("Put the personal questions into words first."))
    return own


def _refuse_what_cannot_be(handing: Handing, books: Shelf) -> None:
    if not handing.instruments:
        raise CannotGive(_("Choose at least one questionnaire."))
    if len(set(handing.instruments)) < len(handing.instruments):
        raise CannotGive(_("Each questionnaire can be given once behind one link."))
    for name in handing.instruments:
        if name not in books:
            raise CannotGive(_("There is no such questionnaire."))
        if not books[name].is_worded:
            raise CannotGive(_("Its words are not here, so it cannot be given."))
    if handing.pin and not is_pin(handing.pin):
        shortest, longest = PIN_DIGITS
        raise CannotGive(
            _("A PIN is %(low)s to %(high)s digits.") % {"low": shortest, "high": longest}
        )
    if not 1 <= handing.days <= LINK_DAYS_AT_MOST:
        raise CannotGive(_("A link can last from 1 to %s days.") % LINK_DAYS_AT_MOST)


def give_what_is_due(session: UUID, moment: Moment, *, by: Visitor, at: datetime) -> list[Giving]:
    """Give each what the rules ask for at a session, behind a link each, in their language."""
    wanted = due(by, session, moment)
    if not wanted:
        return []
    therapy = Session.objects.values_list("therapy_id", flat=True).get(pk=session)
    spoken = {one.id: _language_of(one) for one in therapies.participants(by, [therapy])}
    handings = [
        Handing(therapy, asked, _instruments(of_one), spoken[asked], session=session, about=about)
        for (asked, about), of_one in groupby(
            wanted, key=lambda each: (each.participant_id, each.about_id)
        )
    ]
    with transaction.atomic():
        return [give(handing, by=by, at=at) for handing in handings]


def _language_of(participant: Participant) -> str:
    """The first of somebody's languages that the client's pages speak."""
    spoken = (language.partition("-")[0] for language in participant.person.languages)
    return next((language for language in spoken if language in LANGUAGES), LANGUAGES[0])


def _instruments(wanted: Iterable[Due]) -> tuple[str, ...]:
    return tuple(each.instrument for each in wanted)


def withdraw(giving: UUID, *, by: Visitor, at: datetime) -> Giving:
    """Take a link back: it opens nothing any more; what was finished stays."""
    found = shelf.giving(by, giving)
    if found.withdrawn_at is not None:
        return found
    with transaction.atomic():
        found.withdrawn_at = at
        found.save(update_fields=["withdrawn_at"])
        Answering.objects.filter(giving=found, state__in=OPEN).update(state=State.WITHDRAWN.value)
        did(by, "withdrew", "questionnaires", [found.therapy_id, giving], at=at, layer=Layer.SHARED)
    return found
