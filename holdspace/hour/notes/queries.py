"""Reading notes: a therapy's, a session's, one's own that are not finished."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import nlargest
from operator import itemgetter
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Coalesce, RowNumber

from holdspace.cellar.access.gate import NotHere, check
from holdspace.cellar.access.table import Action, Relation, ways
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.prepared import Many, One, first, prepared, streamed
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.approaches import queries as approaches
from holdspace.frame.approaches.tongues import Spoken
from holdspace.frame.therapy import queries as therapies
from holdspace.frame.therapy.models import Participant
from holdspace.hour.encounters import queries as encounter_queries
from holdspace.hour.encounters import rules as encounters
from holdspace.hour.encounters.models import Attendance, Session
from holdspace.hour.encounters.rules import TAKES_TIME, Attended
from holdspace.hour.notes import scanning
from holdspace.hour.notes.models import Addendum, Note, Version
from holdspace.hour.notes.rules import (
    FOUND_AT_MOST,
    NOTES_FOR_A_THREAD,
    SHORTEST_SEARCH,
    UNWRITTEN_DAYS,
    State,
)

_WITH = ("therapy", "session", "participant__person", "author", "signed_by", "voided_by")
_STANDING = (State.DRAFT.value, State.SIGNED.value)
_OVER = (encounters.State.HELD.value, encounters.State.NOT_HELD.value)
_NEVER = datetime.max.replace(year=9998, tzinfo=UTC)  # later than anything that was written
_MOST_DRAFTS, _MOST_UNWRITTEN = 10, 20  # on a page
_FOR_A_THREAD = (
    "row_version", "practice_id", "layer", "therapy_id", "participant_id", "content", "began_at",
    "saved_at", "session__starts_at",
)  # fmt: skip
_MOST_PARTS = 60  # of one session: they stay on one page


@dataclass(frozen=True, slots=True)
class Thread:
    """Where it was left: one line for next time, and what was agreed in between."""

    words: str
    between: str
    session_id: UUID | None
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """A note that holds what was sought, and the words around it."""

    note: Note
    before: str
    at: str
    after: str


def visible_to(by: Visitor, action: Action = Action.READ) -> QuerySet[Note]:
    """The notes a visitor may do this to: the same answer as the gate's, as SQL."""
    reach = therapies.reach(by, action, Layer.RECORD, to="therapy_id")
    if Relation.AUTHOR_OF in ways(by.roles, Layer.RECORD, action):
        as_author = Q(author_id=by.id)
        if by.narrowed_to is not None:
            as_author &= Q(therapy_id=by.narrowed_to)
        reach |= as_author
    return Note.objects.filter(reach, practice_id=by.practice)


def relations(by: Visitor, note: Note) -> frozenset[Relation]:
    """How a visitor stands to a note: as to its therapy, and perhaps as its author."""
    found = therapies.relations(by, note.therapy)
    is_author = note.author_id == by.id and by.narrowed_to in (None, note.therapy_id)
    return found | {Relation.AUTHOR_OF} if is_author else found


def one(by: Visitor, note: UUID, action: Action = Action.READ) -> Note:
    """A note, or NotHere; the page's line names its therapy."""
    found = first(_note(practice=by.practice, note=note))
    if found is None:
        raise NotHere(subject=note)
    check(by, action, Layer.RECORD, relations(by, found), subject=note)
    _opened(by, [found])
    return found


@prepared
def _note(practice: One, note: One) -> QuerySet[Note]:
    return Note.objects.select_related(*_WITH).filter(pk=note, practice_id=practice)


def is_mine_to_write(by: Visitor, note: Note) -> bool:
    """Only the author writes in a draft; the others of the therapy read it."""
    return note.state == State.DRAFT and note.author_id == by.id


# ------------------------------------------------------------------ of a session


def of_session(by: Visitor, session: UUID) -> list[Note]:
    """What was written about a session, by all and of all, as it was begun."""
    return _opened(by, _readable(by, _about(practice=by.practice, session=session)))


@prepared
def _about(practice: One, session: One) -> QuerySet[Note]:
    chosen = Note.objects.filter(practice_id=practice, session_id=session)
    chosen = chosen.exclude(state=State.DISCARDED).select_related(*_WITH)
    return chosen.order_by("began_at", "id")


def _readable(by: Visitor, rows: Sequence[Note]) -> list[Note]:
    """Of rows of the practice, those of therapies whose record the visitor may read."""
    known = set(therapies.reached(by, {row.therapy_id for row in rows}))
    return [row for row in rows if row.therapy_id in known]


def mine_for(by: Visitor, session: UUID) -> Note | None:
    """My own note about a session, of all together: the draft first, then the newest."""
    rows = _readable(by, _about(practice=by.practice, session=session))
    mine = [row for row in rows if row.author_id == by.id and row.participant_id is None]
    standing = [row for row in reversed(mine) if row.state in _STANDING]
    return first(_opened(by, sorted(standing, key=lambda row: row.state)[:1]))


