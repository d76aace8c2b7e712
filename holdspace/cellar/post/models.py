"""What waits to be sent: to whom, when, which of our own sentences; never anybody's words."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from uuid_utils.compat import uuid7

from holdspace.cellar.vault.fields import SealedText
from holdspace.cellar.vault.keyring import HOUSE, NOBODY
from holdspace.cellar.vault.layers import Layer
from holdspace.cellar.vault.rows import SealedRow, lies_on


class Outgoing(models.Model):
    """One neutral message to a member, or to a person. Where they read is found out on sending."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    practice = models.UUIDField()
    member = models.UUIDField(null=True)
    person = models.UUIDField(null=True)
    language = models.CharField(max_length=10, blank=True, default="")  # a person's; else ours
    text_key = models.CharField(max_length=32)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failed = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["sent_at", "due_at"], name="outgoing_waiting")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="outgoing_is_to_somebody",
                condition=models.Q(member__isnull=True) ^ models.Q(person__isnull=True),
            )
        ]


class Letter(SealedRow):
    """A letter about somebody's sign-in, asked for in a page; once it has gone it is deleted.

    Whoever asked may have typed an address that is nobody's, so it belongs to no practice. What it
    says is made on sending: no link that opens anything waits here.
    """

    layer = lies_on(Layer.ADMIN)
    kind = models.CharField(max_length=64)
    address = SealedText()
    house = SealedText()  # by which name the house was called in the browser: https://…
    language = models.CharField(max_length=10)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    failed = models.PositiveSmallIntegerField(default=0)

    practice_id = NOBODY

    def seal_scope(self) -> UUID:
        return HOUSE

    class Meta:
        indexes: ClassVar = [models.Index(fields=["due_at"], name="letter_waiting")]
