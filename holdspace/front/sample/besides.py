"""What some of the sample are asked beside the usual: their own words, batteries, about a child."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from holdspace.frame.therapy.models import Participant
from holdspace.front.sample import simulation
from holdspace.front.sample.handing import (
    Handing,
    Sheets,
    answered_after,
    answering_of,
    come_back,
    given_for,
    giving_of,
    language_of,
)
from holdspace.front.sample.laying import Laying, Work
from holdspace.front.sample.reading import DATA, Entry
from holdspace.hour.encounters.models import Session
from holdspace.hour.measures.models import Answering, Battery, LocalFile, OwnWords, Rule
from holdspace.hour.measures.reading import instrument_from, plain
from holdspace.hour.measures.rules import FileKind, Moment, Standing, When, is_due, week_of
from holdspace.hour.measures.shelves import instrument_of


def therapies(laying: Laying) -> set[str]:
    """The therapies in which somebody is asked so."""
    return {said["therapy"] for said in laying.story.asked["asked"]}


def add(laying: Laying, sheets: Sheets) -> None:
    """Lay the shelf, batteries and words; put rules and answers among the others."""
    told = laying.story.asked
    LocalFile.objects.bulk_create(_file(laying, name) for name in told["shelf"])
    batteries = {said["key"]: _battery(laying, said) for said in told["batteries"]}
    Battery.objects.bulk_create(batteries.values())
    words = list(_words(laying))
    OwnWords.objects.bulk_create(words)
    for said in told["asked"]:
        asked = _asked(laying, said, batteries, words)
        sheets.rules.append(asked.rule)
        _ask_again_and_again(laying, asked, sheets)


# ------------------------------------------------------------------ what can be asked


def _file(laying: Laying, name: str) -> LocalFile:
    text = (DATA / "shelf" / f"{name}.yaml").read_text(encoding="utf-8")
    instrument = instrument_from(plain(text))
    owner = next(each for each in laying.members.values() if "owner" in each.roles)
    return LocalFile(
        practice=laying.practice, kind=FileKind.DEFINITION.value, instrument=instrument.id,
        version=str(instrument.version), text=text, loaded_by=owner,
        loaded_at=laying.at - timedelta(weeks=80),
    )  # fmt: skip


def _battery(laying: Laying, said: Entry) -> Battery:
    return Battery(
        practice=laying.practice, name=said["name"], instruments=said["instruments"],
        since=laying.at - timedelta(weeks=80),
    )  # fmt: skip


def _words(laying: Laying) -> Iterator[OwnWords]:
    """Each version of somebody's words; the next one ends it."""
    newest = dict[tuple[str, str], OwnWords]()
    for said in laying.story.asked["words"]:
        key, work = (said["person"], said["kind"]), laying.works[said["therapy"]]
        before, since = newest.get(key), laying.at - timedelta(weeks=said["weeks_ago"])
        row = OwnWords(
            practice=laying.practice, therapy=work.row, participant=work.places[said["person"]],
            kind=said["kind"], words=said["words"], since=since,
            version=before.version + 1 if before else 1,
        )  # fmt: skip
        if before:
            before.until = since
        newest[key] = row
        yield row


# ------------------------------------------------------------------ who is asked


@dataclass(frozen=True, slots=True)
class Asked:
    """One person who is asked by one rule, about themselves or another."""

    said: Entry
    work: Work
    rule: Rule
    words: list[OwnWords]  # the versions of their own, where it asks for those
    chance: Random

    @property
    def of(self) -> Participant:
        """Whom it is about."""
        return self.rule.about or self.rule.participant


def _asked(
    laying: Laying, said: Entry, batteries: dict[str, Battery], words: list[OwnWords]
) -> Asked:
    work, what = laying.works[said["therapy"]], said.get("what", "")
    who = work.places[said["person"]]
    about = work.places[said["about"]] if "about" in said else None
    own = [each for each in words if each.kind == what and each.participant == (about or who)]
    rule = Rule(
        practice=laying.practice, therapy=work.row, participant=who, about=about, instrument=what,
        battery=batteries.get(said.get("battery", "")), when=said["when"],
        every=said.get("every", 1), weeks=said.get("weeks", []),
        from_on=max([who.from_on, *(each.since.date() for each in own[:1])]), to_on=who.to_on,
    )  # fmt: skip
    chance = laying.chance("besides", work.key, said["person"], what or said["battery"])
    return Asked(said, work, rule, own, chance)


def _ask_again_and_again(laying: Laying, asked: Asked, sheets: Sheets) -> None:
    """At every session that the one whom it is about came to, and that the rule names."""
    held, course = asked.work.held, {**asked.work.entry["course"], **asked.said.get("course", {})}
    levels = simulation.severities(course["label"], course["start"], len(held), asked.chance)
    moment = _moment(asked.rule)
    standing = Standing(0, 0, is_ending=False)
    for number, (one, level) in enumerate(zip(held, levels, strict=True), start=1):
        week = week_of(one.session.starts_at.date(), asked.work.row.started_on)
        standing = Standing(number, standing.times_given, is_ending=False, week=week,
                            last_week=standing.last_week)  # fmt: skip
        if _is_asked(asked, one.session, one.came) and _is_due(asked.rule, moment, standing):
            standing = Standing(number, standing.times_given + 1, is_ending=False, last_week=week)
            for row in _given(laying, asked, one.session, sheets):
                ended_at = row.giving.given_at + answered_after(moment, asked.chance)
                given = simulation.answers(instrument_of(row), level, asked.chance)
                come_back(row, given, ended_at, asked.chance)
    if asked.said.get("today") and asked.work.today:
        _given(laying, asked, asked.work.today, sheets)


def _is_asked(asked: Asked, session: Session, came: set[UUID]) -> bool:
    return asked.of.id in came and session.starts_at.date() > asked.rule.from_on


def _moment(rule: Rule) -> Moment:
    return Moment.AFTER if rule.when == When.AFTER_EACH_SESSION else Moment.BEFORE


def _is_due(rule: Rule, moment: Moment, standing: Standing) -> bool:
    return is_due(When(rule.when), rule.every, moment, standing, rule.weeks)


def _given(laying: Laying, asked: Asked, session: Session, sheets: Sheets) -> list[Answering]:
    """Behind the link that they are given for this session anyway, or behind one of its own."""
    rule = asked.rule
    handing = Handing(
        session, _moment(rule), rule.participant, language_of(laying, asked.said["person"]),
        about=rule.about,
    )  # fmt: skip
    given_at = min(given_for(handing), laying.at - timedelta(hours=2))
    alike = (session.id, rule.participant_id, rule.about_id, given_at)
    beside = [
        each
        for each in sheets.givings
        if (each.session_id, each.participant_id, each.about_id, each.given_at) == alike
    ]
    giving = beside[0] if beside else giving_of(asked.work, handing, given_at)
    if not beside:
        sheets.givings.append(giving)
    first = sum(each.giving is giving for each in sheets.answerings)
    rows = [
        answering_of(giving, name, order, _words_at(asked, given_at))
        for order, name in enumerate(rule.instruments, start=first)
    ]
    sheets.answerings += rows
    return rows


def _words_at(asked: Asked, at: datetime) -> OwnWords | None:
    """The words that held then, of those that are asked about."""
    held = [each for each in asked.words if each.since.date() <= at.date()]
    return held[-1] if held else None
