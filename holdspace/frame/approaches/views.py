"""Pages of approaches: looking them up, for every member; writing one's own, for its owner."""

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
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.approaches import actions, catalogue, descriptions, page, queries
from holdspace.frame.approaches.forms import (
    ApproachForm,
    LookForm,
    VoiceForm,
    as_typed,
    voice_as_typed,
)
from holdspace.frame.approaches.rules import Described
from holdspace.frame.approaches.tongues import in_tongue
from holdspace.frame.approaches.words import PLAINEST
from holdspace.frame.people.forms import posted, tried
from holdspace.frame.people.sheets import UNPROCESSABLE

NEW = Described(
    name="", family=catalogue.FAMILIES[0], stance="mixed", structure="semi", voice="counselling",
    note_format="three_line",
)  # fmt: skip


@require_safe
@door(Action.READ, Layer.ADMIN, what="approaches")
def approaches(request: Asked) -> HttpResponse:
    """The time line, or what of it was looked for."""
    by, look = request.visitor, LookForm(request.GET)
    known = queries.approaches(by)
    context = {
        "look": look,
        "page": page.time_line(known.values(), look.wanted()),
        "retired": [in_tongue(one.name).words for one in known.values() if one.is_retired],
        "not_offered": [(in_tongue(what), in_tongue(why)) for what, why in catalogue.not_offered()],
        "may_write": _may_write(by),
    }
    return render(request, "approaches/approaches.html", context)


@require_safe
@door(Action.READ, Layer.ADMIN, what="approach")
def approach(request: Asked, name: str) -> HttpResponse:
    """One approach: what an hour of it is like, and what it asks and keeps."""
    found = queries.approach(request.visitor, name)
    context = {
        "page": page.approach_page(found, dict(queries.voices(request.visitor, found.voice))),
        "width": page.WIDTH,
        "compiled": catalogue.COMPILED,
        "may_write": _may_write(request.visitor),
    }
    return render(request, "approaches/approach.html", context)


def _may_write(by: Visitor) -> bool:
    return may(by, Action.CONFIGURE, Layer.ADMIN, {Relation.SAME_PRACTICE})


@require_http_methods(["GET", "HEAD", "POST"])
@door(Action.CONFIGURE, Layer.ADMIN, what="own approach")
def new_approach(request: Asked) -> HttpResponse:
    """An approach of the practice's own, begun from another or from nothing."""
    by = request.visitor
    queries.may_write(by)
    begun_with = queries.among(by, [request.GET.get("from", "")])
    source = next(iter(begun_with.values()), None)
    said = descriptions.begun_from(source) if source else NEW
    form = ApproachForm(posted(request), initial=as_typed(said), voices=queries.voices(by))
    known = descriptions.techniques_by_id(source) if source else {}
    row = tried(form, lambda: actions.write_approach(form.said(), known, by=by, at=timezone.now()))
    if row is not None:
        return redirect("approach", row.key)
    return _form_page(request, form, _("A new approach"), reverse("approaches"))


@require_http_methods(["GET", "HEAD", "POST"])
@door(Action.CONFIGURE, Layer.ADMIN, what="own approach")
def edit_approach(request: Asked, name: str) -> HttpResponse:
    """Say an approach of the practice's own anew."""
    by = request.visitor
    known = queries.own(by, name)
    initial = as_typed(descriptions.said_of(known))
    voices = queries.voices(by, known.description["voice"])
    form = ApproachForm(posted(request), initial=initial, voices=voices)
    row = tried(form, lambda: actions.rewrite_approach(name, form.said(), by=by, at=timezone.now()))
    if row is not None:
        return redirect("approach", name)
    return _form_page(request, form, known.description["name"], reverse("approach", args=[name]))


@require_POST
@door(Action.CONFIGURE, Layer.ADMIN, what="own approach")
def retire_approach(request: Asked, name: str) -> HttpResponse:
    """Offer it no more."""
    actions.retire_approach(name, by=request.visitor, at=timezone.now())
    messages.success(request, _("Retired. Where it is chosen, it stays."))
    return redirect("approach", name)


