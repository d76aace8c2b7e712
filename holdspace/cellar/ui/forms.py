"""Render Django's forms as our fields: label, hint and error together, what was typed kept."""

from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

VEIL = {"data-veil": ""}
YEARS: Final = (1900, 2200)  # beyond these something was mistyped


def veiled(name: object) -> SafeString:
    """A name that stands in a label, a legend or beside a box to tick: the veil hides it there."""
    return format_html('<span data-veil dir="auto">{}</span>', name)


class FieldRenderer(TemplatesSetting):
    """Name it in FORM_RENDERER, and `{{ form }}` renders our fields."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


class Answers(forms.RadioSelect):
    """One of a few answers, as large targets that fill the width of a phone."""

    template_name = "ui/widgets/answers.html"


class ManyAnswers(forms.CheckboxSelectMultiple):
    """Several of a few answers, as large targets."""

    template_name = "ui/widgets/answers.html"


class Chips(forms.RadioSelect):
    """One of a few short words, in a line."""

    template_name = "ui/widgets/chips.html"


class ManyChips(forms.CheckboxSelectMultiple):
    """Several of a few short words, in a line."""

    template_name = "ui/widgets/chips.html"


class Words(forms.Textarea):
    """A place to write, which grows with what is written; veiled, since it is somebody's words."""

    standard: ClassVar[dict[str, str]] = {"rows": "2", "data-autosize": "", **VEIL}

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__({**self.standard, **(attrs or {})})


class Line(forms.TextInput):
    """A line about somebody: a name, a number, a birth date. Veiled."""

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__({**VEIL, "dir": "auto", **(attrs or {})})


class Whom(forms.Select):
    """One of several people or therapies. Veiled."""

    def __init__(self, attrs: dict[str, str] | None = None, choices: Any = ()) -> None:
        super().__init__({**VEIL, **(attrs or {})}, choices)


class Day(forms.DateInput):
    """A date, as the browser asks for it."""

    input_type = "date"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def within_years(day: date) -> None:
    first, last = YEARS
    if not first <= day.year <= last:
        raise ValidationError(_("Is this the year you meant?"))


class DayField(forms.DateField):
    """A day of somebody's life or work."""

    widget = Day
    default_validators = [within_years]


class Hour(forms.TimeInput):
    """A time of day, as the browser asks for it."""

    input_type = "time"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")
