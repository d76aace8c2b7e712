"""A mail server that is away."""

from django.core.mail.backends.base import BaseEmailBackend


class Away(BaseEmailBackend):
    def send_messages(self, email_messages: object) -> int:  # noqa: ARG002 - Django's signature
        raise ConnectionRefusedError
