"""The practice: its members, places and choices. Every other row belongs to one practice."""

from typing import ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from uuid_utils.compat import uuid7

from holdspace.cellar.vault.fields import SealedJSON, SealedText
from holdspace.cellar.vault.layers import Layer
from holdspace.cellar.vault.rows import SealedRow, lies_on
from holdspace.frame.practice.rules import VOICES


class Accounts(BaseUserManager["Account"]):
    """Finds accounts by e-mail, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None) -> "Account":
        account = self.model(email=self.normalize_email(email).lower())
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """How a member signs in. It knows no practice and no name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)

    member: "Member | None" = None  # whom a page found behind it

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = Accounts()

    # django-allauth asks these two of every user; nobody here has an administrator's site.
    is_staff = False
    is_superuser = False

    def get_full_name(self) -> str:
        return self.email


class Practice(SealedRow):
    """The legal body: a solo practice, a clinic, an institute, a service."""

    layer = lies_on(Layer.ADMIN)
    name = SealedText()
    language = models.CharField(max_length=10, default="en-gb")
    voice = models.CharField(max_length=16, default="clinical")
    time_zone = models.CharField(max_length=64, default="Europe/London")
    currency = models.CharField(max_length=3, default="GBP")
    country = models.CharField(max_length=2, default="GB")
    session_minutes = models.PositiveSmallIntegerField(default=50)
    choices = SealedJSON(default=dict)  # crisis help confirmed by the owner, defaults of pages
    founded_at = models.DateTimeField()

    @property
    def practice_id(self) -> UUID:
        return self.id

    def seal_scope(self) -> UUID:
        return self.id

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="practice_voice_is_known", condition=models.Q(voice__in=VOICES)
            )
        ]


class PracticeRow(SealedRow):
    """A row that belongs to a practice."""

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    practice_id: UUID

    class Meta:
        abstract = True

    def seal_scope(self) -> UUID:
        """The practice's own scope, where a room says nothing narrower."""
        return self.practice_id


class Member(PracticeRow):
    """Somebody who works in the practice, with roles."""

    layer = lies_on(Layer.ADMIN)
    account = models.OneToOneField(Account, models.PROTECT, related_name="+")
    account_id: UUID
    name = SealedText()
    profession = SealedText(default="")
    roles = models.JSONField(default=list)
    voice = models.CharField(max_length=16, blank=True, default="")
    language = models.CharField(max_length=10, blank=True, default="")
    pin_hash = models.CharField(max_length=160, blank=True, default="")
    pin_failures = models.PositiveSmallIntegerField(default=0)
    pin_waits_until = models.DateTimeField(null=True)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["practice"], name="member_of_practice")]


class Invitation(PracticeRow):
    """A link by which a new member comes in, once."""

    layer = lies_on(Layer.ADMIN)
    token_hash = models.BinaryField(unique=True)
    roles = models.JSONField(default=list)
    name = SealedText()
    email = SealedText()
    invited_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)


class Site(PracticeRow):
    """A house or floor where the practice works."""

    layer = lies_on(Layer.ADMIN)
    name = SealedText()
    address = SealedText(default="")
    closed_on = models.DateField(null=True)


class Room(PracticeRow):
    """A room that one session at a time can be in."""

    layer = lies_on(Layer.ADMIN)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    name = SealedText()
    closed_on = models.DateField(null=True)
