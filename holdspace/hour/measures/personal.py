"""Personal questions: goals and problems in somebody's own words, as instruments of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from holdspace.hour.measures.instruments import Instrument, Item, Translation, library, read

FOLDER: Final = Path(__file__).parent / "data" / "personal"
LONGEST: Final = 200


class Kind(StrEnum):
    """What is asked about; also the id by which it is given."""

    GOALS = "own_goals"  # how close each is, 0 to 10
    PROBLEMS = "own_problems"  # how much each bothers, 1 to 7


class NotWords(Exception):
    """These cannot be somebody's questions."""


@cache
def frames() -> Mapping[str, Instrument]:
    """What stands around the words, by kind; read once."""
    return MappingProxyType({str(kind): read(FOLDER / f"{kind}.yaml") for kind in Kind})


@cache
def catalogue() -> Mapping[str, Instrument]:
    """Everything that can be given: the library, and personal questions."""
    return MappingProxyType({**library(), **frames()})


def most(kind: Kind) -> int:
    """How many there can be of a kind."""
    return len(frames()[kind].items)


def checked(kind: Kind, words: Sequence[str]) -> list[str]:
    """The words as they are kept, without empty lines and each once; raises NotWords."""
    lines = dict.fromkeys(" ".join(said.split()) for said in words)
    kept = [line for line in lines if line]
    too_long = any(len(line) > LONGEST or "\0" in line for line in kept)
    if too_long or not 1 <= len(kept) <= most(kind):
        raise NotWords
    return kept


def may_answer(instrument: str, respondent: str) -> bool:
    """Whether its wording speaks to this respondent; personal questions speak to anybody."""
    if instrument in frames():
        return True
    asked = catalogue()[instrument]
    return respondent in (asked.respondent, *asked.informants)


def made(kind: str, words: Sequence[str], version: int) -> Instrument:
    """The instrument that these words make; at most half of its answers may be missing."""
    frame = frames()[kind]
    items = tuple(replace(item, text=said) for item, said in zip(frame.items, words, strict=False))
    worth = {item.id: frame.scoring.worth[item.id] for item in items}
    return replace(
        frame,
        version=version,
        items=items,
        scoring=replace(frame.scoring, worth=MappingProxyType(worth)),
        missing=replace(frame.missing, at_most=len(items) // 2),
        translations=MappingProxyType(
            {tongue: _said(one, items) for tongue, one in frame.translations.items()}
        ),
    )


def _said(translation: Translation, items: Sequence[Item]) -> Translation:
    """The same lines in another language, around the same words."""
    return replace(
        translation,
        items=MappingProxyType(
            {item.id: replace(translation.items[item.id], text=item.text) for item in items}
        ),
    )
