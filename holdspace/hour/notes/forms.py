"""What is filled in: the note itself, and what is done to notes afterwards."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils import formats, timezone
from django.utils.crypto import get_random_string
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from holdspace.cellar.ui.forms import Chips, ManyChips, Whom, Words, veiled
from holdspace.frame.approaches import words as voices
from holdspace.hour.encounters.forms import called
from holdspace.hour.encounters.models import Attendance
from holdspace.hour.notes.models import Note
from holdspace.hour.notes.rules import FORMATS, LONGEST_TAB, Content
from holdspace.hour.notes.words import FIELDS, HINTS

# The browser must not keep what was typed with its list of open tabs.
_WRITING = {"rows": "1", "autocomplete": "off"}
WRITING_BEGINS = "id_note-thread"  # an address that ends in it leads into the form's first field


class Written(forms.CharField):
    """Words as they were typed. The rules look at them, so that every way in says the same."""

    def __init__(self, label: Any, hint: Any = "", placeholder: Any = "") -> None:
        widget = Words({**_WRITING, "placeholder": placeholder} if placeholder else _WRITING)
        super().__init__(label=label, help_text=hint, required=False, strip=False, widget=widget)
        self.validators = []


class NoteForm(forms.Form):
    """A note in its format: the thread first, then its fields, safety, between, supervision."""

    prefix = "note"
    base_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    tab = forms.CharField(max_length=LONGEST_TAB, widget=forms.HiddenInput)
    thread = Written(_("Thread for next time"))
    safety = forms.ChoiceField(
        label=_("Did anything about safety come up?"), required=False, widget=Chips,
        choices=[("no", _("No")), ("yes", _("Yes, write it down"))],
    )  # fmt: skip
    safety_words = Written(
        _("What came up, and what was done"), placeholder=_("What was said, seen and agreed")
    )
    between = Written(_("Agreed between sessions"))
    bring = forms.BooleanField(
        label=_("Bring this"), required=False,
        widget=forms.CheckboxInput({"autocomplete": "off"}),
    )  # fmt: skip
    supervision_words = Written(
        _("What to bring, in a line"), placeholder=_("What you want to think about together")
    )

    def __init__(
        self, note_format: str, *args: Any, unmarked: Sequence[Attendance] = (), **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.names = FORMATS[note_format]
        for name in self.names:
            self.fields[f"f-{name}"] = Written(FIELDS[name], HINTS.get(name, ""))
        if unmarked:
            self._ask_who_was_there(unmarked)

    def _ask_who_was_there(self, unmarked: Sequence[Attendance]) -> None:
        """Those who were expected are ticked already: the signature alone then says they came."""
        names = [(str(row.participant_id), veiled(called(row))) for row in unmarked]
        self.fields["is_asked"] = forms.BooleanField(required=False)
        self.fields["there"] = forms.MultipleChoiceField(
            label=_("Who was there"), required=False, choices=names,
            initial=[key for key, _name in names], widget=ManyChips({"autocomplete": "off"}),
        )  # fmt: skip

    def there(self) -> list[UUID] | None:
        """Who was there; nothing where that was not asked."""
        if not self.cleaned_data.get("is_asked"):
            return None
        return [UUID(one) for one in self.cleaned_data["there"]]

    def of_format(self) -> Iterable[BoundField]:
        """The format's own fields, in their order."""
        return [self[f"f-{name}"] for name in self.names]

    def content(self) -> Content:
        """What was typed, in the shape of a note."""
        typed = self.cleaned_data
        return {
            "thread": typed["thread"],
            "fields": {name: typed[f"f-{name}"] for name in self.names},
            "safety": {
                "came_up": {"yes": True, "no": False}.get(typed["safety"]),
                "words": typed["safety_words"],
            },
            "between": typed["between"],
            "supervision": {"bring": typed["bring"], "words": typed["supervision_words"]},
        }


