"""Who works here: invited, come in, given roles, gone."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext as _

from holdspace.cellar.access import lines
from holdspace.cellar.access.gate import NotHere, check
from holdspace.cellar.access.table import Action, Relation, Role
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.practice import queries, rules
from holdspace.frame.practice.actions.refusals import CannotChoose, CannotInvite, LastOwner
from holdspace.frame.practice.models import Account, Invitation, Member


def invite(name: str, email: str, roles: Iterable[str], *, by: Visitor, at: datetime) -> str:
    """The token of the link by which they come in; it is kept nowhere and shown once.

    Of the links to one address the last leads in: the one before may not have been seen.
    """
    _may_invite(by)
    chosen = _some_roles(roles)
    address = email.strip().lower()
    if _signs_in_elsewhere(address, by.practice):
        raise CannotInvite(_("Somebody signs in with this e-mail address already."))
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        for earlier in queries.invitations(by, at=at):
            if earlier.email == address:
                earlier.withdrawn_at = at
                earlier.save(update_fields=["withdrawn_at"])
        invitation = Invitation.objects.create(
            practice_id=by.practice, token_hash=rules.token_hash(token), roles=chosen,
            name=name.strip(), email=address, invited_by_id=by.id, invited_at=at,
            ends_at=at + rules.INVITATION_LASTS,
        )  # fmt: skip
        lines.did(by, "invited", "member", [invitation.id], at=at, layer=Layer.ADMIN)
    return token


def withdraw(invitation: UUID, *, by: Visitor, at: datetime) -> None:
    """The link leads nowhere any more."""
    _may_invite(by)
    with transaction.atomic():
        waiting = Invitation.objects.filter(pk=invitation, practice_id=by.practice)
        if not waiting.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=at):
            raise NotHere(subject=invitation)
        lines.did(by, "withdrew", "invitation", [invitation], at=at, layer=Layer.ADMIN)


def accept(token: str, name: str, password: str, *, at: datetime) -> Member:
    """Come in by a link, once. Whoever left comes back as who they were, second factor and all."""
    invitation = queries.invitation(token, at=at)
    with transaction.atomic():
        unused = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
        if not unused.update(accepted_at=at):
            raise NotHere
        if _signs_in_elsewhere(invitation.email, invitation.practice_id):
            raise NotHere
        member = _joined(invitation, at)
        member.name, member.roles, member.left_at = name.strip(), invitation.roles, None
        account = member.account
        account.is_active = True
        account.set_password(password)
        account.save()
        member.save()
        by = queries.visitor_of(member)
        lines.did(by, "joined", "practice", [member.id], at=at, layer=Layer.ADMIN)
    return member


def set_roles(member: UUID, roles: Iterable[str], *, by: Visitor, at: datetime) -> None:
    _may_invite(by)
    chosen = _some_roles(roles)
    with transaction.atomic():
        queries.locked_practice(by)
        found = queries.member(by, member)
        if Role.OWNER not in chosen:
            _check_other_owner(found)
        found.roles = chosen
        found.save(update_fields=["roles"])
        lines.did(by, "changed roles", "member", [member], at=at, layer=Layer.ADMIN)


def end_membership(member: UUID, *, by: Visitor, at: datetime) -> None:
    """They can do nothing here from this moment; what they wrote stays theirs."""
    _may_invite(by)
    with transaction.atomic():
        queries.locked_practice(by)
        found = queries.member(by, member)
        _check_other_owner(found)
        found.left_at = at
        found.save(update_fields=["left_at"])
        Account.objects.filter(pk=found.account_id).update(is_active=False)
        for session in UserSession.objects.filter(user_id=found.account_id):
            session.end()
        lines.did(by, "ended", "membership", [member], at=at, layer=Layer.ADMIN)


def _may_invite(by: Visitor) -> None:
    check(by, Action.INVITE, Layer.ADMIN, {Relation.SAME_PRACTICE})


def _some_roles(roles: Iterable[str]) -> list[str]:
    chosen = sorted(role.value for role in rules.roles_from(list(roles)))
    if not chosen:
        raise CannotChoose(_("Choose at least one role."))
    return chosen


def _signs_in_elsewhere(email: str, practice: UUID) -> bool:
    """Whether this address belongs to anybody but a former member of this practice."""
    accounts = Account.objects.filter(email=email)
    came_back = Member.objects.filter(practice_id=practice, left_at__isnull=False)
    return accounts.exclude(pk__in=came_back.values("account_id")).exists()


def _joined(invitation: Invitation, at: datetime) -> Member:
    """The member an invitation makes, or makes again."""
    account = Account.objects.filter(email=invitation.email).first()
    if account is not None:
        return Member.objects.select_related("account", "practice").get(account=account)
    return Member(
        practice=invitation.practice,
        account=Account.objects.create_user(invitation.email),
        joined_at=at,
    )


def _check_other_owner(member: Member) -> None:
    if Role.OWNER.value not in member.roles:
        return
    others = Member.objects.filter(practice_id=member.practice_id, left_at=None)
    if not any(Role.OWNER.value in one.roles for one in others.exclude(pk=member.pk)):
        raise LastOwner
