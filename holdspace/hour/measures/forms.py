"""Forms of the measures room: giving, a rule, copying from paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.cellar.ui.forms import DayField, Line, ManyAnswers, Whom
from holdspace.hour.measures.instruments import Instrument, library
from holdspace.hour.measures.personal import LONGEST, Kind, catalogue, most
from holdspace.hour.measures.rules import (
    EVERY_AT_MOST,
    LINK_DAYS,
    LINK_DAYS_AT_MOST,
    Faces,
    NotWeeks,
    Respondent,
    Shows,
    When,
    is_pin,
    weeks_from,
)
from holdspace.hour.measures.sentences import question
from holdspace.hour.measures.wording import Wording

LANGUAGES = [("en", _("English")), ("de", _("German")), ("es", _("Spanish"))]
WHENS = [
    (When.EACH_SESSION.value, _("Before each session")),
    (When.AFTER_EACH_SESSION.value, _("After each session")),
    (When.EVERY_N.value, _("Every few sessions")),
    (When.AT_WEEKS.value, _("In chosen weeks")),
    (When.AT_START_AND_END.value, _("At the start and at the end")),
    (When.ONCE.value, _("Once")),
]
BY_THERAPIST = "therapist"
UNANSWERED = "-"  # what stands on the paper as well, and so is an answer to be copied
Choices = list[tuple[str, str]]


def shelf() -> Choices:
    """The questionnaires there are, and personal questions, by name."""
    return _named(each for each in catalogue().values() if each.is_worded)


def library_shelf() -> Choices:
    """The questionnaires that anybody can be given, by name."""
    return _named(each for each in library().values() if each.is_worded)


def _named(instruments: Iterable[Instrument]) -> Choices:
    return [(each.id, f"{each.short_name}: {each.name}") for each in instruments]


@dataclass(frozen=True, slots=True)
class Offered:
    """What a form about giving can name: who takes part, which sessions, which batteries."""

    people: Choices
    sessions: Choices = field(default_factory=list)
    batteries: Choices = field(default_factory=list)


class GiveForm(forms.Form):
    """To whom, about whom, which, in which language, behind which PIN, for how long."""

    participant = forms.TypedChoiceField(label=_("For"), coerce=UUID, widget=Whom)
    about = forms.TypedChoiceField(
        label=_("About"), coerce=UUID, empty_value=None, required=False, widget=Whom
    )
    instruments = forms.MultipleChoiceField(
        label=_("Questionnaires"), choices=shelf, widget=ManyAnswers, required=False
    )
    battery = forms.TypedChoiceField(
        label=_("Or a battery"), coerce=UUID, empty_value=None, required=False
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

    def __init__(self, offered: Offered, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_people(self, offered)
        _offer(self, "session", [("", str(_("none in particular"))), *offered.sessions])
        _offer(self, "battery", [("", str(_("none"))), *offered.batteries])
        if not offered.batteries:
            del self.fields["battery"]

    def clean_pin(self) -> str:
        pin = str(self.cleaned_data["pin"])
        if pin and not is_pin(pin):
            raise forms.ValidationError(_("A PIN has 4 to 12 digits."))
        return pin


class RuleForm(forms.Form):
    """Who is given what again and again. A battery stands among the questionnaires, by its id."""

    participant = forms.TypedChoiceField(label=_("For"), coerce=UUID, widget=Whom)
    about = forms.TypedChoiceField(
        label=_("About"), coerce=UUID, empty_value=None, required=False, widget=Whom
    )
    instrument = forms.ChoiceField(label=_("Questionnaire"))
    when = forms.TypedChoiceField(label=_("When"), choices=WHENS, coerce=When)
    every = forms.IntegerField(
        label=_("Every how many sessions"),
        help_text=_("Where it is asked every few sessions."),
        initial=1,
        min_value=1,
        max_value=EVERY_AT_MOST,
    )
    weeks = forms.CharField(
        label=_("In which weeks"),
        help_text=_("Since the therapy began, where it is asked in chosen weeks: 0, 6, 12"),
        required=False,
        max_length=60,
    )
    from_on = DayField(label=_("From"))

    def __init__(self, offered: Offered, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_people(self, offered)
        _offer(self, "instrument", [*shelf(), *offered.batteries])

    def clean_weeks(self) -> tuple[int, ...]:
        typed = str(self.cleaned_data["weeks"])
        try:
            return weeks_from(typed) if typed.strip() else ()
        except NotWeeks:
            raise forms.ValidationError(_("Write weeks as 0, 6, 12.")) from None

    def clean(self) -> dict[str, Any]:
        """Only the weeks of a rule by weeks are kept, and a battery is told from an instrument."""
        cleaned = super().clean() or {}
        if "when" in cleaned and cleaned["when"] is not When.AT_WEEKS:
            cleaned["weeks"] = ()
        chosen = cleaned.get("instrument", "")
        is_battery = bool(chosen) and chosen not in catalogue()
        cleaned["battery"] = UUID(chosen) if is_battery else None
        if is_battery:
            cleaned["instrument"] = ""
        return cleaned


class ShowingForm(forms.Form):
    """What the client is shown, and who is asked with faces."""

    shows = forms.TypedChoiceField(
        label=_("When they have answered, they see"),
        coerce=Shows,
        choices=[
            (Shows.NOTHING.value, _("nothing of it")),
            (Shows.SENTENCE.value, _("a sentence")),
            (Shows.CHART.value, _("a sentence and the chart")),
        ],
    )
    faces = forms.TypedChoiceField(
        label=_("Faces in place of numbers"),
        coerce=Faces,
        choices=[
            (Faces.BY_AGE.value, _("for children under twelve")),
            (Faces.ALWAYS.value, _("for everybody")),
            (Faces.NEVER.value, _("for nobody")),
        ],
        help_text=_("Only in our own questions: published wording is never changed."),
    )


class BatteryForm(forms.Form):
    """Several questionnaires under one name."""

    name = forms.CharField(label=_("Name"), max_length=80)
    instruments = forms.MultipleChoiceField(
        label=_("Questionnaires"), choices=library_shelf, widget=ManyAnswers
    )


class OwnWordsForm(forms.Form):
    """A line for each goal or problem, in somebody's own words."""

    def __init__(self, kind: Kind, words: Sequence[str], *args: Any) -> None:
        super().__init__(*args)
        self.names = [f"line_{number}" for number in range(1, most(kind) + 1)]
        for number, name in enumerate(self.names):
            self.fields[name] = forms.CharField(
                label=str(number + 1),
                initial=words[number] if number < len(words) else "",
                required=False,
                max_length=LONGEST,
                widget=Line,
            )

    @property
    def words(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.names]


