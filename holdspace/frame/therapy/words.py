"""The words of a voice: what a therapy's pages call the person, the work, an ending."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Protocol

import yaml

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
def voices() -> dict[str, Words]:
    """Every voice by its name."""
    said = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {name: Words(**words) for name, words in said["voices"].items()}


def voice_words(spoken: Voiced) -> Words:
    """The words for a therapy; the plainest where the voice is not known."""
    return voices().get(spoken.voice, voices()[PLAINEST])
