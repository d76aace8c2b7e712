"""What is filled in: a sheet as its form asks for it, and what is done with sheets."""

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from holdspace.cellar.ui.forms import Chips, Day, Hour, Line, ManyChips, Whom, Words
from holdspace.frame.practice.rules import is_pin
from holdspace.frame.therapy.rules import LINK_DAYS, LINK_DAYS_AT_MOST
from holdspace.hour.worksheets import content
from holdspace.hour.worksheets.content import Cells, Change
from holdspace.hour.worksheets.definitions import GRADED, Definition, Field, Language, Type
from holdspace.hour.worksheets.rules import page_name
from holdspace.hour.worksheets.typed import CannotKeep, Place, Value, read

PREFIX: Final = "sheet"
EMPTY_ROW: Final = "newrow"  # the id of a row that the page's script copies
CHIPS_AT_MOST: Final = 11  # more numbers than these are typed
LANGUAGES: Final = [("en", _("English")), ("de", _("German")), ("es", _("Spanish"))]
_QUIET: Final[dict[str, str]] = {"autocomplete": "off"}


class PlaceField(forms.Field):
    """One place of a sheet; the reading of what is typed is that of every other way in."""

    def __init__(self, place: Place, language: Language) -> None:
        self.place = place
        field = place.field
        hint = field.hint.said(language) if field.hint else ""
        super().__init__(
            label=field.label.said(language), help_text=hint, required=False,
            widget=_widget(field, language),
        )  # fmt: skip

    def clean(self, value: object) -> Value:
        try:
            return read(self.place, value)
        except CannotKeep as why:
            raise ValidationError(str(why)) from None


def _widget(field: Field, language: Language) -> forms.Widget:
    if field.type in GRADED:
        return _numbers(field)
    if field.type is Type.CHOICES:
        return ManyChips(_QUIET, choices=_options(field, language))
    if field.type is Type.CHOICE:
        return Chips(_QUIET, choices=[*_options(field, language), UNSAID])
    if field.type is Type.YES_NO:
        return Chips(_QUIET, choices=YES_NO)
    return _WIDGETS[field.type](_QUIET)


UNSAID: Final = ("", _("not said"))
YES_NO: Final = [
    ("yes", pgettext_lazy("answer", "yes")),
    ("no", pgettext_lazy("answer", "no")),
    UNSAID,
]
_WIDGETS: Final[Mapping[Type, Callable[[dict[str, str]], forms.Widget]]] = {
    Type.WORDS: Words, Type.LINE: Line, Type.DATE: Day, Type.TIME: Hour,
}  # fmt: skip


def _options(field: Field, language: Language) -> list[tuple[str, str]]:
    return [(option.id, option.label.said(language)) for option in field.options]


def _numbers(field: Field) -> forms.Widget:
    """A few numbers stand side by side to be chosen; many, or any, are typed."""
    if field.type in (Type.SCALE, Type.RULER):
        numbers = range(int(field.least or 0), int(field.most or 0) + 1)
        if len(numbers) <= CHIPS_AT_MOST:
            return Chips(_QUIET, choices=[*((str(n), str(n)) for n in numbers), UNSAID])
    ends = {"min": field.least, "max": field.most, "step": field.step or _step(field)}
    said = {name: f"{end:g}" for name, end in ends.items() if isinstance(end, int | float)}
    return forms.NumberInput({"step": "any", **said, **_QUIET, "data-veil": ""})


def _step(field: Field) -> int | None:
    return None if field.type is Type.NUMBER else 1


