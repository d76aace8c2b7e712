"""What can be written of an approach: steps with their minutes, techniques, and how many."""

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdspace.frame.people.rules import CannotBe, a_line
from holdspace.frame.practice.rules import OWN

LONGEST_NAME: Final = 80
LONGEST_LINE: Final = 200
LONGEST_ID: Final = 40
MOST_STEPS: Final = 20
MOST_TECHNIQUES: Final = 60
LONGEST_MINUTES: Final = 600
_STEP = re.compile(r"(\d{1,3})\s*(?:min\.?|′|')?\s*[:–-]?\s+(\S.*)")


@dataclass(frozen=True, slots=True)
class StepSaid:
    """A stretch of the hour, in somebody's words."""

    minutes: int
    words: str


@dataclass(frozen=True, slots=True)
class VoiceSaid:
    """What is said of a voice of one's own: its name, and each slot in every language."""

    name: str
    words: Mapping[str, Mapping[str, str | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What is said of an approach of one's own."""

    name: str
    family: str
    stance: str
    structure: str
    voice: str
    note_format: str
    hour: Sequence[StepSaid] = ()
    techniques: Sequence[str] = ()
    artefacts: Sequence[str] = ()
    measures: Sequence[str] = ()


def new_key() -> str:
    """A name for something of a practice's own: short, and nobody else's."""
    return f"{OWN}{secrets.token_hex(6)}"


def a_title(text: str, name: str) -> str:
    """What something is called; raises CannotBe."""
    line = a_line(text, name, LONGEST_NAME)
    if not any(character.isalnum() for character in line):
        raise CannotBe(_("Please say what it is called."), name)
    return line


def hour_from(text: str, name: str = "hour") -> list[StepSaid]:
    """Steps as they are typed, one on each line with its minutes first; raises CannotBe."""
    lines = [(at, line.strip()) for at, line in enumerate(text.splitlines(), 1) if line.strip()]
    steps = [_step(line, at, name) for at, line in lines]
    if len(steps) > MOST_STEPS:
        most = ngettext("At most %(n)d step fits.", "At most %(n)d steps fit.", MOST_STEPS)
        raise CannotBe(most % {"n": MOST_STEPS}, name)
    if sum(step.minutes for step in steps) > LONGEST_MINUTES:
        raise CannotBe(_("Together this is more than ten hours."), name)
    return steps


def _step(line: str, at: int, name: str) -> StepSaid:
    found = _STEP.fullmatch(line)
    if found is None or not found[1].isascii() or not int(found[1]):
        msg = _("Line %(line)s: begin with the minutes, as in “5 Arriving”.")
        raise CannotBe(msg % {"line": at}, name)
    return StepSaid(int(found[1]), a_line(found[2], name, LONGEST_LINE))


def hour_as_typed(steps: Iterable[StepSaid]) -> str:
    """Steps as they stand in the form."""
    return "\n".join(f"{step.minutes} {step.words}" for step in steps)


def techniques_from(text: str, name: str = "techniques") -> list[str]:
    """One on each line, each once; raises CannotBe."""
    lines = (a_line(line, name, LONGEST_LINE) for line in text.splitlines())
    found = list(dict.fromkeys(line for line in lines if line))
    if len(found) > MOST_TECHNIQUES:
        msg = ngettext("At most %(n)d line fits.", "At most %(n)d lines fit.", MOST_TECHNIQUES)
        raise CannotBe(msg % {"n": MOST_TECHNIQUES}, name)
    return found


def with_ids(techniques: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """Each technique under its id: the one it has, or a new one that no other ever had.

    `known` are all that this approach ever had, by id: sessions name them still.
    """
    by_words = {words: name for name, words in known.items()}
    found: dict[str, str] = {}
    for words in techniques:
        found[by_words.get(words) or _new_id(words, {*known, *found})] = words
    return found


def _new_id(words: str, taken: set[str]) -> str:
    stem = slugify(words).replace("-", "_")[: LONGEST_ID - 3].strip("_") or "technique"
    numbered = (f"{stem}_{n}" if n > 1 else stem for n in range(1, len(taken) + 2))
    return next(one for one in numbered if one not in taken)


def some_words(
    slot: str, said: Mapping[str, str], *, may_be_silent: bool
) -> Mapping[str, str | None]:
    """A slot in every language, or in none where it may be silent; raises CannotBe."""
    lines = {language: a_line(words, slot, LONGEST_NAME) for language, words in said.items()}
    if may_be_silent and not any(lines.values()):
        return dict.fromkeys(lines)
    missing = next((language for language, words in lines.items() if not words), None)
    if missing is not None:
        both = _("Write it in each language, or in none.")
        raise CannotBe(both if may_be_silent else _("Please write it."), f"{slot}_{missing}")
    return lines
