"""Forms of units of several: homes, what is agreed about secrets, a group's places, going on."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.cellar.ui.forms import Chips, DayField, Line, ManyChips, Whom, Words, veiled
from holdspace.frame.people.forms import today
from holdspace.frame.people.rules import a_name
from holdspace.frame.therapy import labels, secrets
from holdspace.frame.therapy.rules import Joining, Unit
from holdspace.frame.therapy.units import GoingOn, Household, Opening, Roster, Tie, several_names

Named = dict[UUID, str]


def _whom(names: Named) -> list[tuple[str, Any]]:
    return [(str(one), veiled(name)) for one, name in names.items()]


def _ids(said: list[str]) -> tuple[UUID, ...]:
    return tuple(UUID(one) for one in said)


class HomeForm(forms.Form):
    """A home, and who lives there."""

    name = forms.CharField(
        label=_("What this home is called"), widget=Line, help_text=_("With Mum; at Gran's.")
    )
    dwellers = forms.MultipleChoiceField(label=_("Who lives there"), widget=ManyChips)
    words = forms.CharField(
        label=_("How"), required=False, widget=Line, help_text=_("Every other week; at weekends.")
    )
    since = DayField(label=_("Since"), initial=today)

    def __init__(self, data: Any = None, *, names: Named) -> None:
        super().__init__(data)
        self.fields["dwellers"] = forms.MultipleChoiceField(
            label=_("Who lives there"), widget=ManyChips, choices=_whom(names)
        )

    def household(self) -> Household:
        said = self.cleaned_data
        return Household(
            name=said["name"], words=said["words"], dwellers=_ids(said["dwellers"]),
            since=said["since"],
        )  # fmt: skip


class AgreeForm(forms.Form):
    """What is agreed about secrets from a day on."""

    rule = forms.ChoiceField(
        label=_("What one of them tells alone"), choices=list(secrets.RULES.items())
    )
    channels = forms.MultipleChoiceField(
        label=_("Where it holds"), widget=ManyChips, choices=list(secrets.CHANNELS.items()),
        initial=[one.value for one in secrets.Channel],
    )  # fmt: skip
    words = forms.CharField(
        label=_("As they read or heard it"), required=False, widget=Words,
        help_text=_("In plain words, so that each of them can say what it means."),
    )  # fmt: skip
    by = forms.MultipleChoiceField(label=_("Who agreed"), required=False, widget=ManyChips)
    means = forms.ChoiceField(
        label=_("How they agreed"), widget=Chips, choices=list(secrets.MEANS.items()),
        initial=secrets.Means.SAID.value,
    )  # fmt: skip
    from_on = DayField(label=_("In force since"), initial=today)

    def __init__(self, data: Any = None, *, names: Named) -> None:
        super().__init__(data)
        self.fields["by"] = forms.MultipleChoiceField(
            label=_("Who agreed"), required=False, widget=ManyChips, choices=_whom(names)
        )

    def agreed(self) -> secrets.Agreed:
        said = self.cleaned_data
        return secrets.Agreed(
            rule=secrets.Rule(said["rule"]), words=said["words"], from_on=said["from_on"],
            channels=tuple(map(secrets.Channel, said["channels"])), by=_ids(said["by"]),
            means=secrets.Means(said["means"]),
        )  # fmt: skip


class AlsoAgreesForm(forms.Form):
    """One more of them agrees."""

    participant = forms.UUIDField(label=_("Who agreed"))
    means = forms.ChoiceField(
        label=_("How they agreed"), widget=Chips, choices=list(secrets.MEANS.items()),
        initial=secrets.Means.SAID.value,
    )  # fmt: skip
    on = DayField(label=_("On"), initial=today)

    def __init__(self, data: Any = None, *, names: Named) -> None:
        super().__init__(data)
        people = [(str(one), name) for one, name in names.items()]
        self.fields["participant"].widget = Whom(choices=people)


class RosterForm(forms.Form):
    """How a group is joined and left."""

    opening = forms.ChoiceField(
        label=_("Who can join"), widget=Chips, choices=labels.choices(labels.OPENINGS)
    )
    places = forms.IntegerField(label=_("Places"), required=False, min_value=2, max_value=60)
    notice_weeks = forms.IntegerField(
        label=_("Weeks between saying so and leaving"), required=False, min_value=0, max_value=52
    )

    def roster(self) -> Roster:
        said = self.cleaned_data
        return Roster(
            opening=Opening(said["opening"]), places=said["places"],
            notice_weeks=said["notice_weeks"],
        )  # fmt: skip


class GoOnForm(forms.Form):
    """How work goes on in another unit: with whom, and whether this one ends."""

    unit = forms.ChoiceField(
        label=_("Who comes now"), choices=labels.choices(labels.UNITS), widget=Chips
    )
    staying = forms.MultipleChoiceField(label=_("Who stays"), required=False, widget=ManyChips)
    tie = forms.ChoiceField(
        label=_("And this work"), choices=labels.choices(labels.GOING_ON), widget=Chips,
        initial=Tie.WENT_ON.value,
    )  # fmt: skip
    on = DayField(label=_("From"), initial=today)

    def __init__(self, data: Any = None, *, names: Named, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["staying"] = forms.MultipleChoiceField(
            label=_("Who stays"), required=False, widget=ManyChips, choices=_whom(names),
            initial=[str(one) for one in names],
        )  # fmt: skip

    def going_on(self, newcomers: tuple[Joining, ...]) -> GoingOn:
        said = self.cleaned_data
        return GoingOn(
            unit=Unit(said["unit"]), tie=Tie(said["tie"]), staying=_ids(said["staying"]),
            newcomers=newcomers, on=said["on"],
        )  # fmt: skip


class SeveralForm(forms.Form):
    """Many names at once, for a group."""

    names = forms.CharField(
        label=_("Several at once"), required=False, widget=Words,
        help_text=_("One name on each line."),
    )  # fmt: skip

    def clean_names(self) -> str:
        said: str = self.cleaned_data["names"]
        for name in several_names(said):
            a_name(name)
        return said
