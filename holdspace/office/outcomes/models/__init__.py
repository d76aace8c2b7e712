"""The tables of the outcomes room."""

from holdspace.office.outcomes.models.summary import CourseSummary, SummaryMark, TherapySummary
from holdspace.office.outcomes.models.workbench import Import

__all__ = ["CourseSummary", "Import", "SummaryMark", "TherapySummary"]
