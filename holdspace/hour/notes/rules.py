"""What a note can be: formats, states and their moves, what its words may hold, late entries."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Content = dict[str, Any]  # the words of a note, in the shape that `empty` shows


class State(StrEnum):
    """Where a note is."""

    DRAFT = "draft"
    SIGNED = "signed"
    VOIDED = "voided"
    DISCARDED = "discarded"


MOVES: Final[dict[State, frozenset[State]]] = {
    State.DRAFT: frozenset({State.SIGNED, State.DISCARDED}),
    State.SIGNED: frozenset({State.VOIDED}),
    State.VOIDED: frozenset(),
    State.DISCARDED: frozenset(),
}
SAID: Final = {  # inside a sentence
    State.DRAFT: gettext_lazy("a draft"), State.SIGNED: gettext_lazy("signed"),
    State.VOIDED: gettext_lazy("voided"), State.DISCARDED: gettext_lazy("discarded"),
}  # fmt: skip
LATE_AFTER: Final = timedelta(hours=48)
THINNED_TO: Final = timedelta(minutes=5)  # one version each, once the note is signed
LONGEST_TEXT: Final = 200_000  # characters in one field: a long evening's writing
LONGEST_TAB: Final = 36
NOTES_FOR_A_THREAD: Final = 3  # how far back a thread is looked for
UNWRITTEN_DAYS: Final = 30
FOUND_AT_MOST: Final = 50
SHORTEST_SEARCH: Final = 2
AROUND: Final = 60  # characters shown on each side of what was found

# The fields of each format, in order (after the thread, before safety).
FORMATS: Final[dict[str, tuple[str, ...]]] = {
    "narrative": ("note",),
    "three_line": ("came", "did"),
    "basic": ("worked_on", "how_it_went", "next"),
    "soap": ("subjective", "objective", "assessment", "plan"),
    "dap": ("data", "assessment", "plan"),
    "birp": ("behaviour", "intervention", "response", "plan"),
    "girp": ("goal", "intervention", "response", "plan"),
    "pie": ("problem", "intervention", "evaluation"),
    "letter": ("letter", "given"),
    "cbt_session": ("mood", "bridge", "agenda", "review", "work", "new", "feedback"),
    "dbt_individual": ("diary", "target", "chain", "solutions", "commitment", "interfering"),
    "emdr": ("phase", "target", "start_and_end", "sets", "closure", "until_next"),
    "play": (
        "arrival", "toys", "themes", "feelings", "verbatim", "limits", "leaving", "hand_over",
    ),
    "arts": ("settling", "materials", "process", "works", "makers_words", "closing", "storage"),
    "couple": ("present", "in_their_words", "pattern", "questions", "task"),
    "family": ("present", "in_their_words", "pattern", "questions", "task", "letter_to"),
    "group_whole": ("climate", "themes"),
    "group_member": ("line",),
    "contact": ("who", "why", "said", "outcome"),
}  # fmt: skip
USUAL_FORMAT: Final = "three_line"
GROUP: Final = "group"


class CannotMove(Exception):
    """A note does not go from this state to that one, or from this place to that one."""


class CannotBeSigned(Exception):
    """Something is missing that a signature stands for; the message says what."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class CannotKeep(Exception):
    """These words cannot be kept as they are; the message says why. They stay in the page."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


def move(state: State, to: State) -> State:
    """The next state; raises CannotMove."""
    if to not in MOVES[state]:
        msg = _("A note that is %(state)s cannot become %(to)s.")
        raise CannotMove(msg % {"state": SAID[state], "to": SAID[to]})
    return to


def format_for(unit: str, chosen: str, *, of_one: bool) -> str:
    """The format a note begins in: a group's shared part and its members' parts have their own."""
    if unit == GROUP:
        return "group_member" if of_one else "group_whole"
    if of_one:
        return "narrative"
    return chosen if chosen in FORMATS else USUAL_FORMAT


# ------------------------------------------------------------------ words


def empty(note_format: str) -> Content:
    """A note before anything is written."""
    return {
        "thread": "", "fields": dict.fromkeys(FORMATS[note_format], ""),
        "safety": {"came_up": None, "words": ""}, "between": "",
        "supervision": {"bring": False, "words": ""},
    }  # fmt: skip


_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


def text(value: object, name: str) -> str:
    """Words with plain line ends; raises CannotKeep for what is not words, or far too many."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise CannotKeep(_("This is not in the shape of a note."), name)
    if len(value) > LONGEST_TEXT:
        msg = _("This is longer than %(longest)s characters: keep it in two notes.")
        raise CannotKeep(msg % {"longest": f"{LONGEST_TEXT:,}"}, name)
    if _UNWRITABLE.search(value):
        msg = _("A character in this cannot be written down (it has no shape). Take it out.")
        raise CannotKeep(msg, name)
    return value.replace("\r\n", "\n").replace("\r", "\n")


