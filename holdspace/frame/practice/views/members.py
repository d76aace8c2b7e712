"""Who works here: the list, invitations, roles, and the end of access."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.gate import may
from holdspace.cellar.access.table import Action, Relation
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.practice import actions, queries
from holdspace.frame.practice.forms import ROLES, InviteForm, RolesForm
from holdspace.frame.practice.views.entrance import asked_again

read_or_send = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@door(Action.READ, Layer.ADMIN, what="members")
def members(request: Asked) -> HttpResponse:
    """Colleagues; for owners also who was invited."""
    by, at = request.visitor, timezone.now()
    words = {value: label.partition(":")[0] for value, label in _roles()}
    rows = [
        {"member": one, "roles": [words[role] for role in one.roles if role in words]}
        for one in queries.members(by)
    ]
    may_invite = may(by, Action.INVITE, Layer.ADMIN, {Relation.SAME_PRACTICE})
    invited = queries.invitations(by, at=at) if may_invite else []
    context = {"rows": rows, "may_invite": may_invite, "invited": invited, "me": by.id}
    return render(request, "practice/members.html", context)


@read_or_send
@door(Action.INVITE, Layer.ADMIN, what="invite")
@asked_again
def invite(request: Asked) -> HttpResponse:
    """Invite somebody: the link is shown once, here, and handed over by the owner."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            token = actions.invite(
                given["name"], given["email"], given["roles"],
                by=request.visitor, at=timezone.now(),
            )  # fmt: skip
        except actions.CannotInvite as refusal:
            form.add_error("email", str(refusal))
        else:
            link = request.build_absolute_uri(reverse("invitation", args=[token]))
            context = {"link": link, "name": given["name"]}
            return render(request, "practice/invited.html", context)
    status = 422 if form.errors else 200
    return render(request, "practice/invite.html", {"form": form}, status=status)


@require_POST
@door(Action.INVITE, Layer.ADMIN, what="invitation")
def withdraw(request: Asked, invitation: UUID) -> HttpResponse:
    """The link leads nowhere any more."""
    actions.withdraw(invitation, by=request.visitor, at=timezone.now())
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("members")


@read_or_send
@door(Action.INVITE, Layer.ADMIN, what="member")
@asked_again
def member(request: Asked, member: UUID) -> HttpResponse:
    """A colleague's roles, and the end of their access."""
    found = queries.member(request.visitor, member)
    typed = request.POST if request.method == "POST" else None
    form = RolesForm(typed, initial={"roles": found.roles})
    if form.is_valid():
        roles = form.cleaned_data["roles"]
        try:
            actions.set_roles(member, roles, by=request.visitor, at=timezone.now())
        except actions.LastOwner as refusal:
            form.add_error("roles", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("members")
    context = {"form": form, "member": found}
    return render(request, "practice/member.html", context, status=422 if form.errors else 200)


@require_POST
@door(Action.INVITE, Layer.ADMIN, what="member")
@asked_again
def end(request: Asked, member: UUID) -> HttpResponse:
    """From this moment they can do nothing here."""
    try:
        actions.end_membership(member, by=request.visitor, at=timezone.now())
    except actions.LastOwner as refusal:
        messages.error(request, str(refusal))
        return redirect("member", member=member)
    messages.success(request, _("Their access has ended, in every browser."))
    return redirect("members")


def _roles() -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in ROLES]
