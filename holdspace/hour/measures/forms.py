"""Forms of the measures room: giving, a rule, copying from paper."""

from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.cellar.ui.forms import DayField, ManyAnswers, Whom
from holdspace.hour.measures.instruments import Instrument, library
from holdspace.hour.measures.rules import (
    EVERY_AT_MOST,
    LINK_DAYS,
    LINK_DAYS_AT_MOST,
    When,
    is_pin,
)
from holdspace.hour.measures.sentences import question
from holdspace.hour.measures.wording import Wording

LANGUAGES = [("en", _("English")), ("de", _("German")), ("es", _("Spanish"))]
WHENS = [
    (When.EACH_SESSION.value, _("Before each session")),
    (When.AFTER_EACH_SESSION.value, _("After each session")),
    (When.EVERY_N.value, _("Every few sessions")),
    (When.AT_START_AND_END.value, _("At the start and at the end")),
    (When.ONCE.value, _("Once")),
]
UNANSWERED = "-"  # what stands on the paper as well, and so is an answer to be copied
Choices = list[tuple[str, str]]


def shelf() -> Choices:
    """The questionnaires there are, by name."""
    return [
        (each.id, f"{each.short_name}: {each.name}")
        for each in library().values()
        if each.is_worded
    ]


class GiveForm(forms.Form):
    """To whom, which, in which language, behind which PIN, for how long."""

    participant = forms.TypedChoiceField(label=_("For"), coerce=UUID, widget=Whom)
    instruments = forms.MultipleChoiceField(
        label=_("Questionnaires"), choices=shelf, widget=ManyAnswers
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, initial="en")
    session = forms.TypedChoiceField(
        label=_("For the session"), coerce=UUID, empty_value=None, required=False
    )
    pin = forms.CharField(
        label=_("PIN"),
        required=False,
        max_length=12,
        help_text=_("4 to 12 digits that you tell them yourself. Without it the link is enough."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    days = forms.IntegerField(
        label=_("Works for how many days"),
        initial=LINK_DAYS,
        min_value=1,
        max_value=LINK_DAYS_AT_MOST,
    )

    def __init__(self, people: Choices, sessions: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "participant", people)
        _offer(self, "session", [("", str(_("none in particular"))), *sessions])

    def clean_pin(self) -> str:
        pin = str(self.cleaned_data["pin"])
        if pin and not is_pin(pin):
            raise forms.ValidationError(_("A PIN has 4 to 12 digits."))
        return pin


class RuleForm(forms.Form):
    """Who is given what again and again."""

    participant = forms.TypedChoiceField(label=_("For"), coerce=UUID, widget=Whom)
    instrument = forms.ChoiceField(label=_("Questionnaire"), choices=shelf)
    when = forms.TypedChoiceField(label=_("When"), choices=WHENS, coerce=When)
    every = forms.IntegerField(
        label=_("Every how many sessions"),
        help_text=_("Where it is asked every few sessions."),
        initial=1,
        min_value=1,
        max_value=EVERY_AT_MOST,
    )
    from_on = DayField(label=_("From"))

    def __init__(self, people: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "participant", people)


class PaperForm(forms.Form):
    """Each answer is copied twice, so that a slip of the finger is found."""

    participant = forms.TypedChoiceField(label=_("Filled in by"), coerce=UUID, widget=Whom)
    filled_in_on = DayField(label=_("Filled in on"))

    def __init__(
        self,
        people: Choices,
        instrument: Instrument,
        said: Wording,
        today: date,
        *args: Any,
    ) -> None:
        super().__init__(*args)
        self.items = [item.id for item in instrument.items]
        self.today = today
        _offer(self, "participant", people)
        choices = [(UNANSWERED, str(_("not answered")))]
        choices += [(str(each.value), f"{each.value} · {each.label}") for each in said.options]
        for item in instrument.items:
            self.fields[f"first_{item.id}"] = _copy(
                f"{item.number}. {question(said, item)}", choices
            )
        for item in instrument.items:
            label = str(_("Again: %(number)s") % {"number": item.number})
            self.fields[f"again_{item.id}"] = _copy(label, choices)

    def clean_filled_in_on(self) -> date:
        day = cast("date", self.cleaned_data["filled_in_on"])
        if day > self.today:
            raise forms.ValidationError(_("This day is yet to come."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for item in self.items:
            if cleaned.get(f"first_{item}") != cleaned.get(f"again_{item}"):
                self.add_error(f"again_{item}", _("The two copies differ: look at the paper."))
        return cleaned

    @property
    def answers(self) -> dict[str, int | None]:
        """The answers by item, None where there is none on the paper."""
        return {item: self.cleaned_data[f"first_{item}"] for item in self.items}


def _copy(label: str, choices: Choices) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=choices, coerce=_value)


def _value(chosen: str) -> int | None:
    return None if chosen == UNANSWERED else int(chosen)


def _offer(form: forms.Form, name: str, choices: Choices) -> None:
    field = cast("forms.ChoiceField", form.fields[name])
    field.choices = choices
