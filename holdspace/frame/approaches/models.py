"""A practice's own approaches, and its own voices."""

from typing import Any, ClassVar

from django.db import models

from holdspace.cellar.vault.fields import SealedJSON
from holdspace.cellar.vault.layers import Layer
from holdspace.cellar.vault.rows import lies_on
from holdspace.frame.practice.models import PracticeRow
from holdspace.frame.practice.rules import OWN


class _Own(PracticeRow):
    """What a practice wrote for itself; retired, it is offered no more, and goes on where it is."""

    key = models.CharField(max_length=16)  # by which a therapy names it
    since = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class OwnApproach(_Own):
    """An approach of the practice's own."""

    layer = lies_on(Layer.ADMIN)
    description: Any = SealedJSON(default=dict)  # see `descriptions`

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "key"], name="own_approach_once"),
            models.CheckConstraint(
                name="own_approach_key", condition=models.Q(key__startswith=OWN)
            ),
        ]


class OwnVoice(_Own):
    """A set of words of the practice's own."""

    layer = lies_on(Layer.ADMIN)
    words: Any = SealedJSON(default=dict)  # its name and its slots: `rules.VoiceSaid`

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "key"], name="own_voice_once"),
            models.CheckConstraint(name="own_voice_key", condition=models.Q(key__startswith=OWN)),
        ]