def states_of(by: Visitor, sessions: Iterable[UUID]) -> dict[UUID, str]:
    """For each session that has a note: signed, or still a draft."""
    rows = _states(practice=by.practice, among=list(sessions))
    known = set(therapies.reached(by, {therapy for therapy, _, _ in rows}))
    return {session: state for therapy, session, state in rows if therapy in known}


@prepared
def _states(practice: One, among: Many) -> QuerySet[Note, tuple[UUID, UUID, str]]:
    chosen = Note.objects.filter(practice_id=practice, session_id__in=among, state__in=_STANDING)
    return chosen.order_by("state").values_list("therapy_id", "session_id", "state")


def present(by: Visitor, note: Note) -> list[Attendance]:
    """Who was there, as far as it was said."""
    if note.session_id is None:
        return []
    chosen = Attendance.objects.filter(practice_id=by.practice, session_id=note.session_id)
    found = list(chosen.select_related("participant__person").order_by("id"))
    by.opened.note(row.participant.person_id for row in found)
    return found


def unmarked_of(by: Visitor, note: Note, *, at: datetime) -> list[Attendance]:
    """Of whom nobody has said yet whether they were there, at a session that has begun by now."""
    session = note.session
    if session is None or at < session.starts_at or session.state not in TAKES_TIME:
        return []
    return [row for row in present(by, note) if row.state == Attended.EXPECTED]


# ------------------------------------------------------------------ of therapies


def _by_time() -> Coalesce:
    """A note stands where its session stood, and one about none where it was begun."""
    return Coalesce("session__starts_at", "began_at")


def of_therapy(
    by: Visitor, therapy: UUID, *, limit: int, before: datetime | None = None
) -> list[Note]:
    """A therapy's notes, newest first. The parts of one session are never torn apart."""
    therapies.one(by, therapy)
    chosen = visible_to(by).filter(therapy_id=therapy).exclude(state=State.DISCARDED)
    chosen = chosen.annotate(about_at=_by_time()).select_related(*_WITH)
    if before is not None:
        chosen = chosen.filter(about_at__lt=before)
    rows = list(chosen.order_by("-about_at", "-id")[: limit + _MOST_PARTS])
    kept = rows[:limit]
    kept += [row for row in rows[limit:] if about_at(row) == about_at(kept[-1])]
    return _opened(by, kept)


def about_at(note: Note) -> datetime:
    """The moment a note stands at in its therapy."""
    return note.began_at if note.session is None else note.session.starts_at


def latest_threads(
    by: Visitor, of: Iterable[UUID], *, before: datetime | None = None
) -> dict[UUID, Thread]:
    """Each therapy's latest thread: of its newest few notes, the first that has one."""
    among = therapies.reached(by, of)
    newest = _newest(practice=by.practice, among=among, before=before or _NEVER)
    rows = _for_a_thread(among=[pk for (pk,) in newest])
    keyring.warm(row.seal_scope() for row in rows)
    rows.sort(key=lambda row: (about_at(row), row.id), reverse=True)
    found: dict[UUID, Thread] = {}
    for row in rows:
        words = row.content["thread"].strip() if row.therapy_id not in found else ""
        if words:
            between = row.content["between"]
            found[row.therapy_id] = Thread(words, between, row.session_id, row.saved_at)
    by.opened.note(found)
    return found


@prepared
def _newest(practice: One, among: Many, before: One) -> QuerySet[Note, tuple[UUID]]:
    chosen = Note.objects.filter(
        practice_id=practice, therapy_id__in=among, participant=None, state__in=_STANDING
    ).annotate(about_at=_by_time())  # fmt: skip
    place = Window(
        RowNumber(), partition_by=[F("therapy_id")], order_by=[F("about_at").desc(), F("id").desc()]
    )
    placed = chosen.filter(about_at__lt=before).annotate(place=place)
    return placed.filter(place__lte=NOTES_FOR_A_THREAD).values_list("pk")


@prepared
def _for_a_thread(among: Many) -> QuerySet[Note]:
    """The notes of these ids.

    In one statement with the choice of them, PostgreSQL may choose anew for every note there is,
    which takes minutes in a house whose tables it has not counted yet.
    """
    return Note.objects.filter(pk__in=among).select_related("session").only(*_FOR_A_THREAD)


