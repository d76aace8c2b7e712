"""Persons: human beings, whatever place they take in which therapy."""

from typing import ClassVar
from uuid import UUID

from django.db import models

from holdspace.cellar.vault.fields import SealedJSON, SealedText
from holdspace.cellar.vault.layers import Layer
from holdspace.cellar.vault.rows import lies_on
from holdspace.frame.people.rules import PointKind, Safe
from holdspace.frame.practice.models import PracticeRow


class Person(PracticeRow):
    """A human being: client here, parent there. All that is said of them is sealed."""

    layer = lies_on(Layer.ADMIN)
    name = SealedText()  # as a whole, in their own order: some people have one name
    preferred_name = SealedText(default="")
    pronouns = SealedText(default="")
    pronunciation = SealedText(default="")
    birth_date = SealedText(default="")  # ISO 8601, or a year, or nothing
    languages = SealedJSON(default=list)  # BCP 47
    known_since = models.DateTimeField()

    def seal_scope(self) -> UUID:
        return self.id

    class Meta:
        indexes: ClassVar = [models.Index(fields=["practice"], name="person_of_practice")]


class ContactPoint(PracticeRow):
    """A way to reach somebody, and whether, how and when it is safe to use it."""

    layer = lies_on(Layer.ADMIN)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    person_id: UUID
    kind = models.CharField(max_length=10)
    value = SealedText()
    safe = models.CharField(max_length=8)
    how = SealedText(default="")  # "text only, never at home, after six"
    is_preferred = models.BooleanField(default=False)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)

    def seal_scope(self) -> UUID:
        return self.person_id

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="contact_point_kind_is_known",
                condition=models.Q(kind__in=[kind.value for kind in PointKind]),
            ),
            models.CheckConstraint(
                name="contact_point_safety_is_known",
                condition=models.Q(safe__in=[safe.value for safe in Safe]),
            ),
        ]


class NameToken(models.Model):
    """A word of a name in the blind index; gone when the person is erased."""

    id = models.BigAutoField(primary_key=True)
    practice = models.UUIDField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    token = models.IntegerField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["practice", "token", "person"], name="name_token_lookup")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "token"], name="name_token_once")
        ]
