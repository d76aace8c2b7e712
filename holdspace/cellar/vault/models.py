"""The keyring: wrapped keys in a database of their own, apart from what they open."""

from typing import ClassVar

from django.db import models


class RootCheck(models.Model):
    """One row: how the root key is had, and a sealed sentence that only the right one opens."""

    one = models.BooleanField(default=True, unique=True)
    kind = models.CharField(max_length=16)
    salt = models.BinaryField()
    check_sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="root_check_is_one", condition=models.Q(one=True))
        ]


class PracticeKey(models.Model):
    """A practice's key, wrapped by the root key; it wraps the keys of the scopes."""

    practice = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()


class ScopeKey(models.Model):
    """The key of one scope. Once destroyed, the wrapped bytes are gone and the row says when."""

    scope = models.UUIDField(primary_key=True)
    practice = models.UUIDField()
    wrapped = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="scope_key_is_kept_or_destroyed",
                condition=models.Q(wrapped__isnull=False, destroyed_at__isnull=True)
                | models.Q(wrapped__isnull=True, destroyed_at__isnull=False),
            )
        ]


class Generation(models.Model):
    """Counts destructions and rotations, so that no process keeps a key that is gone."""

    number = models.PositiveBigIntegerField(default=0)
