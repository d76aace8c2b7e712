"""The questionnaires of the sample: rules, what was given, answers from the stated model, flags."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from holdspace.frame.therapy.models import Participant
from holdspace.front.sample import besides, simulation
from holdspace.front.sample.handing import (
    Handing,
    Sheets,
    answered_after,
    answering_of,
    by_item,
    come_back,
    finish,
    given_for,
    giving_of,
    language_of,
)
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
    When,
    is_due,
)
from holdspace.hour.measures.shelves import instrument_of

WELL_BEING: Final = "rand36_ewb"
YOUNGEST: Final = 16
ANSWERING_PARTS: Final = ("client", "child", "parent", "partner")


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


def write(laying: Laying) -> None:
    sheets = Sheets()
    for work in laying.works.values():
        for who in _respondents(laying, work):
            chance = laying.chance("answers", work.key, who)
            _of_participant(Asking(laying, work, chance, sheets), who)
    besides.add(laying, sheets)
    _of_today(laying, sheets)
    sheets.givings.sort(key=lambda giving: giving.given_at)
    Rule.objects.bulk_create(sheets.rules)
    Showing.objects.bulk_create(
        Showing(practice=work.row.practice, therapy=work.row, shows=Shows.CHART, faces=Faces.BY_AGE)
        for work in laying.works.values()
        if work.entry["measures"] or work.key in besides.therapies(laying)
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
    if name == simulation.RATING:
        when = When.AFTER_EACH_SESSION
    elif name == WELL_BEING:
        when, every = When.EVERY_N, 2 if work.entry["started_weeks_ago"] <= 20 else 4
    return Rule(
        practice=work.row.practice, therapy=work.row, participant=who, instrument=name,
        when=when, every=every, from_on=who.from_on, to_on=work.row.ended_on,
    )  # fmt: skip


def _handing(laying: Laying, work: Work, key: str, session: Session, moment: Moment) -> Handing:
    return Handing(session, moment, work.places[key], language_of(laying, key))


def _past(asking: Asking, handing: Handing, names: list[str], level: float) -> None:
    """What was given for a session that was held, answered in one of the usual ways."""
    given_at = given_for(handing)
    ended_at = given_at + answered_after(handing.moment, asking.chance)
    giving = giving_of(asking.work, handing, given_at)
    asking.sheets.givings.append(giving)
    for order, name in enumerate(names):
        row = answering_of(giving, name, order)
        asking.sheets.answerings.append(row)
        given = simulation.answers(library()[name], level, asking.chance)
        if handing.strain and name == simulation.RATING:
            given = {
                item: max(0, round((value or 0) - handing.strain)) for item, value in given.items()
            }
        if "previous_answers" in asking.check_in:
            _nothing_watched(name, given)
        come_back(row, given, ended_at, asking.chance)
    _as_told(asking, handing)


def _nothing_watched(name: str, given: dict[str, int | None]) -> None:
    """Where today's story is that it comes up for the first time, it has not come up before."""
    for safety in library()[name].safety:
        given[safety.item] = 0


def _as_told(asking: Asking, handing: Handing) -> None:
    """The answers before today's, where today's story names them."""
    told = asking.check_in
    if handing.session is not asking.work.held[-1].session or "previous_answers" not in told:
        return
    for row in asking.sheets.answerings[-2:]:
        if row.instrument == told["measure"] and row.giving.session_id == handing.session.id:
            ended_at = row.ended_at or handing.session.starts_at - timedelta(hours=2)
            finish(row, by_item(row, told["previous_answers"]), ended_at, 130)


# ------------------------------------------------------------------ today's


def _of_today(laying: Laying, sheets: Sheets) -> None:
    """One that has just arrived, and one that is still to come."""
    for key, said in laying.story.today.items():
        told, work = said.get("check_in"), laying.works[key]
        if told is None or work.today is None:
            continue
        handing = _handing(laying, work, told["person"], work.today, Moment.BEFORE)
        giving = giving_of(work, handing, laying.at - timedelta(hours=20))
        row = answering_of(giving, told["measure"], 0)
        if told["state"] == "arrived":
            ended_at = laying.at - timedelta(minutes=told["arrived_minutes_ago"])
            finish(row, by_item(row, told["answers"]), ended_at, 210)
        sheets.givings.append(giving)
        sheets.answerings.append(row)


# ------------------------------------------------------------------ flags


def _flag(laying: Laying, sheets: Sheets) -> None:
    """Raise what the house would have raised; what is older than today has been looked at."""
    for row in sheets.answerings:
        instrument = instrument_of(row)
        for safety in instrument.safety:
            value = row.answers.get(safety.item)
            if value is not None and value >= safety.value and row.ended_at is not None:
                raised = raise_flag(row, instrument, safety.item, at=row.ended_at)
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