def search(by: Visitor, words: str) -> list[Found]:
    """Where something stands in the notes of one's own caseload, the newest first.

    Every note is opened and looked through, since no index of words exists: 5,000 notes of 2 KB
    are to take at most 60 ms.
    """
    sought = scanning.as_sought(words)
    if len(sought) < SHORTEST_SEARCH:
        return []
    chosen = visible_to(by).exclude(state=State.DISCARDED)  # unsorted: sorting would copy it all
    keyring.warm(therapies.own(by))
    rows = chosen.values_list("id", "row_version", "layer", "content")
    holding = scanning.holding(streamed(rows), by.practice, sought)
    places = ((note, scanning.first_place(content, sought)) for note, content in holding)
    found = ((note, place) for note, place in places if place is not None)
    hits = dict(nlargest(FOUND_AT_MOST, found, key=itemgetter(0)))  # ids are in order of time
    notes = _opened(by, _found(among=hits))
    return [Found(note, *hits[note.id]) for note in notes]


@prepared
def _found(among: Many) -> QuerySet[Note]:
    return Note.objects.select_related(*_WITH).filter(pk__in=among).order_by("-id")


# ------------------------------------------------------------------ still to do


def to_finish(by: Visitor) -> list[Note]:
    """My own drafts of sessions that are over, and of none; the oldest first."""
    among = therapies.reached(by, therapies.own(by))
    drafts = _drafts(author=by.id, among=among)
    return _opened(by, drafts)


@prepared
def _drafts(author: One, among: Many) -> QuerySet[Note]:
    over = Q(session=None) | Q(session__state__in=_OVER)
    mine = Note.objects.filter(over, author_id=author, therapy_id__in=among, state=State.DRAFT)
    oldest = mine.order_by("began_at", "id").values("pk")[:_MOST_DRAFTS]  # sorted without words
    chosen = Note.objects.filter(pk__in=oldest).select_related("session", "participant")
    return chosen.order_by("began_at", "id")


def unwritten(by: Visitor, *, at: datetime) -> list[Session]:
    """Sessions of mine that were held lately and of which nothing is written; the oldest first."""
    among = therapies.reached(by, therapies.own(by), Action.WRITE)
    since = at - timedelta(days=UNWRITTEN_DAYS)
    found = _unwritten(among=among, since=since, until=at)
    keyring.warm(session.therapy_id for session in found)
    by.opened.note(session.therapy_id for session in found)
    return found


@prepared
def _unwritten(among: Many, since: One, until: One) -> QuerySet[Session]:
    written = Note.objects.filter(session=OuterRef("pk")).exclude(state=State.DISCARDED)
    held = Session.objects.filter(
        therapy_id__in=among, state=encounters.State.HELD, starts_at__gte=since,
        starts_at__lte=until,
    )  # fmt: skip
    found = held.filter(~Exists(written)).only("therapy_id", "starts_at")
    return found.order_by("starts_at", "id")[:_MOST_UNWRITTEN]


def places(by: Visitor, *, at: datetime) -> list[Session]:
    """The sessions that a draft can be moved to: mine, of the last weeks, newest first."""
    mine = therapies.reached(by, therapies.own(by), Action.WRITE)
    chosen = Session.objects.filter(
        practice_id=by.practice, therapy_id__in=mine, starts_at__lte=at,
        starts_at__gte=at - timedelta(days=UNWRITTEN_DAYS),
    ).exclude(state=encounters.State.WITHDRAWN)  # fmt: skip
    return list(chosen.select_related("therapy").order_by("-starts_at", "id")[:100])


def parts(by: Visitor, therapy: UUID) -> list[Participant]:
    """Whom a part of a note can be about: those who take part, where there are several."""
    found = therapies.participants(by, [therapy])
    return found if len(found) > 1 else []


# ------------------------------------------------------------------ beside a note


def addenda(by: Visitor, notes: Iterable[UUID]) -> dict[UUID, list[Addendum]]:
    """What was added to notes that the caller has already opened, in its order."""
    chosen = Addendum.objects.filter(practice_id=by.practice, note_id__in=list(notes))
    found: dict[UUID, list[Addendum]] = {}
    for row in chosen.select_related("author").order_by("signed_at", "id"):
        found.setdefault(row.note_id, []).append(row)
    return found


def kept_aside(by: Visitor, note: UUID) -> list[Version]:
    """What was typed in another tab while the note had moved on: nothing of it is lost."""
    chosen = Version.objects.filter(practice_id=by.practice, note_id=note, lost_to__isnull=False)
    return list(chosen.order_by("saved_at", "id"))


def done(by: Visitor, notes: Sequence[Note]) -> dict[UUID, list[Spoken]]:
    """By note, what was done in its session, in words; for notes that the caller has opened."""
    sessions = {note.id: note.session_id for note in notes if note.session_id}
    ticked = encounter_queries.done(by, sessions.values())
    return {
        note: approaches.techniques(by, ticked[session])
        for note, session in sessions.items()
        if session in ticked
    }


def _opened(by: Visitor, notes: Iterable[Note]) -> list[Note]:
    found = list(notes)
    scopes = {note.seal_scope() for note in found} | {note.therapy_id for note in found}
    keyring.warm(scopes)
    by.opened.note(note.therapy_id for note in found)
    by.opened.note(note.participant.person_id for note in found if note.participant is not None)
    return found
