"""Queuing neutral messages and sending those that are due."""

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.core.mail import EmailMessage

from holdspace.cellar.post.models import Outgoing
from holdspace.cellar.post.texts import text

TRIES: Final = 5
AT_ONCE: Final = 200
FIRST_WAIT: Final = timedelta(minutes=1)
AddressOf = Callable[[UUID], str | None]


def queue(
    *, practice: UUID, member: UUID, text_key: str, at: datetime, due_at: datetime | None = None
) -> Outgoing:
    """Put a message in the queue; call it inside the transaction of what it tells about."""
    text(text_key)
    return Outgoing.objects.create(
        practice=practice, member=member, text_key=text_key, queued_at=at, due_at=due_at or at
    )


def deliver(address_of: AddressOf, *, at: datetime) -> int:
    """Send what is due and say how many went. `address_of` gives a member's e-mail, or nothing."""
    chosen = Outgoing.objects.filter(sent_at=None, due_at__lte=at, failed__lt=TRIES)
    return sum(_send(message, address_of, at) for message in chosen.order_by("due_at")[:AT_ONCE])


def _send(message: Outgoing, address_of: AddressOf, at: datetime) -> bool:
    address = address_of(message.member)
    if address is None or not _went(message, address):
        message.due_at = at + FIRST_WAIT * 4**message.failed
        message.failed += 1
        message.save(update_fields=["due_at", "failed"])
        return False
    message.sent_at = at
    message.save(update_fields=["sent_at"])
    return True


def _went(message: Outgoing, address: str) -> bool:
    words = text(message.text_key)
    try:
        EmailMessage(str(words.subject), str(words.line), to=[address]).send()
    except (OSError, smtplib.SMTPException):
        return False
    return True
