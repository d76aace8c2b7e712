"""A post office that nobody can reach."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class OutOfReach(BaseEmailBackend):
    """Refuses every message as a network would."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:  # noqa: ARG002
        raise ConnectionRefusedError
