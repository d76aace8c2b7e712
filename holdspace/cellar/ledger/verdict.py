"""What a verification found: nothing wrong, or the first thing that is."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Wrong(StrEnum):
    """The ways a ledger can be wrong, each as the sentence that is shown."""

    CHANGED_LINE = "The line, or its place in the tree, was changed."
    MISSING_LINE = "The line is missing or cannot be read."
    MISSING_LEAF = "A place in the tree is empty or out of order."
    CHANGED_NAMING = "What the line names was changed."
    STRAY_NAMING = "A subject is said to be named by a line that does not exist."
    STRAY_LINE = "The line is neither waiting nor in the tree."
    TWICE_LINE = "The line is in the tree and is said to be waiting."
    UNSIGNED_LEAF = "A leaf stands in the tree that no checkpoint covers."
    MISSING_CHECKPOINT = "A checkpoint is missing."
    CHANGED_CHECKPOINT = "A checkpoint does not agree with its own signed note."
    BAD_SIGNATURE = "A checkpoint is not signed by the ledger's key."
    INCONSISTENT = "A checkpoint does not continue the one before it."
    WRONG_ROOT = "The leaves since the checkpoint before do not lead to the signed root."
    SHORT_TREE = "The tree is shorter than a checkpoint says."
    BAD_HELD = "The checkpoint held elsewhere cannot be relied on."
    WRONG_HELD = "The tree is not the one that the checkpoint held elsewhere was made of."


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing wrong; the index is the line's place, or the first place in doubt."""

    wrong: Wrong
    index: int | None = None
    line: UUID | None = None

    def __str__(self) -> str:
        place = "" if self.index is None else f" Place {self.index}."
        line = "" if self.line is None else f" Line {self.line}."
        return f"{self.wrong}{place}{line}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many lines were found in the tree, and the first fault if there is one."""

    size: int
    fault: Fault | None = None

    @property
    def is_sound(self) -> bool:
        return self.fault is None


class Found(Exception):
    """Carries the first fault out of a walk through the ledger."""

    def __init__(self, wrong: Wrong, *, index: int | None = None, line: UUID | None = None) -> None:
        super().__init__(wrong)
        self.fault = Fault(wrong, index, line)
