"""The questionnaires of the sample: rules, what was given, answers from the stated model, flags."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from secrets import token_urlsafe
from typing import Any, Final

from holdspace.frame.therapy.links import hash_of
from holdspace.frame.therapy.models import Participant
from holdspace.frame.therapy.rules import LINK_DAYS
from holdspace.front.sample import simulation
from holdspace.front.sample.laying import Laying, Work
from holdspace.front.sample.reading import Entry
from holdspace.hour.encounters.models import Session
from holdspace.hour.measures.actions.flags import raise_flag
from holdspace.hour.measures.instruments import library
from holdspace.hour.measures.models import Answering, Giving, Rule, SafetyFlag, Showing
from holdspace.hour.measures.rules import (
    Faces,
    Moment,
    Shows,
    Standing,
    State,
    When,
    is_due,
)
from holdspace.hour.measures.scoring import score
from holdspace.hour.measures.wording import wording

RATING: Final = "session_rating"
WELL_BEING: Final = "rand36_ewb"
YOUNGEST: Final = 16
ANSWERING_PARTS: Final = ("client", "child", "parent", "partner")
LEFT_WAITING, DECLINED, ONE_LEFT_OUT = 0.05, 0.08, 0.11  # shares of questionnaires, added up
LANGUAGES: Final = ("en", "de", "es")


@dataclass(slots=True)
class Sheets:
    """What is written in one go."""

    rules: list[Rule] = field(default_factory=list)
    givings: list[Giving] = field(default_factory=list)
    answerings: list[Answering] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asking:
    """One person of one therapy being asked, again and again."""

    laying: Laying
    work: Work
    chance: Random
    sheets: Sheets

    @property
    def check_in(self) -> Entry:
        """What today's story says of this therapy's check-in."""
        said: Entry = self.laying.story.today.get(self.work.key, {}).get("check_in", {})
        return said


@dataclass(frozen=True, slots=True)
class Handing:
    """Questionnaires for one participant at one session, and when they are answered."""

    session: Session
    moment: Moment
    who: Participant
    language: str
    strain: float = 0  # by how much the relationship is rated lower than it would be


def write(laying: Laying) -> None:
    sheets = Sheets()
    for work in laying.works.values():
        for who in _respondents(laying, work):
            chance = laying.chance("answers", work.key, who)
            _of_participant(Asking(laying, work, chance, sheets), who)
    _of_today(laying, sheets)
    sheets.givings.sort(key=lambda giving: giving.given_at)
    Rule.objects.bulk_create(sheets.rules)
    Showing.objects.bulk_create(
        Showing(practice=work.row.practice, therapy=work.row, shows=Shows.CHART, faces=Faces.BY_AGE)
        for work in laying.works.values()
        if work.entry["measures"]
    )
    Giving.objects.bulk_create(sheets.givings, batch_size=500)
    Answering.objects.bulk_create(sheets.answerings, batch_size=500)
    _flag(laying, sheets)


def _respondents(laying: Laying, work: Work) -> list[str]:
    """Those old enough, who are clients of this work and not there for another."""
    if not work.entry["measures"]:
        return []
    return [
        key
        for key, place in work.places.items()
        if place.part in ANSWERING_PARTS and laying.story.people[key]["age"] >= YOUNGEST
    ]


def _of_participant(asking: Asking, key: str) -> None:
    """One person's questionnaires, at every session they came to."""
    work, course = asking.work, asking.work.entry["course"]
    rules = [_rule(work, work.places[key], name) for name in work.entry["measures"]]
    asking.sheets.rules += rules
    levels = simulation.severities(course["label"], course["start"], len(work.held), asking.chance)
    given = dict.fromkeys(work.entry["measures"], 0)
    for number, (held, level) in enumerate(zip(work.held, levels, strict=True), start=1):
        if work.places[key].id not in held.came:
            continue
        for moment in Moment:
            due = [rule.instrument for rule in rules if _is_due(rule, moment, number, given)]
            for name in due:
                given[name] += 1
            if due:
                handing = _handing(asking.laying, work, key, held.session, moment)
                strain = simulation.strain(work.entry.get("strain"), len(work.held) - number)
                _past(asking, replace(handing, strain=strain), due, level)


def _is_due(rule: Rule, moment: Moment, number: int, given: dict[str, int]) -> bool:
    standing = Standing(number, given[rule.instrument], is_ending=False)
    return is_due(When(rule.when), rule.every, moment, standing)


def _rule(work: Work, who: Participant, name: str) -> Rule:
    when, every = When.EACH_SESSION, 1
    if name == RATING:
        when = When.AFTER_EACH_SESSION
    elif name == WELL_BEING:
        when, every = When.EVERY_N, 2 if work.entry["started_weeks_ago"] <= 20 else 4
    return Rule(
        practice=work.row.practice, therapy=work.row, participant=who, instrument=name,
        when=when, every=every, from_on=who.from_on, to_on=work.row.ended_on,
    )  # fmt: skip


def _handing(laying: Laying, work: Work, key: str, session: Session, moment: Moment) -> Handing:
    spoken = laying.story.people[key]["languages"][0]
    language = spoken if spoken in LANGUAGES else LANGUAGES[0]
    return Handing(session, moment, work.places[key], language)


def _giving(work: Work, handing: Handing, given_at: datetime) -> Giving:
    token = token_urlsafe(32)
    return Giving(
        practice=work.row.practice, therapy=work.row, participant=handing.who,
        session=handing.session, given_by=work.lead, given_at=given_at, token=token,
        token_hash=hash_of(token), language=handing.language,
        ends_at=given_at + timedelta(days=LINK_DAYS),
    )  # fmt: skip


