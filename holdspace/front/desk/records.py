"""The record of one who takes part: what is theirs alone, with nobody else's name in it.

Disclosure cuts along the participant and never along the table: what all wrote or said together
travels only with the consent of all, and is left out here and said to be. What was written of one
of them may still name another; such a name gives way to other words, and how many did is said.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.utils import formats, timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.paper.document import render
from holdspace.frame.people.naming import Forms, forms_of, redacted
from holdspace.frame.therapy import labels
from holdspace.frame.therapy import queries as therapies
from holdspace.frame.therapy.models import Participant, Therapy
from holdspace.frame.therapy.page import called
from holdspace.frame.therapy.rules import Unit
from holdspace.hour.encounters import queries as encounters
from holdspace.hour.encounters.labels import ATTENDED
from holdspace.hour.measures import queries as measures
from holdspace.hour.notes import queries as notes
from holdspace.hour.notes.models import Note
from holdspace.hour.notes.pages import as_read

MOST_NOTES: Final = 5000
SHOWN_STATES: Final = ("signed", "voided")
ON_PAPER: Final = Path(__file__).parent / "templates" / "desk" / "paper" / "record.typ"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that is in the record: when, what, and in which words."""

    when: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    """Entries of a kind."""

    heading: str
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Record:
    """All that is somebody's own in one therapy."""

    therapy: Therapy
    seat: Participant
    name: str
    part: str
    sections: list[Section]
    removed: int  # places where somebody else was named
    joint: int  # notes of all together, which are left out

    @property
    def left_out(self) -> list[str]:
        """What is not in it, in sentences."""
        said = []
        if self.joint:
            msg = ngettext(
                "%(n)d note of all together is not shown: all would have to agree.",
                "%(n)d notes of all together are not shown: all would have to agree.",
                self.joint,
            )
            said.append(msg % {"n": self.joint})
        if self.removed:
            msg = ngettext(
                "In %(n)d place somebody else was named; other words stand there.",
                "In %(n)d places somebody else was named; other words stand there.",
                self.removed,
            )
            said.append(msg % {"n": self.removed})
        return said


def record_of(by: Visitor, participant: UUID) -> Record:
    """What is one participant's own, for whoever may read the therapy's record; or NotHere."""
    seat = therapies.one_participant(by, participant, Action.READ)
    therapy = seat.therapy
    others = _others(seat, therapies.participants(by, [therapy.id]))
    written = notes.of_therapy(by, therapy.id, limit=MOST_NOTES)
    own = [note for note in written if _is_own(note, seat, others)]
    said = _Said(others)
    sections = [
        Section(_("When they came"), list(_attended(by, seat))),
        Section(_("In their own words"), list(_hopes(by, seat, said))),
        Section(_("Notes"), list(_notes(by, own, said))),
        Section(_("Measures"), list(_measures(by, seat, said))),
    ]
    return Record(
        therapy=therapy, seat=seat, name=called(seat), part=str(labels.PARTS[seat.part]),
        sections=[one for one in sections if one.entries], removed=said.removed,
        joint=len([note for note in written if note.participant_id is None and note not in own]),
    )  # fmt: skip


def _others(seat: Participant, everybody: Iterable[Participant]) -> Mapping[UUID, Forms]:
    """How the others may be named; a word of one's own name is no other's."""
    mine = forms_of([seat.person.name, seat.person.preferred_name])
    named = {
        one.id: forms_of([one.person.name, one.person.preferred_name])
        for one in everybody
        if one.person_id != seat.person_id
    }
    return {
        one: Forms(
            forms.words - mine.words, forms.initials - mine.initials, forms.unspaced - mine.unspaced
        )
        for one, forms in named.items()
    }


class _Said:
    """People's words without the names of the others, counted."""

    def __init__(self, others: Mapping[UUID, Forms]) -> None:
        self._others = others
        self.removed = 0

    def __call__(self, words: str) -> str:
        said, count = redacted(words, self._others, _("[somebody else]"))
        self.removed += count
        return said


def _is_own(note: Note, seat: Participant, others: Mapping[UUID, Forms]) -> bool:
    """Theirs by name; or, in an individual's therapy with nobody else in it, of all together."""
    if note.state not in SHOWN_STATES:
        return False
    alone = seat.therapy.unit == Unit.INDIVIDUAL and not others
    return note.participant_id == seat.id or (note.participant_id is None and alone)


def _on(day: date) -> str:
    return formats.date_format(day, "DATE_FORMAT")


def _attended(by: Visitor, seat: Participant) -> Iterator[Entry]:
    for row in encounters.attended_by(by, seat):
        when = timezone.localtime(row.session.starts_at)
        yield Entry(f"{_on(when.date())}, {when:%H:%M}", "", str(ATTENDED[row.state]))


def _hopes(by: Visitor, seat: Participant, said: _Said) -> Iterator[Entry]:
    for aim in therapies.aims(by, [seat.therapy_id]):
        if aim.participant_id == seat.id:
            yield Entry(_on(aim.since), "", said(aim.words))


def _notes(by: Visitor, own: list[Note], said: _Said) -> Iterator[Entry]:
    added = notes.addenda(by, [note.id for note in own])
    for note in own:
        read = as_read(note, added.get(note.id, []))
        when = _on(timezone.localdate(read.about_at))
        if note.state == "voided":
            yield Entry(when, str(read.state), said(note.void_reason or ""))
            continue
        if read.thread:
            yield Entry(when, _("Thread"), said(read.thread))
        for line in read.lines:
            yield Entry(when, str(line.label), said(line.words))
        for one in read.addenda:
            yield Entry(_on(timezone.localdate(one.signed_at)), _("Added"), said(one.words))


def _measures(by: Visitor, seat: Participant, said: _Said) -> Iterator[Entry]:
    for course in measures.courses(by, [seat.therapy_id]).get(seat.therapy_id, []):
        if course.participant_id != seat.id or not course.is_own:
            continue
        for at, total in course.points:
            if total is not None:
                yield Entry(_on(timezone.localdate(at)), said(course.name), f"{total:g}")


def on_paper(record: Record, practice: str) -> HttpResponse:
    """The same as a tagged PDF whose file's name says nothing."""
    told = {
        "name": record.name, "practice": practice, "made_on": _on(timezone.localdate()),
        "part": record.part, "left_out": record.left_out,
        "sections": [
            {"heading": section.heading, "entries": [
                {"when": one.when, "label": one.label, "words": one.words}
                for one in section.entries
            ]}
            for section in record.sections
        ],
    }  # fmt: skip
    made = render(ON_PAPER, told, title=_("Record"), language=get_language() or "en")
    headers = {"Content-Disposition": 'attachment; filename="record.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)
