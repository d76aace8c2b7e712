"""The keeper's round of the letters, and a post office that nobody can reach."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from holdspace.cellar.post.actions import deliver_letters
from holdspace.frame.practice import letters


class OutOfReach(BaseEmailBackend):
    """Refuses every message as a network would."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:  # noqa: ARG002
        raise ConnectionRefusedError


def the_post_goes() -> int:
    """What the keeper does every half second."""
    return deliver_letters(letters.write, at=timezone.now())
