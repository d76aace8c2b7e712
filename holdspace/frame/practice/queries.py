"""Reading the practice: who a visitor is, members, choices, places."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from holdspace.cellar.access.gate import NotHere, check
from holdspace.cellar.access.table import Action, Relation, Role
from holdspace.cellar.access.visitor import NO_ONE, Visitor
from holdspace.cellar.ledger.entry import ActorKind
from holdspace.cellar.prepared import One, first, prepared
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.practice.models import Account, Invitation, Member, Practice, Room, Site
from holdspace.frame.practice.rules import (
    NOTICE_HOURS,
    CrisisHelp,
    help_from,
    roles_from,
    token_hash,
)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who came in: the member with the practice, and the visitor they are."""

    member: Member
    visitor: Visitor


def behind(account: UUID) -> Member | None:
    """The member an account belongs to, with account and practice; whoever has left, too."""
    return first(_behind(account=account))


@prepared
def _behind(account: One) -> QuerySet[Member]:
    return Member.objects.select_related("account", "practice").filter(account_id=account)


def signed_in(
    member: Member | None, *, narrowed_to: UUID | None, lacks_second_factor: bool
) -> SignedIn | None:
    """The visitor that the member behind an account is, or nothing where they have left."""
    if member is None or member.left_at is not None:
        return None
    roles = roles_from(member.roles) if narrowed_to is None else frozenset({Role.SHARED_SCREEN})
    visitor = Visitor(
        member.id, member.practice_id, ActorKind.MEMBER, roles,
        lacks_second_factor=lacks_second_factor, narrowed_to=narrowed_to,
    )  # fmt: skip
    return SignedIn(member, visitor)


def visitor_of(member: Member) -> Visitor:
    """The visitor that a member is, outside any browser: for commands and tests."""
    return Visitor(member.id, member.practice_id, ActorKind.MEMBER, roles_from(member.roles))


def practice_of(by: Visitor) -> Practice:
    """The practice somebody belongs to."""
    if by.practice == NO_ONE:
        raise NotHere
    return Practice.objects.get(pk=by.practice)


def locked_practice(by: Visitor) -> Practice:
    """The practice, held until the transaction ends: of two owners who end each other at once
    the second waits, and then finds that theirs is the last one left.
    """
    return Practice.objects.select_for_update().get(pk=by.practice)


def crisis_help(by: Visitor) -> list[CrisisHelp]:
    """The numbers that may be shown to a client: those an owner checked, and no others."""
    return help_from(practice_of(by).choices.get("crisis_help", []))


def tells_of_safety(by: Visitor) -> bool:
    """Whether a therapist gets a neutral message when an answer needs a look."""
    return bool(practice_of(by).choices.get("tells_of_safety", False))


def reminds_clients(by: Visitor) -> bool:
    """Whether clients are reminded of a questionnaire, once."""
    return bool(practice_of(by).choices.get("reminds_clients", False))


def cancellation_hours(by: Visitor) -> int:
    """How long before a session one cancels in time."""
    return int(practice_of(by).choices.get("cancellation_hours", NOTICE_HOURS))


def members(by: Visitor) -> list[Member]:
    """Everybody who works here now; colleagues know each other."""
    check(by, Action.READ, Layer.ADMIN, {Relation.SELF})
    chosen = Member.objects.filter(practice=by.practice, left_at=None)
    return list(chosen.select_related("account").order_by("joined_at", "id"))


def member(by: Visitor, member: UUID) -> Member:
    """A colleague, or oneself."""
    found = Member.objects.filter(pk=member, practice=by.practice, left_at=None)
    one = found.select_related("account").first()
    if one is None:
        raise NotHere(subject=member)
    return one


def invitations(by: Visitor, *, at: datetime) -> list[Invitation]:
    """Links that still lead in."""
    check(by, Action.INVITE, Layer.ADMIN, {Relation.SAME_PRACTICE})
    chosen = _open_invitations(at).filter(practice=by.practice)
    return list(chosen.order_by("invited_at", "id"))


def invitation(token: str, *, at: datetime) -> Invitation:
    """What a link leads to. Expired, used, withdrawn and made up are all alike: NotHere."""
    chosen = _open_invitations(at).filter(token_hash=token_hash(token))
    found = chosen.select_related("practice").first()
    if found is None:
        raise NotHere
    return found


def password_faults(password: str, email: str) -> list[str]:
    """What is wrong with a new password, in sentences; nothing where it will do."""
    try:
        validate_password(password, Account(email=email))
    except ValidationError as faults:
        return faults.messages
    return []


def rooms(by: Visitor) -> list[Room]:
    """Rooms that sessions can be in, in the order they were added."""
    chosen = Room.objects.filter(practice=by.practice, closed_on=None)
    return list(chosen.select_related("site").order_by("id"))


def sites(by: Visitor) -> list[Site]:
    return list(Site.objects.filter(practice=by.practice, closed_on=None).order_by("id"))


def sessions(by: Visitor, account: UUID) -> list[UserSession]:
    """Where one is signed in: one's own browsers, the latest first."""
    check(by, Action.READ, Layer.ADMIN, {Relation.SELF})
    mine = Member.objects.filter(pk=by.id, account_id=account)
    found = UserSession.objects.filter(user_id__in=mine.values("account_id"))
    return [one for one in found.order_by("-created_at") if not one.purge()]


def may_configure(by: Visitor) -> None:
    check(by, Action.CONFIGURE, Layer.ADMIN, {Relation.SAME_PRACTICE})


def _open_invitations(at: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None, ends_at__gt=at)
