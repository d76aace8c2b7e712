"""Measures in use: their rules, what was given, what was answered, what that raised."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from holdspace.cellar.vault.fields import SealedJSON, SealedText
from holdspace.cellar.vault.layers import Layer
from holdspace.cellar.vault.rows import lies_on
from holdspace.frame.practice.models import Member, PracticeRow
from holdspace.frame.therapy.links import Link
from holdspace.frame.therapy.models import Participant, Therapy
from holdspace.hour.encounters.models import Session
from holdspace.hour.measures.personal import Kind
from holdspace.hour.measures.rules import Faces, FileKind, Respondent, Shows, State, When


class Battery(PracticeRow):
    """Several instruments under one name that the practice gave them."""

    layer = lies_on(Layer.ADMIN)
    name = SealedText()
    instruments = models.JSONField(default=list)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # no longer offered; rules that name it go on

    class Meta:
        indexes: ClassVar = [models.Index(fields=["practice"], name="battery_of_practice")]


class Rule(PracticeRow):
    """In this therapy, this participant is given this instrument, whenever the rule says.

    Or a battery: then `instrument` is empty.
    """

    layer = lies_on(Layer.ADMIN)
    therapy = models.ForeignKey(Therapy, models.PROTECT, related_name="+")
    therapy_id: UUID
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    participant_id: UUID  # who is asked
    about = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="+")
    about_id: UUID | None  # nobody: about themselves
    instrument = models.CharField(max_length=32, blank=True)
    battery = models.ForeignKey(Battery, models.PROTECT, null=True, related_name="+")
    battery_id: UUID | None
    when = models.CharField(max_length=20)
    every = models.PositiveSmallIntegerField(default=1)
    weeks = models.JSONField(default=list)  # since the therapy began, where it is asked at weeks
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["therapy"], name="rule_of_therapy")]
        constraints: ClassVar = [
            models.CheckConstraint(name="rule_when", condition=Q(when__in=list(map(str, When)))),
            models.CheckConstraint(
                name="rule_names_an_instrument_or_a_battery",
                condition=Q(battery__isnull=True) ^ Q(instrument=""),
            ),
            models.UniqueConstraint(
                F("participant"),
                Coalesce("about", "participant"),
                F("instrument"),
                condition=Q(to_on__isnull=True, battery__isnull=True),
                name="one_rule_per_instrument",
            ),
            models.UniqueConstraint(
                F("participant"),
                Coalesce("about", "participant"),
                F("battery"),
                condition=Q(to_on__isnull=True),
                name="one_rule_per_battery",
            ),
        ]

    @property
    def instruments(self) -> Sequence[str]:
        """What it asks for, in the order it is asked."""
        return [self.instrument] if self.battery is None else self.battery.instruments


class OwnWords(PracticeRow):
    """Somebody's goals or problems, in their words; other words are another version."""

    layer = lies_on(Layer.SHARED)
    therapy = models.ForeignKey(Therapy, models.PROTECT, related_name="+")
    therapy_id: UUID
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    participant_id: UUID
    kind = models.CharField(max_length=12)
    version = models.PositiveSmallIntegerField(default=1)
    words = SealedJSON(default=list)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    def seal_scope(self) -> UUID:
        return self.participant_id

    class Meta:
        indexes: ClassVar = [models.Index(fields=["therapy"], name="own_words_of_therapy")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="own_words_kind", condition=Q(kind__in=list(map(str, Kind)))
            ),
            models.UniqueConstraint(
                fields=["participant", "kind"],
                condition=Q(until__isnull=True),
                name="own_words_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["participant", "kind", "version"], name="own_words_version"
            ),
        ]


class Giving(Link):
    """A link (or a tablet) handed to one participant, with one or more questionnaires behind it."""

    therapy = models.ForeignKey(Therapy, models.PROTECT, related_name="+")
    therapy_id: UUID
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    participant_id: UUID  # who is asked
    about = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="+")
    about_id: UUID | None  # nobody: about themselves
    session = models.ForeignKey(Session, models.PROTECT, null=True, related_name="+")
    session_id: UUID | None
    given_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    code_hash = models.BinaryField(unique=True, null=True)  # that opens it on a handed device
    code_ends_at = models.DateTimeField(null=True)
    remind_at = models.DateTimeField(null=True)  # if it is open then; empty once that is past
    reminder = models.UUIDField(null=True)  # the message that went into the post, once

    def seal_scope(self) -> UUID:
        return self.participant_id

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["session"], name="giving_for_session"),
            models.Index(fields=["therapy"], name="giving_of_therapy"),
            models.Index(fields=["remind_at"], name="giving_to_remind_of"),
        ]


