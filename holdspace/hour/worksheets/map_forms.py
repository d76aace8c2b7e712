"""What is typed on the pages of genograms and ecomaps, and how it becomes part of a telling."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from holdspace.cellar.ui.forms import Day, DayField, Line, ManyChips, Whom, Words, veiled
from holdspace.hour.worksheets.family import building, ecomap, model, text
from holdspace.hour.worksheets.family.meanings import FIGURES, HOWS, TIES, TURNS
from holdspace.hour.worksheets.family.model import (
    GENDERS,
    Event,
    Figure,
    How,
    Mark,
    Person,
    Step,
    Telling,
    Tie,
    Turn,
)
from holdspace.hour.worksheets.family.reading import EARLIEST, LATEST

QUIET: Final[dict[str, str]] = {"autocomplete": "off"}
Choices = list[tuple[str, Any]]
MARKS: Final[Choices] = [
    ("", _("nothing told")), (Mark.PRESENT, _("yes")), (Mark.RECOVERY, _("recovered, recovering")),
    (Mark.SUSPECTED, _("suspected")),
]  # fmt: skip


def choices(meanings: Mapping[Any, str], only: Iterable[Any] | None = None) -> Choices:
    """The kinds of something, in the reader's language."""
    kept = set(only) if only is not None else set(meanings)
    return [(str(kind), gettext(said)) for kind, said in meanings.items() if kind in kept]


def whom(telling: Telling, people: Iterable[Person], *, empty: Any = None) -> Choices:
    """People to choose from; those of the same name are told apart by their numbers."""
    found: Choices = [("", empty)] if empty is not None else []
    order = list(telling.by_id)
    called = {one.id: text.called(one, gettext) for one in telling.people}
    for one in people:
        same = list(called.values()).count(called[one.id]) > 1
        found.append(
            (one.id, f"{called[one.id]} ({order.index(one.id) + 1})" if same else called[one.id])
        )
    return found


class Year(forms.IntegerField):
    """A year, or nothing."""

    def __init__(self, label: Any) -> None:
        widget = forms.NumberInput({"class": "short", "data-veil": "", **QUIET})
        super().__init__(
            label=label, required=False, min_value=EARLIEST, max_value=LATEST, widget=widget
        )


def _words(label: Any, most: int, *, hint: Any = "", lines: bool = False) -> forms.CharField:
    widget = Words(QUIET) if lines else Line(QUIET)
    return forms.CharField(
        label=label, max_length=most, required=False, widget=widget, help_text=hint
    )