@require_POST
@door(Action.CONFIGURE, Layer.ADMIN, what="own approach")
def bring_back_approach(request: Asked, name: str) -> HttpResponse:
    """Offer it again."""
    actions.bring_back_approach(name, by=request.visitor, at=timezone.now())
    messages.success(request, _("It can be chosen again."))
    return redirect("approach", name)


def _form_page(request: Asked, form: ApproachForm, heading: str, back: str) -> HttpResponse:
    context = {"form": form, "heading": heading, "back": back}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "approaches/write.html", context, status=status)


# ------------------------------------------------------------------ voices


@require_safe
@door(Action.READ, Layer.ADMIN, what="voices")
def voices(request: Asked) -> HttpResponse:
    """The voices there are, and which one a member's own work begins with."""
    by = request.visitor
    member = getattr(request, "member", None)
    context = {
        "shown": page.shown_voices(queries.own_voices(by)),
        "mine": getattr(member, "voice", ""),
        "may_write": _may_write(by),
    }
    return render(request, "approaches/voices.html", context)


@require_POST
@door(Action.READ, Layer.ADMIN, what="voices")
def speak(request: Asked, name: str) -> HttpResponse:
    """Begin one's own work with a voice."""
    actions.speak(name, by=request.visitor, at=timezone.now())
    messages.success(request, _("What you begin from now on speaks so."))
    return redirect("voices")


@require_http_methods(["GET", "HEAD", "POST"])
@door(Action.CONFIGURE, Layer.ADMIN, what="own voice")
def new_voice(request: Asked) -> HttpResponse:
    """A voice of the practice's own, begun from another."""
    by = request.visitor
    queries.may_write(by)
    words = queries.in_languages(by, request.GET.get("from", PLAINEST))
    form = VoiceForm(posted(request), initial=voice_as_typed("", words))
    row = tried(form, lambda: actions.write_voice(form.said(), by=by, at=timezone.now()))
    if row is not None:
        return _voice_kept(request, row.key)
    return _voice_page(request, form, _("A new voice"))


@require_http_methods(["GET", "HEAD", "POST"])
@door(Action.CONFIGURE, Layer.ADMIN, what="own voice")
def edit_voice(request: Asked, name: str) -> HttpResponse:
    """Other words for a voice of the practice's own."""
    by = request.visitor
    known = queries.own_voice(by, name)
    called = known.words["name"]
    form = VoiceForm(posted(request), initial=voice_as_typed(called, known.words["slots"]))
    row = tried(form, lambda: actions.rewrite_voice(name, form.said(), by=by, at=timezone.now()))
    if row is not None:
        return _voice_kept(request, name)
    return _voice_page(request, form, called)


@require_POST
@door(Action.CONFIGURE, Layer.ADMIN, what="own voice")
def retire_voice(request: Asked, name: str) -> HttpResponse:
    """Offer it no more."""
    actions.retire_voice(name, by=request.visitor, at=timezone.now())
    messages.success(request, _("Retired. Where it is spoken, it stays."))
    return redirect("voices")


@require_POST
@door(Action.CONFIGURE, Layer.ADMIN, what="own voice")
def bring_back_voice(request: Asked, name: str) -> HttpResponse:
    """Offer it again."""
    actions.bring_back_voice(name, by=request.visitor, at=timezone.now())
    messages.success(request, _("It can be chosen again."))
    return redirect("voices")


def _voice_kept(request: Asked, key: str) -> HttpResponse:
    """Back to the form: the page of voices shows one language of three."""
    messages.success(request, _("Saved."))
    return redirect("edit_voice", key)


def _voice_page(request: Asked, form: VoiceForm, heading: str) -> HttpResponse:
    status = UNPROCESSABLE if form.errors else 200
    context = {"form": form, "heading": heading}
    return render(request, "approaches/write_voice.html", context, status=status)
