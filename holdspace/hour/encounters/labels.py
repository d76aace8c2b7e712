"""What the states of a session, and ways of attending it, are called on a page."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from holdspace.hour.encounters.models import Series
from holdspace.hour.encounters.recurrence import Every, from_text, words
from holdspace.hour.encounters.rules import Attended, GuestRole, Kind, Scope, State, WhoCancelled

Label = str | Promise

KINDS: Final[dict[str, Label]] = {
    Kind.REGULAR: _("Regular"), Kind.INTAKE: _("First meeting"), Kind.REVIEW: _("Review"),
    Kind.CRISIS: _("Crisis"), Kind.ENDING: _("Ending"), Kind.PARENT: _("Parents"),
    Kind.NETWORK: _("Network"),
}  # fmt: skip
STATES: Final[dict[str, Label]] = {
    State.PLANNED: _("Planned"), State.BEGUN: _("Begun"), State.HELD: _("Held"),
    State.NOT_HELD: _("Not held"), State.WITHDRAWN: _("Withdrawn"),
}  # fmt: skip
BLOCKS: Final[dict[str, str]] = {
    State.PLANNED: "", State.BEGUN: "begun", State.HELD: "done", State.NOT_HELD: "off",
}  # fmt: skip
ATTENDED: Final[dict[str, Label]] = {
    Attended.EXPECTED: _("Expected"), Attended.ATTENDED: _("Attended"),
    Attended.LATE: _("Late"), Attended.LEFT_EARLY: _("Left early"),
    Attended.CANCELLED_WITH_NOTICE: _("Cancelled with notice"),
    Attended.CANCELLED_LATE: _("Cancelled late"), Attended.DID_NOT_COME: _("Did not come"),
    Attended.THERAPIST_CANCELLED: _("Therapist cancelled"), Attended.HOLIDAY: _("Holiday"),
}  # fmt: skip
GUESTS: Final[dict[str, Label]] = {
    GuestRole.INTERPRETER: _("Interpreter"), GuestRole.STUDENT: _("Student"),
    GuestRole.CHAPERONE: _("Chaperone"), GuestRole.RELATIVE: _("Relative or friend"),
    GuestRole.COLLEAGUE: _("Colleague"), GuestRole.OTHER: _("Other"),
}  # fmt: skip
MISTAKE: Final = "mistake"
WHO_CANCELLED: Final[dict[str, Label]] = {
    WhoCancelled.CLIENT: _("They cancelled"), WhoCancelled.THERAPIST: _("The therapist cancelled"),
    WhoCancelled.HOLIDAY: _("Holiday or break"),
    MISTAKE: _("It was planned by mistake: take it out of the calendar"),
}  # fmt: skip
SCOPES: Final[dict[str, Label]] = {
    Scope.ONE: _("Only this session"), Scope.FOLLOWING: _("This and the following"),
    Scope.ALL: _("All that are still to be held"),
}  # fmt: skip
ONCE: Final = ""
REPEATS: Final[dict[str, Label]] = {
    ONCE: _("Once"), "1 week": _("Every week"), "2 week": _("Every 2 weeks"),
    "3 week": _("Every 3 weeks"), "4 week": _("Every 4 weeks"), "1 month": _("Every month"),
    "1 day": _("Every day"),
}  # fmt: skip
STEPS: Final = {"day": Every.DAY, "week": Every.WEEK, "month": Every.MONTH}
WEEKDAYS: Final[tuple[Label, ...]] = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"),
    _("Sunday"),
)  # fmt: skip


def series_words(series: Series) -> str:
    """How a series repeats, in a sentence: every Tuesday at 10:00, until 1 December."""
    rule = from_text(series.rule, ZoneInfo(series.time_zone))
    first = datetime.fromisoformat(series.first_local)
    return words(rule, first.date(), first.time(), gettext, formats.date_format)


def choices(labels: dict[str, Label]) -> list[tuple[str, Label]]:
    """Labels as a form offers them."""
    return [(str(value), label) for value, label in labels.items()]
