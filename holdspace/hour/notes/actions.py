"""Writing notes: begun, saved as they grow, signed; then added to or voided, never changed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from holdspace.cellar.access import lines
from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.therapy import queries as therapies
from holdspace.frame.therapy.models import Participant
from holdspace.hour.encounters import actions as hour
from holdspace.hour.encounters.actions import Presence
from holdspace.hour.encounters.models import Session
from holdspace.hour.encounters.rules import Attended
from holdspace.hour.encounters.rules import State as Held
from holdspace.hour.notes import rules
from holdspace.hour.notes.models import Addendum, Note, Version
from holdspace.hour.notes.queries import unmarked_of, visible_to
from holdspace.hour.notes.rules import Content, State
from holdspace.hour.notes.signature import hash_of


@dataclass(frozen=True, slots=True)
class Where:
    """What a note is about: a therapy, one of its sessions or none, all of them or one."""

    therapy: UUID
    session: UUID | None = None
    participant: UUID | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """An acknowledged save: it is on disk."""

    version: int
    saved_at: datetime


class SavedElsewhere(Exception):
    """Another tab or device saved this note in between. Both writings are kept."""

    def __init__(self, theirs: Content, yours: Content, version: int) -> None:
        super().__init__(_("This note was saved from another tab or device in the meantime."))
        self.theirs, self.yours, self.version = theirs, yours, version

    @property
    def joined(self) -> Content:
        return rules.joined(self.theirs, self.yours)


class NoLongerADraft(Exception):
    """The note was signed or discarded in the meantime; nothing was changed."""


class CannotAdd(Exception):
    """An addendum or a voiding that lacks its words, or whose note is not signed."""


def begin(
    therapy: UUID,
    session: UUID | None = None,
    participant: UUID | None = None,
    *,
    by: Visitor,
    at: datetime,
) -> Note:
    """A draft of mine; asked again, the same draft. Of no session there may be many."""
    where = Where(therapy, session, participant)
    found = therapies.one(by, therapy, Action.WRITE, Layer.RECORD)
    _check(where, by)
    with transaction.atomic():
        mine = _my_draft(where, by)
        if mine is not None:
            return mine
        chosen = rules.format_for(found.unit, found.note_format, of_one=participant is not None)
        note = Note(
            practice_id=by.practice, therapy_id=therapy, session_id=session,
            participant_id=participant, author_id=by.id, format=chosen,
            content=rules.empty(chosen), began_at=at, saved_at=at,
        )  # fmt: skip
        try:
            with transaction.atomic():
                note.save(force_insert=True)
        except IntegrityError:  # two began at once: the constraint lets one in
            return visible_to(by).get(_draft_of(where, by))
        lines.did(by, "began", "note", _subjects(note), at=at, layer=Layer.RECORD)
    return note


def save(
    note_id: UUID, content: object, *, base_version: int, tab: str, by: Visitor, at: datetime
) -> Saved:
    """Keep what was typed so far, as the note's next version.

    The same words make no version. Where another tab saved after `base_version`, these words are
    kept aside and SavedElsewhere says both. The ledger gets one line for each note and tab (its
    first save), not one for each of the many saves of an hour. Raises CannotKeep, NoLongerADraft.
    """
    tab = rules.tab_name(tab)
    with transaction.atomic():
        note = _locked(note_id, by, mine=True)
        if note.state != State.DRAFT:
            raise NoLongerADraft(_("This note is no longer a draft. Nothing in it was changed."))
        words = rules.normalised(note.format, content)
        if words == note.content:
            return Saved(note.version, note.saved_at)
        behind = rules.is_behind(
            base_version, tab, version=note.version, last_tab=note.saved_by_tab
        )
        if behind:
            _keep_version(note, words, tab, by, at, lost_to=note.version)
        else:
            _write(note, words, tab, by, at)
    if behind:
        raise SavedElsewhere(note.content, words, note.version)
    return Saved(note.version, note.saved_at)


def sign(
    note_id: UUID, there: Collection[UUID] | None = None, *, by: Visitor, at: datetime
) -> Note:
    """Lock a draft under the author's signature, and say who was there where nobody has said yet.

    `there` are the participants who were. Raises CannotBeSigned, NoLongerADraft.
    """
    with transaction.atomic():
        note = _locked(note_id, by, action=Action.SIGN)
        if note.state != State.DRAFT:
            raise NoLongerADraft(_("This note was signed or discarded before. Nothing changed."))
        if rules.is_blank(note.content):
            raise rules.CannotBeSigned(_("There is not a word in this note yet. One is enough."))
        _say_who_was_there(note, there, by=by, at=at)
        note.state = rules.move(State(note.state), State.SIGNED).value
        note.signed_at, note.signed_by_id = at, by.id
        note.is_late_entry = rules.is_late(_end_of(note), at)
        note.signed_hash = hash_of(note)
        note.save()
        _thin_out(note)
        lines.did(by, "signed", "note", _subjects(note), at=at, layer=Layer.RECORD)
    return note


def discard(note_id: UUID, *, by: Visitor, at: datetime) -> Note:
    """Put a draft of mine away; its words stay sealed where they are."""
    with transaction.atomic():
        note = _locked(note_id, by, mine=True)
        if note.state != State.DRAFT:
            raise NoLongerADraft(_("Only a draft can be discarded. Nothing was changed."))
        note.state = rules.move(State(note.state), State.DISCARDED).value
        note.save()
        lines.did(by, "discarded", "note", _subjects(note), at=at, layer=Layer.RECORD)
    return note


def move(note_id: UUID, to: Where, *, by: Visitor, at: datetime) -> Note:
    """Put a draft of mine where it belongs; it and all its versions are sealed anew there."""
    therapies.one(by, to.therapy, Action.WRITE, Layer.RECORD)
    _check(to, by)
    with transaction.atomic():
        note = _locked(note_id, by, mine=True)
        if note.state != State.DRAFT:
            raise NoLongerADraft(_("Only a draft can be moved. Nothing was changed."))
        other = _my_draft(to, by)
        if other is not None and other.id != note.id:
            raise rules.CannotMove(_("You already have a draft there. Finish or discard it first."))
        subjects = {*_subjects(note)}
        note.therapy_id, note.session_id = to.therapy, to.session
        note.participant_id = to.participant
        note.save()
        for version in Version.objects.filter(note=note):
            version.scope = note.seal_scope()
            version.save()
        lines.did(by, "moved", "note", subjects | {*_subjects(note)}, at=at, layer=Layer.RECORD)
    return note


def add(note_id: UUID, words: str, reason: str = "", *, by: Visitor, at: datetime) -> Addendum:
    """Add to a signed note, under one's own name. Raises CannotAdd, CannotKeep."""
    words, reason = rules.text(words, "words"), rules.text(reason, "reason")
    if not words.strip():
        raise CannotAdd(_("There is not a word in this addendum yet."))
    with transaction.atomic():
        note = _locked(note_id, by)
        if note.state != State.SIGNED:
            raise CannotAdd(_("Only a signed note can be added to. Nothing was changed."))
        addendum = Addendum(
            practice_id=by.practice, note=note, scope=note.seal_scope(), author_id=by.id,
            words=words, reason=reason, signed_at=at,
        )  # fmt: skip
        addendum.save(force_insert=True)
        lines.did(by, "added to", "note", _subjects(note), at=at, layer=Layer.RECORD)
    return addendum


