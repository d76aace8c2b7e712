"""Letters about signing in: what a page asks for, and what the keeper then writes.

A page does the same for every address that is typed, and speaks to no mail server; whose address it
is, the keeper finds out when nobody waits for an answer any more.
"""

from datetime import timedelta
from typing import Any, Final

from allauth.account.forms import ResetPasswordForm, default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from holdspace.cellar.post.actions import queue_letter
from holdspace.cellar.post.models import Letter
from holdspace.frame.practice.models import Account

RESET: Final = "account/email/password_reset_key"
NEWS_LASTS: Final = timedelta(days=3)


class ForgottenPassword(ResetPasswordForm):  # type: ignore[misc]  # allauth is untyped
    """Takes every address alike, without looking whose it is."""

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: HttpRequest, **_: Any) -> str:
        address = str(self.cleaned_data["email"])
        ask(RESET, address, request)
        return address


def ask(kind: str, address: str, request: HttpRequest) -> None:
    """Have a letter written; `kind` begins the names of its templates."""
    is_reset = kind == RESET
    queue_letter(
        kind, address=address, house=request.build_absolute_uri("/"),
        language=translation.get_language(), at=timezone.now(),
        lasts=timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT) if is_reset else NEWS_LASTS,
    )  # fmt: skip


def write(letter: Letter) -> EmailMessage | None:
    """The message, in the language it was asked for in; nothing to whom nobody here is."""
    account = Account.objects.filter(email=letter.address.lower(), is_active=True).first()
    if account is None:
        return None
    with translation.override(letter.language):
        context = {"password_reset_url": _link(letter, account)}
        subject = render_to_string(f"{letter.kind}_subject.txt", context)
        body = render_to_string(f"{letter.kind}_message.txt", context)
    return EmailMessage(" ".join(subject.split()), body.strip(), to=[account.email])


def _link(letter: Letter, account: Account) -> str | None:
    """Made anew at each try, so that it is kept nowhere."""
    if letter.kind != RESET:
        return None
    names = {
        "uidb36": user_pk_to_url_str(account),
        "key": default_token_generator.make_token(account),
    }
    path = reverse("account_reset_password_from_key", kwargs=names)
    return f"{letter.house.rstrip('/')}{path}"
