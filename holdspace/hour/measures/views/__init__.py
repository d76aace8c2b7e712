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
from holdspace.frame.approaches import queries as approaches
from holdspace.frame.therapy import queries as therapies
from holdspace.hour.measures import actions, agreed, pages, queries, sentences
from holdspace.hour.measures.forms import GiveForm, PaperForm, RuleForm, ShowingForm, TotalForm
from holdspace.hour.measures.instruments import Instrument
from holdspace.hour.measures.rules import Moment
from holdspace.hour.measures.shelves import Shelf, instrument_of
from holdspace.hour.measures.wording import wording


@require_safe
@door(Action.READ, Layer.RECORD, what="measures")
def therapy_measures(request: Asked, therapy: UUID) -> HttpResponse:
    """How it is going, in charts with their sentences; rules; what was given."""
    return page(request, therapy)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Action.GIVE, Layer.SHARED, what="give a measure")
def give(request: Asked, therapy: UUID) -> HttpResponse:
    """Give questionnaires by a link."""
    by, at = request.visitor, timezone.now()
    found = therapies.one(by, therapy, Action.GIVE, Layer.SHARED)
    present = pages.people(by, found)
    shelf = Shelf(by.practice)
    first = pages.usual(by, found, queries.rules_of(by, therapy), shelf)
    offered = replace(
        pages.offered(by, shelf, present.values(), first),
        sessions=pages.sessions(found),
    )
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
@door(Action.GIVE, Layer.ADMIN, what="add a measure rule")
def rule_add(request: Asked, therapy: UUID) -> HttpResponse:
    """Agree that a questionnaire is given again and again."""
    by = request.visitor
    found = therapies.one(by, therapy, Action.GIVE, Layer.ADMIN)
    present = pages.people(by, found)
    shelf = Shelf(by.practice)
    first = pages.usual(by, found, queries.rules_of(by, therapy), shelf)
    form = RuleForm(pages.offered(by, shelf, present.values(), first), request.POST)
    if form.is_valid():
        try:
            actions.add_rule(
                actions.Ruling(therapy=therapy, **form.cleaned_data), by=by, at=timezone.now()
            )
        except actions.CannotRule as why:
            form.add_error(None, str(why))
        else:
            return redirect("therapy_measures", therapy)
    return page(request, therapy, rule_form=form)


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
    instrument = instrument_of(row)
    given = pages.items(row, score) if row.ended_at is not None and row.answers else []
    context = {
        "therapy": therapy, "row": row, "instrument": instrument, "items": given,
        "state": pages.state_words(row),
        "name": pages.name_of(present[row.participant_id]),
        "seen": pages.seen_by(row.respondent, pages.informant_of(row), present),
        "sentence": sentences.score_sentence(instrument, score),
        "band": sentences.band_sentence(instrument, score.total),
        "direction": sentences.direction_sentence(instrument),
        "rule_results": score.rules, "scales": sentences.scale_sentences(instrument, score),
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
        "instrument": instrument_of(found.answering),
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
    by = request.visitor
    found = therapies.one(by, therapy, Action.WRITE, Layer.SHARED)
    chosen = queries.instrument(by, instrument)
    if chosen.is_total_only:
        return redirect("paper_total", therapy, instrument)
    people = pages.choices(pages.people(by, found).values())
    today, said = timezone.localdate(), wording(chosen, "en")
    form = PaperForm(people, chosen, said, today, request.POST or None)
    if request.method == "POST" and form.is_valid():
        sheet = _sheet(form, therapy, chosen, answers=form.answers)
        return _copied(request, form, sheet) or _paper_page(request, found, form, chosen)
    return _paper_page(request, found, form, chosen)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Action.WRITE, Layer.SHARED, what="copy a total")
def paper_total(request: Asked, therapy: UUID, instrument: str) -> HttpResponse:
    """Copy the figures of a sheet that was scored elsewhere, each twice."""
    by = request.visitor
    found = therapies.one(by, therapy, Action.WRITE, Layer.SHARED)
    chosen = queries.instrument(by, instrument)
    people = pages.choices(pages.people(by, found).values())
    form = TotalForm(people, chosen, timezone.localdate(), request.POST or None)
    if not form.twice:
        raise NotHere
    if request.method == "POST" and form.is_valid():
        total = form.figures.get("total")
        scales = {name: value for name, value in form.figures.items() if name != "total"}
        sheet = _sheet(form, therapy, chosen, total=total, scales=scales)
        return _copied(request, form, sheet) or _paper_page(request, found, form, chosen)
    return _paper_page(request, found, form, chosen)


def _sheet(
    form: PaperForm | TotalForm, therapy: UUID, chosen: Instrument, **figures: Any
) -> actions.Copied:
    at = min(timezone.now(), _noon(form.cleaned_data["filled_in_on"]))
    return actions.Copied(
        therapy, form.cleaned_data["participant"], chosen.id, at, **figures, **form.seen_by
    )


def _copied(
    request: Asked, form: PaperForm | TotalForm, sheet: actions.Copied
) -> HttpResponse | None:
    try:
        row = actions.enter_paper(sheet, by=request.visitor, at=timezone.now())
    except actions.NotOffered as why:
        form.add_error(None, str(why))
        return None
    return redirect("answering", row.id)


def _paper_page(
    request: Asked, therapy: Any, form: PaperForm | TotalForm, chosen: Instrument
) -> HttpResponse:
    context = {
        "therapy": therapy, "form": form, "instrument": chosen,
        "may_total": isinstance(form, PaperForm) and chosen.has_total,
    }  # fmt: skip
    return render(request, "measures/paper.html", context, status=422 if form.errors else 200)


def _noon(on: Any) -> datetime:
    """Paper knows the day and not the hour."""
    return timezone.make_aware(datetime.combine(on, time(12)))


def page(
    request: Asked,
    therapy: UUID,
    *,
    rule_form: RuleForm | None = None,
    showing_form: ShowingForm | None = None,
) -> HttpResponse:
    by, at = request.visitor, timezone.now()
    found = therapies.one(by, therapy)
    present = pages.people(by, found)
    shelf = Shelf(by.practice)
    given, rules = queries.givings(by, therapy), queries.rules_of(by, therapy)
    worded = queries.own_words_ever(by, therapy)
    offered = pages.offered(by, shelf, present.values(), pages.usual(by, found, rules, shelf))
    fresh = RuleForm(offered, initial={"from_on": timezone.localdate()})
    context = {
        "therapy": found,
        "words": approaches.words(by, found),
        "whose": pages.whose(queries.courses(by, [therapy]).get(therapy, []), present, worded),
        "flags": queries.open_flags(by, [therapy]),
        "rules": agreed.shown_rules(by, rules, present),
        "givings": pages.shown_givings(
            given, present, root=request.build_absolute_uri("/")[:-1], at=at
        ),
        "rule_form": rule_form or fresh,
        "showing_form": showing_form or agreed.showing_form(queries.showing(by, therapy)),
        "own": agreed.shown_own(queries.in_force(worded), present),
        "offers": [] if rules else agreed.shown_offers(queries.offered(by, found)),
        "shelf": pages.on_paper(shelf),
    }
    status = 422 if rule_form or showing_form else 200
    return render(request, "measures/therapy_measures.html", context, status=status)
