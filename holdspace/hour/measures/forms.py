"""Forms of the measures room: giving, a rule, copying from paper."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from holdspace.cellar.ui.forms import DayField, Line, ManyAnswers, Whom
from holdspace.frame.practice.rules import is_pin
from holdspace.frame.therapy.rules import LINK_DAYS, LINK_DAYS_AT_MOST
from holdspace.hour.measures.checking import LONGEST
from holdspace.hour.measures.instruments import Instrument
from holdspace.hour.measures.personal import LONGEST as LONGEST_LINE
from holdspace.hour.measures.personal import Kind, most
from holdspace.hour.measures.rules import (
    EVERY_AT_MOST,
    Faces,
    NotWeeks,
    Respondent,
    Shows,
    When,
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
Choices = Sequence[tuple[str, Any]]  # a value with its words, or a group's name with such pairs


@dataclass(frozen=True, slots=True)
class Offered:
    """What a form about giving can name: who, which questionnaires, batteries and sessions."""

    people: Choices
    shelf: Choices = field(default_factory=list)
    batteries: Choices = field(default_factory=list)
    sessions: Choices = field(default_factory=list)


class GiveForm(forms.Form):
    """To whom, about whom, which, in which language, behind which PIN, for how long."""

    participant = forms.TypedChoiceField(label=_("For"), coerce=UUID, widget=Whom)
    about = forms.TypedChoiceField(
        label=_("About"), coerce=UUID, empty_value=None, required=False, widget=Whom
    )
    instruments = forms.MultipleChoiceField(
        label=_("Questionnaires"), widget=ManyAnswers, required=False
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
        _offer(self, "instruments", offered.shelf)
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
        _offer(self, "instrument", [*offered.batteries, *offered.shelf])
        self.batteries = {pk for pk, _name in offered.batteries}

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
        is_battery = chosen in self.batteries
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
    instruments = forms.MultipleChoiceField(label=_("Questionnaires"), widget=ManyAnswers)

    def __init__(self, shelf: Choices, *args: Any) -> None:
        super().__init__(*args)
        _offer(self, "instruments", shelf)


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
                max_length=LONGEST_LINE,
                widget=Line,
            )

    @property
    def words(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.names]


class _Sheet(forms.Form):
    """Whose sheet of paper, and of which day."""

    participant = forms.TypedChoiceField(label=_("Filled in by"), coerce=UUID, widget=Whom)
    informant = forms.ChoiceField(label=_("Filled in by"), required=False, widget=Whom)
    filled_in_on = DayField(label=_("Filled in on"))

    def __init__(self, people: Choices, instrument: Instrument, today: date, *args: Any) -> None:
        super().__init__(*args)
        self.today = today
        self.twice: list[str] = []
        _offer(self, "participant", people)
        self._ask_who(instrument, people)

    def ask_twice(self, name: str, first: forms.Field, again: forms.Field) -> None:
        """Each figure is copied twice, so that a slip of the finger is found."""
        self.twice.append(name)
        self.fields[f"first_{name}"], self.fields[f"again_{name}"] = first, again

    def _ask_who(self, instrument: Instrument, people: Choices) -> None:
        """Who filled it in, where that may be another; left open, it is whom it speaks to."""
        may = {instrument.respondent, *instrument.informants}
        if may <= {Respondent.CLIENT} or may == {Respondent.THERAPIST}:
            del self.fields["informant"]
            return
        self.fields["participant"].label = _("About")
        is_own = instrument.respondent == Respondent.CLIENT
        offered = [("", str(_("themselves") if is_own else _("somebody not named")))]
        if Respondent.THERAPIST in may:
            offered.append((BY_THERAPIST, str(_("the therapist"))))
        _offer(self, "informant", [*offered, *people])

    def clean_filled_in_on(self) -> date:
        day = cast("date", self.cleaned_data["filled_in_on"])
        if day > self.today:
            raise forms.ValidationError(_("This day is yet to come."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in self.twice:
            if cleaned.get(f"first_{name}") != cleaned.get(f"again_{name}"):
                self.add_error(f"again_{name}", _("The two copies differ: look at the paper."))
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


class PaperForm(_Sheet):
    """The answers on a sheet of paper: all of them, and then all of them again."""

    def __init__(
        self, people: Choices, instrument: Instrument, said: Wording, today: date, *args: Any
    ) -> None:
        super().__init__(people, instrument, today, *args)
        for item in instrument.items:
            again = str(_("Again: %(number)s") % {"number": item.number})
            choices = [(UNANSWERED, str(_("not answered"))), *_answers(said, item.id)]
            self.ask_twice(
                item.id,
                _copy(f"{item.number}. {question(said, item)}", choices),
                _copy(again, choices),
            )
        second = self.fields[f"again_{self.twice[0]}"]
        second.help_text = _("Now all of them once more, read from the sheet.")
        self.order_fields(
            ["participant", "filled_in_on", *(f"first_{name}" for name in self.twice)]
        )

    @property
    def answers(self) -> dict[str, int | None]:
        """The answers by item, None where there is none on the paper."""
        return {item: self.cleaned_data[f"first_{item}"] for item in self.twice}


class TotalForm(_Sheet):
    """The figures of a sheet that was scored elsewhere."""

    def __init__(self, people: Choices, instrument: Instrument, today: date, *args: Any) -> None:
        super().__init__(people, instrument, today, *args)
        if instrument.has_total:
            self.ask_twice("total", *_figures(_("Total"), instrument.range))
        for scale in instrument.scoring.subscales:
            if scale.range is not None:
                self.ask_twice(scale.id, *_figures(scale.label, scale.range))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if all(cleaned.get(f"first_{name}") is None for name in self.twice):
            self.add_error(None, _("Type at least one figure."))
        return cleaned

    @property
    def figures(self) -> dict[str, float]:
        """What was typed, by name; the total is called “total”."""
        typed = {name: self.cleaned_data[f"first_{name}"] for name in self.twice}
        return {name: value for name, value in typed.items() if value is not None}


class FileForm(forms.Form):
    """A definition or words, from a file or typed."""

    file = forms.FileField(label=_("A file (YAML)"), required=False, max_length=200)
    text = forms.CharField(
        label=_("Or its contents"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 12, "spellcheck": "false", "class": "num"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        upload = cleaned.get("file")
        if upload:
            cleaned["text"] = self._read(upload)
        elif "text" in cleaned and not cleaned["text"].strip():
            self.add_error("text", _("Choose a file, or paste what stands in it."))
        return cleaned

    def _read(self, upload: UploadedFile) -> str:
        if (upload.size or 0) > LONGEST:
            self.add_error("file", _("The file is too long: at most %s letters.") % LONGEST)
            return ""
        try:
            return str(upload.read(), "utf-8")
        except UnicodeDecodeError:
            self.add_error("file", _("The file is no text in UTF-8."))
            return ""


def _answers(said: Wording, item: str) -> Choices:
    offered = said.options_of(item)
    return [
        (str(each.value), f"{each.value} · {each.label}" if each.label else str(each.value))
        for each in offered
    ]


def _figures(label: Any, span: tuple[float, float]) -> tuple[forms.Field, forms.Field]:
    low, high = span
    ends = {"label": label, "low": f"{low:g}", "high": f"{high:g}"}
    again = str(_("Again: %(number)s") % {"number": label})
    return (
        forms.FloatField(
            label=str(_("%(label)s (%(low)s to %(high)s)") % ends),
            min_value=low, max_value=high, required=False,
        ),
        forms.FloatField(label=again, min_value=low, max_value=high, required=False),
    )  # fmt: skip


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
