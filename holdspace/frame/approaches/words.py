"""The words of a voice: what a therapy's pages call the person, the work, an ending."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol

import yaml

from holdspace.frame.approaches.tongues import Said, complete, spoken

_FILE: Final = Path(__file__).parent / "data" / "voices.yaml"
PLAINEST: Final = "counselling"


@dataclass(frozen=True, slots=True)
class Words:
    """One voice. A slot that is None has no page, tab or field in that voice."""

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


class Voiced(Protocol):
    """Whatever speaks in a voice: a therapy, a practice, a member."""

    @property
    def voice(self) -> str: ...


@cache
def voices(language: str) -> dict[str, Words]:
    """Every voice by its name, in one of our languages."""
    raw = yaml.safe_load(_FILE.read_text(encoding="utf-8"))["voices"]
    return {name: Words(**_in(language, name, slots)) for name, slots in raw.items()}


def _in(language: str, voice: str, slots: dict[str, Said | None]) -> dict[str, Any]:
    return {
        slot: said and complete(said, f"{voice}: {slot}")[language] for slot, said in slots.items()
    }


def voice_words(speaker: Voiced) -> Words:
    """The words for a therapy, in the language of the page; the plainest where it has no voice."""
    known = voices(spoken())
    return known.get(speaker.voice, known[PLAINEST])