def void(note_id: UUID, reason: str, *, by: Visitor, at: datetime) -> Note:
    """Mark a signed note as made in error: it stays, struck through, with the reason."""
    reason = rules.text(reason, "reason")
    if not reason.strip():
        raise CannotAdd(_("Say why: the note stays to be seen, with the reason beside it."))
    with transaction.atomic():
        note = _locked(note_id, by)
        if note.state != State.SIGNED:
            raise CannotAdd(_("Only a signed note can be voided, and once. Nothing was changed."))
        note.state = rules.move(State(note.state), State.VOIDED).value
        note.voided_at, note.voided_by_id, note.void_reason = at, by.id, reason
        note.save()
        lines.did(by, "voided", "note", _subjects(note), at=at, layer=Layer.RECORD)
    return note


# ------------------------------------------------------------------ the steps


def _locked(
    note_id: UUID, by: Visitor, *, action: Action = Action.WRITE, mine: bool = False
) -> Note:
    """The note as it is now, held still until the transaction ends; or NotHere."""
    chosen = visible_to(by, action).filter(pk=note_id)
    if mine:
        chosen = chosen.filter(author_id=by.id)
    note = chosen.select_for_update().first()
    if note is None:
        raise NotHere(subject=note_id)
    return note


def _write(note: Note, words: Content, tab: str, by: Visitor, at: datetime) -> None:
    kept = Version.objects.filter(note=note, tab=tab, lost_to=None)  # not those kept aside
    is_first = note.saved_by_tab != tab and not kept.exists()
    note.content, note.version = words, note.version + 1
    note.saved_by_tab, note.saved_at = tab, at
    note.save(update_fields=["version", "saved_by_tab", "saved_at"])
    _keep_version(note, words, tab, by, at)
    if is_first:
        lines.did(by, "wrote", "note", _subjects(note), at=at, layer=Layer.RECORD)


