"""What a sheet can be: its states and their moves, who holds the pen, how its past is thinned."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class State(StrEnum):
    """Where a sheet is."""

    OPEN = "open"
    KEPT = "kept"
    PUT_AWAY = "put away"


class By(StrEnum):
    """Who wrote: a member, both at a screen turned to the client, or the client by a link."""

    MEMBER = "member"
    SCREEN = "screen"
    CLIENT = "client"


MOVES: Final[dict[State, frozenset[State]]] = {
    State.OPEN: frozenset({State.KEPT, State.PUT_AWAY}),
    State.KEPT: frozenset({State.OPEN, State.PUT_AWAY}),
    State.PUT_AWAY: frozenset(),
}
PLAN: Final = "safety_plan"  # the form that a client keeps on their phone
SAID: Final = {  # inside a sentence
    State.OPEN: gettext_lazy("open"), State.KEPT: gettext_lazy("kept"),
    State.PUT_AWAY: gettext_lazy("put away"),
}  # fmt: skip
LONGEST_PAGE: Final = 36
LONGEST_REASON: Final = 2_000
THINNED_TO: Final = timedelta(minutes=5)  # one version each, once a sheet is kept
LISTED_AT_MOST: Final = 200

Changed = Mapping[str, Sequence[Any]]  # place to what it held, and what it held then


class CannotMove(Exception):
    """A sheet does not go from this state to that one."""


class NoLongerOpen(Exception):
    """The sheet was kept or put away in the meantime; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(_("This sheet is no longer open. Nothing in it was changed."))


def move(state: State, to: State) -> State:
    """The next state; raises CannotMove."""
    if to not in MOVES[state]:
        msg = _("A sheet that is %(state)s cannot become %(to)s.")
        raise CannotMove(msg % {"state": SAID[state], "to": SAID[to]})
    return to


@dataclass(frozen=True, slots=True)
class Saved:
    """When, from which page and by whom something was saved, and what it changed."""

    id: UUID
    page: str
    saved_at: datetime
    changed: Changed
    stays: bool = False  # kept aside, or the sheet as it was kept once


def thinned(versions: Sequence[Saved]) -> dict[UUID, tuple[list[UUID], dict[str, list[Any]]]]:
    """Of the versions of a sheet, in their order, those that take in the ones before them.

    Answers with the version that stays, those that go, and what they changed together. Saves of
    one page within the same five minutes become one; what was kept aside or as a whole stays.
    """
    found = {}
    for stretch in _stretches(versions):
        *gone, last = stretch
        if gone:
            found[last.id] = ([one.id for one in gone], together(one.changed for one in stretch))
    return found


def _stretches(versions: Sequence[Saved]) -> list[list[Saved]]:
    """Neighbours that belong together."""
    stretches = [list(versions[:1])]
    for before, one in pairwise(versions):
        is_near = _five_minutes(before) == _five_minutes(one) and before.page == one.page
        if is_near and not before.stays and not one.stays:
            stretches[-1].append(one)
        else:
            stretches.append([one])
    return [stretch for stretch in stretches if stretch]


def _five_minutes(one: Saved) -> int:
    return int(one.saved_at.timestamp() // THINNED_TO.total_seconds())


def together(changes: Iterable[Changed]) -> dict[str, list[Any]]:
    """What several changes in their order come to: the first before, the last after."""
    found: dict[str, list[Any]] = {}
    for changed in changes:
        for path, (was, now) in changed.items():
            found[path] = [found[path][0] if path in found else was, now]
    return found


def page_name(value: object) -> str:
    """The name that a page gave itself; nothing for what is none."""
    is_word = isinstance(value, str) and value.isascii() and value.isprintable()
    return str(value) if is_word and 0 < len(str(value)) <= LONGEST_PAGE else ""
