"""Forms of a therapy: beginning one, and changing what is agreed, chosen and so."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from holdspace.cellar.ui.forms import Chips, DayField, Line, Whom, Words, veiled
from holdspace.frame.approaches import schools
from holdspace.frame.people import rules as people
from holdspace.frame.people.forms import today
from holdspace.frame.people.labels import Labels
from holdspace.frame.practice import labels as house
from holdspace.frame.practice.rules import PlaceKind
from holdspace.frame.therapy import labels
from holdspace.frame.therapy.rules import (
    Beginning,
    Choices,
    Ended,
    FactKind,
    FactSaid,
    HowItEnded,
    Joining,
    Part,
    State,
    Terms,
    Unit,
    some_aims,
)

NOTHING = ("", "—")
FIRST_STATES = ("inquiry", "assessment", "working")
TOGETHER = "together"
OWN = "of_"
APPROACHES: Final[dict[str, Any]] = {
    "approach": _("Approach"), "second": _("and"),
    **dict.fromkeys(("third", "fourth", "fifth", "sixth"), _("and also")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offers:
    """What a visitor can choose from: colleagues, rooms, and whether the choice is theirs."""

    colleagues: list[tuple[str, str]]
    rooms: list[tuple[str, str]]
    me: UUID
    is_clinical: bool
    is_desk: bool


@dataclass(frozen=True, slots=True)
class Ways:
    """The approaches and voices that can be chosen, the practice's own among them."""

    approaches: schools.Choices
    voices: Labels


class PersonRow(forms.Form):
    """Somebody who takes part: found, or new by name."""

    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), required=False, widget=Line)
    part = forms.ChoiceField(label=_("Takes part as"), choices=labels.choices(labels.PARTS))
    birth_date = forms.CharField(
        label=_("Born"),
        required=False,
        widget=Line({"placeholder": "1987-05-31"}),
    )

    def __init__(self, data: Any = None, *, initial: Any = None, prefix: str) -> None:
        super().__init__(data, initial=initial, prefix=prefix)
        name = self.fields["name"]
        name.required = not self["person"].value()
        name.error_messages["required"] = _("Please write a name. One name is enough.")

    def clean_name(self) -> str:
        if self.cleaned_data.get("person"):
            return ""
        return people.a_name(self.cleaned_data["name"])

    def clean_birth_date(self) -> str:
        return people.a_birth_date(self.cleaned_data["birth_date"], today=today())

    def joining(self) -> Joining:
        said = self.cleaned_data
        part = Part(said["part"])
        if said["person"]:
            return Joining(part=part, person=said["person"])
        newcomer = people.Particulars(name=said["name"], birth_date=said["birth_date"])
        return Joining(part=part, newcomer=newcomer)


