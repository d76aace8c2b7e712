"""django-allauth's forms for passkeys, which answer whatever a browser sends with a sentence."""

from collections.abc import Callable
from typing import Any, Final

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _

# What the library of passkeys raises where an answer is not shaped like one.
MISSHAPEN: Final = (KeyError, ValueError, TypeError, AttributeError, IndexError)


def _or_refused(check: Callable[[], Any]) -> Any:
    try:
        return check()
    except MISSHAPEN:
        raise get_adapter().validation_error("incorrect_code") from None


class Checked:
    """Looks at what a browser answered, and refuses what is not shaped like an answer."""

    def clean_credential(self) -> Any:
        return _or_refused(super().clean_credential)  # type: ignore[misc]  # it is mixed in


class UsePasskey(Checked, AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth is untyped
    """The second step of signing in."""


class SignInByPasskey(Checked, LoginWebAuthnForm):  # type: ignore[misc]
    """Signing in by a passkey alone."""


class ShowAgainByPasskey(Checked, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Showing that it is still the same person."""


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey is called by what it is on: a name of one's own could name a person."""

    name = forms.ChoiceField(
        label=_("Where it is kept"),
        choices=[
            ("computer", _("This computer")),
            ("phone", _("A phone or tablet")),
            ("key", _("A security key")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["name"] = "computer"
        passwordless = self.fields["passwordless"]
        passwordless.label = _("Sign in with it alone, without the password")
        passwordless.help_text = _("It then asks for your fingerprint, face or PIN each time.")

    def clean(self) -> Any:
        return _or_refused(super().clean)
