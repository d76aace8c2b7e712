"""What the page of a therapy shows: names and times to the desk, words to its own people."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.text import capfirst

from holdspace.cellar.access.gate import may
from holdspace.cellar.access.table import Action, Relation
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.approaches import queries as approaches
from holdspace.frame.approaches.schools import choices as offered_choices
from holdspace.frame.approaches.schools import name_of
from holdspace.frame.approaches.words import Words
from holdspace.frame.people.labels import Label
from holdspace.frame.people.rules import age_on
from holdspace.frame.practice import queries as practice
from holdspace.frame.therapy import labels, queries
from holdspace.frame.therapy.forms import Offers, Ways
from holdspace.frame.therapy.models import (
    AgreedBy,
    Agreement,
    Fact,
    Frame,
    Participant,
    Therapist,
    Therapy,
)
from holdspace.frame.therapy.queries import Lived
from holdspace.frame.therapy.rules import MOVES, State, usual
from holdspace.frame.therapy.secrets import (
    CHANNELS,
    MEANS,
    RULES,
    Channel,
    Means,
    Rule,
    still_to_agree,
)
from holdspace.frame.therapy.units import AT_HOME, SHARED


@dataclass(frozen=True, slots=True)
class FactShown:
    """Something that is so, or once was."""

    fact: Fact
    kind: Label
    who: str
    about: str
    is_past: bool


@dataclass(frozen=True, slots=True)
class Taking:
    """Somebody who takes part."""

    place: Participant
    part: Label
    age: int | None
    facts: list[FactShown]


@dataclass(frozen=True, slots=True)
class AimsOf:
    """What somebody hopes for; without a name, what all hope for together."""

    name: str
    words: list[str]


@dataclass(frozen=True, slots=True)
class Secrets:
    """What holds about what one of them tells alone, who agreed and who has not yet."""

    holds: Agreement | None
    rule: Label
    channels: list[Label]
    agreed: list[tuple[AgreedBy, Label]]
    missing: list[str]


@dataclass(frozen=True, slots=True)
class TiedShown:
    """Other work with some of the same people."""

    how: Label
    other: Therapy
    since: date


@dataclass(frozen=True, slots=True)
class TherapyPage:
    """All that the page shows; what the visitor may not read is empty."""

    therapy: Therapy
    words: Words
    unit: Label
    state: Label
    ended: Label  # how, for those who read its words
    approaches: list[tuple[str, str]]  # id and name
    people: list[Taking]
    gone: list[Taking]
    facts: list[FactShown]
    frame: Frame | None
    place: Label
    room: str
    currency: str
    team: list[Therapist]
    aims: list[AimsOf]
    sees_words: bool
    has_moves: bool
    roster: Label
    homes: list[Lived]
    has_homes: bool
    secrets: Secrets | None
    ties: list[TiedShown]


def href(therapy: UUID) -> str:
    """Where the page of a therapy is: what its other pages lead back to."""
    return reverse("therapy", args=[therapy])


def therapy_page(by: Visitor, therapy: UUID, *, today: date) -> TherapyPage:
    shown = queries.one(by, therapy, Action.READ, Layer.ADMIN)
    sees_words = queries.may(by, shown, Action.READ, Layer.RECORD)
    words = approaches.words(by, shown)
    places = queries.participants(by, [therapy])
    facts = _facts(by, therapy, places, today) if sees_words else []
    people = [_taking(place, words, facts, today) for place in places]
    frame = queries.frame_of(by, therapy)
    return TherapyPage(
        therapy=shown,
        words=words,
        unit=labels.UNITS[shown.unit],
        state=labels.STATES[shown.state],
        ended=labels.ENDED.get(shown.ended_how, "") if sees_words else "",
        approaches=_approaches(by, shown.approaches),
        people=[one for one in people if not queries.is_past(one.place, today)],
        gone=[one for one in people if queries.is_past(one.place, today)],
        facts=facts,
        frame=frame,
        place=labels.PLACES[frame.place] if frame else "",
        room=_room_name(by, frame),
        currency=practice.practice_of(by).currency,
        team=queries.therapists(by, [therapy]),
        aims=_aims(by, therapy, places) if sees_words and words.aims else [],
        sees_words=sees_words,
        has_moves=sees_words and bool(MOVES[State(shown.state)]),
        roster=labels.OPENINGS[shown.opening] if shown.opening else "",
        homes=queries.homes(by, therapy) if sees_words and shown.unit in AT_HOME else [],
        has_homes=sees_words and shown.unit in AT_HOME,
        secrets=_secrets(by, shown, places) if sees_words and shown.unit in SHARED else None,
        ties=_ties(by, therapy) if sees_words else [],
    )


def _approaches(by: Visitor, names: list[str]) -> list[tuple[str, str]]:
    known = approaches.among(by, names)
    return [(name if name in known else "", name_of(name, known)) for name in names]


def _secrets(by: Visitor, therapy: Therapy, places: list[Participant]) -> Secrets:
    holds = queries.agreement(by, therapy.id)
    if holds is None:
        return Secrets(None, "", [], [], [])
    agreed = queries.agreed(by, holds)
    here = {place.id: called(place) for place in places if place.to_on is None}
    missing = still_to_agree(here, {row.participant_id for row in agreed})
    return Secrets(
        holds=holds, rule=RULES[Rule(holds.rule)],
        channels=[CHANNELS[Channel(one)] for one in holds.channels],
        agreed=[(row, MEANS[Means(row.means)]) for row in agreed],
        missing=[here[one] for one in missing],
    )  # fmt: skip


def _ties(by: Visitor, therapy: UUID) -> list[TiedShown]:
    return [
        TiedShown(labels.TIES[one.tied.tie, one.is_after], one.other, one.tied.since)
        for one in queries.ties(by, therapy)
    ]


def _taking(place: Participant, words: Words, facts: list[FactShown], today: date) -> Taking:
    part = capfirst(words.person) if place.part == "client" else labels.PARTS[place.part]
    own = [one for one in facts if one.fact.participant_id == place.id and not one.is_past]
    return Taking(place, part, age_on(place.person.birth_date, today), own)


def _facts(by: Visitor, therapy: UUID, places: list[Participant], today: date) -> list[FactShown]:
    names = {place.id: called(place) for place in places}
    return [
        FactShown(
            fact=fact, kind=labels.FACTS[fact.kind], who=names[fact.participant_id],
            about=names[fact.about_id] if fact.about_id else "",
            is_past=queries.is_past(fact, today),
        )
        for fact in queries.facts(by, therapy)
    ]  # fmt: skip


def called(place: Participant) -> str:
    """What somebody wishes to be called."""
    name: str = place.person.preferred_name or place.person.name
    return name


def _room_name(by: Visitor, frame: Frame | None) -> str:
    if frame is None or frame.room_id is None:
        return ""
    names: dict[UUID, str] = {room.id: room.name for room in practice.rooms(by)}
    return names.get(frame.room_id, "")


def _aims(by: Visitor, therapy: UUID, places: list[Participant]) -> list[AimsOf]:
    aims = queries.aims(by, [therapy])
    owners = [(None, ""), *((place.id, called(place)) for place in places)]
    spoken = [
        AimsOf(name, [aim.words for aim in aims if aim.participant_id == owner])
        for owner, name in owners
    ]
    return [one for one in spoken if one.words]


def offers(by: Visitor) -> Offers:
    """What the visitor can choose from."""
    colleagues = queries.who_may_work(by)
    return Offers(
        colleagues=[(str(member.id), member.name) for member in colleagues],
        rooms=[(str(room.id), room.name) for room in practice.rooms(by)],
        me=by.id,
        is_clinical=by.id in {member.id for member in colleagues},
        is_desk=may(by, Action.WRITE, Layer.ADMIN, {Relation.SAME_PRACTICE}),
    )


def ways(by: Visitor, therapy: Therapy | None = None) -> Ways:
    """The approaches and voices to choose from; what a therapy has even where it is retired."""
    names, voice = (therapy.approaches, therapy.voice) if therapy else ((), "")
    return Ways(offered_choices(approaches.offered(by, names)), dict(approaches.voices(by, voice)))


def usual_beginning(by: Visitor, voice: str) -> dict[str, object]:
    """What a new therapy is filled in with: the member's voice, or else the practice's ways."""
    house = practice.practice_of(by)
    spoken = voice or house.voice
    service, stance = usual(spoken)
    chosen = {"service": service, "stance": stance, "note_format": "three_line"}
    prefers = {name: house.choices[name] for name in chosen if house.choices.get(name)}
    me = by.id if offers(by).is_clinical else None
    return {
        **chosen, **prefers, "voice": spoken, "unit": "individual", "state": "inquiry",
        "minutes": house.session_minutes, "place": "room", "therapist": me,
    }  # fmt: skip
