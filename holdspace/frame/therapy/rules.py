"""What a therapy can be: units, states and their moves, roles of those who take part."""

from enum import StrEnum
from typing import Final


class Unit(StrEnum):
    """How many a piece of work is with. The tables are the same for all."""

    INDIVIDUAL = "individual"
    COUPLE = "couple"
    FAMILY = "family"
    GROUP = "group"
    CHILD = "child"
    DYAD = "dyad"


class State(StrEnum):
    """Where a therapy is, from first inquiry to ending."""

    INQUIRY = "inquiry"
    ASSESSMENT = "assessment"
    WORKING = "working"
    ENDING = "ending"
    ENDED = "ended"


MOVES: Final[dict[State, frozenset[State]]] = {
    State.INQUIRY: frozenset({State.ASSESSMENT, State.WORKING, State.ENDED}),
    State.ASSESSMENT: frozenset({State.WORKING, State.ENDING, State.ENDED}),
    State.WORKING: frozenset({State.ENDING, State.ENDED}),
    State.ENDING: frozenset({State.WORKING, State.ENDED}),
    State.ENDED: frozenset({State.WORKING}),
}


class Part(StrEnum):
    """The place somebody takes in a therapy."""

    CLIENT = "client"
    PARENT = "parent"
    PARTNER = "partner"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    GUARDIAN = "guardian"
    INTERPRETER = "interpreter"
    TEACHER = "teacher"
    OTHER = "other"


class FactKind(StrEnum):
    """What can be so, from a date to a date, between participants of one therapy."""

    KINSHIP = "kinship"
    AUTHORITY = "parental authority"
    COURT_ORDER = "court order"


SERVICES: Final = ("psychotherapy", "counselling")
STANCES: Final = ("clinical", "facilitative")


class CannotMove(Exception):
    """A therapy does not go from this state to that one."""


def move(state: State, to: State) -> State:
    """The next state; raises CannotMove."""
    if to not in MOVES[state]:
        msg = f"A therapy that is in {state} does not go to {to}."
        raise CannotMove(msg)
    return to
