"""What the outcomes room keeps: what was considered, what is off, courses to expect, events."""

from holdspace.office.outcomes.models.signals import (
    Consideration,
    ExpectedCourse,
    LifeEvent,
    Switch,
)

__all__ = ["Consideration", "ExpectedCourse", "LifeEvent", "Switch"]
