"""What units of several have beside: homes, what is agreed about secrets, ties to other work."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from holdspace.cellar.vault.fields import SealedText
from holdspace.cellar.vault.layers import Layer
from holdspace.cellar.vault.rows import lies_on
from holdspace.frame.practice.models import PracticeRow
from holdspace.frame.therapy.models.therapies import Participant, Therapy
from holdspace.frame.therapy.secrets import Means, Rule
from holdspace.frame.therapy.units import Tie


class Home(PracticeRow):
    """A home of some who take part: two of them where parents live apart."""

    layer = lies_on(Layer.RECORD)
    therapy = models.ForeignKey(Therapy, models.PROTECT, related_name="+")
    therapy_id: UUID
    name = SealedText()  # "with Mum", "at Gran's"

    def seal_scope(self) -> UUID:
        return self.therapy_id


class Stay(PracticeRow):
    """Somebody lives in a home, from a day to a day; a child may live in two."""

    layer = lies_on(Layer.RECORD)
    home = models.ForeignKey(Home, models.PROTECT, related_name="+")
    home_id: UUID
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    participant_id: UUID
    words = SealedText(default="")  # "every other week", "at weekends"
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    def seal_scope(self) -> UUID:
        return self.participant_id

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["home", "participant"],
                condition=Q(to_on__isnull=True),
                name="lives_there_once",
            ),
        ]


class Agreement(PracticeRow):
    """What holds about secrets, from a day to a day."""

    layer = lies_on(Layer.SHARED)
    therapy = models.ForeignKey(Therapy, models.PROTECT, related_name="+")
    therapy_id: UUID
    rule = models.CharField(max_length=10)
    channels = models.JSONField(default=list)
    words = SealedText(default="")  # as all have read or heard it
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    def seal_scope(self) -> UUID:
        return self.therapy_id

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="agreement_rule", condition=Q(rule__in=list(map(str, Rule)))
            ),
            models.UniqueConstraint(
                fields=["therapy"], condition=Q(to_on__isnull=True), name="one_agreement_at_a_time"
            ),
        ]


class AgreedBy(PracticeRow):
    """One of them agreed, on a day."""

    layer = lies_on(Layer.SHARED)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    agreement_id: UUID
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    participant_id: UUID
    on = models.DateField()
    means = models.CharField(max_length=8)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "participant"], name="agrees_once"),
            models.CheckConstraint(
                name="agreed_by_means", condition=Q(means__in=list(map(str, Means)))
            ),
        ]


class Tied(PracticeRow):
    """Two pieces of work with some of the same people, whose records stay apart."""

    layer = lies_on(Layer.RECORD)
    first = models.ForeignKey(Therapy, models.PROTECT, related_name="+")
    first_id: UUID
    second = models.ForeignKey(Therapy, models.PROTECT, related_name="+")
    second_id: UUID
    tie = models.CharField(max_length=8)
    since = models.DateField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["first"], name="tied_from"),
            models.Index(fields=["second"], name="tied_to"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="tie_kind", condition=Q(tie__in=list(map(str, Tie)))),
            models.CheckConstraint(name="tied_to_another", condition=~Q(first=F("second"))),
        ]
