"""Forms for what was considered, what happened, and what is switched."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.cellar.ui.forms import DayField, Line, ManyAnswers, Whom, Words
from holdspace.office.outcomes.actions import Considered, Happened
from holdspace.office.outcomes.rules import LONGEST_DECISION, LONGEST_EVENT, Area, Kind
from holdspace.office.outcomes.shown.sentences import AREAS, KINDS

Choices = list[tuple[str, Any]]


class ConsiderForm(forms.Form):
    """Which areas were considered, what was decided, whether it goes to supervision."""

    marks = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)
    areas = forms.TypedMultipleChoiceField(
        label=_("What you considered"), required=False, coerce=Area, widget=ManyAnswers,
        choices=list(AREAS.items()),
    )  # fmt: skip
    decided = forms.CharField(
        label=_("What you decided"), required=False, max_length=LONGEST_DECISION, widget=Words,
        help_text=_("“Nothing for now” is a decision."),
    )  # fmt: skip
    to_supervision = forms.BooleanField(label=_("Take it to supervision"), required=False)

    def __init__(self, marks: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["marks"]).choices = [(m, m) for m in marks]

    def considered(self) -> Considered:
        said = self.cleaned_data
        return Considered(said["areas"], said["marks"], said["decided"], said["to_supervision"])


class EventForm(forms.Form):
    """What happened, when, to whom."""

    on = DayField(label=_("When"))
    words = forms.CharField(label=_("What happened"), max_length=LONGEST_EVENT, widget=Line)
    participant = forms.TypedChoiceField(
        label=_("To whom"), coerce=UUID, empty_value=None, required=False, widget=Whom
    )

    def __init__(self, people: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["participant"])
        field.choices = [("", _("all")), *people]

    def happened(self) -> Happened:
        said = self.cleaned_data
        return Happened(said["on"], said["words"], said["participant"])


class SwitchForm(forms.Form):
    """Which kind of signal, and whether it is to be on."""

    kind = forms.TypedChoiceField(coerce=Kind, choices=list(KINDS.items()))
    to = forms.ChoiceField(choices=[("on", "on"), ("off", "off")])
