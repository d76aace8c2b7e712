"""Reading approaches: the catalogue and a practice's own, which are chosen and named alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.db.models import QuerySet

from holdspace.cellar.access.gate import NotHere, check
from holdspace.cellar.access.table import Action, Relation
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.prepared import One, prepared
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.approaches import labels
from holdspace.frame.approaches.catalogue import Approach, catalogue
from holdspace.frame.approaches.descriptions import approach_of
from holdspace.frame.approaches.models import OwnApproach, OwnVoice
from holdspace.frame.approaches.schools import short_name_of
from holdspace.frame.approaches.tongues import Spoken, in_tongue
from holdspace.frame.approaches.words import (
    PLAINEST,
    InLanguages,
    Voiced,
    Words,
    voice_words,
    words_from,
)
from holdspace.frame.approaches.words import in_languages as house_voice
from holdspace.frame.people.labels import Label
from holdspace.frame.practice.rules import is_own


def approaches(by: Visitor) -> dict[str, Approach]:
    """Every approach that a member can look up: the catalogue's, and the practice's own."""
    check(by, Action.READ, Layer.ADMIN, {Relation.SELF})
    return {**catalogue(), **_all_own(by.practice)}


def approach(by: Visitor, name: str) -> Approach:
    """One approach, or NotHere."""
    check(by, Action.READ, Layer.ADMIN, {Relation.SELF})
    found = among(by, [name]).get(name)
    if found is None:
        raise NotHere
    return found


def among(by: Visitor, names: Iterable[str]) -> dict[str, Approach]:
    """Those of these approaches that are known, in their order; for who has opened a therapy.

    It asks the database only where a practice's own is among them.
    """
    wanted = list(dict.fromkeys(names))
    known: Mapping[str, Approach] = catalogue()
    if any(map(is_own, wanted)):
        known = {**known, **_all_own(by.practice)}
    return {name: known[name] for name in wanted if name in known}


def techniques(by: Visitor, ticked: Iterable[tuple[str, str]]) -> list[Spoken]:
    """What techniques are called, each by its approach and its id there; unknown ones are not."""
    wanted = list(ticked)
    known = among(by, (approach for approach, _technique in wanted))
    said = {
        (one.id, technique.id): in_tongue(technique.said)
        for one in known.values()
        for technique in (*one.techniques, *one.former)
    }
    return [said[one] for one in wanted if one in said]


def offered(by: Visitor, now: Iterable[str] = ()) -> list[Approach]:
    """The practice's own approaches that can be chosen; those chosen `now` even where retired."""
    kept = set(now)
    return [one for one in _all_own(by.practice).values() if not one.is_retired or one.id in kept]


def own(by: Visitor, key: str) -> OwnApproach:
    """One of the practice's own, to be changed, or NotHere."""
    check(by, Action.CONFIGURE, Layer.ADMIN, {Relation.SAME_PRACTICE})
    row = OwnApproach.objects.filter(practice_id=by.practice, key=key).first()
    if row is None:
        raise NotHere
    return row


def may_write(by: Visitor) -> None:
    """Let pass who may write an approach of the practice's own."""
    check(by, Action.CONFIGURE, Layer.ADMIN, {Relation.SAME_PRACTICE})


def _all_own(practice: UUID) -> dict[str, Approach]:
    return {row.key: approach_of(row) for row in _own_rows(practice=practice)}


@prepared
def _own_rows(practice: One) -> QuerySet[OwnApproach]:
    return OwnApproach.objects.filter(practice_id=practice).order_by("since", "id")


# ------------------------------------------------------------------ voices


class Speaking(Protocol):
    """What has approaches and a voice: a therapy."""

    @property
    def voice(self) -> str: ...
    @property
    def approaches(self) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Manner:
    """How several therapies are spoken of: the words of each, and what its approaches are called.

    It holds what is the practice's own; all else the house knows.
    """

    own_words: Mapping[str, Words]
    own_approaches: Mapping[str, Approach]

    def words(self, of: Voiced) -> Words:
        return self.own_words.get(of.voice) or voice_words(of)

    def approach(self, of: Speaking) -> list[str]:
        """What the first approach is called where there is little room, if there is any."""
        return [short_name_of(name, self.own_approaches) for name in of.approaches[:1]]


def manner(by: Visitor, therapies: Iterable[Speaking]) -> Manner:
    """How therapies that were opened are spoken of; at most two questions, for however many."""
    some = list(therapies)
    keys = {one.voice for one in some if is_own(one.voice)}
    rows = _voices(practice=by.practice) if keys else []
    own = {row.key: words_from(row.words["slots"]) for row in rows if row.key in keys}
    return Manner(own, among(by, (name for one in some for name in one.approaches[:1])))


def words(by: Visitor, speaker: Voiced) -> Words:
    """The words of a therapy that was opened, in the language of the page.

    Only a voice of the practice's own is a question to the database.
    """
    if is_own(speaker.voice):
        row = _voice(by.practice, speaker.voice)
        if row is not None:
            return words_from(row.words["slots"])
    return voice_words(speaker)


def voices(by: Visitor, now: str = "") -> list[tuple[str, Label]]:
    """The voices that can be chosen, as a form offers them; `now` even where it is retired."""
    own = [
        (row.key, row.words["name"])
        for row in _voices(practice=by.practice)
        if row.retired_at is None or row.key == now
    ]
    return [*labels.VOICES.items(), *own]


def own_voices(by: Visitor) -> list[OwnVoice]:
    """The practice's own voices, retired ones too, for every member."""
    check(by, Action.READ, Layer.ADMIN, {Relation.SELF})
    return _voices(practice=by.practice)


def own_voice(by: Visitor, key: str) -> OwnVoice:
    """One of the practice's own voices, to be changed, or NotHere."""
    check(by, Action.CONFIGURE, Layer.ADMIN, {Relation.SAME_PRACTICE})
    row = _voice(by.practice, key)
    if row is None:
        raise NotHere
    return row


def in_languages(by: Visitor, name: str) -> InLanguages:
    """A voice in every language, to begin one's own from; the plainest where there is none."""
    if is_own(name):
        own: InLanguages = own_voice(by, name).words["slots"]
        return own
    return house_voice(name if name in labels.VOICES else PLAINEST)


@prepared
def _voices(practice: One) -> QuerySet[OwnVoice]:
    return OwnVoice.objects.filter(practice_id=practice).order_by("since", "id")


def _voice(practice: UUID, key: str) -> OwnVoice | None:
    return OwnVoice.objects.filter(practice_id=practice, key=key).first()
