"""What people of the practice fill in."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from holdspace.cellar.access.table import Role
from holdspace.cellar.ui.forms import ManyAnswers, Words
from holdspace.frame.practice import labels, queries, rules
from holdspace.frame.practice.actions import Choices, Myself

VOICES = [
    ("clinical", _("Clinical: patient, treatment, discharge")),
    ("counselling", _("Counselling: client, aim, ending")),
    ("analytic", _("Analytic: patient, analysis, termination")),
    ("systemic", _("Systemic: family, conversation, closing")),
    ("narrative", _("Narrative: person, hope, farewell")),
    ("arts", _("Arts: client, work, closing")),
    ("play", _("Play: child, playing, goodbye")),
    ("group", _("Group: member, group, leaving")),
]
ROLES = [
    (Role.OWNER.value, _("Owner: runs the practice, and reads nobody's words by that")),
    (Role.THERAPIST.value, _("Therapist: works with clients")),
    (Role.TRAINEE.value, _("Trainee: works with clients under supervision")),
    (Role.SUPERVISOR.value, _("Supervisor: sees what is brought to supervision")),
    (Role.RECEPTION.value, _("Reception: takes enquiries, sees times and names")),
    (Role.BILLER.value, _("Biller: sees sessions held and fees")),
    (Role.AUDITOR.value, _("Auditor: reads who did what, and when")),
]
AS_THE_WORDS = ("", _("As the words suggest"))
OF_THE_PRACTICE = ("", _("As the practice has it"))
NEW_PASSWORD = {"autocomplete": "new-password"}
PIN_KEYS = {"inputmode": "numeric", "autocomplete": "off", "class": "code"}


def time_zones() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in sorted(rules.available_zones())]


class PracticeForm(forms.Form):
    """The practice's choices."""

    name = forms.CharField(label=_("Name of the practice"), max_length=200)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    voice = forms.ChoiceField(
        label=_("Words"),
        choices=VOICES,
        help_text=_("Which words pages use. A therapy can have its own."),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)
    currency = forms.CharField(
        label=_("Currency"), max_length=3, help_text=_("Three letters, such as GBP.")
    )
    country = forms.CharField(
        label=_("Country"), max_length=2, help_text=_("Two letters, such as GB.")
    )
    session_minutes = forms.IntegerField(
        label=_("Usual length of a session, in minutes"),
        min_value=rules.SESSION_MINUTES[0],
        max_value=rules.SESSION_MINUTES[1],
    )
    cancellation_hours = forms.IntegerField(
        label=_("Hours before a session until which one cancels in time"),
        min_value=0,
        max_value=rules.NOTICE_HOURS_AT_MOST,
        help_text=_("Whoever cancels later is noted as having cancelled late."),
    )
    service = forms.ChoiceField(
        label=_("A new therapy is"),
        choices=[AS_THE_WORDS, *labels.SERVICES.items()],
        required=False,
    )
    stance = forms.ChoiceField(
        label=_("and its stance"), choices=[AS_THE_WORDS, *labels.STANCES.items()], required=False
    )
    note_format = forms.ChoiceField(
        label=_("and its notes"), choices=list(labels.NOTE_FORMATS.items())
    )
    tells_of_safety = forms.BooleanField(
        label=_("Tell the therapist by a neutral message when an answer needs a look"),
        required=False,
        help_text=_("The message names nobody and quotes nothing."),
    )
    reminds_clients = forms.BooleanField(
        label=_("Remind clients once of a questionnaire, by a neutral e-mail"),
        required=False,
        help_text=_("Only at an address that is safe to use as it is, without any condition."),
    )

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()

    def choices(self) -> Choices:
        return Choices(**self.cleaned_data)


class CrisisHelpForm(forms.Form):
    """A number that may be shown to a client in need, and that somebody checked it."""

    country = forms.CharField(
        label=_("Country"), max_length=2, help_text=_("Two letters, such as GB.")
    )
    number = forms.CharField(label=_("Number"), max_length=40)
    words = forms.CharField(
        label=_("Who answers, and when"),
        max_length=200,
        help_text=_("For example: Samaritans, day and night, free of charge."),
    )
    checked = forms.BooleanField(label=_("I checked today that this number is right"))

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("They will sign in with it. Nothing is sent to it now.")
    )
    roles = forms.MultipleChoiceField(label=_("Roles"), choices=ROLES, widget=ManyAnswers)


class RolesForm(forms.Form):
    """What a member is."""

    roles = forms.MultipleChoiceField(label=_("Roles"), choices=ROLES, widget=ManyAnswers)


class AcceptForm(forms.Form):
    """How somebody who was invited comes in."""

    name = forms.CharField(label=_("Your name"), max_length=200)
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(NEW_PASSWORD),
        strip=False,
        max_length=200,
        help_text=_("At least 12 characters. Four or five words in a row are good."),
    )
    again = forms.CharField(
        label=_("Password, once more"),
        widget=forms.PasswordInput(NEW_PASSWORD),
        strip=False,
        max_length=200,
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        faults = queries.password_faults(password, self.email)
        if faults:
            raise forms.ValidationError(faults)
        return password

    def clean_again(self) -> str:
        again = str(self.cleaned_data["again"])
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise forms.ValidationError(_("The two passwords differ."))
        return again


class MyselfForm(forms.Form):
    """What a member says of themselves."""

    name = forms.CharField(label=_("Name"), max_length=200)
    profession = forms.CharField(label=_("Profession"), max_length=200, required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=[OF_THE_PRACTICE, *settings.LANGUAGES], required=False
    )
    voice = forms.ChoiceField(label=_("Words"), choices=[OF_THE_PRACTICE, *VOICES], required=False)

    def __init__(self, data: Any = None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        voice: Any = self.fields["voice"]
        if rules.is_own(initial["voice"]):  # chosen where the practice's own voices are
            voice.choices = [*voice.choices, (initial["voice"], _("One of the practice's own"))]

    def mine(self) -> Myself:
        return Myself(**self.cleaned_data)


class PinForm(forms.Form):
    """The PIN that leads back from the screen turned to the client."""

    pin = forms.CharField(
        label=_("New PIN"),
        widget=forms.PasswordInput(PIN_KEYS),
        help_text=_("4 to 12 digits. Not your birthday, and not the door's."),
    )
    again = forms.CharField(label=_("Once more"), widget=forms.PasswordInput(PIN_KEYS))

    def clean_pin(self) -> str:
        pin = str(self.cleaned_data["pin"])
        if not rules.is_pin(pin):
            raise forms.ValidationError(_("A PIN has 4 to 12 digits."))
        return pin

    def clean_again(self) -> str:
        again = str(self.cleaned_data["again"])
        if "pin" in self.cleaned_data and again != self.cleaned_data["pin"]:
            raise forms.ValidationError(_("The two PINs differ."))
        return again


class SiteForm(forms.Form):
    """A house or floor where the practice works."""

    site_name = forms.CharField(label=_("Name"), max_length=200)
    address = forms.CharField(label=_("Address"), max_length=500, required=False, widget=Words)


class RoomForm(forms.Form):
    """A room that one session at a time can be in."""

    site = forms.TypedChoiceField(label=_("Site"), coerce=rules.id_from)
    room_name = forms.CharField(label=_("Name of the room"), max_length=200)

    def __init__(self, *args: Any, sites: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = sites  # type: ignore[attr-defined]