def _keep_version(
    note: Note, words: Content, tab: str, by: Visitor, at: datetime, *, lost_to: int | None = None
) -> None:
    Version(
        practice_id=note.practice_id, note_id=note.id, scope=note.seal_scope(),
        number=note.version, tab=tab, saved_at=at, saved_by_id=by.id, content=words,
        lost_to=lost_to,
    ).save(force_insert=True)  # fmt: skip


def _thin_out(note: Note) -> None:
    """A save every few seconds was for the draft; of a signed note its course is kept."""
    rows = Version.objects.filter(note=note)
    saved = rows.order_by("saved_at", "id").values_list("id", "tab", "saved_at", "lost_to")
    gone = rules.superfluous([rules.Kept(*row[:3], row[3] is not None) for row in saved])
    rows.filter(pk__in=gone).delete()


def _say_who_was_there(
    note: Note, there: Collection[UUID] | None, *, by: Visitor, at: datetime
) -> None:
    """A session whose note is signed was held, or nobody came: either is noted with it."""
    session, unmarked = note.session, unmarked_of(by, note, at=at)
    if session is None or not unmarked:
        return
    if there is None:
        raise rules.CannotBeSigned(_("Say who was there."), field="there")
    said = {
        row.participant_id: Presence(
            Attended.ATTENDED if row.participant_id in there else Attended.DID_NOT_COME
        )
        for row in unmarked
    }
    hour.attend_all(session.id, said, by=by, at=at)
    if there and (session.state == Held.PLANNED or at >= session.ends_at):
        note.session = hour.end(session.id, by=by, at=at)


def _check(where: Where, by: Visitor) -> None:
    """The session and the participant are of this therapy; otherwise they are not here."""
    for model, one in ((Session, where.session), (Participant, where.participant)):
        rows = model.objects.filter(therapy_id=where.therapy, practice_id=by.practice)
        if one is not None and not rows.filter(pk=one).exists():
            raise NotHere(subject=one)


def _draft_of(where: Where, by: Visitor) -> Q:
    return Q(
        therapy_id=where.therapy, session_id=where.session, participant_id=where.participant,
        author_id=by.id, state=State.DRAFT,
    )  # fmt: skip


def _my_draft(where: Where, by: Visitor) -> Note | None:
    """The draft that stands there already; of no session there is never one to return to."""
    if where.session is None:
        return None
    return visible_to(by).filter(_draft_of(where, by)).first()


def _end_of(note: Note) -> datetime | None:
    return None if note.session is None else note.session.ended_at or note.session.ends_at


def _subjects(note: Note) -> Iterable[UUID]:
    return [one for one in (note.id, note.therapy_id, note.participant_id) if one is not None]
