"""Reading the practice: who a visitor is, members, choices, places."""

from dataclasses import dataclass
from uuid import UUID

from holdspace.cellar.access.gate import NotHere, check
from holdspace.cellar.access.table import Action, Relation, Role
from holdspace.cellar.access.visitor import NO_ONE, Visitor
from holdspace.cellar.ledger.entry import ActorKind
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.practice.models import Member, Practice, Room, Site
from holdspace.frame.practice.rules import roles_from


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who came in: the member with the practice, and the visitor they are."""

    member: Member
    visitor: Visitor


def signed_in(
    account: UUID, *, narrowed_to: UUID | None, lacks_second_factor: bool
) -> SignedIn | None:
    """The member behind an account, or nothing where they have left."""
    chosen = Member.objects.select_related("practice").filter(account_id=account, left_at=None)
    member = chosen.first()
    if member is None:
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


def members(by: Visitor) -> list[Member]:
    """Everybody who works here now; colleagues know each other."""
    return list(Member.objects.filter(practice=by.practice, left_at=None).order_by("joined_at"))


def rooms(by: Visitor) -> list[Room]:
    """Rooms that sessions can be in, in the order they were added."""
    chosen = Room.objects.filter(practice=by.practice, closed_on=None)
    return list(chosen.select_related("site").order_by("id"))


def sites(by: Visitor) -> list[Site]:
    return list(Site.objects.filter(practice=by.practice, closed_on=None).order_by("id"))


def may_configure(by: Visitor) -> None:
    check(by, Action.CONFIGURE, Layer.ADMIN, {Relation.SAME_PRACTICE})