def as_typed(content: Mapping[str, Any], version: int, tab: str) -> dict[str, Any]:
    """The form's first values for a note that holds this."""
    came_up = content["safety"]["came_up"]
    return {
        "base_version": version, "tab": tab, "thread": content["thread"],
        "safety": "" if came_up is None else "yes" if came_up else "no",
        "safety_words": content["safety"]["words"], "between": content["between"],
        "bring": content["supervision"]["bring"],
        "supervision_words": content["supervision"]["words"],
        **{f"f-{name}": words for name, words in content["fields"].items()},
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Editor:
    """What the page needs to let somebody write: `notes/editor.html` takes it as `words`."""

    form: NoteForm
    then: str  # where to go when it is put away or signed; empty for the note's own page
    csrf_cookie: str
    has_between: bool


def editor(
    note: Note,
    *,
    then: str = "",
    typed: QueryDict | None = None,
    unmarked: Sequence[Attendance] = (),
    voice: voices.Words,
) -> Editor:
    """A draft as it stands, or as it was just typed where that could not be kept.

    What is agreed in between is asked for where the voice has a word for it, or where it is
    written already. `unmarked` are those of whom signing asks whether they were there.
    """
    if typed is not None:
        form = NoteForm(note.format, _with_those_expected(typed, unmarked), unmarked=unmarked)
    else:
        first = as_typed(note.content, note.version, f"page-{new_tab()}")
        form = NoteForm(note.format, initial=first, unmarked=unmarked)
    if voice.between:
        form.fields["between"].label = capfirst(voice.between)
    has_between = bool(voice.between or form["between"].value())
    return Editor(form, then, settings.CSRF_COOKIE_NAME, has_between)


def _with_those_expected(typed: QueryDict, unmarked: Sequence[Attendance]) -> QueryDict:
    """What was typed; where it was not asked who was there, those who were expected are ticked."""
    if not unmarked or "note-is_asked" in typed:
        return typed
    typed = typed.copy()
    typed.setlist("note-there", [str(row.participant_id) for row in unmarked])
    return typed


def new_tab() -> str:
    """A name for a page without script: it saves when it is sent, and once."""
    return get_random_string(24)


@dataclass(frozen=True, slots=True)
class Beside:
    """One field in which two writings of a note differ."""

    label: Any
    theirs: str
    yours: str


def side_by_side(note_format: str, theirs: Content, yours: Content) -> list[Beside]:
    """Where two writings differ, field by field."""
    one, other = (NoteForm(note_format, initial=as_typed(c, 0, "")) for c in (theirs, yours))
    names = ("thread", *(field.name for field in one.of_format()), "safety", "safety_words",
             "between", "bring", "supervision_words")  # fmt: skip
    return [
        Beside(one[name].label, _shown(one[name].initial), _shown(other[name].initial))
        for name in names
        if one[name].initial != other[name].initial
    ]


def _shown(value: object) -> str:
    answers = {True: _("Yes"), "yes": _("Yes"), False: "", "no": _("No")}
    return str(answers.get(value, value) if isinstance(value, bool | str) else "")


class AddendumForm(forms.Form):
    """What is added to a signed note."""

    words = forms.CharField(label=_("What you add"), widget=Words(_WRITING), strip=False)
    reason = forms.CharField(
        label=_("Why it is added now"), required=False, widget=Words(_WRITING), strip=False
    )


class VoidForm(forms.Form):
    """Why a signed note is marked as made in error."""

    reason = forms.CharField(
        label=_("Why"), widget=Words(_WRITING), strip=False,
        help_text=_("The note stays to be seen, struck through, with this beside it."),
    )  # fmt: skip


class MoveForm(forms.Form):
    """Where a draft belongs: a session of the last weeks, or a therapy without one."""

    to = forms.ChoiceField(label=_("Where it belongs"), widget=Whom)

    def __init__(self, sessions: Iterable[Any], caseload: Iterable[Any], *args: Any) -> None:
        super().__init__(*args)
        of: dict[str, list[tuple[str, str]]] = {}
        for one in sessions:
            starts = timezone.localtime(one.starts_at)
            written = f"{formats.date_format(starts, pgettext('date', 'D j N'))}, {starts:%H:%M}"
            of.setdefault(one.therapy.title, []).append((f"{one.therapy_id}/{one.id}", written))
        for therapy in caseload:
            of.setdefault(therapy.title, []).append((f"{therapy.id}/", str(_("no session"))))
        self.fields["to"] = forms.ChoiceField(
            label=_("Where it belongs"), widget=Whom, choices=[("", "—"), *of.items()]
        )

    def chosen(self) -> tuple[UUID, UUID | None]:
        """The therapy, and its session or none."""
        therapy, session = self.cleaned_data["to"].split("/")
        return UUID(therapy), UUID(session) if session else None


class BeginForm(forms.Form):
    """What a new note is about."""

    therapy = forms.UUIDField()
    session = forms.UUIDField(required=False)
    participant = forms.UUIDField(required=False)


class SearchForm(forms.Form):
    """Words to find in the notes of one's own caseload."""

    q = forms.CharField(
        label=_("Find words in your notes"), max_length=200,
        widget=forms.TextInput({"type": "search", "autocomplete": "off", "data-veil": ""}),
    )  # fmt: skip
