"""Search in five thousand notes of 2 KB, which one therapist wrote."""

from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone

from bench.laying import Seat
from bench.pages import Page, form
from bench.words import SENTENCE, content
from holdspace.hour.notes.models import Note

NOTES: Final = 5_000
SENTENCES: Final = 19  # some 2 KB with what stands around them
SOUGHT: Final = "heron"
HOLDING: Final = 400  # one note in so many holds the word


def write_notes(seat: Seat) -> None:
    """Signed, voided or not, a note is opened and looked through alike: drafts will do."""
    at = timezone.now() - timedelta(days=400)
    has = Note.objects.filter(author=seat.member).count()
    Note.objects.bulk_create(
        (_note(seat, number, at + timedelta(minutes=number)) for number in range(NOTES - has)),
        batch_size=500,
    )


def _note(seat: Seat, number: int, at: datetime) -> Note:
    words = content(number, "looked through")
    words["fields"]["came"] = SENTENCE * SENTENCES + SOUGHT * (number % HOLDING == 0)
    return Note(
        practice_id=seat.member.practice_id, author=seat.member, format="three_line",
        therapy_id=seat.therapies[number % len(seat.therapies)], content=words, version=1,
        saved_by_tab="measured", began_at=at, saved_at=at,
    )  # fmt: skip


SEARCH: Final = Page("search", 60, lambda *_: form(reverse("note_search"), {"q": SOUGHT}))
