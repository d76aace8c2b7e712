"""Browser sessions whose contents are sealed: e-mails, second factors underway, messages shown."""

import json
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as PlainStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from holdspace.cellar.prepared import One, first, prepared
from holdspace.cellar.vault import house
from holdspace.cellar.vault.sealing import CannotOpen

PURPOSE = "browser session"


@prepared
def _alive(key: One, at: One) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=at)


class SessionStore(PlainStore):
    """Django's sessions in the database; what is in them opens only in this house."""

    def _get_session_from_db(self) -> Session | None:
        """As Django's own, by a statement that is prepared: every page begins with it."""
        found = first(_alive(key=self.session_key, at=timezone.now()))
        if found is None:
            self._session_key = None
        return found

    def encode(self, session_dict: dict[str, Any]) -> str:
        return house.seal_text(PURPOSE, json.dumps(session_dict, separators=(",", ":")))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """A session that will not open is an empty one: whoever it was signs in again."""
        try:
            opened: dict[str, Any] = json.loads(house.open_text(PURPOSE, str(session_data)))
        except CannotOpen:
            return {}
        return opened