class FrameForm(forms.Form):
    """What is agreed about time, place and money."""

    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600)
    place = forms.ChoiceField(label=_("Where"), choices=labels.choices(labels.PLACES))
    room = forms.UUIDField(label=_("Room"), required=False)
    fee = forms.DecimalField(
        label=_("Fee"), required=False, min_value=0, max_digits=8, decimal_places=2
    )
    sessions_agreed = forms.IntegerField(
        label=_("Sessions agreed"), required=False, min_value=1, max_value=2000,
        help_text=_("Empty where the work is open-ended."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("In words"), required=False, widget=Words,
        help_text=_("For example: every Monday, not in August."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, offers: Offers, **more: Any) -> None:
        super().__init__(data, **more)
        widget = forms.Select(choices=[NOTHING, *offers.rooms])
        self.fields["room"].widget = widget

    def terms(self) -> Terms:
        said = self.cleaned_data
        return Terms(
            minutes=said["minutes"], place=PlaceKind(said["place"]), room=said["room"],
            fee=said["fee"], sessions_agreed=said["sessions_agreed"], words=said["words"],
        )  # fmt: skip


class FrameChangeForm(FrameForm):
    """What is agreed from a day on."""

    from_on = DayField(label=_("From"), initial=today)


class ChoicesForm(forms.Form):
    """How a therapy works and speaks."""

    unit = forms.ChoiceField(
        label=_("Who comes"), choices=labels.choices(labels.UNITS), widget=Chips
    )
    service = forms.ChoiceField(label=_("Service"), choices=labels.choices(house.SERVICES))
    stance = forms.ChoiceField(label=_("Stance"), choices=labels.choices(house.STANCES))
    voice = forms.ChoiceField(
        label=_("Voice"), help_text=_("The words that this therapy's pages use.")
    )
    note_format = forms.ChoiceField(label=_("Notes"), choices=labels.choices(house.NOTE_FORMATS))
    cue = forms.ChoiceField(
        label=_("Time in the room"), required=False, choices=labels.choices(labels.CUES),
        help_text=_("Nothing is ever heard."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, ways: Ways, **more: Any) -> None:
        super().__init__(data, **more)
        voice: Any = self.fields["voice"]
        voice.choices = labels.choices(ways.voices)
        for name, label in APPROACHES.items():
            self.fields[name] = forms.ChoiceField(
                label=label, required=False, choices=[NOTHING, *ways.approaches]
            )
        self.order_fields(["unit", *APPROACHES])

    @property
    def also(self) -> list[BoundField]:
        """The approaches after the first."""
        return [self[name] for name in APPROACHES if name != "approach"]

    def chosen(self) -> Choices:
        said = self.cleaned_data
        approaches = [said[name] for name in APPROACHES]
        return Choices(
            unit=Unit(said["unit"]), service=said["service"], stance=said["stance"],
            voice=said["voice"], note_format=said["note_format"], cue=said["cue"],
            approaches=tuple(dict.fromkeys(one for one in approaches if one)),
        )  # fmt: skip


class NewTherapyForm(ChoicesForm, FrameForm):
    """A therapy's beginning, but for its people, who are rows of their own."""

    title = forms.CharField(
        label=_("What you call it"), required=False, widget=Line,
        help_text=_("Left empty, it is made from their names."),
    )  # fmt: skip
    state = forms.ChoiceField(
        label=_("How it stands"), widget=Chips,
        choices=[(state, labels.STATES[state]) for state in FIRST_STATES],
    )  # fmt: skip
    started_on = DayField(label=_("Since"), initial=today)
    brings = forms.CharField(
        label=_("What brings them"), required=False, widget=Words, help_text=_("In their words.")
    )
    therapist = forms.UUIDField(label=_("Who works with them"))
    co_therapist = forms.UUIDField(label=_("Together with"), required=False)

    def __init__(self, data: Any = None, *, offers: Offers, ways: Ways, **more: Any) -> None:
        super().__init__(data, offers=offers, ways=ways, **more)
        self.offers = offers
        choices = [NOTHING, *offers.colleagues]
        self.fields["therapist"].widget = forms.Select(choices=choices)
        self.fields["co_therapist"].widget = forms.Select(choices=choices)
        if not offers.is_clinical:
            del self.fields["brings"]
        if not offers.is_desk:
            del self.fields["therapist"]

    def beginning(self, participants: tuple[Joining, ...]) -> Beginning:
        said = self.cleaned_data
        therapists = (said.get("therapist", self.offers.me), said["co_therapist"])
        return Beginning(
            choices=self.chosen(), terms=self.terms(), participants=participants,
            therapists=tuple(one for one in therapists if one), started_on=said["started_on"],
            title=said["title"], brings=said.get("brings", ""), state=State(said["state"]),
        )  # fmt: skip


class TitleForm(forms.Form):
    title = forms.CharField(label=_("What you call it"), widget=Line)

    def clean_title(self) -> str:
        return people.a_name(self.cleaned_data["title"])


class BringsForm(forms.Form):
    brings = forms.CharField(label=_("In their words"), required=False, widget=Words)


class MoveForm(forms.Form):
    """To one of the states that this one can go to."""

    to = forms.ChoiceField(label=_("It is now"), widget=Chips)
    on = DayField(label=_("Since"), initial=today)
    how = forms.ChoiceField(
        label=_("If it ended: how"), required=False, choices=labels.choices(labels.ENDED),
        widget=Chips,
    )  # fmt: skip
    words = forms.CharField(
        label=_("In words"), required=False, widget=Words,
        help_text=_("For those who work in this therapy. It is sealed with it."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, moves: Collection[State]) -> None:
        super().__init__(data)
        self.fields["to"] = forms.ChoiceField(
            label=_("It is now"), widget=Chips,
            choices=[(state.value, labels.STATES[state]) for state in moves],
        )  # fmt: skip
        if State.ENDED not in moves:
            del self.fields["how"], self.fields["words"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("to") == State.ENDED and not said.get("how"):
            self.add_error("how", _("Please say how it ended. “Not said” is an answer too."))
        if said.get("to") != State.ENDED and said.get("words"):
            self.add_error("words", _("This is kept only with an ending."))
        return said

    def ended(self) -> HowItEnded | None:
        said = self.cleaned_data
        if said["to"] != State.ENDED:
            return None
        return HowItEnded(how=Ended(said["how"]), words=said["words"])


class AimsForm(forms.Form):
    """One field for what is hoped for together, and one for each participant where several are."""

    def __init__(self, data: Any = None, *, names: dict[UUID, str], initial: Any) -> None:
        super().__init__(data, initial=initial)
        hint = _("One on each line, in their own words.")
        own = {f"{OWN}{one}": veiled(name) for one, name in names.items()}
        asked: dict[str, str] = {TOGETHER: str(_("Together")), **own}
        for name, label in asked.items():
            self.fields[name] = forms.CharField(
                label=label, required=False, widget=Words, help_text=hint
            )

    def clean(self) -> dict[str, Any]:
        for name, words in self.cleaned_data.copy().items():
            try:
                some_aims(words.splitlines())
            except people.CannotBe as refusal:
                self.add_error(name, refusal.message)
        return self.cleaned_data

    def said(self) -> dict[UUID | None, list[str]]:
        """The lines of each, the joint ones under None; raises CannotBe."""
        return {
            None if name == TOGETHER else UUID(name.removeprefix(OWN)): some_aims(
                words.splitlines()
            )
            for name, words in self.cleaned_data.items()
        }


class FactForm(forms.Form):
    """What is so of somebody, and towards whom."""

    kind = forms.ChoiceField(label=_("What"), choices=labels.choices(labels.FACTS), widget=Chips)
    participant = forms.UUIDField(label=_("Of whom"))
    about = forms.UUIDField(label=_("Towards whom"), required=False)
    words = forms.CharField(
        label=_("What is so"), widget=Words,
        help_text=_("For example: mother of; decides on health together with the father; no contact without a third person."),  # noqa: E501
    )  # fmt: skip
    from_on = DayField(label=_("Since"), initial=today)
    to_on = DayField(label=_("Until"), required=False)

    def __init__(self, data: Any = None, *, people: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["participant"].widget = Whom(choices=people)
        self.fields["about"].widget = Whom(choices=[NOTHING, *people])

    def said(self) -> FactSaid:
        said = self.cleaned_data
        return FactSaid(
            kind=FactKind(said["kind"]), words=said["words"], about=said["about"],
            from_on=said["from_on"], to_on=said["to_on"],
        )  # fmt: skip


class SeatForm(forms.Form):
    """A colleague who works in the therapy from a day on."""

    member = forms.UUIDField(label=_("Colleague"))
    seat = forms.ChoiceField(
        label=_("How"), widget=Chips, choices=labels.choices(labels.SEATS), initial="therapist"
    )
    from_on = DayField(label=_("Since"), initial=today)

    def __init__(self, data: Any = None, *, offers: Offers) -> None:
        super().__init__(data)
        self.fields["member"].widget = forms.Select(choices=[NOTHING, *offers.colleagues])


class SinceForm(forms.Form):
    from_on = DayField(label=_("Since"), initial=today)


class EndForm(forms.Form):
    on = DayField(label=_("Last day"), initial=today)
