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
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# What the library of passkeys raises where an answer is not shaped like one.
MISSHAPEN: Final = (KeyError, ValueError, TypeError, AttributeError, IndexError)


class AnswerField(forms.JSONField):
    """A browser's answer; one that is nested too deep, or too long a number, is none either."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError):
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def bound_data(self, data: Any, initial: Any) -> Any:  # noqa: ARG002 - Django's signature
        """An answer is good for one question: it is not sent back."""
        return initial


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

    credential = AnswerField()


class SignInByPasskey(Checked, LoginWebAuthnForm):  # type: ignore[misc]
    """Signing in by a passkey alone."""

    credential = AnswerField()


class ShowAgainByPasskey(Checked, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Showing that it is still the same person."""

    credential = AnswerField()


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey is called by what it is on: a name of one's own could name a person."""

    credential = AnswerField()
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
