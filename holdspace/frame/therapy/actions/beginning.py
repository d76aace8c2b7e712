"""Beginning a therapy: one action, whether with one person or with a group."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from holdspace.cellar.access import lines
from holdspace.cellar.access.gate import NotHere, check, may
from holdspace.cellar.access.table import Action, Relation
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.people.models import Person
from holdspace.frame.people.rules import LONGEST_NAME, CannotBe, a_line, checked
from holdspace.frame.therapy import rules
from holdspace.frame.therapy.actions.agreement import checked_choices, new_frame
from holdspace.frame.therapy.actions.joining import known, newcomer
from holdspace.frame.therapy.models import Participant, Therapist, Therapy
from holdspace.frame.therapy.queries import who_may_work
from holdspace.frame.therapy.rules import AlreadyHere, Beginning, Ended, State


def begin(beginning: Beginning, *, by: Visitor, at: datetime) -> Therapy:
    """A new therapy with its people, therapists and frame: all of it, or nothing.

    Somebody whom the therapist does not know is taken in anew, even where a colleague knows them:
    the desk may later see that two are one.
    """
    check(by, Action.TAKE_IN, Layer.ADMIN, {Relation.SAME_PRACTICE})
    _check_people(beginning, by, at)
    _check_therapists(beginning, by)
    therapy = _therapy(beginning, by)
    frame = new_frame(therapy, beginning.terms, beginning.started_on, by=by)
    found = [known(joining, by=by) for joining in beginning.participants]
    seats = [Participant(practice_id=by.practice, therapy=therapy) for _person in found]
    scopes = [therapy.id, *(seat.id for seat in seats)]
    keyring.new_scopes(scopes, practice=by.practice, at=at)
    with transaction.atomic():
        persons = [
            person or newcomer(joining, by=by, at=at)
            for person, joining in zip(found, beginning.participants, strict=True)
        ]
        therapy.title = therapy.title or _title(beginning, persons)
        therapy.save()
        for seat, person, joining in zip(seats, persons, beginning.participants, strict=True):
            seat.person, seat.part, seat.from_on = person, joining.part, beginning.started_on
            seat.save()
        _seat_therapists(therapy, beginning, by)
        by.reach.therapies = None
        frame.save()
        subjects = [therapy.id, *(person.id for person in persons)]
        lines.did(by, "began", "therapy", subjects, at=at, layer=Layer.ADMIN)
    return therapy


def _check_people(beginning: Beginning, by: Visitor, at: datetime) -> None:
    today = timezone.localdate(at)
    rules.a_day(beginning.started_on, "started_on", latest=today)
    if not 1 <= len(beginning.participants) <= rules.MOST_PARTICIPANTS:
        raise CannotBe(_("A therapy is with at least one person, and at most sixty."))
    chosen = [joining.person for joining in beginning.participants if joining.person]
    if len(chosen) != len(set(chosen)):
        raise AlreadyHere(_("The same person is here twice."))
    for joining in beginning.participants:
        if joining.newcomer is not None:
            checked(joining.newcomer, today=today)
    if beginning.brings and by.id not in beginning.therapists:
        raise CannotBe(_("What brings them is written down by their therapist."), "brings")


def _check_therapists(beginning: Beginning, by: Visitor) -> None:
    working = {member.id for member in who_may_work(by)}
    for therapist in beginning.therapists:
        if therapist not in working:
            raise NotHere(subject=therapist)
    if not beginning.therapists or len(set(beginning.therapists)) != len(beginning.therapists):
        field = "co_therapist" if beginning.therapists else "therapist"
        raise CannotBe(_("Please choose who works with them, each once."), field)
    is_desk = may(by, Action.WRITE, Layer.ADMIN, {Relation.SAME_PRACTICE})
    if by.id not in beginning.therapists and not is_desk:
        raise CannotBe(_("A therapist begins their own work."), "therapist")


def _therapy(beginning: Beginning, by: Visitor) -> Therapy:
    chosen = checked_choices(beginning.choices, by=by)
    ended = beginning.started_on if beginning.state is State.ENDED else None
    return Therapy(
        practice_id=by.practice, unit=chosen.unit, service=chosen.service, stance=chosen.stance,
        voice=chosen.voice, approaches=list(chosen.approaches), note_format=chosen.note_format,
        cue=chosen.cue,
        state=beginning.state, started_on=beginning.started_on, ended_on=ended,
        ended_how="" if ended is None else Ended.NOT_SAID,
        title=a_line(beginning.title, "title", LONGEST_NAME),
        brings=rules.some_words(beginning.brings, "brings"),
    )  # fmt: skip


def _title(beginning: Beginning, persons: list[Person]) -> str:
    names = [person.preferred_name or person.name for person in persons]
    return rules.title_of(beginning.choices.unit, names)


def _seat_therapists(therapy: Therapy, beginning: Beginning, by: Visitor) -> None:
    for number, member in enumerate(beginning.therapists):
        Therapist.objects.create(
            practice_id=by.practice, therapy=therapy, member_id=member, is_lead=number == 0,
            from_on=beginning.started_on,
        )  # fmt: skip
