"""The ledger's tables. They only grow: triggers in the database refuse every change but adding.

No foreign keys stand here, because lines outlive the people and pages that they name.
"""

from django.db import models

from holdspace.cellar.ledger.entry import ActorKind

ACTOR_KINDS = [kind.value for kind in ActorKind]


class Line(models.Model):
    """Who did or read what, and when."""

    id = models.UUIDField(primary_key=True, editable=False)
    practice = models.UUIDField(null=True)
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    actor_kind = models.CharField(max_length=6, choices=[(kind, kind) for kind in ACTOR_KINDS])
    act = models.CharField(max_length=40)
    what = models.CharField(max_length=40)
    subjects = models.JSONField(default=list)
    layer = models.CharField(max_length=40, null=True)
    reason = models.BinaryField(null=True)
    salt = models.BinaryField(max_length=16)

    class Meta:
        indexes = [
            models.Index(fields=["practice", "at"], name="ledger_line_practice_at"),
            models.Index(fields=["actor", "id"], name="ledger_line_actor_id"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(actor_kind__in=ACTOR_KINDS), name="ledger_line_actor_kind"
            )
        ]


class Naming(models.Model):
    """That a line names a subject, so that "who opened this record" is one step in an index.

    The sequencer makes it with the line's leaf: no page waits for thirty places in an index.
    """

    pk = models.CompositePrimaryKey("subject", "line")
    subject = models.UUIDField()
    line = models.UUIDField()


class Waiting(models.Model):
    """A committed line that the sequencer has not yet put into the tree."""

    line = models.UUIDField(primary_key=True)


class Leaf(models.Model):
    """A line's place in the tree."""

    index = models.BigIntegerField(primary_key=True)
    line = models.UUIDField(unique=True)
    hash = models.BinaryField(max_length=32)


class Checkpoint(models.Model):
    """A signed head of the tree, and the frontier from which the next one grows."""

    number = models.BigIntegerField(primary_key=True)
    size = models.BigIntegerField(unique=True)
    root = models.BinaryField(max_length=32)
    frontier = models.JSONField()
    note = models.TextField()
    at = models.DateTimeField()
