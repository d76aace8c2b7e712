"""Looking through the approaches, and writing one of the practice's own."""

from dataclasses import dataclass
from itertools import product
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from holdspace.cellar.ui.forms import Chips, ManyChips
from holdspace.frame.approaches import catalogue, descriptions, labels, rules
from holdspace.frame.approaches.rules import Described, VoiceSaid
from holdspace.frame.approaches.tongues import LANGUAGES, in_tongue
from holdspace.frame.approaches.words import MAY_BE_SILENT, SLOTS, InLanguages
from holdspace.frame.people.labels import Label
from holdspace.frame.practice import labels as house

ANY = ("", _("Any"))


def _families() -> list[tuple[str, str]]:
    return [(name, in_tongue(said).words) for name, said in catalogue.families().items()]


class LookForm(forms.Form):
    """What of the approaches is shown. What is not understood shows them all."""

    q = forms.CharField(label=_("Find"), required=False, max_length=100)
    family = forms.ChoiceField(
        label=_("Family"), required=False, choices=lambda: [ANY, *_families()]
    )
    stance = forms.ChoiceField(
        label=_("Stance"), required=False, choices=[ANY, *labels.STANCES.items()]
    )
    format = forms.ChoiceField(
        label=_("With whom"), required=False, choices=[ANY, *labels.FORMATS.items()]
    )

    def wanted(self) -> dict[str, str]:
        """What was asked for, by name; what was not understood is left out."""
        self.full_clean()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class ApproachForm(forms.Form):
    """An approach of the practice's own, in lines that anybody can type."""

    name = forms.CharField(label=_("What it is called"))
    family = forms.ChoiceField(label=_("Family"), choices=_families)
    stance = forms.ChoiceField(label=_("Stance"), choices=labels.STANCES.items(), widget=Chips)
    structure = forms.ChoiceField(
        label=_("The hour"), choices=labels.STRUCTURES.items(), widget=forms.RadioSelect
    )
    hour = forms.CharField(
        label=_("Steps of the hour"), required=False,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("One on each line, its minutes first: 5 Arriving. About how long; nobody is late against it."),  # noqa: E501
    )  # fmt: skip
    techniques = forms.CharField(
        label=_("What is done"), required=False, widget=forms.Textarea({"rows": 8}),
        help_text=_("One on each line. It can be ticked after a session."),
    )  # fmt: skip
    voice = forms.ChoiceField(label=_("Voice"))
    note_format = forms.ChoiceField(label=_("Notes"), choices=house.NOTE_FORMATS.items())
    artefacts = forms.MultipleChoiceField(
        label=_("Forms and records"), required=False, widget=ManyChips,
        choices=descriptions.known_artefacts,
    )  # fmt: skip
    measures = forms.MultipleChoiceField(
        label=_("Questionnaires offered"), required=False, widget=ManyChips,
        choices=descriptions.known_measures,
    )  # fmt: skip

    def __init__(self, data: Any = None, *, voices: list[tuple[str, Any]], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["voice"] = forms.ChoiceField(label=_("Voice"), choices=voices)

    def clean_name(self) -> str:
        return rules.a_title(self.cleaned_data["name"], "name")

    def clean_hour(self) -> list[rules.StepSaid]:
        return rules.hour_from(self.cleaned_data["hour"])

    def clean_techniques(self) -> list[str]:
        return rules.techniques_from(self.cleaned_data["techniques"])

    def said(self) -> Described:
        return Described(**self.cleaned_data)


def as_typed(said: Described) -> dict[str, Any]:
    """What the form begins with."""
    plain = {name: getattr(said, name) for name in ApproachForm.base_fields}
    return {
        **plain,
        "hour": rules.hour_as_typed(said.hour),
        "techniques": "\n".join(said.techniques),
    }


@dataclass(frozen=True, slots=True)
class SlotShown:
    """A slot as the form shows it: what it is for, and a field for each language."""

    label: Label
    may_be_silent: bool
    fields: list[BoundField]


class VoiceForm(forms.Form):
    """A voice of the practice's own: its name, and each slot in each language."""

    name = forms.CharField(label=_("What it is called"))

    def __init__(self, data: Any = None, *, initial: dict[str, str]) -> None:
        super().__init__(data, initial=initial)
        for slot, language in product(SLOTS, LANGUAGES):
            self.fields[f"{slot}_{language}"] = forms.CharField(
                label=labels.TONGUES[language], required=slot not in MAY_BE_SILENT,
                error_messages={"required": _("Please write it.")},
            )  # fmt: skip

    def clean_name(self) -> str:
        return rules.a_title(self.cleaned_data["name"], "name")

    @property
    def slots(self) -> list[SlotShown]:
        return [
            SlotShown(
                labels.SLOTS[slot],
                slot in MAY_BE_SILENT,
                [self[f"{slot}_{language}"] for language in LANGUAGES],
            )
            for slot in SLOTS
        ]

    def said(self) -> VoiceSaid:
        said = self.cleaned_data
        return VoiceSaid(
            said["name"],
            {
                slot: {language: said[f"{slot}_{language}"] for language in LANGUAGES}
                for slot in SLOTS
            },
        )


def voice_as_typed(name: str, words: InLanguages) -> dict[str, str]:
    """What the form of a voice begins with."""
    typed = {
        f"{slot}_{language}": words[slot][language] or ""
        for slot, language in product(SLOTS, LANGUAGES)
    }
    return {"name": name, **typed}
