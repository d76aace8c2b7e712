"""How the sample hands a questionnaire to somebody, and how it comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from secrets import token_urlsafe
from typing import Final
from uuid import UUID

from holdspace.frame.therapy.links import hash_of
from holdspace.frame.therapy.models import Participant
from holdspace.frame.therapy.rules import LINK_DAYS, Part
from holdspace.front.sample.laying import Laying, Work
from holdspace.hour.encounters.models import Session
from holdspace.hour.measures.models import Answering, Giving, OwnWords, Rule
from holdspace.hour.measures.rules import Moment, Respondent, State, respondent_of
from holdspace.hour.measures.shelves import Shelf, instrument_of, score_of
from holdspace.hour.measures.wording import wording

LEFT_WAITING, DECLINED, ONE_LEFT_OUT = 0.05, 0.08, 0.11  # shares of questionnaires, added up
LANGUAGES: Final = ("en", "de", "es")
Answers = dict[str, int | None]


@dataclass(slots=True)
class Sheets:
    """What is written in one go."""

    rules: list[Rule] = field(default_factory=list)
    givings: list[Giving] = field(default_factory=list)
    answerings: list[Answering] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Handing:
    """Questionnaires for one participant at one session, and when they are answered."""

    session: Session
    moment: Moment
    who: Participant
    language: str
    strain: float = 0  # by how much the relationship is rated lower than it would be
    about: Participant | None = None  # themselves


def language_of(laying: Laying, person: str) -> str:
    """The first language of somebody, where the client's pages speak it."""
    spoken: str = laying.story.people[person]["languages"][0]
    return spoken if spoken in LANGUAGES else LANGUAGES[0]


def giving_of(work: Work, handing: Handing, given_at: datetime) -> Giving:
    token = token_urlsafe(32)
    return Giving(
        practice=work.row.practice, therapy=work.row, participant=handing.who,
        about=handing.about, session=handing.session, given_by=work.lead, given_at=given_at,
        token=token, token_hash=hash_of(token), language=handing.language,
        ends_at=given_at + timedelta(days=LINK_DAYS),
    )  # fmt: skip


def given_for(handing: Handing) -> datetime:
    """A day before a session, or at its end."""
    session = handing.session
    if handing.moment is Moment.BEFORE:
        return session.starts_at - timedelta(hours=24)
    return session.ended_at or session.ends_at


def answered_after(moment: Moment, chance: Random) -> timedelta:
    """How long somebody takes to come to it."""
    hours = chance.uniform(0.05, 5)
    return timedelta(hours=chance.uniform(0.2, 23) if moment is Moment.BEFORE else hours)


def answering_of(giving: Giving, name: str, order: int, own: OwnWords | None = None) -> Answering:
    instrument = Shelf(giving.practice_id)[name]
    about: UUID = giving.about_id or giving.participant_id
    part = Part(giving.participant.part)
    return Answering(
        practice=giving.practice, giving=giving, therapy_id=giving.therapy_id,
        participant_id=about, order=order, instrument=name, own_words=own,
        instrument_version=str(own.version if own else instrument.version),
        threshold_set=instrument.thresholds, coding=instrument.coding,
        respondent=(respondent_of(part) if giving.about_id else Respondent.CLIENT).value,
        language=wording(instrument, giving.language).language,
    )  # fmt: skip


def come_back(row: Answering, given: Answers, ended_at: datetime, chance: Random) -> None:
    """Most are answered; some are left, some declined, some have one answer missing."""
    fate = chance.random()
    if fate < LEFT_WAITING:
        return
    if fate < DECLINED:
        row.state = State.DECLINED
        return
    if fate < ONE_LEFT_OUT:
        given = {**given, chance.choice(list(given)[:4]): None}
    finish(row, given, ended_at, chance.randint(50, 240))


def finish(
    row: Answering, given: Mapping[str, int | None], ended_at: datetime, seconds: int
) -> None:
    row.state, row.answers = State.FINISHED, dict(given)
    result = score_of(row)
    row.answered, row.total, row.prorated = result.answered, result.total, result.prorated
    row.subscales = dict(result.subscales)
    row.began_at, row.ended_at = ended_at - timedelta(seconds=seconds), ended_at


def by_item(row: Answering, values: list[int]) -> Answers:
    return dict(zip((item.id for item in instrument_of(row).items), values, strict=True))
