"""Forms for persons and how to reach them. What was typed is kept when it cannot be taken."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from holdspace.cellar.ui.forms import Chips, Line
from holdspace.frame.people import rules
from holdspace.frame.people.labels import KINDS, SAFETY
from holdspace.frame.people.rules import CannotBe, Particulars, Point, PointKind, Safe

T = TypeVar("T")


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to."""
    return request.POST if request.method == "POST" else None


def tried(form: forms.BaseForm, act: Callable[[], T]) -> T | None:
    """Do it, where the form is right; where it cannot be, the reason stands by its field."""
    if not form.is_valid():
        return None
    try:
        return act()
    except CannotBe as refusal:
        form.add_error(refusal.name if refusal.name in form.fields else None, refusal.message)
    return None


class PersonForm(forms.Form):
    """What is said of a person."""

    name = forms.CharField(
        label=_("Name"), widget=Line,
        help_text=_("As they write it, in their own order. One name is enough."),
    )  # fmt: skip
    preferred_name = forms.CharField(
        label=_("What they wish to be called"), required=False, widget=Line
    )
    pronouns = forms.CharField(label=_("Pronouns"), required=False, widget=Line)
    pronunciation = forms.CharField(
        label=_("How it is said"), required=False, widget=Line,
        help_text=_("For example: Shiv-awn"),
    )  # fmt: skip
    birth_date = forms.CharField(
        label=_("Born"), required=False, widget=Line,
        help_text=_("1987-05-31, or 1987-05, or only 1987"),
    )  # fmt: skip
    languages = forms.CharField(
        label=_("Languages"), required=False, widget=Line,
        help_text=_("Short codes with commas: en, pt-BR"),
    )  # fmt: skip

    def clean_name(self) -> str:
        return rules.a_name(self.cleaned_data["name"])

    def clean_preferred_name(self) -> str:
        said: str = self.cleaned_data["preferred_name"]
        return rules.a_line(said, "preferred_name", rules.LONGEST_NAME)

    def clean_pronouns(self) -> str:
        return rules.a_line(self.cleaned_data["pronouns"], "pronouns", rules.LONGEST_NAME)

    def clean_pronunciation(self) -> str:
        return rules.a_line(self.cleaned_data["pronunciation"], "pronunciation")

    def clean_birth_date(self) -> str:
        return rules.a_birth_date(self.cleaned_data["birth_date"], today=timezone.localdate())

    def clean_languages(self) -> list[str]:
        return rules.some_languages(self.cleaned_data["languages"].split(","))

    def said(self) -> Particulars:
        return Particulars(**self.cleaned_data)


class PointForm(forms.Form):
    """A way to reach somebody."""

    kind = forms.ChoiceField(label=_("By"), choices=list(KINDS.items()), widget=Chips)
    value = forms.CharField(label=_("Number or address"), widget=Line)
    safe = forms.ChoiceField(
        label=_("Is it safe to use?"), choices=list(SAFETY.items()), widget=Chips, initial="ask"
    )
    how = forms.CharField(
        label=_("How and when"),
        required=False,
        widget=Line,
        help_text=_("For example: text only, after six. Where it is not safe: why."),
    )
    is_preferred = forms.BooleanField(label=_("This way first"), required=False)

    def said(self) -> Point:
        said: dict[str, Any] = self.cleaned_data
        return Point(
            kind=PointKind(said["kind"]), value=said["value"], safe=Safe(said["safe"]),
            how=said["how"], is_preferred=said["is_preferred"],
        )  # fmt: skip


class Confirm(forms.Form):
    """Asks for nothing but the button."""


def today() -> date:
    """The day it is where the practice is: what a date field begins with."""
    return timezone.localdate()
