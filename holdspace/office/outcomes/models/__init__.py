"""What the outcomes room keeps: sums, tables that were brought, and what was done about signals."""

from holdspace.office.outcomes.models.signals import (
    Consideration,
    ExpectedCourse,
    LifeEvent,
    Switch,
)
from holdspace.office.outcomes.models.summary import CourseSummary, SummaryMark, TherapySummary
from holdspace.office.outcomes.models.workbench import Import

__all__ = [
    "Consideration",
    "CourseSummary",
    "ExpectedCourse",
    "Import",
    "LifeEvent",
    "SummaryMark",
    "Switch",
    "TherapySummary",
]
