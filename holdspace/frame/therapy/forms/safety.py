"""Forms about safety: prompts for words, a step with an owner and a time, reasons."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from holdspace.cellar.ui.forms import Chips, DayField, Hour, Line, Whom, Words
from holdspace.frame.people.forms import today
from holdspace.frame.therapy import labels
from holdspace.frame.therapy.rules import LONGEST_WORDS
from holdspace.frame.therapy.safety import (
    FIRST,
    LONGEST_STEP,
    MORE,
    PROMPTS,
    Calming,
    Channel,
    Enquiry,
    Result,
    Source,
    Step,
)

EVERYBODY = ("", _("All of them"))


def _moment(day: Any, hour: time | None) -> datetime | None:
    """A day and an hour where the practice is; without an hour, the end of working hours."""
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day, hour or time(18, 0)))


class EnquiryForm(forms.Form):
    """What was asked and heard. Every prompt may stay empty, but not all of them."""

    def __init__(self, data: Any = None, *, people: list[tuple[str, str]] | None = None) -> None:
        super().__init__(data)
        for name in PROMPTS:
            self.fields[name] = forms.CharField(
                label=str(labels.PROMPTS[name]),
                required=False,
                widget=Words,
                max_length=LONGEST_WORDS,
            )
        if people:
            self.fields["participant"] = forms.UUIDField(
                label=_("About whom"), required=False, widget=Whom(choices=[EVERYBODY, *people])
            )

    @property
    def first(self) -> list[forms.BoundField]:
        whom = ["participant"] if "participant" in self.fields else []
        return [self[name] for name in (*whom, *FIRST)]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in MORE]

    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in PROMPTS}

    def enquiry(self, source: Source) -> Enquiry:
        whom = self.cleaned_data.get("participant")
        return Enquiry(words=self.words(), source=source, participant=whom)


class StepForm(forms.Form):
    """What somebody will do, and by when."""

    step = forms.CharField(label=_("What will be done"), widget=Line, max_length=LONGEST_STEP)
    owner = forms.UUIDField(label=_("Who does it"))
    due_on = DayField(label=_("By"), initial=today)
    due = forms.TimeField(label=_("at"), widget=Hour, initial=time(18, 0))

    def __init__(self, data: Any = None, *, owners: list[tuple[str, str]], me: UUID) -> None:
        super().__init__(data, initial={"owner": me})
        self.fields["owner"].widget = forms.Select(choices=owners)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        due_at = _moment(said.get("due_on"), said.get("due"))
        if due_at is not None and due_at < timezone.now():
            self.add_error("due", _("This time is past."))
        return said

    def said(self) -> Step:
        said = self.cleaned_data
        due_at = timezone.make_aware(datetime.combine(said["due_on"], said["due"]))
        return Step(words=said["step"], owner=said["owner"], due_at=due_at)


class BecauseForm(forms.Form):
    """A reason, in words."""

    because = forms.CharField(label=_("Why"), widget=Words, max_length=LONGEST_STEP)


class LineForm(forms.Form):
    """One line of what was done and why."""

    line = forms.CharField(
        label=_("What I did and why"), max_length=LONGEST_STEP,
        widget=Line({"autocomplete": "off", "autofocus": ""}),
    )  # fmt: skip


class ContactForm(forms.Form):
    """An attempt to reach somebody."""

    whom = forms.CharField(label=_("Whom"), widget=Line, max_length=LONGEST_STEP)
    channel = forms.ChoiceField(
        label=_("How"), widget=Chips, choices=labels.choices(labels.CHANNELS)
    )
    result = forms.ChoiceField(
        label=_("What came of it"), widget=Chips, choices=labels.choices(labels.RESULTS)
    )

    def said(self) -> tuple[str, Channel, Result]:
        said = self.cleaned_data
        return said["whom"], Channel(said["channel"]), Result(said["result"])


class CalmForm(forms.Form):
    """How a crisis is left: when somebody looks again, or to whom it was handed over."""

    follow_up_at = DayField(label=_("I look again on"), required=False)
    follow_up = forms.TimeField(label=_("at"), required=False, widget=Hour)
    handed_to = forms.CharField(
        label=_("Or: handed over to"), required=False, widget=Line, max_length=LONGEST_STEP
    )
    words = forms.CharField(
        label=_("How it stands now"), required=False, widget=Words, max_length=LONGEST_WORDS
    )
    for_supervision = forms.BooleanField(label=_("For supervision"), required=False)

    def said(self) -> Calming:
        said = self.cleaned_data
        return Calming(
            words=said["words"], handed_to=said["handed_to"],
            follow_up_at=_moment(said["follow_up_at"], said["follow_up"]),
            for_supervision=said["for_supervision"],
        )  # fmt: skip
