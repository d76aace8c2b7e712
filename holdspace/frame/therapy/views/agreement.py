"""Pages that change what is agreed and chosen: frame, state, title, approach, aims."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.approaches import queries as approaches
from holdspace.frame.people.forms import posted
from holdspace.frame.people.sheets import Sheet, filled
from holdspace.frame.therapy import actions, forms, page, queries
from holdspace.frame.therapy.rules import MOVES, State


@door(Action.WRITE, Layer.ADMIN, what="frame to set")
def therapy_frame(request: Asked, therapy: UUID) -> HttpResponse:
    by = request.visitor
    known = queries.one(by, therapy, Action.WRITE, Layer.ADMIN)
    frame = queries.frame_of(by, therapy)
    names = ("minutes", "place", "fee", "sessions_agreed", "words")
    now = {name: getattr(frame, name) for name in names} if frame else {}
    form = forms.FrameChangeForm(
        posted(request), offers=page.offers(by),
        initial={**now, "room": frame.room_id if frame else None},
    )  # fmt: skip
    sheet = Sheet(
        _("Frame"), _("Set"), page.href(therapy), over=known.title,
        lead=_("What was agreed until then is kept."),
    )  # fmt: skip
    return filled(
        request, form, sheet,
        lambda: actions.set_frame(
            therapy, form.terms(), form.cleaned_data["from_on"], by=by, at=timezone.now()
        ),
    )  # fmt: skip


@door(Action.WRITE, Layer.RECORD, what="state to move")
def therapy_state(request: Asked, therapy: UUID) -> HttpResponse:
    by = request.visitor
    known = queries.one(by, therapy, Action.WRITE)
    moves = [state for state in State if state in MOVES[State(known.state)]]
    form = forms.MoveForm(posted(request), moves=moves)
    sheet = Sheet(_("How it stands"), _("Save"), page.href(therapy), over=known.title)
    return filled(
        request, form, sheet,
        lambda: actions.move(
            therapy, State(form.cleaned_data["to"]), form.cleaned_data["on"], form.ended(),
            by=by, at=timezone.now(),
        ),
    )  # fmt: skip


@door(Action.WRITE, Layer.ADMIN, what="therapy to rename")
def therapy_title(request: Asked, therapy: UUID) -> HttpResponse:
    by = request.visitor
    known = queries.one(by, therapy, Action.WRITE, Layer.ADMIN)
    form = forms.TitleForm(posted(request), initial={"title": known.title})
    sheet = Sheet(_("Title"), _("Save"), page.href(therapy), over=known.title)
    return filled(
        request, form, sheet,
        lambda: actions.rename(therapy, form.cleaned_data["title"], by=by, at=timezone.now()),
    )  # fmt: skip


@door(Action.WRITE, Layer.RECORD, what="approach and voice")
def therapy_choices(request: Asked, therapy: UUID) -> HttpResponse:
    by = request.visitor
    known = queries.one(by, therapy, Action.WRITE)
    names = ("unit", "service", "stance", "voice", "note_format", "cue")
    schools = dict(zip(forms.APPROACHES, known.approaches, strict=False))
    now = {name: getattr(known, name) for name in names}
    form = forms.ChoicesForm(posted(request), initial={**now, **schools}, ways=page.ways(by, known))
    sheet = Sheet(_("Approach and voice"), _("Save"), page.href(therapy), over=known.title)
    return filled(
        request, form, sheet,
        lambda: actions.choose(therapy, form.chosen(), by=by, at=timezone.now()),
    )  # fmt: skip


@door(Action.WRITE, Layer.RECORD, what="what brings them")
def therapy_brings(request: Asked, therapy: UUID) -> HttpResponse:
    by = request.visitor
    known = queries.one(by, therapy, Action.WRITE)
    form = forms.BringsForm(posted(request), initial={"brings": known.brings})
    heading = capfirst(approaches.words(by, known).problem)
    sheet = Sheet(heading, _("Save"), page.href(therapy), over=known.title)
    return filled(
        request, form, sheet,
        lambda: actions.say_what_brings(
            therapy, form.cleaned_data["brings"], by=by, at=timezone.now()
        ),
    )  # fmt: skip


@door(Action.WRITE, Layer.SHARED, what="aims to set")
def therapy_aims(request: Asked, therapy: UUID) -> HttpResponse:
    """A voice without a word for aims has no such page."""
    by = request.visitor
    known = queries.one(by, therapy, Action.WRITE, Layer.SHARED)
    word = approaches.words(by, known).aims
    if word is None:
        raise NotHere(subject=therapy)
    form = _aims_form(request, therapy)
    sheet = Sheet(capfirst(word), _("Save"), page.href(therapy), over=known.title)
    return filled(request, form, sheet, lambda: _set_aims(request, therapy, form))


def _aims_form(request: Asked, therapy: UUID) -> forms.AimsForm:
    by = request.visitor
    places = queries.here(by, therapy)
    aims = queries.aims(by, [therapy])
    several = {place.id: page.called(place) for place in places} if len(places) > 1 else {}
    own = {aim.participant_id for aim in aims} - {None}
    names = several | {place.id: page.called(place) for place in places if place.id in own}
    lines: dict[str, list[str]] = {}
    for aim in aims:
        name = f"{forms.OWN}{aim.participant_id}" if aim.participant_id else forms.TOGETHER
        lines.setdefault(name, []).append(aim.words)
    initial = {name: "\n".join(words) for name, words in lines.items()}
    return forms.AimsForm(posted(request), names=names, initial=initial)


def _set_aims(request: Asked, therapy: UUID, form: forms.AimsForm) -> bool:
    for participant, words in form.said().items():
        actions.set_aims(therapy, words, participant, by=request.visitor, at=timezone.now())
    return True
