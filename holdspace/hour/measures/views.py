"""A therapy's measures: how it is going, what was given, what a person must look at."""

from dataclasses import replace
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.therapy import queries as therapies
from holdspace.frame.therapy.words import voice_words
from holdspace.hour.measures import actions, pages, queries, sentences
from holdspace.hour.measures.forms import (
    BatteryForm,
    GiveForm,
    OwnWordsForm,
    PaperForm,
    RuleForm,
    ShowingForm,
)
from holdspace.hour.measures.instruments import Instrument, library, load
from holdspace.hour.measures.personal import Kind
from holdspace.hour.measures.rules import Moment
from holdspace.hour.measures.wording import wording


@require_safe
@door(Action.READ, Layer.RECORD, what="measures")
def therapy_measures(request: Asked, therapy: UUID) -> HttpResponse:
    """How it is going, in charts with their sentences; rules; what was given."""
    return _page(request, therapy)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Action.GIVE, Layer.SHARED, what="give a measure")
def give(request: Asked, therapy: UUID) -> HttpResponse:
    """Give questionnaires by a link."""
    by, at = request.visitor, timezone.now()
    found = therapies.one(by, therapy, Action.GIVE, Layer.SHARED)
    present = pages.people(by, found)
    offered = replace(pages.offered(by, present.values()), sessions=pages.sessions(found))
    form = GiveForm(offered, request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        handing = actions.Handing(
            therapy, wanted["participant"], tuple(wanted["instruments"]), wanted["language"],
            wanted["pin"], wanted["session"], wanted["days"], wanted.get("battery"),
            wanted.get("about"),
        )  # fmt: skip
        try:
            actions.give(handing, by=by, at=at)
        except actions.CannotGive as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Given. Copy the link below and send it the safe way."))
            return redirect("therapy_measures", therapy)
    context = {"therapy": found, "form": form}
    return render(request, "measures/give.html", context, status=422 if form.errors else 200)


@require_POST
@door(Action.GIVE, Layer.SHARED, what="give what is due")
def give_due(request: Asked, session: UUID) -> HttpResponse:
    """Give what the rules ask for at a session."""
    moment = Moment.AFTER if request.POST.get("moment") == Moment.AFTER.value else Moment.BEFORE
    given = actions.give_what_is_due(session, moment, by=request.visitor, at=timezone.now())
    if given:
        messages.success(request, _("The link is ready. Copy it, and send it the safe way."))
    else:
        messages.info(request, _("Nothing is due for this session."))
    shown_on = "after" if moment is Moment.AFTER else "prepare"
    return redirect(f"{reverse(shown_on, args=[session])}#check-in")


@require_POST
@door(Action.GIVE, Layer.SHARED, what="withdraw a measure")
def withdraw(request: Asked, giving: UUID) -> HttpResponse:
    """Take a link back."""
    taken = actions.withdraw(giving, by=request.visitor, at=timezone.now())
    messages.success(request, _("The link no longer works."))
    return redirect("therapy_measures", taken.therapy_id)


@require_POST
@door(Action.GIVE, Layer.SHARED, what="tablet")
def hand_over(request: Asked, giving: UUID) -> HttpResponse:
    """Show the code that opens this on a device that is handed over."""
    by = request.visitor
    found = queries.giving(by, giving)
    try:
        code = actions.hand_over(giving, by=by, at=timezone.now())
    except actions.CannotGive as why:
        messages.error(request, str(why))
        return redirect("therapy_measures", found.therapy_id)
    therapy = therapies.one(by, found.therapy_id, Action.GIVE, Layer.SHARED)
    context = {
        "therapy": therapy, "code": code, "shown": f"{code[:4]} {code[4:]}",
        "name": pages.name_of(pages.people(by, therapy)[found.participant_id]),
        "address": request.build_absolute_uri(reverse("checkin_tablet")),
    }  # fmt: skip
    return render(request, "measures/tablet.html", context)


@require_POST
@door(Action.GIVE, Layer.ADMIN, what="add a measure rule")
def rule_add(request: Asked, therapy: UUID) -> HttpResponse:
    """Agree that a questionnaire is given again and again."""
    by = request.visitor
    found = therapies.one(by, therapy, Action.GIVE, Layer.ADMIN)
    form = RuleForm(pages.offered(by, pages.people(by, found).values()), request.POST)
    if form.is_valid():
        try:
            actions.add_rule(
                actions.Ruling(therapy=therapy, **form.cleaned_data), by=by, at=timezone.now()
            )
        except actions.CannotRule as why:
            form.add_error(None, str(why))
        else:
            return redirect("therapy_measures", therapy)
    return _page(request, therapy, rule_form=form)


@require_POST
@door(Action.GIVE, Layer.ADMIN, what="add a measure rule")
def rule_offered(request: Asked, therapy: UUID) -> HttpResponse:
    """Agree on what is offered for this way of working, in one step."""
    added = actions.add_offered_rules(therapy, by=request.visitor, at=timezone.now())
    if added:
        messages.success(request, _("The rules are added. Each can be ended by itself."))
    return redirect("therapy_measures", therapy)


@require_POST
@door(Action.GIVE, Layer.ADMIN, what="end a measure rule")
def rule_end(request: Asked, rule: UUID) -> HttpResponse:
    """End a rule."""
    ended = actions.end_rule(rule, by=request.visitor, at=timezone.now())
    return redirect("therapy_measures", ended.therapy_id)


@require_safe
@door(Action.GIVE, Layer.SHARED, what="answers")
def answering(request: Asked, answering: UUID) -> HttpResponse:
    """One questionnaire: what was answered, what it comes to, who says so."""
    by = request.visitor
    row, score = queries.opened(by, answering)
    therapy = therapies.one(by, row.therapy_id, Action.READ, Layer.SHARED)
    present = pages.people(by, therapy)
    instrument = row.questionnaire
    given = pages.items(row, score) if row.ended_at is not None else []
    context = {
        "therapy": therapy, "row": row, "instrument": instrument, "items": given,
        "state": pages.state_words(row),
        "name": pages.name_of(present[row.participant_id]),
        "seen": pages.seen_by(row.respondent, pages.informant_of(row), present),
        "sentence": sentences.score_sentence(instrument, score),
        "band": sentences.band_sentence(instrument, score.total),
        "direction": sentences.direction_sentence(instrument),
        "rule_results": score.rules,
    }  # fmt: skip
    return render(request, "measures/answering.html", context)


@require_safe
@door(Action.READ, Layer.RECORD, what="safety flag")
def flag(request: Asked, flag: UUID) -> HttpResponse:
    """One answer to look at: what was said, what the client saw, who was told, who has looked."""
    by = request.visitor
    found = queries.flag(by, flag)
    context = {
        "therapy": therapies.one(by, found.therapy_id),
        "flag": found,
        "name": pages.name_of(found.participant),
        "instrument": found.answering.questionnaire,
        "answers": [
            {**each, "at": datetime.fromisoformat(each["at"])} for each in found.what["answers"]
        ],
        "shown": found.what.get("shown"),
        "shown_at": _moment(found.what.get("shown")),
        "told": pages.told(by, found),
    }
    return render(request, "measures/flag.html", context)


def _moment(shown: Any) -> datetime | None:
    return datetime.fromisoformat(shown["at"]) if shown else None


@require_POST
@door(Action.WRITE, Layer.RECORD, what="safety flag")
def flag_seen(request: Asked, flag: UUID) -> HttpResponse:
    """Say that one has looked."""
    actions.look(flag, by=request.visitor, at=timezone.now())
    return redirect("flag", flag)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Action.WRITE, Layer.SHARED, what="copy from paper")
