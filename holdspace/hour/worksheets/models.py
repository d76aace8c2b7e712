"""Sheets: forms and maps filled in therapy, everything ever written in them, links to them."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from holdspace.cellar.vault.fields import SealedJSON, SealedText
from holdspace.cellar.vault.layers import Layer
from holdspace.cellar.vault.rows import lies_on
from holdspace.frame.practice.models import Member, PracticeRow
from holdspace.frame.therapy.links import Link
from holdspace.frame.therapy.models import Participant, Therapy
from holdspace.hour.encounters.models import Session
from holdspace.hour.worksheets.rules import By, State


class Worksheet(PracticeRow):
    """One form or map of a therapy: of all who take part, or of one. It lies where its form says.

    `shared_on` is when the client first had it before them; `lent_at` since when a client lets
    the therapist read what is their own.
    """

    layer = lies_on(Layer.RECORD)
    therapy = models.ForeignKey(Therapy, models.PROTECT, related_name="+")
    therapy_id: UUID
    participant = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="+")
    participant_id: UUID | None
    session = models.ForeignKey(Session, models.PROTECT, null=True, related_name="+")
    session_id: UUID | None
    definition = models.CharField(max_length=40)
    definition_version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default=State.OPEN.value)
    content = SealedJSON(default=dict)  # place to cell: see content.py
    version = models.PositiveIntegerField(default=0)  # counts saves
    saved_by_page = models.CharField(max_length=36, blank=True, default="")
    began_at = models.DateTimeField()
    began_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    began_by_id: UUID
    saved_at = models.DateTimeField()
    shared_on = models.DateField(null=True)
    lent_at = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(null=True)
    kept_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    put_away_at = models.DateTimeField(null=True)
    put_away_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    put_away_because = SealedText(null=True)

    def seal_scope(self) -> UUID:
        return self.participant_id or self.therapy_id

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["therapy", "saved_at"], name="worksheet_of_therapy"),
            models.Index(fields=["session"], name="worksheet_of_session"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="worksheet_state", condition=Q(state__in=list(map(str, State)))
            ),
            models.CheckConstraint(
                name="worksheet_is_kept_by_somebody_at_a_time",
                condition=Q(kept_at__isnull=False, kept_by__isnull=False)
                | (Q(kept_at__isnull=True, kept_by__isnull=True) & ~Q(state="kept")),
            ),
            models.CheckConstraint(
                name="worksheet_is_put_away_by_somebody_for_a_reason",
                condition=Q(
                    state="put away", put_away_at__isnull=False, put_away_by__isnull=False,
                    put_away_because__isnull=False,
                )
                | (
                    ~Q(state="put away")
                    & Q(put_away_at__isnull=True, put_away_by__isnull=True)
                    & Q(put_away_because__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="worksheet_of_a_client_is_of_one_participant",
                condition=~Q(layer="client") | Q(participant__isnull=False),
            ),
            models.CheckConstraint(
                name="worksheet_is_lent_where_it_is_a_clients",
                condition=Q(layer="client") | Q(lent_at__isnull=True),
            ),
        ]  # fmt: skip


class WorksheetVersion(PracticeRow):
    """What one save changed, by whose hand: nothing written is ever lost."""

    layer = lies_on(Layer.RECORD)
    worksheet = models.ForeignKey(Worksheet, models.PROTECT, related_name="+")
    worksheet_id: UUID
    scope = models.UUIDField()  # the sheet's: its words are sealed alike
    number = models.PositiveIntegerField()
    page = models.CharField(max_length=36)
    saved_at = models.DateTimeField()
    hand = models.CharField(max_length=6)
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    participant = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="+")
    changed = SealedJSON(default=dict)  # place to what it held, and what it held then
    lost_to = models.PositiveIntegerField(null=True)  # kept aside: somebody had written there
    is_kept = models.BooleanField(default=False)  # the sheet as it was when it was kept

    def seal_scope(self) -> UUID:
        return self.scope

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["worksheet", "number"], name="version_of_worksheet"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="worksheet_version_is_by_a_member_or_a_participant",
                condition=Q(hand=By.CLIENT.value, member__isnull=True, participant__isnull=False)
                | Q(
                    hand__in=(By.MEMBER.value, By.SCREEN.value),
                    member__isnull=False, participant__isnull=True,
                ),
            ),
        ]  # fmt: skip


class SheetLink(Link):
    """A link to one sheet, handed to one participant, to fill it in on a device of their own."""

    worksheet = models.ForeignKey(Worksheet, models.PROTECT, related_name="+")
    worksheet_id: UUID
    therapy_id = models.UUIDField()
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    participant_id: UUID
    given_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    def seal_scope(self) -> UUID:
        return self.participant_id

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["worksheet"], name="sheet_link_of_worksheet"),
        ]
