"""Forms of the diary: when and where, how often, who cancelled, who came."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from holdspace.cellar.ui.forms import (
    Answers,
    Chips,
    DayField,
    Hour,
    Line,
    ManyAnswers,
    ManyChips,
    Whom,
    veiled,
)
from holdspace.frame.practice.rules import PlaceKind
from holdspace.frame.therapy.labels import PLACES
from holdspace.frame.therapy.models import Participant
from holdspace.hour.encounters import labels
from holdspace.hour.encounters.actions import Presence, Slot
from holdspace.hour.encounters.models import Attendance, Part
from holdspace.hour.encounters.recurrence import NotARule, Rule, moment
from holdspace.hour.encounters.rules import (
    LONGEST_MINUTES,
    SERIES_AT_MOST,
    SHORTEST_MINUTES,
    Attended,
    Kind,
    Scope,
)

Choices = list[tuple[str, Any]]
SOME_TIMES: Final = 12


def minutes_field(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=LONGEST_MINUTES, **more)


class SlotForm(forms.Form):
    """When, how long, where."""

    on = DayField(label=_("Day"))
    clock = forms.TimeField(label=_("Time"), widget=Hour)
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=SHORTEST_MINUTES, max_value=LONGEST_MINUTES
    )
    place = forms.ChoiceField(label=_("Where"), choices=list(PLACES.items()))
    room = forms.ChoiceField(label=_("Room"), required=False)

    def __init__(self, *args: Any, rooms: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["room"].choices = [("", _("No room")), *rooms]  # type: ignore[attr-defined]

    def slot(self, zone: ZoneInfo, kind: Kind = Kind.REGULAR) -> Slot:
        """What was filled in, at the practice's clock."""
        said = self.cleaned_data
        clock = said["clock"].replace(second=0, microsecond=0)
        room = UUID(said["room"]) if said["room"] else None
        start = moment(said["on"], clock, zone)
        return Slot(start, said["minutes"], PlaceKind(said["place"]), room, kind)


