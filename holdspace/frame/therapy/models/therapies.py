"""Therapies: some people, one or more therapists, a frame, an approach, a purpose."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from holdspace.cellar.vault.fields import SealedText
from holdspace.cellar.vault.layers import Layer
from holdspace.cellar.vault.rows import lies_on
from holdspace.frame.people.models import Person
from holdspace.frame.practice.models import Member, PracticeRow, Room
from holdspace.frame.practice.rules import OWN, SERVICES, STANCES, VOICES, PlaceKind
from holdspace.frame.therapy.rules import CUES, Ended, FactKind, Part, State, Unit
from holdspace.frame.therapy.units import Opening, Seat


def _values(words: object) -> list[str]:
    return [str(word) for word in words]  # type: ignore[attr-defined]


class Therapy(PracticeRow):
    """One piece of work. Its key seals what belongs to all who take part."""

    layer = lies_on(Layer.ADMIN)
    unit = models.CharField(max_length=12)
    service = models.CharField(max_length=14)
    stance = models.CharField(max_length=12)
    approaches = models.JSONField(default=list)
    voice = models.CharField(max_length=16)
    note_format = models.CharField(max_length=24, default="three_line")
    cue = models.CharField(max_length=8, blank=True, default="")  # of time, in the room
    state = models.CharField(max_length=12)
    title = SealedText()  # what its therapists call it: "Amara K.", "The Reyes family"
    brings = SealedText(default="")  # what brings them, in their own words
    opening = models.CharField(max_length=8, blank=True, default="")  # of a group
    places = models.PositiveSmallIntegerField(null=True)
    notice_weeks = models.PositiveSmallIntegerField(null=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True)
    ended_how = models.CharField(max_length=14, blank=True, default="")
    ended_said_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    ended_words = SealedText(null=True)  # how it ended, in the words of who says so

    def seal_scope(self) -> UUID:
        return self.id

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["practice", "state"], name="therapy_of_practice"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="therapy_unit", condition=Q(unit__in=_values(Unit))),
            models.CheckConstraint(name="therapy_service", condition=Q(service__in=SERVICES)),
            models.CheckConstraint(name="therapy_stance", condition=Q(stance__in=STANCES)),
            models.CheckConstraint(
                name="therapy_voice", condition=Q(voice__in=VOICES) | Q(voice__startswith=OWN)
            ),
            models.CheckConstraint(name="therapy_cue", condition=Q(cue__in=["", *CUES])),
            models.CheckConstraint(
                name="therapy_opening", condition=Q(opening__in=["", *_values(Opening)])
            ),
            models.CheckConstraint(name="therapy_state", condition=Q(state__in=_values(State))),
            models.CheckConstraint(
                name="therapy_that_ended_says_when",
                condition=Q(state="ended", ended_on__isnull=False)
                | (~Q(state="ended") & Q(ended_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="therapy_that_ended_says_how",
                condition=Q(state="ended", ended_how__in=_values(Ended))
                | (~Q(state="ended") & Q(ended_how="")),
            ),
        ]


class Participant(PracticeRow):
    """A person's place in one therapy. Its key seals what is theirs alone there."""

    layer = lies_on(Layer.ADMIN)
    therapy = models.ForeignKey(Therapy, models.PROTECT, related_name="+")
    therapy_id: UUID
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    person_id: UUID
    part = models.CharField(max_length=12)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    def seal_scope(self) -> UUID:
        return self.id

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["therapy"], name="participant_of_therapy"),
            models.Index(fields=["person"], name="participant_is_person"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="participant_part", condition=Q(part__in=_values(Part))),
            models.UniqueConstraint(
                fields=["therapy", "person"],
                condition=Q(to_on__isnull=True),
                name="one_place_at_a_time",
            ),
        ]


class Therapist(PracticeRow):
    """A member's place in one therapy: who works with these people, from when to when."""

    layer = lies_on(Layer.ADMIN)
    therapy = models.ForeignKey(Therapy, models.PROTECT, related_name="+")
    therapy_id: UUID
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    member_id: UUID
    is_lead = models.BooleanField(default=True)
    seat = models.CharField(max_length=10, default=Seat.THERAPIST.value)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["member", "to_on", "therapy"], name="therapist_caseload"),
            models.Index(fields=["therapy"], name="therapist_of_therapy"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="therapist_seat", condition=Q(seat__in=_values(Seat))),
            models.UniqueConstraint(
                fields=["therapy", "member"], condition=Q(to_on__isnull=True), name="one_seat_each"
            ),
        ]


class Fact(PracticeRow):
    """Kinship, parental authority, a court order: so from a date to a date, in this therapy."""

    layer = lies_on(Layer.RECORD)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    participant_id: UUID
    about = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20)
    words = SealedText()
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    def seal_scope(self) -> UUID:
        return self.participant_id

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="fact_kind", condition=Q(kind__in=_values(FactKind))),
        ]


class Frame(PracticeRow):
    """What was agreed about time, place and money, from a date to a date."""

    layer = lies_on(Layer.ADMIN)
    therapy = models.ForeignKey(Therapy, models.PROTECT, related_name="+")
    therapy_id: UUID
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=10)
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="+")
    fee = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    sessions_agreed = models.PositiveSmallIntegerField(null=True)
    words = SealedText(default="")  # "every Monday, not in August"
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    def seal_scope(self) -> UUID:
        return self.therapy_id

    class Meta:
        indexes: ClassVar = [models.Index(fields=["therapy"], name="frame_of_therapy")]
        constraints: ClassVar = [
            models.CheckConstraint(name="frame_place", condition=Q(place__in=_values(PlaceKind))),
            models.UniqueConstraint(
                fields=["therapy"], condition=Q(to_on__isnull=True), name="one_frame_at_a_time"
            ),
        ]


class Aim(PracticeRow):
    """What is hoped for, in the person's own words; it lies on the shared layer."""

    layer = lies_on(Layer.SHARED)
    therapy = models.ForeignKey(Therapy, models.PROTECT, related_name="+")
    therapy_id: UUID
    participant = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="+")
    participant_id: UUID | None
    words = SealedText()
    since = models.DateField()
    until = models.DateField(null=True)
    order = models.PositiveSmallIntegerField(default=0)

    def seal_scope(self) -> UUID:
        return self.participant_id or self.therapy_id

    class Meta:
        indexes: ClassVar = [models.Index(fields=["therapy"], name="aim_of_therapy")]
