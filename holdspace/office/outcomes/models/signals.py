"""What is kept about signals. A signal itself is not: it is derived whenever it is read."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from holdspace.cellar.vault.fields import SealedText
from holdspace.cellar.vault.layers import Layer
from holdspace.cellar.vault.rows import lies_on
from holdspace.frame.practice.models import Member, PracticeRow
from holdspace.frame.therapy.models import Participant, Therapy
from holdspace.office.outcomes.rules import Kind


class Consideration(PracticeRow):
    """What a therapist considered about one participant's course, and what was decided."""

    layer = lies_on(Layer.RECORD)
    therapy = models.ForeignKey(Therapy, models.PROTECT, related_name="+")
    therapy_id: UUID
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    participant_id: UUID
    signals = models.JSONField(default=list)  # what it answers: marks (queries.signals.Raised)
    areas = models.JSONField(default=list)  # of rules.Area
    decided = SealedText(default="")
    to_supervision = models.BooleanField(default=False)
    considered_at = models.DateTimeField()
    considered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    def seal_scope(self) -> UUID:
        return self.participant_id

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["therapy", "considered_at"], name="consideration_of_therapy"),
        ]


class Switch(PracticeRow):
    """A kind of signal that is off, in one therapy or (without one) in the whole practice."""

    layer = lies_on(Layer.RECORD)  # the practice's lie on the admin layer
    therapy = models.ForeignKey(Therapy, models.PROTECT, null=True, related_name="+")
    therapy_id: UUID | None
    kind = models.CharField(max_length=16)
    off_at = models.DateTimeField()
    off_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    on_at = models.DateTimeField(null=True)
    on_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="switch_kind", condition=Q(kind__in=list(map(str, Kind)))),
            models.CheckConstraint(
                name="switch_is_put_on_by_somebody_at_a_time",
                condition=Q(on_at__isnull=True, on_by__isnull=True)
                | Q(on_at__isnull=False, on_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["therapy", "kind"],
                condition=Q(on_at__isnull=True),
                name="off_once_in_a_therapy",
            ),
            models.UniqueConstraint(
                fields=["practice", "kind"],
                condition=Q(on_at__isnull=True, therapy__isnull=True),
                name="off_once_in_a_practice",
            ),
        ]


class ExpectedCourse(PracticeRow):
    """How one instrument's scores went in this practice: a fit, and what it was made from."""

    layer = lies_on(Layer.ADMIN)
    instrument = models.CharField(max_length=32)
    fit = models.JSONField()  # statistics.growth.Fit.to_json
    courses = models.PositiveIntegerField()
    answers = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice", "instrument"], name="one_course_to_expect_of_an_instrument"
            ),
        ]


class LifeEvent(PracticeRow):
    """Something that happened, on the time line of a course: of one participant, or of all."""

    layer = lies_on(Layer.RECORD)
    therapy = models.ForeignKey(Therapy, models.PROTECT, related_name="+")
    therapy_id: UUID
    participant = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="+")
    participant_id: UUID | None
    on = models.DateField()
    words = SealedText()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    def seal_scope(self) -> UUID:
        return self.participant_id or self.therapy_id

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["therapy", "on"], name="event_of_therapy"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="event_is_voided_by_somebody_at_a_time",
                condition=Q(voided_at__isnull=True, voided_by__isnull=True)
                | Q(voided_at__isnull=False, voided_by__isnull=False),
            ),
        ]