def as_typed(value: Value) -> Any:
    """What a control of the form holds for a value."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return ""
    return value if isinstance(value, list) else str(value)


class PlacesForm(forms.Form):
    """Some places of a sheet, in one language."""

    prefix = PREFIX

    def __init__(self, language: Language, typed: QueryDict | None = None) -> None:
        super().__init__(typed)
        self.language = language
        self.theirs: dict[str, str] = {}  # place to what somebody else wrote there meanwhile

    def ask(self, place: Place, value: Value = None) -> None:
        """Add one place, with what stands there now."""
        self.fields[place.path] = PlaceField(place, self.language)
        self.initial[place.path] = as_typed(value)


class SheetForm(PlacesForm):
    """A sheet in its form. Each field of rows has one empty row more, to be written in."""

    def __init__(
        self,
        definition: Definition,
        cells: Cells,
        language: Language,
        typed: QueryDict | None = None,
    ) -> None:
        super().__init__(language, typed)
        self.definition = definition
        self.rows = {
            one.id: _rows(one.id, cells, typed, content.most_rows(definition))
            for one in definition.fields
            if one.type is Type.ROWS
        }
        for place in () if definition.editor else content.places(definition, self.rows):
            self.ask(place, content.value(cells, place.path))

    def empty_row(self, field: Field) -> PlacesForm:
        """A row for the page's script to copy."""
        form = PlacesForm(self.language)
        for place in content.row_of(field, EMPTY_ROW):
            form.ask(place)
        return form

    def changes(self, before: Mapping[str, Value], base: int) -> list[Change]:
        """What was typed that is not as it was before; a control that was not sent says nothing."""
        return [
            Change(path, value, base)
            for path, value in self.cleaned_data.items()
            if value != before[path] and self._was_sent(path)
        ]

    def _was_sent(self, path: str) -> bool:
        """Of boxes to tick, those that are not ticked are never sent."""
        place: Any = self.fields[path]
        return place.place.field.type is Type.CHOICES or self.add_prefix(path) in self.data


def _rows(name: str, cells: Cells, typed: QueryDict | None, most: int) -> list[str]:
    """The rows there are, those just typed, and an empty one."""
    there = content.rows(cells, name)
    row_in = re.compile(rf"{PREFIX}-{name}\.({content.ROW.pattern})\.")
    posted = (found[1] for key in typed or () if (found := row_in.match(key)))
    new = [row for row in dict.fromkeys(posted) if row not in there]
    room = max(most - len(there), 0)
    return [*there, *new[:room]] if new else [*there, *([fresh_row()] if room else [])]


def fresh_row() -> str:
    """The id of a row that nobody has written in yet."""
    return f"r{secrets.token_hex(6)}"


def page_of(posted: Mapping[str, str]) -> str:
    """The name of the page that sent this; a new one where it says none."""
    return page_name(posted.get("page", "")) or secrets.token_hex(16)


def base_of(posted: Mapping[str, str]) -> int:
    """The version that a page had before it; 0 where it does not say."""
    said = posted.get("base", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


# ------------------------------------------------------------------ what is done with sheets


class BeginForm(forms.Form):
    """Which form is begun, whose it is, and in which session."""

    form = forms.RegexField(r"^[a-z][a-z0-9_]{0,39}$")
    participant = forms.UUIDField(required=False)
    session = forms.UUIDField(required=False)


class SearchForm(forms.Form):
    """Words in the names of forms and maps."""

    q = forms.CharField(
        label=_("Find a form or map"), max_length=60, required=False,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )  # fmt: skip


class PutAwayForm(forms.Form):
    """Why a sheet is put away."""

    reason = forms.CharField(
        label=_("Why"), max_length=2000, strip=False, widget=Words(_QUIET),
        help_text=_("The sheet stays to be read, with this on it. It is changed no more."),
    )  # fmt: skip


class HandForm(forms.Form):
    """To whom a sheet is handed by a link, and how the link is kept."""

    participant = forms.TypedChoiceField(label=_("For"), coerce=str, widget=Whom)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, initial="en")
    pin = forms.CharField(
        label=_("PIN"), required=False, max_length=12,
        help_text=_("4 to 12 digits that you tell them yourself. Without it the link is enough."),
        widget=forms.TextInput({"inputmode": "numeric", **_QUIET}),
    )  # fmt: skip
    days = forms.IntegerField(
        label=_("Works for how many days"), initial=LINK_DAYS, min_value=1,
        max_value=LINK_DAYS_AT_MOST,
    )  # fmt: skip

    def __init__(self, people: Sequence[tuple[str, Any]], *args: Any) -> None:
        super().__init__(*args)
        self.fields["participant"] = forms.TypedChoiceField(
            label=_("For"), coerce=str, widget=Whom, choices=people
        )

    def clean_pin(self) -> str:
        pin = str(self.cleaned_data["pin"])
        if pin and not is_pin(pin):
            raise ValidationError(_("A PIN has 4 to 12 digits."))
        return pin
