"""Render Django's forms as our fields: label, hint and error together, what was typed kept."""

from typing import ClassVar

from django import forms
from django.forms.renderers import TemplatesSetting


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
    """A place to write, which grows with what is written."""

    standard: ClassVar[dict[str, str]] = {"rows": "2", "data-autosize": ""}

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__({**self.standard, **(attrs or {})})


class Day(forms.DateInput):
    """A date, as the browser asks for it."""

    input_type = "date"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Hour(forms.TimeInput):
    """A time of day, as the browser asks for it."""

    input_type = "time"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")
