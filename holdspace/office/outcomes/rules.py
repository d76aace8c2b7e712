"""What a signal can be, in which order signals stand, and what may be considered when one does."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What can be switched on and off, in one therapy or in the whole practice."""

    SAFETY = "safety"
    CHANGE = "change"
    ALLIANCE = "alliance"
    EXPECTED = "expected course"
    NO_CHANGE = "no change"
    MISSING = "missing answers"


class Finding(StrEnum):
    """What answers show, the most pressing first."""

    SAFETY = "safety answer"
    RUPTURE = "rupture"
    WORSE = "reliably worse"
    NOT_ON_TRACK = "not on track"
    DROP = "drop"
    WATCH = "worth watching"
    NO_CHANGE = "no change"
    MISSING = "missing answers"
    REPAIR = "repair"
    RECOVERED = "recovered"
    BETTER = "reliably better"


class Area(StrEnum):
    """Where one looks when a course is not as hoped."""

    SAFETY = "safety"
    ALLIANCE = "alliance"
    MOTIVATION = "motivation"
    LIFE = "life"
    FIT = "fit"


KIND_OF: Final[Mapping[Finding, Kind]] = {
    Finding.SAFETY: Kind.SAFETY,
    Finding.RUPTURE: Kind.ALLIANCE,
    Finding.WORSE: Kind.CHANGE,
    Finding.NOT_ON_TRACK: Kind.EXPECTED,
    Finding.DROP: Kind.ALLIANCE,
    Finding.WATCH: Kind.EXPECTED,
    Finding.NO_CHANGE: Kind.NO_CHANGE,
    Finding.MISSING: Kind.MISSING,
    Finding.REPAIR: Kind.ALLIANCE,
    Finding.RECOVERED: Kind.CHANGE,
    Finding.BETTER: Kind.CHANGE,
}
RANK: Final[Mapping[Finding, int]] = {finding: place for place, finding in enumerate(Finding)}
# Good news asks nobody to consider anything.
GOOD_NEWS: Final = frozenset({Finding.REPAIR, Finding.RECOVERED, Finding.BETTER})
LOOK_FIRST: Final = frozenset(
    {Finding.SAFETY, Finding.RUPTURE, Finding.WORSE, Finding.NOT_ON_TRACK}
)

NOT_ON_TRACK_AT: Final = 0.90  # the share of similar clients who were better by then
WATCH_AT: Final = 0.84
UNANSWERED_IN_A_ROW: Final = 2
LAST_SESSION: Final = 60  # beyond it no course is expected of anybody

ENOUGH_COURSES: Final = 100  # of at least so many scores each, before a practice's own are used:
SCORES_OF_A_COURSE: Final = 3
NEW_ANSWERS: Final = 50  # since the last fit, before it is made anew
DAYS_BETWEEN_FITS: Final = 1

LONGEST_DECISION: Final = 4000
LONGEST_EVENT: Final = 300


def tone(finding: Finding) -> str:
    """The tag's colour by the house's tokens: look, soon, or none. Good news has none."""
    if finding in LOOK_FIRST:
        return "look"
    return "" if finding in GOOD_NEWS else "soon"