class Answering(PracticeRow):
    """One instrument, given once: the sealed answers, and the score that statistics may read."""

    layer = lies_on(Layer.SHARED)
    giving = models.ForeignKey(Giving, models.PROTECT, related_name="+")
    giving_id: UUID
    therapy_id = models.UUIDField()
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    participant_id: UUID  # whom it is about
    order = models.PositiveSmallIntegerField(default=0)
    instrument = models.CharField(max_length=32)
    instrument_version = models.CharField(max_length=16)
    own_words = models.ForeignKey(OwnWords, models.PROTECT, null=True, related_name="+")
    own_words_id: UUID | None
    language = models.CharField(max_length=10)
    threshold_set = models.CharField(max_length=32, blank=True, default="")
    answered_by = models.CharField(max_length=12, default="client")
    respondent = models.CharField(max_length=12, default=Respondent.CLIENT.value)  # whose view
    coding = models.CharField(max_length=40, blank=True, default="")  # what its values mean
    state = models.CharField(max_length=10, default=State.WAITING.value)
    answers = SealedJSON(default=dict)  # item id to value, or null where declined
    answered = models.PositiveSmallIntegerField(default=0)
    total = models.FloatField(null=True)
    subscales = models.JSONField(default=dict)
    prorated = models.BooleanField(default=False)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    def seal_scope(self) -> UUID:
        return self.participant_id

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["participant", "instrument", "ended_at"], name="answering_course"),
            models.Index(fields=["therapy_id", "ended_at"], name="answering_of_therapy"),
            models.Index(fields=["giving"], name="answering_of_giving"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="answering_state", condition=Q(state__in=list(map(str, State)))
            ),
        ]


class Showing(PracticeRow):
    """What the clients of one therapy are shown of their answers, and who is asked with faces."""

    layer = lies_on(Layer.ADMIN)
    therapy = models.ForeignKey(Therapy, models.PROTECT, related_name="+")
    therapy_id: UUID
    shows = models.CharField(max_length=10)
    faces = models.CharField(max_length=10)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["therapy"], name="one_showing_each"),
            models.CheckConstraint(
                name="showing_shows", condition=Q(shows__in=list(map(str, Shows)))
            ),
            models.CheckConstraint(
                name="showing_faces", condition=Q(faces__in=list(map(str, Faces)))
            ),
        ]


class LocalFile(PracticeRow):
    """What a practice loaded: an instrument of its own, or words it is licensed to use."""

    layer = lies_on(Layer.ADMIN)
    kind = models.CharField(max_length=10)
    instrument = models.CharField(max_length=32)
    version = models.CharField(max_length=16)
    language = models.CharField(max_length=10, blank=True, default="")
    text = SealedText()  # as it was loaded; its licence stands in it
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["practice"], name="file_of_practice")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="file_kind", condition=Q(kind__in=list(map(str, FileKind)))
            ),
            models.UniqueConstraint(
                fields=["practice", "kind", "instrument", "version", "language"],
                condition=Q(taken_at__isnull=True),
                name="file_once",
            ),
            models.CheckConstraint(
                name="file_is_taken_by_somebody_at_a_time",
                condition=Q(taken_at__isnull=True, taken_by__isnull=True)
                | Q(taken_at__isnull=False, taken_by__isnull=False),
            ),
        ]


class SafetyFlag(PracticeRow):
    """An answer that a person must look at: what the client saw, who was told, who has looked."""

    layer = lies_on(Layer.RECORD)  # a screen turned to the client does not show it
    answering = models.ForeignKey(Answering, models.PROTECT, related_name="+")
    answering_id: UUID
    therapy_id = models.UUIDField()
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    participant_id: UUID
    item = models.CharField(max_length=16)
    raised_at = models.DateTimeField()
    what = SealedJSON(default=dict)  # the item, each answer in words, what the client was shown
    told = models.JSONField(default=list)  # of neutral messages: member, message, when
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    def seal_scope(self) -> UUID:
        return self.participant_id

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["therapy_id", "seen_at"], name="flag_of_therapy"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["answering", "item"], name="flag_once"),
            models.CheckConstraint(
                name="flag_is_seen_by_somebody_at_a_time",
                condition=Q(seen_at__isnull=True, seen_by__isnull=True)
                | Q(seen_at__isnull=False, seen_by__isnull=False),
            ),
        ]
