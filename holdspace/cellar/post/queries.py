"""What became of messages."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from holdspace.cellar.post.models import Outgoing


def sent(messages: Iterable[UUID]) -> dict[UUID, datetime | None]:
    """When each of these messages was sent; nothing while it waits."""
    chosen = Outgoing.objects.filter(pk__in=list(messages))
    return dict(chosen.values_list("id", "sent_at"))
