"""What can be done in the outcomes room: one verb for each change."""

from holdspace.office.outcomes.actions.considering import Considered, consider
from holdspace.office.outcomes.actions.events import Happened, note_event, void_event
from holdspace.office.outcomes.actions.fitting import fit_courses
from holdspace.office.outcomes.actions.switching import switch_off, switch_on
from holdspace.office.outcomes.actions.workbench import (
    Brought,
    CannotBring,
    bring,
    read_as,
    take_away,
)

__all__ = [
    "Brought",
    "CannotBring",
    "Considered",
    "Happened",
    "bring",
    "consider",
    "fit_courses",
    "note_event",
    "read_as",
    "switch_off",
    "switch_on",
    "take_away",
    "void_event",
]
