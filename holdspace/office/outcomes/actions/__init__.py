"""What can be done in the outcomes room: one verb for each change."""

from holdspace.office.outcomes.actions.workbench import (
    Brought,
    CannotBring,
    bring,
    read_as,
    take_away,
)

__all__ = ["Brought", "CannotBring", "bring", "read_as", "take_away"]
