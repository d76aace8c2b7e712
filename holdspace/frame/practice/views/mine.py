"""One's own page: name, language and words, PIN, second factors, and where one is signed in."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.table import Action
from holdspace.cellar.ui.places import within
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.practice import actions, queries
from holdspace.frame.practice.forms import MyselfForm, PinForm
from holdspace.frame.practice.views.entrance import asked_again

SHOWN = ("name", "profession", "language", "voice")
read_or_send = require_http_methods(["GET", "HEAD", "POST"])


@read_or_send
@door(Action.WRITE, Layer.ADMIN, what="own page")
def my_page(request: Asked) -> HttpResponse:
    """What I am called here, and what guards my sign-in."""
    by = request.visitor
    me = queries.member(by, by.id)
    typed = request.POST if request.method == "POST" else None
    form = MyselfForm(typed, initial={name: getattr(me, name) for name in SHOWN})
    if form.is_valid():
        actions.describe_myself(form.mine(), by=by, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("my_page")
    context = {
        "form": form,
        "email": me.account.email,
        "has_pin": bool(me.pin_hash),
        "sessions": queries.sessions(by, me.account_id),
        "this_session": request.session.session_key,
    }
    return render(request, "practice/my_page.html", context, status=422 if form.errors else 200)


@read_or_send
@door(Action.WRITE, Layer.ADMIN, what="pin")
@asked_again
def pin(request: Asked) -> HttpResponse:
    """Choose the PIN that leads back from the shared screen."""
    form = PinForm(request.POST if request.method == "POST" else None)
    then = request.POST.get("next", request.GET.get("next", ""))
    if form.is_valid():
        actions.set_pin(form.cleaned_data["pin"], by=request.visitor, at=timezone.now())
        messages.success(request, _("Your PIN is set."))
        return HttpResponseRedirect(within(then) or reverse("my_page"))
    context = {"form": form, "then": then}
    return render(request, "practice/pin.html", context, status=422 if form.errors else 200)


@require_POST
@door(Action.WRITE, Layer.ADMIN, what="browser")
def revoke(request: Asked, session: int) -> HttpResponse:
    """Sign one of my browsers out."""
    gone = actions.revoke_session(session, by=request.visitor, at=timezone.now())
    if gone == request.session.session_key:
        request.session.flush()
        return redirect("account_login")
    messages.success(request, _("That browser is signed out."))
    return redirect("my_page")
