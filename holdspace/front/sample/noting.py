"""The notes of the sample: signed ones, a few drafts, and a few still to write."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from holdspace.frame.practice.models import Member
from holdspace.front.sample import writing
from holdspace.front.sample.laying import Held, Laying, Work
from holdspace.front.sample.writing import back_from_the_end
from holdspace.hour.encounters.models import Session
from holdspace.hour.notes.models import Note
from holdspace.hour.notes.rules import Content, State, is_late
from holdspace.hour.notes.signature import hash_of

UNWRITTEN: Final = frozenset({"adeyemi"})  # today.yaml: the latest session has no note yet
DRAFTS: Final = frozenset({"kit", "padraig", "lorenzo", "patience"})  # their latest is unfinished
SIGNED_NEXT_DAY, SIGNED_LATE = 0.12, 0.03  # shares
SUPERVISION_APART: Final = 4
PART_BACK: Final = 3  # how many sessions ago a participant had a part of their own


def write(laying: Laying) -> None:
    notes = [note for work in laying.works.values() for note in _of_therapy(laying, work)]
    notes.sort(key=lambda note: note.began_at)
    for note in notes:
        if note.state == State.SIGNED:
            note.signed_hash = hash_of(note)
    Note.objects.bulk_create(notes, batch_size=200)


def _of_therapy(laying: Laying, work: Work) -> Iterator[Note]:
    words, chance = laying.story.words[work.key], laying.chance("notes", work.key)
    written = work.held[:-1] if work.key in UNWRITTEN else work.held
    for index, held in enumerate(reversed(written)):
        yield from _of_session(work, words, held, index, chance)
    for held, text in work.parents:
        yield _signed(work, held.session, "narrative", writing.free(text), chance)
    yield from _parts_of_their_own(work, words, chance)
    yield from _of_today(laying, work, chance)


def _of_session(
    work: Work, words: dict[str, Any], held: Held, index: int, chance: Random
) -> Iterator[Note]:
    entry = words["notes"][-1 - index % len(words["notes"])]
    note_format, content = writing.written(work.entry["note_format"], entry)
    content["thread"] = (
        words["latest_thread"] if index == 0 else back_from_the_end(words["threads"], index - 1)
    )
    _beside(work, words, content, index, chance)
    if index == 0 and work.key in DRAFTS:
        yield _draft(work, held.session, note_format, content)
        return
    yield _signed(work, held.session, note_format, content, chance)
    for person, line in entry.get("members", {}).items():
        place = work.places[person]
        if place.id in held.came:
            note = _signed(work, held.session, "group_member", writing.of_member(line), chance)
            note.participant_id = place.id
            yield note


def _beside(
    work: Work, words: dict[str, Any], content: Content, index: int, chance: Random
) -> None:
    """What goes with the note: an agreement, a question for supervision, whether safety came up."""
    between = words.get("between", [])
    if between and (index < len(between) or index % 3 == 0):
        content["between"] = back_from_the_end(between, index)
    for number, question in enumerate(words.get("supervision", [])):
        if index == number * SUPERVISION_APART:
            content["supervision"] = {"bring": True, "words": question}
    is_asked = work.entry["stance"] == "clinical" and chance.random() < 0.7
    if is_asked and content["safety"]["came_up"] is None:
        content["safety"]["came_up"] = False


def _parts_of_their_own(work: Work, words: dict[str, Any], chance: Random) -> Iterator[Note]:
    for number, part in enumerate(words.get("individual_parts", [])):
        place = work.places[part["person"]]
        there = [held for held in work.held if place.id in held.came]
        if there:
            held = there[-1 - min(PART_BACK + number, len(there) - 1)]
            note = _signed(work, held.session, "narrative", writing.free(part["text"]), chance)
            note.participant_id = place.id
            yield note


def _of_today(laying: Laying, work: Work, chance: Random) -> Iterator[Note]:
    said = laying.story.today.get(work.key, {}).get("note")
    if not said or work.today is None or work.today.ended_at is None:
        return
    note_format, content = writing.written(work.entry["note_format"], said["fields"])
    content["thread"] = said["thread"]
    note = _signed(work, work.today, note_format, content, chance)
    _sign(
        note, work.lead, work.today.ended_at + timedelta(minutes=said["signed_minutes_after_end"])
    )
    yield note


def _note(work: Work, session: Session, note_format: str, content: Content) -> Note:
    began_at = session.ended_at or session.ends_at
    return Note(
        practice=work.row.practice, therapy=work.row, session=session, author=work.lead,
        format=note_format, content=content, version=1, began_at=began_at, saved_at=began_at,
    )  # fmt: skip


def _draft(work: Work, session: Session, note_format: str, content: Content) -> Note:
    note = _note(work, session, note_format, content)
    note.saved_at = note.began_at + timedelta(minutes=4)
    return note


def _signed(
    work: Work, session: Session, note_format: str, content: Content, chance: Random
) -> Note:
    note = _note(work, session, note_format, content)
    _sign(note, work.lead, _signed_at(note.began_at, chance))
    return note


def _sign(note: Note, by: Member, at: datetime) -> None:
    note.state, note.signed_by, note.signed_at, note.saved_at = State.SIGNED, by, at, at
    note.is_late_entry = is_late(note.began_at, at)


def _signed_at(ended_at: datetime, chance: Random) -> datetime:
    """Mostly in the minutes after the hour; sometimes the next day, seldom later."""
    fate = chance.random()
    if fate < SIGNED_LATE:
        return ended_at + timedelta(hours=chance.uniform(50, 80))
    if fate < SIGNED_NEXT_DAY:
        return ended_at + timedelta(hours=chance.uniform(10, 20))
    return ended_at + timedelta(minutes=chance.uniform(3, 25))