def _answering(giving: Giving, name: str, order: int) -> Answering:
    instrument = library()[name]
    return Answering(
        practice=giving.practice, giving=giving, therapy_id=giving.therapy_id,
        participant=giving.participant, order=order, instrument=name,
        instrument_version=str(instrument.version), threshold_set=instrument.thresholds,
        language=wording(instrument, giving.language).language,
    )  # fmt: skip


def _past(asking: Asking, handing: Handing, names: list[str], level: float) -> None:
    """What was given for a session that was held, answered in one of the usual ways."""
    chance, session = asking.chance, handing.session
    is_before = handing.moment is Moment.BEFORE
    given_at = session.ended_at or session.ends_at
    delay = chance.uniform(0.05, 5)
    if is_before:
        given_at, delay = session.starts_at - timedelta(hours=24), chance.uniform(0.2, 23)
    giving = _giving(asking.work, handing, given_at)
    asking.sheets.givings.append(giving)
    for order, name in enumerate(names):
        row = _answering(giving, name, order)
        asking.sheets.answerings.append(row)
        _answer(asking, row, (level, handing.strain), given_at + timedelta(hours=delay))
    _as_told(asking, handing)


def _answer(asking: Asking, row: Answering, state: tuple[float, float], ended_at: datetime) -> None:
    """Most are answered; some are left, some declined, some have one answer missing."""
    chance, (level, strain) = asking.chance, state
    given = simulation.answers(library()[row.instrument], level, chance)
    if strain and row.instrument == RATING:
        given = {item: max(0, round((value or 0) - strain)) for item, value in given.items()}
    fate = chance.random()
    if fate < LEFT_WAITING:
        return
    if fate < DECLINED:
        row.state = State.DECLINED
        return
    if fate < ONE_LEFT_OUT:
        given[chance.choice(list(given)[:4])] = None
    if "previous_answers" in asking.check_in:
        _nothing_watched(row.instrument, given)
    _finish(row, given, ended_at, chance.randint(50, 240))


def _nothing_watched(name: str, given: dict[str, int | None]) -> None:
    """Where today's story is that it comes up for the first time, it has not come up before."""
    for safety in library()[name].safety:
        given[safety.item] = 0


def _finish(row: Answering, given: dict[str, int | None], ended_at: datetime, seconds: int) -> None:
    result = score(library()[row.instrument], given)
    row.state, row.answers, row.answered = State.FINISHED, given, result.answered
    row.total, row.prorated = result.total, result.prorated
    row.subscales = dict(result.subscales)
    row.began_at, row.ended_at = ended_at - timedelta(seconds=seconds), ended_at


def _as_told(asking: Asking, handing: Handing) -> None:
    """The answers before today's, where today's story names them."""
    told = asking.check_in
    if handing.session is not asking.work.held[-1].session or "previous_answers" not in told:
        return
    for row in asking.sheets.answerings[-2:]:
        if row.instrument == told["measure"] and row.giving.session_id == handing.session.id:
            ended_at = row.ended_at or handing.session.starts_at - timedelta(hours=2)
            _finish(row, _by_item(row.instrument, told["previous_answers"]), ended_at, 130)


def _by_item(name: str, values: list[int]) -> dict[str, int | None]:
    return dict(zip((item.id for item in library()[name].items), values, strict=True))


# ------------------------------------------------------------------ today's


def _of_today(laying: Laying, sheets: Sheets) -> None:
    """One that has just arrived, and one that is still to come."""
    for key, said in laying.story.today.items():
        told, work = said.get("check_in"), laying.works[key]
        if told is None or work.today is None:
            continue
        handing = _handing(laying, work, told["person"], work.today, Moment.BEFORE)
        giving = _giving(work, handing, laying.at - timedelta(hours=20))
        row = _answering(giving, told["measure"], 0)
        if told["state"] == "arrived":
            ended_at = laying.at - timedelta(minutes=told["arrived_minutes_ago"])
            _finish(row, _by_item(row.instrument, told["answers"]), ended_at, 210)
        sheets.givings.append(giving)
        sheets.answerings.append(row)


# ------------------------------------------------------------------ flags


def _flag(laying: Laying, sheets: Sheets) -> None:
    """Raise what the house would have raised; what is older than today has been looked at."""
    for row in sheets.answerings:
        for safety in library()[row.instrument].safety:
            value = row.answers.get(safety.item)
            if value is not None and value >= safety.value and row.ended_at is not None:
                raised = raise_flag(row, library()[row.instrument], safety.item, at=row.ended_at)
                _shown_and_seen(laying, row, raised)


def _shown_and_seen(laying: Laying, row: Answering, raised: SafetyFlag) -> None:
    work = next(each for each in laying.works.values() if each.row.id == row.therapy_id)
    raised.what = {**raised.what, "shown": _shown(laying, work, row, raised.raised_at)}
    if work.today is None or row.giving.session_id != work.today.id:
        raised.seen_at = raised.raised_at + timedelta(minutes=35)
        raised.seen_by = work.lead
    raised.save()


def _shown(laying: Laying, work: Work, row: Answering, at: datetime) -> dict[str, Any]:
    """What the person was shown: no number, since no owner has confirmed any here."""
    told = laying.story.today.get(work.key, {}).get("check_in", {}).get("seen_by_person", "")
    sentences = [told] if told and work.today and row.giving.session_id == work.today.id else []
    return {
        "language": row.language, "sentences": sentences, "numbers": [], "at": at.isoformat(),
    }  # fmt: skip
