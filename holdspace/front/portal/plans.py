"""A safety plan on a client's own phone: big buttons to call, and a copy that needs no network.

The copy is kept by a worker of the browser under `/c/plan/`, and only where the client chose so: it
opens without any sign-in, which the page says before. Nothing of it is kept before that choice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.http import HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from holdspace.cellar.access.doors import Asked, open_door
from holdspace.cellar.access.gate import NotHere
from holdspace.front.portal.sheets import BY_COOKIE, Opened, on_this_device, shell_of
from holdspace.front.portal.threshold import kept_apart, show, spoken
from holdspace.front.portal.words import words
from holdspace.hour.worksheets import content, forms, pages, queries
from holdspace.hour.worksheets.content import Cells
from holdspace.hour.worksheets.definitions import Definition, Language, Type
from holdspace.hour.worksheets.models import Worksheet
from holdspace.hour.worksheets.rules import PLAN
from holdspace.hour.worksheets.typed import Place
from holdspace.hour.worksheets.wording import written

NO_WORDS: Final = "it is about nobody: a script and a neutral name"
WORKER: Final = Path(__file__).parent / "data" / "plan_worker.js"
PHONE: Final = "phone"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One row of a step: its words, and the number to call where it has one."""

    words: Sequence[str]
    number: str

    @property
    def dial(self) -> str:
        """The number as a telephone takes it."""
        return "".join(sign for sign in self.number if sign.isdigit() or sign == "+")


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One of the steps, in their order; one in which nothing is written is left out."""

    heading: str
    lines: Sequence[PlanLine]
    words: str


def steps(form: Definition, cells: Cells, language: Language) -> list[PlanStep]:
    """The plan as it is read in a hard hour: few words, and numbers as buttons."""
    found = []
    for field in form.fields:
        heading = (field.heading or field.label).said(language)
        if field.type is Type.ROWS:
            rows = [content.row_of(field, row) for row in content.rows(cells, field.id)]
            lines = [line for row in rows if (line := _line(row, cells, language))]
            if lines:
                found.append(PlanStep(heading, lines, ""))
        elif said := written(field, content.value(cells, field.id), language):
            found.append(PlanStep(field.label.said(language), (), said))
    return found


def _line(row: Sequence[Place], cells: Cells, language: Language) -> PlanLine | None:
    said, number = [], ""
    for place in row:
        text = written(place.field, content.value(cells, place.path), language)
        if place.field.id == PHONE:
            number = text
        elif text and place.field.type in (Type.LINE, Type.WORDS):
            said.append(text)
    return PlanLine(said, number) if said or number else None


def _plan_of(opened: Opened) -> Worksheet:
    """The plan on this device, or NotHere where its link is to something else."""
    found = queries.one(opened.by, opened.held.sheet.id)
    if found.definition != PLAN:
        raise NotHere("not a plan", found.id)
    return found


@require_safe
@open_door(because=BY_COOKIE, what="form")
@on_this_device
def plan(request: Asked, opened: Opened) -> HttpResponse:
    """The plan as it stands. This page is what a phone keeps, where its owner chose so."""
    found = _plan_of(opened)
    form = queries.form_of(found)
    return show(
        request, "portal/plan.html", shell_of(opened.held, opened.language), sheet=found,
        steps=steps(form, found.content, opened.language), name=form.name.said(opened.language),
        version=found.version, kept_with=" ".join(_kept_with()),
    )  # fmt: skip


@cache
def _kept_with() -> tuple[str, ...]:
    """What the page needs to look as it does without network."""
    return (
        reverse("own_plan_manifest"),
        *(static(f"ui/css/{name}.css") for name in ("tokens", "base", "forms")),
        static("portal/portal.css"), static("portal/plan.js"), static("ui/mark.svg"),
        static("ui/libraries/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2"),
    )  # fmt: skip


@require_safe
@open_door(because=BY_COOKIE, what="form")
@on_this_device
def plan_news(request: Asked, opened: Opened) -> JsonResponse:
    """What was changed since the copy on this phone: suggestions, which its owner takes or not."""
    found = _plan_of(opened)
    since = forms.base_of({"base": request.GET.get("since", "")})
    form, language = queries.form_of(found), opened.language
    changes = [
        {"label": one.label, "was": one.was, "now": one.now}
        for changed in (queries.since(opened.by, found, since) if since < found.version else [])
        for one in pages.differences(form, changed, language)
    ]
    return JsonResponse({"version": found.version, "changes": changes})


@require_safe
@open_door(because=NO_WORDS, what="plan worker")
@kept_apart
def plan_worker(_request: Asked) -> HttpResponse:
    """The worker that answers for the plan where there is no network."""
    return HttpResponse(WORKER.read_text(encoding="utf-8"), content_type="text/javascript")


@require_safe
@open_door(because=NO_WORDS, what="plan name")
@kept_apart
def plan_manifest(request: Asked) -> JsonResponse:
    """A neutral name and icon for a phone's first screen: nothing says what it is."""
    icon = {"src": static("ui/mark.svg"), "type": "image/svg+xml", "sizes": "any"}
    return JsonResponse(
        {
            "name": words(spoken(request)).plan_neutral, "start_url": reverse("own_plan"),
            "scope": reverse("own_plan"), "display": "standalone", "icons": [icon],
        },
        content_type="application/manifest+json",
    )  # fmt: skip
