"""Notes: what was written about a session. Signed ones are added to or voided, never changed."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from holdspace.cellar.vault.fields import SealedJSON, SealedText
from holdspace.cellar.vault.layers import Layer
from holdspace.cellar.vault.rows import lies_on
from holdspace.frame.practice.models import Member, PracticeRow
from holdspace.frame.therapy.models import Participant, Therapy
from holdspace.hour.encounters.models import Session
from holdspace.hour.notes.rules import FORMATS, State


class Note(PracticeRow):
    """A progress note: about a session or about none, of all together or of one participant."""

    layer = lies_on(Layer.RECORD)
    therapy = models.ForeignKey(Therapy, models.PROTECT, related_name="+")
    therapy_id: UUID
    participant = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="+")
    participant_id: UUID | None
    session = models.ForeignKey(Session, models.PROTECT, null=True, related_name="+")
    session_id: UUID | None
    author = models.ForeignKey(Member, models.PROTECT, related_name="+")
    author_id: UUID
    format = models.CharField(max_length=24)
    state = models.CharField(max_length=10, default=State.DRAFT.value)
    content = SealedJSON(default=dict)
    version = models.PositiveIntegerField(default=0)  # of the words: counts saves
    saved_by_tab = models.CharField(max_length=36, blank=True, default="")
    began_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    signed_hash = models.BinaryField(null=True)  # HMAC-SHA256 of what was signed
    is_late_entry = models.BooleanField(default=False)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    void_reason = SealedText(null=True)

    def seal_scope(self) -> UUID:
        return self.participant_id or self.therapy_id

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["therapy", "began_at"], name="note_of_therapy"),
            models.Index(fields=["session"], name="note_of_session"),
            models.Index(fields=["author", "state"], name="note_to_finish"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="note_format", condition=Q(format__in=list(FORMATS))),
            models.CheckConstraint(name="note_state", condition=Q(state__in=list(map(str, State)))),
            models.CheckConstraint(
                name="note_is_signed_by_somebody_at_a_time",
                condition=Q(
                    state__in=("signed", "voided"),
                    signed_at__isnull=False, signed_by__isnull=False, signed_hash__isnull=False,
                )
                | Q(
                    state__in=("draft", "discarded"),
                    signed_at__isnull=True, signed_by__isnull=True, signed_hash__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="note_is_voided_by_somebody_for_a_reason",
                condition=Q(
                    state="voided",
                    voided_at__isnull=False, voided_by__isnull=False, void_reason__isnull=False,
                )
                | (
                    ~Q(state="voided")
                    & Q(voided_at__isnull=True, voided_by__isnull=True, void_reason__isnull=True)
                ),
            ),
            models.UniqueConstraint(
                fields=["session", "author"],
                condition=Q(state="draft", participant__isnull=True),
                name="one_draft_each",
            ),
            models.UniqueConstraint(
                fields=["session", "author", "participant"],
                condition=Q(state="draft", participant__isnull=False),
                name="one_draft_each_of_a_participant",
            ),
        ]  # fmt: skip


class Version(PracticeRow):
    """What was saved at one time from one tab: nothing typed is ever overwritten."""

    layer = lies_on(Layer.RECORD)
    note = models.ForeignKey(Note, models.PROTECT, related_name="+")
    note_id: UUID
    scope = models.UUIDField()  # the note's: its words are sealed alike
    number = models.PositiveIntegerField()
    tab = models.CharField(max_length=36)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    content = SealedJSON(default=dict)
    lost_to = models.PositiveIntegerField(null=True)  # kept aside: the note was already there

    def seal_scope(self) -> UUID:
        return self.scope

    class Meta:
        indexes: ClassVar = [models.Index(fields=["note", "number"], name="version_of_note")]


class Addendum(PracticeRow):
    """What was added to a signed note, by someone, at a time, for a reason."""

    layer = lies_on(Layer.RECORD)
    note = models.ForeignKey(Note, models.PROTECT, related_name="+")
    note_id: UUID
    scope = models.UUIDField()
    author = models.ForeignKey(Member, models.PROTECT, related_name="+")
    words = SealedText()
    reason = SealedText(default="")
    signed_at = models.DateTimeField()

    def seal_scope(self) -> UUID:
        return self.scope

    class Meta:
        indexes: ClassVar = [models.Index(fields=["note"], name="addendum_of_note")]
