"""Reading what was given and answered, each function for who asks."""

from holdspace.frame.therapy.links import visitor_by_link
from holdspace.hour.measures.queries.batteries import batteries, battery, may_define
from holdspace.hour.measures.queries.checkins import CheckIn, checkins, newest
from holdspace.hour.measures.queries.course import Course, courses, main_course, rating_after
from holdspace.hour.measures.queries.dues import Due, due, dues
from holdspace.hour.measures.queries.files import (
    Loaded,
    files,
    instrument,
    instruments,
    looked_at,
)
from holdspace.hour.measures.queries.flags import flag, flags_of, open_flags
from holdspace.hour.measures.queries.links import (
    Held,
    answerings_of,
    by_token,
    held,
)
from holdspace.hour.measures.queries.own import in_force, own_words, own_words_ever
from holdspace.hour.measures.queries.reach import one, visible_to
from holdspace.hour.measures.queries.shelf import (
    Given,
    given_for,
    giving,
    givings,
    offered,
    opened,
    rules_of,
)
from holdspace.hour.measures.queries.showing import showing, shown_by_link

__all__ = [
    "CheckIn",
    "Course",
    "Due",
    "Given",
    "Held",
    "Loaded",
    "answerings_of",
    "batteries",
    "battery",
    "by_token",
    "checkins",
    "courses",
    "due",
    "dues",
    "files",
    "flag",
    "flags_of",
    "given_for",
    "giving",
    "givings",
    "held",
    "in_force",
    "instrument",
    "instruments",
    "looked_at",
    "main_course",
    "may_define",
    "newest",
    "offered",
    "one",
    "open_flags",
    "opened",
    "own_words",
    "own_words_ever",
    "rating_after",
    "rules_of",
    "showing",
    "shown_by_link",
    "visible_to",
    "visitor_by_link",
]
