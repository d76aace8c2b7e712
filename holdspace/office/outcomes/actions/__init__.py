"""What can be done about signals and courses: one verb for each change."""

from holdspace.office.outcomes.actions.considering import Considered, consider
from holdspace.office.outcomes.actions.events import Happened, note_event, void_event
from holdspace.office.outcomes.actions.fitting import fit_courses
from holdspace.office.outcomes.actions.switching import switch_off, switch_on

__all__ = [
    "Considered",
    "Happened",
    "consider",
    "fit_courses",
    "note_event",
    "switch_off",
    "switch_on",
    "void_event",
]
