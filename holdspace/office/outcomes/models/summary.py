"""What has become of each therapy and each course, in numbers: the house works it out anew.

Nothing is stored here that could not be worked out again from sessions and answers. The rows hold
ids, numbers and dates, no words; pages of a whole service add them up instead of a million answers.
"""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from holdspace.cellar.vault.layers import Layer
from holdspace.cellar.vault.rows import lies_on
from holdspace.frame.practice.models import Member, PracticeRow
from holdspace.frame.therapy.models import Participant, Therapy
from holdspace.hour.measures.change import Kind
from holdspace.office.outcomes.statistics.endings import Ending


class SummaryMark(PracticeRow):
    """How far the summaries of a practice go."""

    layer = lies_on(Layer.ADMIN)
    as_of = models.DateTimeField()  # everything that was committed before is in them
    changed_at = models.DateTimeField()  # when a summary was last written
    reached = models.UUIDField(null=True)  # the last therapy of a first pass that is under way

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice"], name="one_mark_a_practice"),
        ]


class TherapySummary(PracticeRow):
    """One therapy: how it stands or ended, how many sessions were held, who came."""

    layer = lies_on(Layer.ADMIN)
    therapy = models.ForeignKey(Therapy, models.PROTECT, related_name="+")
    therapy_id: UUID
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    member_id: UUID | None  # who leads it, or led it to its end
    started_on = models.DateField()
    ended_on = models.DateField(null=True)
    ending = models.CharField(max_length=10)
    held = models.PositiveIntegerField(default=0)  # sessions
    came = models.PositiveIntegerField(default=0)  # places at sessions, from here on
    stayed_away = models.PositiveIntegerField(default=0)
    cancelled = models.PositiveIntegerField(default=0)
    cancelled_for_them = models.PositiveIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["practice", "member"], name="therapy_summary_of_member"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["therapy"], name="one_summary_a_therapy"),
            models.CheckConstraint(
                name="therapy_summary_ending", condition=Q(ending__in=list(map(str, Ending)))
            ),
        ]


class CourseSummary(PracticeRow):
    """One participant's course on one instrument, as one respondent gave it: first to last."""

    layer = lies_on(Layer.ADMIN)
    therapy = models.ForeignKey(Therapy, models.PROTECT, related_name="+")
    therapy_id: UUID
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    participant_id: UUID
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    member_id: UUID | None  # who leads the therapy, or led it to its end
    respondent = models.CharField(max_length=12)
    instrument = models.CharField(max_length=32)
    first = models.FloatField()
    last = models.FloatField()
    scores = models.PositiveIntegerField()  # how many there are
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    kind = models.CharField(max_length=20)  # of change, from first to last
    is_over = models.BooleanField(default=False)  # whether the therapy has ended
    improved_after = models.PositiveIntegerField(null=True)  # scores, until first reliably better

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["practice", "instrument", "member"], name="course_summary_of_member"
            ),
            models.Index(fields=["therapy"], name="course_summary_of_therapy"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["participant", "instrument", "respondent"], name="one_summary_a_course"
            ),
            models.CheckConstraint(
                name="course_summary_kind", condition=Q(kind__in=list(map(str, Kind)))
            ),
        ]
