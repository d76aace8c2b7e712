"""What each of the client's pages is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault import keyring
from holdspace.front.portal.care import Line
from holdspace.front.portal.device import Device
from holdspace.front.portal.faces import Face, faces
from holdspace.front.portal.words import Words
from holdspace.hour.measures.instruments import Anchors, Instrument, Item, Option
from holdspace.hour.measures.models import Answering
from holdspace.hour.measures.queries import Held
from holdspace.hour.measures.rules import OPEN, State
from holdspace.hour.measures.scoring import skipped_by
from holdspace.hour.measures.shelves import instrument_of
from holdspace.hour.measures.wording import Wording, wording


@dataclass(frozen=True, slots=True)
class Checkin:
    """One client at one device: what they came for, and in which language."""

    by: Visitor
    held: Held
    device: Device
    sees_answers: bool
    rows: Sequence[Answering]
    at: datetime

    @property
    def language(self) -> str:
        return self.device.language

    @property
    def open_rows(self) -> list[Answering]:
        return [row for row in self.rows if row.state in OPEN]


@dataclass(frozen=True, slots=True)
class Shell:
    """What every page has: words, languages, the way to help."""

    say: Words
    language: str
    languages: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    help_href: str
    reads: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question a screen."""

    row: Answering
    instrument: Instrument
    item: Item
    words: Wording
    number: int
    place: int
    count: int
    chosen: int | None
    back_href: str

    @property
    def href(self) -> str:
        return item_href(self.row, self.number)

    @property
    def text(self) -> str:
        return self.words.texts[self.item.id]

    @property
    def stem(self) -> str:
        return self.words.stem_of(self.item.id)

    @property
    def options(self) -> tuple[Option, ...]:
        return self.words.options_of(self.item.id)

    @property
    def anchors(self) -> Anchors | None:
        return self.words.anchors.get(self.item.id)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One question with its answer, to be looked over."""

    text: str
    answer: str
    href: str
    language: str


def item_href(row: Answering, number: int) -> str:
    return reverse("checkin_item", args=[row.id, number])


def question(checkin: Checkin, row: Answering, number: int) -> Question:
    """The question at a place of a questionnaire; IndexError beyond its end."""
    instrument = instrument_of(row)
    item = instrument.items[number - 1]
    before, count = _counted(checkin, row)
    seen = checkin.sees_answers
    return Question(
        row=row,
        instrument=instrument,
        item=item,
        words=wording(instrument, checkin.language),
        number=number,
        place=before + number,
        count=count,
        chosen=row.answers.get(item.id) if seen else None,
        back_href=_back(checkin, row, number) if seen else "",
    )


def key_of(checkin: Checkin) -> bytes:
    """What seals this link's unsent answers in the browser; only who holds the link gets it."""
    return keyring.derived(checkin.by.practice, f"answers {checkin.by.id}")


def ahead(checkin: Checkin) -> list[Question]:
    """What was not asked yet: no answer that was given before stands in it."""
    return [
        question(checkin, row, number)
        for row in checkin.open_rows
        for number, item in enumerate(instrument_of(row).items, start=1)
        if item.id not in row.answers
    ]


def _counted(checkin: Checkin, row: Answering) -> tuple[int, int]:
    """How many questions come before a questionnaire, and how many there are in all."""
    lengths = [(each.id, len(instrument_of(each).items)) for each in checkin.rows]
    ids = [each for each, _ in lengths]
    before = sum(length for _, length in lengths[: ids.index(row.id)])
    return before, sum(length for _, length in lengths)


def _back(checkin: Checkin, row: Answering, number: int) -> str:
    if number > 1:
        return item_href(row, number - 1)
    ids = [each.id for each in checkin.open_rows]
    place = ids.index(row.id) if row.id in ids else 0
    if place == 0:
        return ""
    earlier = checkin.open_rows[place - 1]
    return item_href(earlier, len(instrument_of(earlier).items))


def after(checkin: Checkin, row: Answering, number: int) -> str:
    """Where one goes from a question: the one after it, else whatever is still open."""
    if checkin.sees_answers:
        instrument = instrument_of(row)
        skipped = skipped_by(instrument, row.answers)
        for further, item in enumerate(instrument.items[number:], start=number + 1):
            if item.id not in skipped:
                return item_href(row, further)
    return next_place(checkin)


def note_answer(row: Answering, item: Item, value: int | None) -> None:
    """Say of a row in memory what was just saved of it, so that it need not be read again."""
    row.answers = {**row.answers, item.id: value}
    row.state = State.BEGUN.value


def next_place(checkin: Checkin) -> str:
    """The first question that was not asked yet, else the page to look it over, else the end."""
    for row in checkin.open_rows:
        instrument = instrument_of(row)
        done = skipped_by(instrument, row.answers) | set(row.answers)
        for number, item in enumerate(instrument.items, start=1):
            if item.id not in done:
                return item_href(row, number)
    return reverse("checkin_review" if checkin.open_rows else "checkin_done")


def answers_of(checkin: Checkin, rows: Sequence[Answering], say: Words) -> list[Sentence]:
    """Questions with their answers; on a device that may not see them, whether there is one."""
    found = []
    for row in rows:
        instrument = instrument_of(row)
        said = wording(instrument, checkin.language)
        skipped = skipped_by(instrument, row.answers) - set(row.answers)
        for number, item in enumerate(instrument.items, start=1):
            if item.id in skipped:
                continue
            answer = _answer(checkin, row, item, said, say)
            changes = checkin.sees_answers or item.id not in row.answers
            href = item_href(row, number) if row.state in OPEN and changes else ""
            found.append(Sentence(said.texts[item.id], answer, href, said.language))
    return found


def _answer(checkin: Checkin, row: Answering, item: Item, said: Wording, say: Words) -> str:
    if item.id in row.answers and not checkin.sees_answers:
        return say.hidden_answer
    value = row.answers.get(item.id)
    if value is None:
        return say.not_answered
    shown = faces_of(checkin, instrument_of(row), said.options_of(item.id), say)
    as_face = {face.value: face.words for face in shown}
    return as_face.get(value) or said.label(value, item.id)


def faces_of(
    checkin: Checkin, instrument: Instrument, options: Sequence[Option], say: Words
) -> tuple[Face, ...]:
    """The faces that stand for the answers on this device; none where the answers do."""
    return faces(instrument, options, say) if checkin.held.has_faces else ()


def declined(rows: Sequence[Answering]) -> list[Answering]:
    """What was declined as a whole."""
    return [row for row in rows if row.state == State.DECLINED.value]


def finished(rows: Sequence[Answering]) -> list[Answering]:
    return [row for row in rows if row.state == State.FINISHED.value]
