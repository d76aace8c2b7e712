"""What waits to be sent: to whom, when, which of our own sentences; never anybody's words."""

from typing import ClassVar

from django.db import models
from uuid_utils.compat import uuid7


class Outgoing(models.Model):
    """One neutral message to a member. Who they are and where they read is found out on sending."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    practice = models.UUIDField()
    member = models.UUIDField()
    text_key = models.CharField(max_length=32)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failed = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["sent_at", "due_at"], name="outgoing_waiting")]
