"""A note as a page shows it: each thing that was written, under its name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from holdspace.frame.approaches.tongues import Spoken
from holdspace.hour.encounters.models import Attendance
from holdspace.hour.notes import words
from holdspace.hour.notes.models import Addendum, Note, Version
from holdspace.hour.notes.queries import about_at
from holdspace.hour.notes.rules import Content


@dataclass(frozen=True, slots=True)
class Line:
    """Something written, and what it is."""

    label: Any
    words: str


@dataclass(frozen=True, slots=True)
class Read:
    """A note to be read."""

    note: Note
    format: Any
    state: Any
    about_at: datetime
    thread: str
    lines: list[Line]
    safety_came_up: bool | None
    addenda: list[Addendum]
    done: Sequence[Spoken]  # in its session: linked, and not a part of what was written


def as_read(note: Note, addenda: list[Addendum], done: Sequence[Spoken] = ()) -> Read:
    """A note with what was added to it; fields that were left empty are not shown."""
    content = note.content
    return Read(
        note, words.FORMATS[note.format], words.STATES[note.state], about_at(note),
        content["thread"], lines_of(content), content["safety"]["came_up"], addenda, done,
    )  # fmt: skip


def lines_of(content: Content) -> list[Line]:
    """What was written below the thread, in the order of the page."""
    supervision = content["supervision"]
    written = [(words.FIELDS[name], said) for name, said in content["fields"].items()]
    written += [
        (words.SAFETY, content["safety"]["words"]),
        (words.BETWEEN, content["between"]),
        (words.SUPERVISION, supervision["words"] or (words.BRING if supervision["bring"] else "")),
    ]
    return [Line(label, str(said)) for label, said in written if str(said).strip()]


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody, and whether they were there."""

    name: str
    said: Any


def as_present(attendance: Iterable[Attendance]) -> list[Present]:
    """Who was there, in words."""
    return [
        Present(
            one.participant.person.preferred_name or one.participant.person.name,
            words.ATTENDED[one.state],
        )
        for one in attendance
    ]


@dataclass(frozen=True, slots=True)
class Aside:
    """What was typed in another tab, and kept aside."""

    saved_at: datetime
    thread: str
    lines: list[Line]


def as_written(note: Note, versions: Iterable[Version]) -> list[Aside]:
    """Versions kept aside whose words are not the note's own by now."""
    return [
        Aside(one.saved_at, one.content["thread"], lines_of(one.content))
        for one in versions
        if one.content != note.content
    ]