class PersonForm(forms.Form):
    """Somebody in the story."""

    name = _words(_("Name, as it is told"), model.NAME)
    figure = forms.ChoiceField(label=_("Who"))
    born = Year(_("Born"))
    died = Year(_("Died"))
    dead = forms.BooleanField(label=_("Has died"), required=False)
    age = _words(_("Age, as it is said"), model.AGE, hint=_("Only where no years are told."))
    notes = _words(_("Notes"), model.NOTE, lines=True)
    index = forms.BooleanField(label=_("This family is told about them"), required=False)
    homes = forms.MultipleChoiceField(label=_("Lives in"), required=False, widget=ManyChips(QUIET))
    events = _words(
        _("What happened"), 4000, lines=True,
        hint=_("One line each; begin with the year, where it is told."),
    )  # fmt: skip
    inner = forms.ChoiceField(
        label=_("Inner sign"), required=False,
        help_text=_("Only where they want it recorded: the outer sign is the gender they live."),
    )  # fmt: skip
    substance = forms.ChoiceField(label=_("Substance use"), choices=MARKS, required=False)
    illness = forms.ChoiceField(label=_("Serious illness"), choices=MARKS, required=False)
    unspoken = forms.BooleanField(label=_("Nobody talks about them"), required=False)
    how = forms.ChoiceField(label=_("Came to the family"), required=False)
    twin = forms.ChoiceField(label=_("Twin of"), required=False, widget=Whom(QUIET))
    identical = forms.BooleanField(label=_("Identical twins"), required=False)

    BRIEF: Final = ("name", "figure", "born", "died", "dead", "index", "notes")

    def __init__(self, telling: Telling, person: Person, typed: Any = None) -> None:
        place = telling.places.get(person.id)
        told = {
            **{name: getattr(person, name) for name in self.base_fields if hasattr(person, name)},
            "events": "\n".join(f"{one.year} {one.words}" if one.year else one.words
                                for one in person.events),
            "how": place.how if place else "", "twin": twin_of(telling, person.id),
            "identical": bool(place and place.identical),
        }  # fmt: skip
        super().__init__(typed, initial=told)
        self.telling, self.person = telling, person
        siblings = (
            [telling.by_id[one.child] for one in telling.placed(place.union)] if place else []
        )
        self._choose("figure", choices(FIGURES))
        self._choose("inner", [("", _("none")), *choices(FIGURES, GENDERS - {Figure.UNKNOWN})])
        self._choose("homes", [(one.id, veiled(one.name)) for one in telling.homes])
        self._choose("how", choices(HOWS))
        others = [one for one in siblings if one.id != person.id]
        self._choose("twin", whom(telling, others, empty=_("nobody")))
        for name, is_asked in (("homes", telling.homes), ("how", place), ("twin", others)):
            if not is_asked:
                del self.fields[name]
        if not others:
            del self.fields["identical"]

    def _choose(self, name: str, offered: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- says the type
        field.choices = offered

    def brief(self) -> list[forms.BoundField]:
        """What is asked first."""
        return [self[name] for name in self.BRIEF]

    def more(self) -> list[forms.BoundField]:
        """What is asked behind one gesture."""
        return [self[name] for name in self.fields if name not in self.BRIEF]

    def clean_events(self) -> tuple[Event, ...]:
        """One event from each line, with the year that it begins with."""
        found = []
        for line in self.cleaned_data["events"].splitlines():
            first, _space, rest = line.strip().partition(" ")
            has_year = len(first) == 4 and first.isdecimal() and EARLIEST <= int(first) <= LATEST
            words, year = (rest.strip(), int(first)) if has_year else (line.strip(), None)
            if words:
                found.append(Event(words[: model.NOTE], year))
        return tuple(found[:40])

    def told(self) -> Telling:
        """The telling with what was typed; raises CannotTell."""
        typed = self.cleaned_data
        person = replace(
            self.person,
            name=" ".join(typed["name"].split()), figure=Figure(typed["figure"]),
            inner=Figure(typed["inner"]) if typed["inner"] else None,
            born=typed["born"], died=typed["died"], dead=typed["dead"], notes=typed["notes"],
            index=typed["index"], events=typed["events"], unspoken=typed["unspoken"],
            substance=Mark(typed["substance"]) if typed["substance"] else None,
            illness=Mark(typed["illness"]) if typed["illness"] else None,
            homes=tuple(typed.get("homes", ())), age=" ".join(typed["age"].split()),
        )  # fmt: skip
        telling = building.told_as(self.telling, person)
        if "how" in typed:
            telling = building.came(telling, person.id, How(typed["how"] or How.BIOLOGICAL))
        if "twin" in typed:
            telling = building.twins(
                telling, person.id, typed["twin"], identical=typed["identical"]
            )
        return telling


def twin_of(telling: Telling, person: str) -> str:
    """With whom somebody was born together; nobody: empty."""
    place = telling.places.get(person)
    if not place or not place.twins:
        return ""
    same = (one.child for one in telling.placed(place.union) if one.twins == place.twins)
    return next((one for one in same if one != person), "")


class TieForm(forms.Form):
    """A line from somebody to somebody."""

    target = forms.ChoiceField(label=_("To"), widget=Whom(QUIET))
    tie = forms.ChoiceField(label=_("What is between them"))

    def __init__(self, telling: Telling, person: Person, typed: Any = None) -> None:
        super().__init__(typed)
        others = whom(telling, (one for one in telling.people if one.id != person.id))
        self.fields["target"] = forms.ChoiceField(label=_("To"), choices=others, widget=Whom(QUIET))
        self.fields["tie"] = forms.ChoiceField(
            label=_("What is between them"), choices=choices(TIES)
        )

    @property
    def tie_told(self) -> Tie:
        """The kind that was chosen."""
        return Tie(self.cleaned_data["tie"])


class TurnForm(forms.Form):
    """What happened to a union."""

    turn = forms.ChoiceField(label=_("What happened"))
    year = Year(_("Year"))

    def __init__(self, typed: Any = None, **more: Any) -> None:
        super().__init__(typed, **more)
        self.fields["turn"] = forms.ChoiceField(label=_("What happened"), choices=choices(TURNS))

    @property
    def step(self) -> Step:
        """The turn that was told."""
        return Step(Turn(self.cleaned_data["turn"]), self.cleaned_data["year"])


class ToldForm(forms.Form):
    """Who tells, and when."""

    told_by = _words(_("Told by"), model.NAME)
    date = DayField(label=_("On"), required=False, widget=Day(QUIET))

    def told(self) -> tuple[str, str]:
        """Name and date as a telling keeps them."""
        day: date | None = self.cleaned_data["date"]
        return " ".join(self.cleaned_data["told_by"].split()), day.isoformat() if day else ""


class LineForm(forms.Form):
    """A family, typed."""

    line = forms.CharField(
        label=_("Type the family"), max_length=4000, widget=Words({"rows": "3", **QUIET}),
        help_text=_("mum Ada 1951-2019; m 1970 dad Ben; 3 children: Eva 1972, Jan 1975, Mia 1980"),
    )  # fmt: skip


class HomeForm(forms.Form):
    """A home that people live in together."""

    home = forms.CharField(label=_("A home"), max_length=model.NAME, widget=Line(QUIET))


class FileForm(forms.Form):
    """A family from a genealogy program."""

    file = forms.FileField(
        label=_("GEDCOM 7 file"), allow_empty_file=True,
        help_text=_("Names, years and kinship are taken; it takes the place of what is here."),
    )  # fmt: skip


# ------------------------------------------------------------------ ecomaps


class HouseholdForm(ToldForm):
    """Who lives in the household."""

    home = forms.CharField(
        label=_("Who lives here"), required=False, max_length=1000, widget=Words(QUIET),
        help_text=_("One name on each line."),
    )  # fmt: skip

    def clean_home(self) -> tuple[str, ...]:
        """The names."""
        names = tuple(" ".join(one.split()) for one in self.cleaned_data["home"].splitlines())
        kept = tuple(one for one in names if one)
        if len(kept) > ecomap.MOST_MEMBERS or any(len(one) > ecomap.NAME for one in kept):
            raise ValidationError(_("At most 12 names, of 60 letters each."))
        return kept


class SystemForm(forms.Form):
    """Something around the household."""

    name = _words(_("Who or what"), ecomap.NAME)
    strength = forms.ChoiceField(label=_("Connection"))
    stress = forms.BooleanField(label=_("Stressful"), required=False)
    flow = forms.ChoiceField(label=_("Energy"))
    notes = _words(_("Notes"), ecomap.NOTE)

    def __init__(self, one: ecomap.System, typed: Any = None) -> None:
        told = {name: getattr(one, name) for name in self.base_fields}
        super().__init__(typed, initial=told, prefix=one.id)
        self.id = one.id
        self.fields["strength"] = forms.ChoiceField(
            label=_("Connection"), choices=choices(ecomap.STRENGTHS)
        )
        self.fields["flow"] = forms.ChoiceField(label=_("Energy"), choices=choices(ecomap.FLOWS))

    def told(self) -> ecomap.System | None:
        """The connection; nothing where no name was typed."""
        typed = self.cleaned_data
        name = " ".join(typed["name"].split())
        if not name:
            return None
        return ecomap.System(
            self.id, name, ecomap.Strength(typed["strength"]), typed["stress"],
            ecomap.Flow(typed["flow"]), typed["notes"].strip(),
        )  # fmt: skip


def system_forms(told: ecomap.Ecomap, typed: Any = None) -> Sequence[SystemForm]:
    """A form for each connection there is, and three empty ones as long as there is room."""
    taken = [one.id for one in told.systems]
    spare: list[ecomap.System] = []
    for _again in range(min(3, ecomap.MOST_SYSTEMS - len(taken))):
        spare.append(ecomap.System(building.new_id("s", [*taken, *(one.id for one in spare)])))
    if typed is not None:  # what was sent may have been a page with fewer or more
        return [
            SystemForm(one, typed) for one in (*told.systems, *spare) if f"{one.id}-name" in typed
        ]
    return [SystemForm(one) for one in (*told.systems, *spare)]
