"""What was said about somebody's safety: items that stay open until somebody closes them."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from holdspace.cellar.vault.fields import SealedJSON, SealedText
from holdspace.cellar.vault.layers import Layer
from holdspace.cellar.vault.rows import lies_on
from holdspace.frame.practice.models import Member, PracticeRow
from holdspace.frame.therapy.models.therapies import Participant, Therapy
from holdspace.frame.therapy.safety import EntryKind, Source


class SafetyItem(PracticeRow):
    """Something about safety that is carried from session to session until it is closed."""

    layer = lies_on(Layer.RECORD)  # a screen turned to the client does not show it
    therapy = models.ForeignKey(Therapy, models.PROTECT, related_name="+")
    therapy_id: UUID
    participant = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="+")
    participant_id: UUID | None
    source = models.CharField(max_length=10)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    in_crisis = models.BooleanField(default=False)
    for_supervision = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    def seal_scope(self) -> UUID:
        return self.participant_id or self.therapy_id

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["therapy", "closed_at"], name="safety_of_therapy"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="safety_source", condition=Q(source__in=list(map(str, Source)))
            ),
            models.CheckConstraint(
                name="safety_is_closed_by_somebody_at_a_time",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False, in_crisis=False),
            ),
        ]


class SafetyEntry(PracticeRow):
    """What was added to an item, when and by whom."""

    layer = lies_on(Layer.RECORD)
    item = models.ForeignKey(SafetyItem, models.PROTECT, related_name="+")
    item_id: UUID
    scope = models.UUIDField()  # the item's: its words are sealed alike
    kind = models.CharField(max_length=10)
    words = SealedJSON(default=dict)  # by prompt
    at = models.DateTimeField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    def seal_scope(self) -> UUID:
        return self.scope

    class Meta:
        indexes: ClassVar = [models.Index(fields=["item", "at"], name="entry_of_safety")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="safety_entry_kind", condition=Q(kind__in=list(map(str, EntryKind)))
            ),
        ]


class SafetyStep(PracticeRow):
    """What somebody will do by a time, because of an item."""

    layer = lies_on(Layer.RECORD)
    item = models.ForeignKey(SafetyItem, models.PROTECT, related_name="+")
    item_id: UUID
    scope = models.UUIDField()
    words = SealedText()
    owner = models.ForeignKey(Member, models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    def seal_scope(self) -> UUID:
        return self.scope

    class Meta:
        indexes: ClassVar = [models.Index(fields=["item"], name="step_of_safety")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="safety_step_is_done_by_somebody_at_a_time",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
        ]
