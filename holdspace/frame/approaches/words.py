"""The words of a voice: what a therapy's pages call the person, the work, an ending."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from types import MappingProxyType
from typing import Any, Final, Protocol

from holdspace.frame.approaches.catalogue import read
from holdspace.frame.approaches.tongues import LANGUAGES, Said, complete, spoken

PLAINEST: Final = "counselling"


@dataclass(frozen=True, slots=True)
class Words:
    """One voice. A slot that is None has no page, tab or field in that voice.

    Each word stands alone, as a heading or a label does: no sentence is put together from one,
    since German and Spanish would bend it.
    """

    person: str
    people: str
    work: str
    practitioner: str
    problem: str
    problem_list: str | None
    understanding: str
    plan: str
    aim: str | None
    aims: str | None
    meeting: str
    record: str
    between: str | None
    measure: str | None
    finish: str
    finish_doc: str
    absence: str
    start: str


SLOTS: Final = tuple(field.name for field in fields(Words))
MAY_BE_SILENT: Final = ("problem_list", "aim", "aims", "between", "measure")
InLanguages = Mapping[str, Mapping[str, str | None]]  # by slot, then by language


class Voiced(Protocol):
    """Whatever speaks in a voice: a therapy, a practice, a member."""

    @property
    def voice(self) -> str: ...


@cache
def voices(language: str) -> Mapping[str, Words]:
    """Every voice by its name, in one of our languages."""
    raw = read("voices.yaml")["voices"]
    return MappingProxyType({name: Words(**_in(language, name, of)) for name, of in raw.items()})


def _in(language: str, voice: str, slots: dict[str, Said | None]) -> dict[str, Any]:
    return {
        slot: said and complete(said, f"{voice}: {slot}")[language] for slot, said in slots.items()
    }


def voice_words(speaker: Voiced) -> Words:
    """The words of one of the house's voices, in the language of the page; else the plainest.

    Who has a visitor asks `queries.words`, which knows the practice's own voices too.
    """
    known = voices(spoken())
    return known.get(speaker.voice, known[PLAINEST])


def in_languages(voice: str) -> InLanguages:
    """A voice of the house in every language, to begin one's own from."""
    return {
        slot: {language: getattr(voices(language)[voice], slot) for language in LANGUAGES}
        for slot in SLOTS
    }


def words_from(said: InLanguages) -> Words:
    """A practice's own voice, in the language of the page."""
    slots: dict[str, Any] = {slot: said[slot][spoken()] for slot in SLOTS}
    return Words(**slots)
