"""The entrance: coming in by an invitation, and hanging django-allauth's pages on doors."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from holdspace.cellar.access import lines
from holdspace.cellar.access.doors import Asked, open_door
from holdspace.cellar.access.gate import NotHere
from holdspace.frame.practice import actions, queries
from holdspace.frame.practice.forms import AcceptForm

Page = Callable[..., HttpResponse]
V = TypeVar("V", bound=Page)


def asked_again(view: V) -> V:
    """For dangerous things: whoever sits here shows within five minutes that it is still them."""
    return cast("V", reauthentication_required(view))


def opened(page: Callable[..., Any], *, because: str, what: str) -> Page:
    """A page of sign-in as an open door; a screen that is turned to the client has none."""

    @open_door(because=because, what=what)
    def entrance(request: Asked, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.visitor.narrowed_to is not None:
            raise NotHere
        response: HttpResponse = page(request, *args, **kwargs)
        return response

    return entrance


@open_door(because="whoever holds the link was invited, and is nobody yet", what="invitation")
def invitation(request: Asked, token: str) -> HttpResponse:
    """Choose a name and a password, and come in."""
    try:
        return _invited(request, token)
    except NotHere:  # made up, used, past or withdrawn: one page, and one line as for any refusal
        lines.refused(request.visitor, "invitation", None, at=timezone.now())
        return render(request, "practice/invitation_gone.html", status=404)


def _invited(request: Asked, token: str) -> HttpResponse:
    at = timezone.now()
    found = queries.invitation(token, at=at)
    translation.activate(found.practice.language)
    typed = request.POST if request.method == "POST" else None
    form = AcceptForm(typed, email=found.email, initial={"name": found.name})
    if form.is_valid():
        given = form.cleaned_data
        actions.accept(token, given["name"], given["password"], at=at)
        messages.success(request, _("Welcome. Sign in with your e-mail and your new password."))
        return redirect("account_login")
    context = {"form": form, "practice_name": found.practice.name, "email": found.email}
    return render(request, "practice/invitation.html", context, status=422 if form.errors else 200)
