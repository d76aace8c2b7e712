"""Looking through sealed notes for words: each is opened, looked at, and let go again.

There is no index of words. Envelopes are opened straight from their column and looked through as
they lie there, as JSON; no record is made of a note that is not shown.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.sealing import Opener, scope_of
from holdspace.hour.notes.rules import excerpt, texts

Sealed = tuple[bytes, int, str, bytes]  # id, row version, layer, envelope
TABLE, COLUMN = "notes_note", "content"


def as_sought(words: str) -> str:
    """What somebody typed, as it is compared: casefolded, spaces at its ends taken away."""
    return words.strip().casefold()


def holding(rows: Iterable[Sealed], practice: UUID, sought: str) -> Iterator[tuple[UUID, Any]]:
    """The notes among these whose words hold what is sought, with their content."""
    needle = json.dumps(sought, ensure_ascii=False)[1:-1].casefold()
    openers: dict[bytes, Opener] = {}
    for row, version, layer, envelope in rows:
        scope = envelope[1:17]
        if scope not in openers:
            key = keyring.key_of(scope_of(envelope))
            openers[scope] = Opener(key, practice, TABLE, COLUMN)
        opened = openers[scope].open(row, layer, version, envelope).decode()
        if needle in opened.casefold():
            yield UUID(bytes=row), json.loads(opened)


def first_place(content: Any, sought: str) -> tuple[str, str, str] | None:
    """Where it stands: before, at, after. Nothing where only the note's own frame matched."""
    for words in texts(content):
        found = excerpt(words, sought)
        if found is not None:
            return found
    return None
