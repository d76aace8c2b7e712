"""Who is asking, and what this page has opened so far."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from holdspace.cellar.access.table import Role
from holdspace.cellar.ledger.entry import ActorKind


@dataclass(slots=True)
class Opened:
    """What one page has shown: it becomes one line in the ledger."""

    subjects: dict[UUID, None] = field(default_factory=dict)

    def note(self, subjects: Iterable[UUID]) -> None:
        self.subjects.update(dict.fromkeys(subjects))


@dataclass(slots=True)
class Reach:
    """The therapies this visitor works in, once they were asked for: a page asks many times."""

    therapies: frozenset[UUID] | None = None


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody asking for something: a member, a client who came by a link, or nobody."""

    id: UUID
    practice: UUID
    kind: ActorKind
    roles: frozenset[Role]
    lacks_second_factor: bool = False
    narrowed_to: UUID | None = None  # the therapy whose shared layer this browser is turned to
    opened: Opened = field(default_factory=Opened, compare=False)
    reach: Reach = field(default_factory=Reach, init=False, compare=False)

    @property
    def is_somebody(self) -> bool:
        return self.kind is not ActorKind.NOBODY


NO_ONE: Final = UUID(int=0)  # the id of nobody, and of nowhere: it matches no row
NOBODY: Final = frozenset({Role.NOBODY})


def nobody() -> Visitor:
    return Visitor(NO_ONE, NO_ONE, ActorKind.NOBODY, NOBODY)


def system(practice: UUID) -> Visitor:
    """The house itself: commands and jobs. It is in no role and passes no gate."""
    return Visitor(NO_ONE, practice, ActorKind.SYSTEM, frozenset())