def paper(request: Asked, therapy: UUID, instrument: str) -> HttpResponse:
    """Copy one questionnaire from paper, each answer twice."""
    by, at = request.visitor, timezone.now()
    found = therapies.one(by, therapy, Action.WRITE, Layer.SHARED)
    chosen = _instrument(instrument)
    today = timezone.localdate()
    form = PaperForm(
        pages.choices(pages.people(by, found).values()), chosen, wording(chosen, "en"), today,
        request.POST or None,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        copied = actions.Copied(
            therapy, form.cleaned_data["participant"], chosen.id,
            min(at, _noon(form.cleaned_data["filled_in_on"])), form.answers, **form.seen_by,
        )  # fmt: skip
        try:
            return redirect("answering", actions.enter_paper(copied, by=by, at=at).id)
        except actions.NotOffered as why:
            form.add_error(None, str(why))
    context = {"therapy": found, "form": form, "instrument": chosen}
    return render(request, "measures/paper.html", context, status=422 if form.errors else 200)


@require_POST
@door(Action.GIVE, Layer.SHARED, what="what a client sees")
def showing(request: Asked, therapy: UUID) -> HttpResponse:
    """Choose what the client is shown of their own answers."""
    form = ShowingForm(request.POST)
    if not form.is_valid():
        return _page(request, therapy, showing_form=form)
    actions.choose_showing(therapy, **form.cleaned_data, by=request.visitor, at=timezone.now())
    messages.success(request, _("Chosen."))
    return redirect("therapy_measures", therapy)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Action.WRITE, Layer.SHARED, what="personal questions")
