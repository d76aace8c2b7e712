"""Reading courses and their signals, each function for who asks."""

from holdspace.office.outcomes.queries.considered import (
    considerations,
    event,
    events,
    off,
    switch,
    switches,
)
from holdspace.office.outcomes.queries.courses import Scored, held, scores
from holdspace.office.outcomes.queries.expected import Learned, Usual, learned
from holdspace.office.outcomes.queries.signals import Raised, signals

__all__ = [
    "Learned",
    "Raised",
    "Scored",
    "Usual",
    "considerations",
    "event",
    "events",
    "held",
    "learned",
    "off",
    "scores",
    "signals",
    "switch",
    "switches",
]
