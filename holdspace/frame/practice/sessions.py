"""Browser sessions whose contents are sealed: e-mails, second factors underway, messages shown."""

import json
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as PlainStore

from holdspace.cellar.vault import house
from holdspace.cellar.vault.sealing import CannotOpen

PURPOSE = "browser session"


class SessionStore(PlainStore):
    """Django's sessions in the database; what is in them opens only in this house."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        return house.seal_text(PURPOSE, json.dumps(session_dict, separators=(",", ":")))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """A session that will not open is an empty one: whoever it was signs in again."""
        try:
            opened: dict[str, Any] = json.loads(house.open_text(PURPOSE, str(session_data)))
        except CannotOpen:
            return {}
        return opened
