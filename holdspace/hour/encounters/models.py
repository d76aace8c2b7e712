"""Sessions: planned and real times, place, who attended and how, the parts of the hour."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from holdspace.cellar.vault.fields import SealedText
from holdspace.cellar.vault.layers import Layer
from holdspace.cellar.vault.rows import lies_on
from holdspace.frame.practice.models import PracticeRow, Room
from holdspace.frame.practice.rules import PlaceKind
from holdspace.frame.therapy.models import Participant, Therapy
from holdspace.hour.encounters.rules import Attended, GuestRole, Kind, State


class Series(PracticeRow):
    """A rule by which sessions of one therapy repeat (RFC 5545), in local time."""

    layer = lies_on(Layer.ADMIN)
    therapy = models.ForeignKey(Therapy, models.PROTECT, related_name="+")
    therapy_id: UUID
    rule = models.CharField(max_length=200)  # RRULE without DTSTART
    first_local = models.CharField(max_length=16)  # 2026-11-23T10:00, in the time zone beside it
    time_zone = models.CharField(max_length=64)
    minutes = models.PositiveSmallIntegerField()

    def seal_scope(self) -> UUID:
        return self.therapy_id


class Session(PracticeRow):
    """One structured encounter. Unheld ones are sessions too."""

    layer = lies_on(Layer.ADMIN)
    therapy = models.ForeignKey(Therapy, models.PROTECT, related_name="+")
    therapy_id: UUID
    series = models.ForeignKey(Series, models.PROTECT, null=True, related_name="+")
    series_id: UUID | None
    kind = models.CharField(max_length=8, default=Kind.REGULAR.value)
    state = models.CharField(max_length=10, default=State.PLANNED.value)
    starts_at = models.DateTimeField()  # planned
    ends_at = models.DateTimeField()  # planned
    time_zone = models.CharField(max_length=64)
    place = models.CharField(max_length=10, default=PlaceKind.ROOM.value)
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="+")
    room_id: UUID | None
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    number: int = 0  # which of its therapy it is, where that was asked for

    def seal_scope(self) -> UUID:
        return self.therapy_id

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["therapy", "starts_at"], name="session_of_therapy"),
            models.Index(fields=["practice", "starts_at"], name="session_of_day"),
            models.Index(fields=["room", "starts_at"], name="session_in_room"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="session_kind", condition=Q(kind__in=list(map(str, Kind)))),
            models.CheckConstraint(
                name="session_state", condition=Q(state__in=list(map(str, State)))
            ),
            models.CheckConstraint(
                name="session_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="session_really_ends_after_it_begins",
                condition=Q(ended_at__isnull=True)
                | Q(began_at__isnull=False, ended_at__gte=F("began_at")),
            ),
        ]


class Part(PracticeRow):
    """A stretch of a session with its own people: the mother for the last fifteen minutes."""

    layer = lies_on(Layer.ADMIN)
    session = models.ForeignKey(Session, models.PROTECT, related_name="+")
    session_id: UUID
    number = models.PositiveSmallIntegerField()
    from_minute = models.PositiveSmallIntegerField(default=0)
    therapy_id = models.UUIDField()
    others = SealedText(default="")  # interpreter, student, dog: in words

    def seal_scope(self) -> UUID:
        return self.therapy_id

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "number"], name="part_number_once"),
        ]


class Done(PracticeRow):
    """A technique that was used in a session: by its id within its approach, never retyped."""

    layer = lies_on(Layer.RECORD)
    session = models.ForeignKey(Session, models.PROTECT, related_name="+")
    session_id: UUID
    therapy_id = models.UUIDField()
    approach = models.CharField(max_length=40)
    technique = models.CharField(max_length=40)
    said_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    def seal_scope(self) -> UUID:
        return self.therapy_id

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "approach", "technique"],
                condition=Q(taken_back_at__isnull=True),
                name="technique_done_once",
            ),
        ]


class Guest(PracticeRow):
    """Somebody who is in one session and takes no part in the therapy: an interpreter."""

    layer = lies_on(Layer.ADMIN)
    session = models.ForeignKey(Session, models.PROTECT, related_name="+")
    session_id: UUID
    therapy_id = models.UUIDField()
    role = models.CharField(max_length=12)
    name = SealedText()
    is_agreed = models.BooleanField(default=False)  # by all who were there
    is_mistaken = models.BooleanField(default=False)  # was not there after all

    def seal_scope(self) -> UUID:
        return self.therapy_id

    class Meta:
        indexes: ClassVar = [models.Index(fields=["session"], name="guest_of_session")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="guest_role", condition=Q(role__in=list(map(str, GuestRole)))
            ),
        ]


class Attendance(PracticeRow):
    """How one participant attended one session."""

    layer = lies_on(Layer.ADMIN)
    session = models.ForeignKey(Session, models.PROTECT, related_name="+")
    session_id: UUID
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    participant_id: UUID
    state = models.CharField(max_length=24, default=Attended.EXPECTED.value)
    minutes_late = models.PositiveSmallIntegerField(default=0)
    minutes_early = models.PositiveSmallIntegerField(default=0)  # left before the end
    absent_in_parts = models.JSONField(default=list)  # numbers of parts

    def seal_scope(self) -> UUID:
        return self.participant_id

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "participant"], name="attends_once"),
            models.CheckConstraint(
                name="attendance_state", condition=Q(state__in=list(map(str, Attended)))
            ),
        ]
