"""What is agreed and chosen in a therapy: frame, state, title, approach, aims."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from holdspace.cellar.access import lines
from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.approaches import queries as approaches
from holdspace.frame.people.rules import CannotBe, a_name
from holdspace.frame.practice.queries import rooms
from holdspace.frame.practice.rules import NOTE_FORMATS, SERVICES, STANCES
from holdspace.frame.therapy import queries, rules
from holdspace.frame.therapy.models import Aim, Frame, Therapy
from holdspace.frame.therapy.rules import Choices, HowItEnded, State, Terms, Unit


def set_frame(therapy: UUID, terms: Terms, from_on: date, *, by: Visitor, at: datetime) -> Frame:
    """What is agreed from this day on; what was agreed until then is kept with its last day."""
    framed = queries.one(by, therapy, Action.WRITE, Layer.ADMIN)
    old = queries.frame_of(by, therapy)
    earliest = old.from_on if old else None
    rules.a_day(from_on, "from_on", earliest=earliest, latest=timezone.localdate(at))
    new = new_frame(framed, terms, from_on, by=by)
    with transaction.atomic():
        if old is not None:
            old.to_on = from_on
            old.save()
        new.save()
        lines.did(by, "set", "frame", [therapy], at=at, layer=Layer.ADMIN)
    return new


def new_frame(therapy: Therapy, terms: Terms, from_on: date, *, by: Visitor) -> Frame:
    """A frame that is not saved yet. Its room is one of the practice's own."""
    kept = rules.checked_terms(terms)
    if kept.room is not None and kept.room not in {room.id for room in rooms(by)}:
        raise NotHere(subject=kept.room)
    return Frame(
        practice_id=by.practice, therapy=therapy, minutes=kept.minutes, place=kept.place,
        room_id=kept.room, fee=kept.fee, sessions_agreed=kept.sessions_agreed, words=kept.words,
        from_on=from_on,
    )  # fmt: skip


def move(
    therapy: UUID,
    to: State,
    on: date,
    ended: HowItEnded | None = None,
    *,
    by: Visitor,
    at: datetime,
) -> Therapy:
    """From one state to the next; an ended therapy says when and how, and who says so."""
    said = ended or HowItEnded()
    moved = queries.one(by, therapy, Action.WRITE)
    rules.a_day(on, "on", earliest=moved.started_on, latest=timezone.localdate(at))
    moved.state = rules.move(State(moved.state), to)
    is_over = to is State.ENDED
    moved.ended_on = on if is_over else None
    moved.ended_how = said.how if is_over else ""
    moved.ended_said_by_id = by.id if is_over else None
    moved.ended_words = rules.some_words(said.words, "words") if is_over else None
    with transaction.atomic():
        moved.save()
        lines.did(by, "moved", f"therapy to {to}", [therapy], at=at, layer=Layer.ADMIN)
    return moved


def rename(therapy: UUID, title: str, *, by: Visitor, at: datetime) -> Therapy:
    """What the therapy is called by those who work here."""
    renamed = queries.one(by, therapy, Action.WRITE, Layer.ADMIN)
    renamed.title = a_name(title)
    with transaction.atomic():
        renamed.save()
        lines.did(by, "renamed", "therapy", [therapy], at=at, layer=Layer.ADMIN)
    return renamed


def choose(therapy: UUID, choices: Choices, *, by: Visitor, at: datetime) -> Therapy:
    """How the therapy works and speaks: its unit, approaches, voice, and format of notes."""
    chosen = checked_choices(choices, by=by)
    changed = queries.one(by, therapy, Action.WRITE)
    if _would_merge(changed, chosen.unit):
        msg = _("Let it go on as another unit instead: then each keeps its own record.")
        raise CannotBe(msg, "unit")
    changed.unit, changed.service, changed.stance = chosen.unit, chosen.service, chosen.stance
    changed.voice, changed.note_format = chosen.voice, chosen.note_format
    changed.cue = chosen.cue
    changed.approaches = list(chosen.approaches)
    with transaction.atomic():
        changed.save()
        lines.did(by, "chose", "approach and voice", [therapy], at=at, layer=Layer.RECORD)
    return changed


def _would_merge(therapy: Therapy, unit: Unit) -> bool:
    """What one told alone would be read as everybody's, or the other way round."""
    alone, alone_then = (one == Unit.INDIVIDUAL for one in (therapy.unit, unit))
    return alone != alone_then and therapy.state != State.INQUIRY


def checked_choices(choices: Choices, *, by: Visitor) -> Choices:
    """Choices that the practice knows; raises CannotBe."""
    if choices.voice not in dict(approaches.voices(by, choices.voice)):
        raise CannotBe(_("This voice is not known here."), "voice")
    if choices.service not in SERVICES or choices.stance not in STANCES:
        raise CannotBe(_("This service or stance is not known here."), "service")
    if choices.note_format not in NOTE_FORMATS:
        raise CannotBe(_("This format is not known here."), "note_format")
    if choices.cue not in ("", *rules.CUES):
        raise CannotBe(_("Please choose from the list."), "cue")
    known = approaches.among(by, choices.approaches)
    if len(known) != len(choices.approaches) or len(choices.approaches) > rules.MOST_APPROACHES:
        raise CannotBe(_("Please choose up to six approaches from the list."), "approaches")
    return choices


def say_what_brings(therapy: UUID, words: str, *, by: Visitor, at: datetime) -> Therapy:
    """What brings them, in their own words."""
    said = rules.some_words(words, "brings")
    changed = queries.one(by, therapy, Action.WRITE)
    changed.brings = said
    with transaction.atomic():
        changed.save()
        lines.did(by, "wrote", "what brings them", [therapy], at=at, layer=Layer.RECORD)
    return changed


def set_aims(
    therapy: UUID, words: list[str], participant: UUID | None = None, *, by: Visitor, at: datetime
) -> list[Aim]:
    """What is hoped for now, together or by one participant; what no longer is, is kept."""
    queries.one(by, therapy, Action.WRITE, Layer.SHARED)
    if participant is not None:
        place = queries.one_participant(by, participant, Action.WRITE, Layer.SHARED)
        if place.therapy_id != therapy:
            raise NotHere(subject=participant)
    wanted, today = rules.some_aims(words), timezone.localdate(at)
    held = [aim for aim in queries.aims(by, [therapy]) if aim.participant_id == participant]
    known = {aim.words: aim for aim in held}
    with transaction.atomic():
        for aim in held:
            if aim.words not in wanted:
                aim.until = today
                aim.save()
        kept = [
            known.get(line) or Aim(practice_id=by.practice, therapy_id=therapy, words=line)
            for line in wanted
        ]
        for order, aim in enumerate(kept):
            _keep(aim, order, participant, today)
        lines.did(by, "set", "aims", [therapy], at=at, layer=Layer.SHARED)
    return kept


def _keep(aim: Aim, order: int, participant: UUID | None, today: date) -> None:
    if aim.row_version and aim.order == order:
        return
    if not aim.row_version:
        aim.participant_id, aim.since = participant, today
    aim.order = order
    aim.save()