def own_words(request: Asked, therapy: UUID, participant: UUID, kind: str) -> HttpResponse:
    """Goals or problems in somebody's own words, to be asked about again and again."""
    by = request.visitor
    held = queries.own_words(by, therapy, Action.WRITE)
    who = therapies.one_participant(by, participant, Action.WRITE, Layer.SHARED)
    if kind not in list(Kind) or who.therapy_id != therapy:
        raise NotHere(subject=participant)
    now = held.get((participant, kind))
    form = OwnWordsForm(Kind(kind), now.words if now else [], request.POST or None)
    if request.method == "POST" and form.is_valid():
        worded = actions.Worded(therapy, participant, Kind(kind), form.words)
        try:
            actions.put_in_words(worded, by=by, at=timezone.now())
        except actions.CannotWord as why:
            form.add_error(None, str(why))
        else:
            return redirect("therapy_measures", therapy)
    context = {
        "therapy": therapies.one(by, therapy, Action.READ, Layer.SHARED), "form": form,
        "name": pages.name_of(who), "is_goals": kind == Kind.GOALS, "is_new": now is None,
    }  # fmt: skip
    return render(request, "measures/own_words.html", context, status=422 if form.errors else 200)


def _instrument(name: str) -> Instrument:
    if name not in library():
        raise NotHere
    return load(name)


def _noon(on: Any) -> datetime:
    """Paper knows the day and not the hour."""
    return timezone.make_aware(datetime.combine(on, time(12)))


def _page(
    request: Asked,
    therapy: UUID,
    *,
    rule_form: RuleForm | None = None,
    showing_form: ShowingForm | None = None,
) -> HttpResponse:
    by, at = request.visitor, timezone.now()
    found = therapies.one(by, therapy)
    present = pages.people(by, found)
    offered = pages.offered(by, present.values())
    fresh = RuleForm(offered, initial={"from_on": timezone.localdate()})
    given, rules = queries.givings(by, therapy), queries.rules_of(by, therapy)
    context = {
        "therapy": found,
        "words": voice_words(found),
        "whose": pages.whose(queries.courses(by, [therapy]).get(therapy, []), present),
        "flags": queries.open_flags(by, [therapy]),
        "rules": pages.shown_rules(rules, present),
        "givings": pages.shown_givings(
            given, present, root=request.build_absolute_uri("/")[:-1], at=at
        ),
        "rule_form": rule_form or fresh,
        "showing_form": showing_form or pages.showing_form(queries.showing(by, therapy)),
        "own": pages.shown_own(queries.own_words(by, therapy), present),
        "offers": [] if rules else pages.shown_offers(queries.offered(by, found)),
        "shelf": list(library().values()),
    }
    status = 422 if rule_form or showing_form else 200
    return render(request, "measures/therapy_measures.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Action.CONFIGURE, Layer.ADMIN, what="batteries")
def batteries(request: Asked) -> HttpResponse:
    """Several questionnaires under one name, as the practice puts them together."""
    by = request.visitor
    queries.may_define(by)
    form = BatteryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.define_battery(**form.cleaned_data, by=by, at=timezone.now())
        except actions.CannotDefine as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Added."))
            return redirect("batteries")
    context = {"form": form, "batteries": pages.shown_batteries(by)}
    return render(request, "measures/batteries.html", context, status=422 if form.errors else 200)


@require_POST
@door(Action.CONFIGURE, Layer.ADMIN, what="battery to end")
def end_battery(request: Asked, battery: UUID) -> HttpResponse:
    """Offer a battery no more."""
    actions.end_battery(battery, by=request.visitor, at=timezone.now())
    return redirect("batteries")