class PaperForm(forms.Form):
    """Each answer is copied twice, so that a slip of the finger is found."""

    participant = forms.TypedChoiceField(label=_("Filled in by"), coerce=UUID, widget=Whom)
    informant = forms.ChoiceField(label=_("Filled in by"), widget=Whom)
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
        self._ask_who(instrument, people)
        choices = [(UNANSWERED, str(_("not answered")))]
        choices += [(str(each.value), f"{each.value} · {each.label}") for each in said.options]
        for item in instrument.items:
            self.fields[f"first_{item.id}"] = _copy(
                f"{item.number}. {question(said, item)}", choices
            )
        for item in instrument.items:
            label = str(_("Again: %(number)s") % {"number": item.number})
            self.fields[f"again_{item.id}"] = _copy(label, choices)

    def _ask_who(self, instrument: Instrument, people: Choices) -> None:
        """Who filled it in, where it speaks to others than whom it is about."""
        may = {instrument.respondent, *instrument.informants}
        if may == {Respondent.CLIENT}:
            del self.fields["informant"]
            return
        self.fields["participant"].label = _("About")
        self.fields["informant"].required = Respondent.CLIENT not in may
        offered = [("", str(_("themselves")))] if Respondent.CLIENT in may else []
        if Respondent.THERAPIST in may:
            offered.append((BY_THERAPIST, str(_("the therapist"))))
        others = may - {Respondent.CLIENT, Respondent.THERAPIST}
        _offer(self, "informant", [*offered, *(people if others else ())])

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
    def seen_by(self) -> dict[str, Any]:
        """Who filled it in, where it was not whom it is about."""
        said = self.cleaned_data.get("informant", "")
        is_person = said not in ("", BY_THERAPIST)
        return {
            "by_therapist": said == BY_THERAPIST,
            "informant": UUID(said) if is_person else None,
        }

    @property
    def answers(self) -> dict[str, int | None]:
        """The answers by item, None where there is none on the paper."""
        return {item: self.cleaned_data[f"first_{item}"] for item in self.items}


def _copy(label: str, choices: Choices) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=choices, coerce=_value)


def _value(chosen: str) -> int | None:
    return None if chosen == UNANSWERED else int(chosen)


def _offer_people(form: forms.Form, offered: Offered) -> None:
    """Who is asked, and about whom where there is more than one."""
    _offer(form, "participant", offered.people)
    if len(offered.people) < 2:
        del form.fields["about"]
    else:
        _offer(form, "about", [("", str(_("themselves"))), *offered.people])


def _offer(form: forms.Form, name: str, choices: Choices) -> None:
    field = cast("forms.ChoiceField", form.fields[name])
    field.choices = choices