class NewSessionForm(SlotForm):
    """One session, or a series."""

    therapy = forms.ChoiceField(
        label=_("With"),
        widget=Whom({"hx-get": ".", "hx-include": "[name=on]", "hx-target": "#coming"}),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=labels.choices(labels.KINDS))
    repeat = forms.ChoiceField(
        label=_("Repeats"), choices=labels.choices(labels.REPEATS), required=False
    )
    weekdays = forms.MultipleChoiceField(
        label=_("On several days of the week"), required=False, widget=ManyChips,
        choices=[(str(number), label) for number, label in enumerate(labels.WEEKDAYS)],
    )  # fmt: skip
    times = forms.IntegerField(
        label=_("How many times"), min_value=1, max_value=SERIES_AT_MOST, required=False,
        help_text=_("Twelve, where nothing is said."),
    )  # fmt: skip
    until = DayField(label=_("Or until"), required=False)
    field_order = ("therapy", "on", "clock", "minutes", "place", "room")

    def __init__(
        self, *args: Any, therapies: Choices, people: Sequence[Participant] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["therapy"].choices = therapies  # type: ignore[attr-defined]
        self.rule: Rule | None = None
        if len(people) > 1:
            self._ask_who_comes(people)

    def _ask_who_comes(self, people: Sequence[Participant]) -> None:
        """Of several who take part, who is expected: everybody, where nothing else is said."""
        self.of = people[0].therapy_id
        names = [(str(one.id), veiled(_called(one))) for one in people]
        self.fields["coming"] = forms.MultipleChoiceField(
            label=_("Who is expected"), choices=names, widget=ManyChips,
            initial=[key for key, _name in names],
            error_messages={"required": _("Choose at least one who is to come.")},
        )  # fmt: skip
        if self.is_bound and self.data.get("coming_of") != str(self.of):
            typed = QueryDict(
                mutable=True
            )  # the therapy is another one since: ask anew, all ticked
            typed.update(self.data)
            typed.setlist("coming", [key for key, _name in names])
            self.data = typed

    def who_comes(self) -> list[UUID] | None:
        """Those who are expected; nothing where that is everybody."""
        chosen = self.cleaned_data.get("coming")
        return [UUID(one) for one in chosen] if chosen else None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("repeat") and not self.errors:
            try:
                self.rule = self._rule(said)
            except NotARule as refusal:
                self.add_error("repeat", refusal.said(gettext))
        return said

    @staticmethod
    def _rule(said: dict[str, Any]) -> Rule:
        step, _space, every = said["repeat"].partition(" ")
        is_weekly = every == "week"
        weekdays = tuple(int(day) for day in said["weekdays"]) if is_weekly else ()
        until = said["until"]
        count = said["times"] or (None if until else SOME_TIMES)
        return Rule(labels.STEPS[every], int(step), weekdays, count, until)


class ScopeForm(forms.Form):
    """How much of a series is meant; not asked of a session that stands alone."""

    scope = forms.ChoiceField(
        label=_("Which"), choices=labels.choices(labels.SCOPES), widget=Answers,
        initial=Scope.ONE.value, required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, is_series: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_series:
            del self.fields["scope"]

    def meant(self) -> Scope:
        return Scope(self.cleaned_data.get("scope") or Scope.ONE)


class MoveForm(ScopeForm, SlotForm):
    """Another time or place."""

    field_order = ("on", "clock", "minutes", "place", "room", "scope")


class CancelForm(ScopeForm):
    """Who cancelled."""

    who = forms.ChoiceField(
        label=_("What happened"), widget=Answers, choices=labels.choices(labels.WHO_CANCELLED)
    )
    field_order = ("who", "scope")


def called(row: Attendance) -> str:
    """The name somebody goes by."""
    return _called(row.participant)


def _called(one: Participant) -> str:
    name: str = one.person.preferred_name or one.person.name
    return name


class AttendanceForm(forms.Form):
    """How everybody attended, a few fields for each."""

    def __init__(self, *args: Any, rows: Sequence[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            self._add(row)

    def _add(self, row: Attendance) -> None:
        key = row.participant_id
        self.fields[f"state-{key}"] = forms.ChoiceField(
            label=veiled(called(row)), widget=Chips, initial=row.state,
            choices=labels.choices(labels.ATTENDED),
        )  # fmt: skip
        for name, label, now in (
            ("late", _("Minutes late"), row.minutes_late),
            ("early", _("Minutes before the end"), row.minutes_early),
        ):
            self.fields[f"{name}-{key}"] = minutes_field(label, required=False, initial=now or None)

    def people(self) -> Iterable[tuple[Attendance, BoundField, BoundField, BoundField]]:
        """Each participant's row with its fields: how, minutes late, minutes early."""
        for row in self.rows:
            key = row.participant_id
            yield row, self[f"state-{key}"], self[f"late-{key}"], self[f"early-{key}"]

    def said(self) -> dict[UUID, Presence]:
        """What was filled in, by participant."""
        return {
            row.participant_id: Presence(
                Attended(self.cleaned_data[f"state-{row.participant_id}"]),
                self.cleaned_data[f"late-{row.participant_id}"] or 0,
                self.cleaned_data[f"early-{row.participant_id}"] or 0,
            )
            for row in self.rows
        }


class TimesForm(forms.Form):
    """When it really was."""

    on = DayField(label=_("Day"))
    began = forms.TimeField(label=_("Began"), widget=Hour)
    ended = forms.TimeField(
        label=_("Ended"), widget=Hour, required=False, help_text=_("Empty while it goes on.")
    )

    def times(self, zone: ZoneInfo) -> tuple[datetime, datetime | None]:
        """From when to when; an end before the beginning is on the next day."""
        on, began, ended = (self.cleaned_data[name] for name in ("on", "began", "ended"))
        start = moment(on, began, zone)
        if ended is None:
            return start, None
        end = moment(on, ended, zone)
        return start, end if end >= start else moment(on + timedelta(days=1), ended, zone)


class PartForm(forms.Form):
    """A stretch of the session with its own people."""

    from_minute = minutes_field(_("From minute"))
    present = forms.MultipleChoiceField(
        label=_("Who was there"), required=False, widget=ManyAnswers
    )
    others = forms.CharField(
        label=_("Others"), required=False, max_length=500, widget=Line,
        help_text=_("An interpreter, a student, a dog: in words."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, rows: Sequence[Attendance], part: Part | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(row.participant_id), veiled(called(row))) for row in rows]
        self.fields["present"].choices = names  # type: ignore[attr-defined]
        if part is not None:
            del self.fields["from_minute"]
            self.initial["others"] = part.others
            self.initial["present"] = [
                str(row.participant_id) for row in rows if part.number not in row.absent_in_parts
            ]

    def there(self) -> list[UUID]:
        return [UUID(one) for one in self.cleaned_data["present"]]


class GuestForm(forms.Form):
    """Somebody who is in this session, and takes no part in the therapy."""

    role = forms.ChoiceField(label=_("As"), widget=Chips, choices=list(labels.GUESTS.items()))
    name = forms.CharField(label=_("Name"), max_length=200, widget=Line)
    is_agreed = forms.BooleanField(label=_("All who were there agreed"), required=False)


class LookForm(forms.Form):
    """Which days of the calendar are looked at."""

    on = DayField(label=_("Day"))
