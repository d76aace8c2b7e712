"""What one line of the ledger says, before it is written down."""

import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

_PLAIN_WORDS = re.compile(r"[a-z][a-z0-9:._ -]{0,39}")


class ActorKind(StrEnum):
    """Who acted: someone signed in, someone holding a link, the system itself, or nobody known."""

    MEMBER = "member"
    CLIENT = "client"
    LINK = "link"
    SYSTEM = "system"
    NOBODY = "nobody"


class NotPlainWords(ValueError):
    """The ledger keeps short words of our own in the clear, never what people wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing done or read: by whom, what, and whom it concerns. A reason comes sealed."""

    practice: UUID | None
    actor: UUID | None
    actor_kind: ActorKind
    act: str
    what: str
    subjects: tuple[UUID, ...] = ()
    layer: str | None = None
    reason: bytes | None = None

    def __post_init__(self) -> None:
        words = (self.act, self.what, "none" if self.layer is None else self.layer)
        if not all(_PLAIN_WORDS.fullmatch(word) for word in words):
            raise NotPlainWords("an act, a page and a layer are short lower-case words")
