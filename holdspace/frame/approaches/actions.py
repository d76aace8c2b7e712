"""Writing approaches and voices of the practice's own, and retiring them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from holdspace.cellar.access import lines
from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.approaches import catalogue, queries
from holdspace.frame.approaches.descriptions import kept, techniques_of
from holdspace.frame.approaches.models import OwnApproach, OwnVoice
from holdspace.frame.approaches.rules import Described, VoiceSaid, a_title, new_key, some_words
from holdspace.frame.approaches.words import MAY_BE_SILENT, SLOTS
from holdspace.frame.people.rules import CannotBe
from holdspace.frame.practice.models import Member
from holdspace.frame.practice.queries import member
from holdspace.frame.practice.rules import NOTE_FORMATS

Row = TypeVar("Row", OwnApproach, OwnVoice)


def write_approach(
    said: Described, begun_with: Mapping[str, str] | None = None, *, by: Visitor, at: datetime
) -> OwnApproach:
    """An approach of the practice's own; techniques it was begun with keep their ids."""
    queries.may_write(by)
    row = OwnApproach(practice_id=by.practice, key=new_key(), since=at)
    row.description = kept(_checked(said, by), begun_with or {})
    row.description["gone"] = {}  # what was begun with and left out was never its own
    with transaction.atomic():
        row.save()
        lines.did(by, "wrote", "own approach", [row.id], at=at, layer=Layer.ADMIN)
    return row


def rewrite_approach(key: str, said: Described, *, by: Visitor, at: datetime) -> OwnApproach:
    """Say it anew; a technique that is taken out keeps its name where a session had it."""
    row = queries.own(by, key)
    row.description = kept(_checked(said, by), techniques_of(row))
    with transaction.atomic():
        row.save()
        lines.did(by, "changed", "own approach", [row.id], at=at, layer=Layer.ADMIN)
    return row


def retire_approach(key: str, *, by: Visitor, at: datetime) -> OwnApproach:
    """Offer it no more; the therapies that have it go on with it."""
    return _set_retired(queries.own(by, key), "own approach", at, by=by, at=at)


def bring_back_approach(key: str, *, by: Visitor, at: datetime) -> OwnApproach:
    """Offer it again."""
    return _set_retired(queries.own(by, key), "own approach", None, by=by, at=at)


# ------------------------------------------------------------------ voices


def write_voice(said: VoiceSaid, *, by: Visitor, at: datetime) -> OwnVoice:
    """A voice of the practice's own."""
    queries.may_write(by)
    row = OwnVoice(practice_id=by.practice, key=new_key(), since=at, words=_spoken(said))
    with transaction.atomic():
        row.save()
        lines.did(by, "wrote", "own voice", [row.id], at=at, layer=Layer.ADMIN)
    return row


def rewrite_voice(key: str, said: VoiceSaid, *, by: Visitor, at: datetime) -> OwnVoice:
    """Other words, wherever it is spoken."""
    row = queries.own_voice(by, key)
    row.words = _spoken(said)
    with transaction.atomic():
        row.save()
        lines.did(by, "changed", "own voice", [row.id], at=at, layer=Layer.ADMIN)
    return row


def retire_voice(key: str, *, by: Visitor, at: datetime) -> OwnVoice:
    """Offer it no more; whoever speaks in it goes on."""
    return _set_retired(queries.own_voice(by, key), "own voice", at, by=by, at=at)


def bring_back_voice(key: str, *, by: Visitor, at: datetime) -> OwnVoice:
    """Offer it again."""
    return _set_retired(queries.own_voice(by, key), "own voice", None, by=by, at=at)


def speak(voice: str, *, by: Visitor, at: datetime) -> Member:
    """The voice that one's own new therapies begin with."""
    if voice not in dict(queries.voices(by)):
        raise NotHere
    with transaction.atomic():
        me = member(by, by.id)
        me.voice = voice
        me.save(update_fields=["voice"])
        lines.did(by, "changed", "own page", [by.id], at=at, layer=Layer.ADMIN)
    return me


def _spoken(said: VoiceSaid) -> dict[str, Any]:
    """What is kept of a voice; raises CannotBe."""
    slots = {
        slot: some_words(
            slot,
            {language: words or "" for language, words in said.words[slot].items()},
            may_be_silent=slot in MAY_BE_SILENT,
        )
        for slot in SLOTS
    }
    return {"name": a_title(said.name, "name"), "slots": slots}


# ------------------------------------------------------------------ both


def _set_retired(row: Row, what: str, when: datetime | None, *, by: Visitor, at: datetime) -> Row:
    if (row.retired_at is None) == (when is None):
        return row
    row.retired_at = when
    with transaction.atomic():
        row.save()
        act = "retired" if when else "brought back"
        lines.did(by, act, what, [row.id], at=at, layer=Layer.ADMIN)
    return row


def _checked(said: Described, by: Visitor) -> Described:
    """What can be kept; raises CannotBe."""
    a_title(said.name, "name")
    known = {
        "family": (said.family in catalogue.FAMILIES),
        "stance": (said.stance in catalogue.STANCES),
        "structure": (said.structure in catalogue.STRUCTURES),
        "voice": (said.voice in dict(queries.voices(by, said.voice))),
        "note_format": (said.note_format in NOTE_FORMATS),
        "artefacts": (catalogue.artefacts().keys() >= set(said.artefacts)),
        "measures": all(_is_offered(name) for name in said.measures),
    }
    for name, is_known in known.items():
        if not is_known:
            raise CannotBe(_("Please choose from the list."), name)
    return said


def _is_offered(measure: str) -> bool:
    found = catalogue.measures().get(measure)
    return found is not None and found.known
