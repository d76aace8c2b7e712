"""What can be written about somebody's safety: prompts for words, and never a score or a level.

The prompts follow what formulation-based guidance asks a clinician to talk about (NICE NG225, 2022,
recommends against predicting by scales or levels; https://www.nice.org.uk/guidance/ng225, not
looked up again here). The wording is our own; every prompt may stay empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from holdspace.frame.people.rules import CannotBe
from holdspace.frame.therapy.rules import some_words

FIRST: Final = ("said", "thoughts", "agreed", "worry", "consulted")
MORE: Final = (
    "harm", "worse", "better", "changed", "holds", "substances", "others", "own_view",
    "others_view", "means", "known", "again",
)  # fmt: skip
PROMPTS: Final = FIRST + MORE
LONGEST_STEP: Final = 500


class Source(StrEnum):
    """What led to an item about safety."""

    THERAPY = "therapy"
    SESSION = "session"
    NOTE = "note"
    MEASURE = "measure"
    CRISIS = "crisis"


class EntryKind(StrEnum):
    """What was added to an item. Nothing is ever taken out or written over."""

    ENQUIRY = "enquiry"
    LINE = "line"  # of what was done and why, in a crisis
    CONTACT = "contact"  # an attempt to reach somebody
    CALMED = "calmed"  # a crisis is over; the item stays open
    CLOSED = "closed"
    REOPENED = "reopened"


class Channel(StrEnum):
    """How somebody was tried to be reached."""

    CALL = "call"
    MESSAGE = "message"
    VISIT = "visit"
    THIRD = "somebody else"


class Result(StrEnum):
    """What came of it."""

    REACHED = "reached"
    NO_ANSWER = "no answer"
    LEFT_WORD = "left word"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that somebody will do by a time."""

    words: str
    owner: UUID
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Enquiry:
    """What was asked and heard, in words; whom it is about, where several take part."""

    words: Mapping[str, str]
    source: Source = Source.THERAPY
    participant: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Calming:
    """How a crisis was left: who looks again and when, or to whom it was handed over."""

    words: str
    follow_up_at: datetime | None = None
    handed_to: str = ""
    for_supervision: bool = False


def some_enquiry(words: Mapping[str, str]) -> dict[str, str]:
    """Return what was written under known prompts. Raises CannotBe where it is nothing at all."""
    said = {name: some_words(words.get(name, ""), name) for name in PROMPTS}
    kept = {name: text for name, text in said.items() if text}
    if not kept:
        raise CannotBe(_("Please write something under at least one of these."), "said")
    return kept


def a_reason(words: str, name: str) -> str:
    """Return words that have to be there. Raises CannotBe."""
    said = some_words(words, name, LONGEST_STEP)
    if not said:
        raise CannotBe(_("Please say it in a few words."), name)
    return said


def a_step(step: Step, *, at: datetime) -> Step:
    """Return a step that can still be done. Raises CannotBe."""
    if step.due_at < at:
        raise CannotBe(_("This time is past."), "due_at")
    return Step(words=a_reason(step.words, "step"), owner=step.owner, due_at=step.due_at)


def some_calming(calming: Calming, *, at: datetime) -> Calming:
    """Return how a crisis was left: nothing ends without somebody who goes on. Raises CannotBe."""
    handed = some_words(calming.handed_to, "handed_to", LONGEST_STEP)
    if calming.follow_up_at is None and not handed:
        msg = _("Please say when somebody looks again, or to whom it was handed over.")
        raise CannotBe(msg, "follow_up_at")
    if calming.follow_up_at is not None and calming.follow_up_at < at:
        raise CannotBe(_("This time is past."), "follow_up_at")
    return Calming(
        words=some_words(calming.words, "words"), follow_up_at=calming.follow_up_at,
        handed_to=handed, for_supervision=calming.for_supervision,
    )  # fmt: skip