def _part(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = content.get(name) or {}
    if not isinstance(part, Mapping):
        raise CannotKeep(_("This is not in the shape of a note."), name)
    return part


def normalised(note_format: str, content: object) -> Content:
    """What came in, in the shape of the format: unknown keys dropped, types checked."""
    if not isinstance(content, Mapping):
        raise CannotKeep(_("This is not in the shape of a note."))
    fields, safety = _part(content, "fields"), _part(content, "safety")
    supervision = _part(content, "supervision")
    came_up = safety.get("came_up")
    return {
        "thread": text(content.get("thread"), "thread"),
        "fields": {name: text(fields.get(name), name) for name in FORMATS[note_format]},
        "safety": {
            "came_up": came_up if isinstance(came_up, bool) else None,
            "words": text(safety.get("words"), "safety_words"),
        },
        "between": text(content.get("between"), "between"),
        "supervision": {
            "bring": supervision.get("bring") is True,
            "words": text(supervision.get("words"), "supervision_words"),
        },
    }


def texts(content: Mapping[str, Any]) -> Iterator[str]:
    """Everything somebody wrote in a note, in its order."""
    yield content["thread"]
    yield from content["fields"].values()
    yield content["safety"]["words"]
    yield content["between"]
    yield content["supervision"]["words"]


def is_blank(content: Mapping[str, Any]) -> bool:
    """Not a word anywhere."""
    return not any(words.strip() for words in texts(content))


def joined(theirs: Mapping[str, Any], yours: Mapping[str, Any]) -> Content:
    """Two writings of one note, both kept: what is in both stands once."""
    return {
        "thread": _both(theirs["thread"], yours["thread"]),
        "fields": {
            name: _both(words, yours["fields"][name]) for name, words in theirs["fields"].items()
        },
        "safety": {
            "came_up": _either(theirs["safety"]["came_up"], yours["safety"]["came_up"]),
            "words": _both(theirs["safety"]["words"], yours["safety"]["words"]),
        },
        "between": _both(theirs["between"], yours["between"]),
        "supervision": {
            "bring": theirs["supervision"]["bring"] or yours["supervision"]["bring"],
            "words": _both(theirs["supervision"]["words"], yours["supervision"]["words"]),
        },
    }


def _both(one: str, other: str) -> str:
    if one.strip() in other:
        return other
    return one if other.strip() in one else f"{one.rstrip()}\n\n{other}"


def _either(one: bool | None, other: bool | None) -> bool | None:  # noqa: FBT001 - an answer
    """Safety came up where either writing says so."""
    said = [answer for answer in (one, other) if answer is not None]
    return any(said) if said else None


# ------------------------------------------------------------------ saving


def is_behind(base: int, tab: str, *, version: int, last_tab: str) -> bool:
    """Whether somebody else's words would be written over: another tab saved in between."""
    return base != version and tab != last_tab


def tab_name(value: object) -> str:
    """The name a tab gave itself; raises CannotKeep."""
    is_word = isinstance(value, str) and value.isascii() and value.isprintable()
    if not isinstance(value, str) or not is_word or not 0 < len(value) <= LONGEST_TAB:
        raise CannotKeep(_("This page does not say which tab it is: open the note again."))
    return value


@dataclass(frozen=True, slots=True)
class Kept:
    """When and from which tab a version was saved, and whether it was kept aside."""

    id: UUID
    tab: str
    saved_at: datetime
    is_aside: bool


def superfluous(versions: Sequence[Kept]) -> list[UUID]:
    """Of the versions of a note that is signed, in their order, those that tell nothing more.

    What was kept aside stays; so do the first and the last, both sides of a change of tab or
    device, and the last of each five minutes.
    """
    path = [one for one in versions if not one.is_aside]
    return [
        one.id
        for before, one, after in zip(path, path[1:], path[2:], strict=False)
        if before.tab == one.tab == after.tab and _stretch(one) == _stretch(after)
    ]


def _stretch(one: Kept) -> int:
    return int(one.saved_at.timestamp() // THINNED_TO.total_seconds())


def is_late(session_ended: datetime | None, signed: datetime) -> bool:
    """Signed more than 48 hours after the session is a late entry."""
    return session_ended is not None and signed - session_ended > LATE_AFTER


def canonical(record: Mapping[str, Any]) -> bytes:
    """One way to write a record down, for its signature: sorted keys, no spaces, UTF-8."""
    return json.dumps(
        record, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()


# ------------------------------------------------------------------ finding


def excerpt(words: str, sought: str) -> tuple[str, str, str] | None:
    """What stands before, at and after the first place where something casefolded is found."""
    folded = words.casefold()
    start = folded.find(sought)
    if start < 0:
        return None
    first = _unfolded(words, folded, start)
    last = max(first + 1, _unfolded(words, folded, start + len(sought)))
    before = ("…" if first > AROUND else "") + words[max(0, first - AROUND) : first]
    after = words[last : last + AROUND] + ("…" if len(words) - last > AROUND else "")
    return before, words[first:last], after


def _unfolded(words: str, folded: str, place: int) -> int:
    """Where a place in casefolded words lies in the words themselves (ß folds to ss)."""
    if len(folded) == len(words):
        return place
    at = 0
    for index, letter in enumerate(words):
        if at >= place:
            return index
        at += len(letter.casefold())
    return len(words)
