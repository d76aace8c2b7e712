"""Queuing neutral messages and letters about sign-in, and sending those that are due."""

import logging
import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, cast
from uuid import UUID

from django.core.mail import EmailMessage
from django.utils import translation

from holdspace.cellar.post.models import Letter, Outgoing
from holdspace.cellar.post.texts import text

TRIES: Final = 5
AT_ONCE: Final = 200
FIRST_WAIT: Final = timedelta(minutes=1)
AddressOf = Callable[[UUID], str | None]
Write = Callable[[Letter], EmailMessage | None]
_log = logging.getLogger(__name__)


def queue(
    *, practice: UUID, member: UUID, text_key: str, at: datetime, due_at: datetime | None = None
) -> Outgoing:
    """Put a message in the queue; call it inside the transaction of what it tells about."""
    text(text_key)
    return Outgoing.objects.create(
        practice=practice, member=member, text_key=text_key, queued_at=at, due_at=due_at or at
    )


def queue_for_person(
    *, practice: UUID, person: UUID, text_key: str, language: str, at: datetime
) -> Outgoing:
    """Put a message to somebody who is no member in the queue, in their language."""
    text(text_key)
    return Outgoing.objects.create(
        practice=practice, person=person, text_key=text_key, language=language,
        queued_at=at, due_at=at,
    )  # fmt: skip


def nowhere(_person: UUID) -> None:
    """Where nobody says how persons are reached, they are not."""


def deliver(address_of: AddressOf, *, at: datetime, persons: AddressOf = nowhere) -> int:
    """Send what is due and say how many went.

    `address_of` gives a member's e-mail, or nothing; `persons` that of a person, if it is safe.
    """
    chosen = Outgoing.objects.filter(sent_at=None, due_at__lte=at, failed__lt=TRIES)
    to_send = list(chosen.order_by("due_at")[:AT_ONCE])
    return sum(_send(message, _address(message, address_of, persons), at) for message in to_send)


def _address(message: Outgoing, members: AddressOf, persons: AddressOf) -> str | None:
    if message.member is not None:
        return members(message.member)
    return persons(cast("UUID", message.person))  # one of the two, as the table says


def _send(message: Outgoing, address: str | None, at: datetime) -> bool:
    if address is None or not _went(_words_for(message, address)):
        message.due_at = _next_try(message, at)
        message.failed += 1
        message.save(update_fields=["due_at", "failed"])
        return False
    message.sent_at = at
    message.save(update_fields=["sent_at"])
    return True


def _words_for(message: Outgoing, address: str) -> EmailMessage:
    words = text(message.text_key)
    with translation.override(message.language or translation.get_language()):
        return EmailMessage(str(words.subject), str(words.line), to=[address])


def queue_letter(
    kind: str, *, address: str, house: str, language: str, at: datetime, lasts: timedelta
) -> Letter:
    """Put a letter in the queue: no mail server is spoken to while somebody waits for a page."""
    return Letter.objects.create(
        kind=kind, address=address, house=house, language=language,
        queued_at=at, due_at=at, ends_at=at + lasts,
    )  # fmt: skip


def deliver_letters(write: Write, *, at: datetime) -> int:
    """Send the letters that are due and say how many went; those, and those too old, are deleted.

    `write` makes the message, or nothing where the address is nobody's.
    """
    chosen = Letter.objects.filter(due_at__lte=at).order_by("due_at")[:AT_ONCE]
    return sum(_send_letter(letter, write, at) for letter in chosen)


def _send_letter(letter: Letter, write: Write, at: datetime) -> bool:
    message = write(letter) if at < letter.ends_at else None
    if message is None or _went(message):
        letter.delete()
        return message is not None
    letter.due_at = min(_next_try(letter, at), letter.ends_at)
    letter.failed += 1
    letter.save(update_fields=["due_at", "failed"])
    return False


def _next_try(message: Outgoing | Letter, at: datetime) -> datetime:
    wait: timedelta = FIRST_WAIT * 4**message.failed
    return at + wait


def _went(message: EmailMessage) -> bool:
    try:
        message.send()
    except (OSError, smtplib.SMTPException):
        _log.exception("A message could not be sent. It waits, and is tried again.")
        return False
    return True
