"""What the tests of notes share: a note begun, and words to put into it."""

from datetime import datetime, timedelta
from typing import Any

from holdspace.hour.notes import actions, rules
from holdspace.hour.notes.models import Note
from tests.cast import NOW, Cast

LATER = NOW + timedelta(minutes=55)


def words(note_format: str = "three_line", **more: Any) -> rules.Content:
    """A note's content, empty but for what is said here (fields by name, thread, between)."""
    content = rules.empty(note_format)
    for name, said in more.items():
        if name in content["fields"]:
            content["fields"][name] = said
        else:
            content[name] = said
    return content


def a_note(cast: Cast, who: str = "mira", therapy: str = "amara", **more: Any) -> Note:
    """A draft, about Amara's session where nothing else is said."""
    session = cast.session.id if therapy == "amara" else None
    by = cast.visitor(who)
    note = actions.begin(getattr(cast, therapy).id, session, by=by, at=LATER)
    if more:
        save(cast, note, who, **more)
        note.refresh_from_db()
    return note


def save(cast: Cast, note: Note, who: str = "mira", **more: Any) -> actions.Saved:
    base, tab = more.pop("base", 0), more.pop("tab", "tab-a")
    content = words(note.format, **more)
    return actions.save(
        note.id, content, base_version=base, tab=tab, by=cast.visitor(who), at=LATER
    )


def a_signed_note(cast: Cast, who: str = "mira", **more: Any) -> Note:
    note = a_note(cast, who, **(more or {"thread": "We sat."}))
    return sign(cast, note, who)


def sign(cast: Cast, note: Note, who: str = "mira", at: datetime = LATER) -> Note:
    """Signed by somebody who says that everybody was there."""
    there = [cast.participant().id]
    return actions.sign(note.id, there, by=cast.visitor(who), at=at)
