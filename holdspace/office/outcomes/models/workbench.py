"""The workbench: a file of scores that a member brought, for themselves alone."""

from typing import ClassVar
from uuid import UUID

from django.db import models

from holdspace.cellar.vault.fields import SealedBytes, SealedJSON, SealedText
from holdspace.cellar.vault.layers import Layer
from holdspace.cellar.vault.rows import lies_on
from holdspace.frame.practice.models import Member, PracticeRow


class Import(PracticeRow):
    """A table as it was brought, and how it is read. Taking it away destroys it."""

    layer = lies_on(Layer.PRIVATE)
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    member_id: UUID
    name = SealedText()
    table = SealedBytes()
    reading = SealedJSON(default=dict)  # which columns mean what, which methods, which constants
    brought_at = models.DateTimeField()

    def seal_scope(self) -> UUID:
        """A key of its own, destroyed with it."""
        return self.id

    class Meta:
        indexes: ClassVar = [models.Index(fields=["member"], name="import_of_member")]
