"""What the statistics say to a person: a code with its values, which pages say in their language.

A code's value is its sentence in English, where it stands as it is, and by which a page finds it
in its own tongue. What no page ever says is a plain text instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Value = str | int | float


def _(sentence: str) -> str:
    """Mark a sentence to be gathered for translation; nothing is translated here."""
    return sentence


class Why(StrEnum):
    """Why a file, a row or a method is refused."""

    EMPTY = _("The file is empty.")
    NO_CSV = _("The file is not a CSV file.")
    NO_ROWS = _("The file has a header and no rows.")
    TOO_MANY_ROWS = _("The file has more than %(most)s rows.")
    WORKBOOK = _("This is a workbook or an archive; save the sheet as CSV.")
    NO_COLUMN = _("There is no column “%(column)s”. There are: %(columns)s.")
    SAME_COLUMNS = _("There are %(found)s columns named “%(column)s”.")
    SAME_TIMES = _("The first and the last time are the same.")
    NO_TIME = _("There is no score at time “%(time)s”. There are: %(times)s.")
    NO_SCORES = _("There is no score in the columns that were chosen.")
    TWO_GROUPS = _(
        "%(person)s is in group “%(one)s” (row %(row)s) and in group “%(other)s” (row %(also)s)."
    )
    THOUSANDS = _("“%(cell)s” may be a decimal or a thousand; write it with a point.")

    UNEVEN = _("It has %(cells)s cells; the header has %(columns)s.")
    NO_NUMBER = _("“%(cell)s” is not a number.")
    COMMA = _("“%(cell)s” has a comma where others have a point.")
    OUTSIDE = _("%(score)s is outside %(lowest)s to %(highest)s.")
    NOT_WHOLE = _("%(score)s is not a whole number.")
    NO_PERSON_NAMED = _("The person is missing.")
    NO_TIME_NAMED = _("The time is missing.")
    TWICE = _("%(person)s has a score at %(time)s already (row %(row)s).")

    NOBODY = _("Nobody has both scores; the spread of first scores needs at least two.")
    ONE_PERSON = _(
        "Only one person has both scores; the spread of first scores needs at least two."
    )
    NO_SPREAD = _("All first scores are the same, so they have no spread to compare by.")
    SAME_CHANGE = _("Everybody changed by the same, so differences have no reliability.")
    ALL_ERROR = _(
        "With a reliability of %(reliability)s these scores differ by no more than their error, so"
        " Hageman & Arrindell's method cannot be used."
    )
    NORM_IS_ERROR = _(
        "A deviation of %(sd)s is no more than the error of measurement %(sem)s, so Hageman &"
        " Arrindell's method cannot be used."
    )
    NOT_BETTER = _(
        "The functional mean %(functional)s is not better than the clinical mean %(clinical)s; is"
        " it lower or higher that is better?"
    )
    BELOW_NOUGHT = _("%(person)s begins below 0, where a percentage says nothing.")

    FEW_SCORES = _("The growth model needs at least three scores of a person.")
    NO_TIMES = _("The growth model needs times that are numbers, such as sessions.")
    TIME_IN_ROW = _("Row %(row)s: the time “%(time)s” is not a number.")
    SAME_SLOPES = _("These people's slopes do not differ, so none stands out.")
    NO_FIT = _("The growth model cannot be fitted to these scores.")
    ONE_ALONE = _("One person alone says nothing about how people differ.")
    ALL_THE_SAME = _("All scores are the same; there is nothing to model.")
    ON_A_COURSE = _("Everybody's scores lie exactly on a course of their own; none is left.")

    def of(self, **values: Value) -> "Sentence":
        """Return the code with what its sentence needs."""
        return Sentence(self, values)


class Cited(StrEnum):
    """By what a change was judged, part by part."""

    JT = "Jacobson & Truax (1991)"
    GLN = _("Gulliksen, Lord & Novick, as given by Hsu (1989)")
    HLL = _("Hsu, Linn & Lord, as given by Hsu (1989)")
    EN = _("Edwards & Nunnally, as given by Speer (1992)")
    NK = "Nunnally & Kotsch (1983)"
    HA = "Hageman & Arrindell (1999)"
    HLM = _("the growth model of Speer & Greenbaum (1995)")
    POINTS = _("%(better)s and %(worse)s points")
    PERCENT = _("%(percent)s %% of the first score")
    RELIABILITY = _("reliability %(reliability)s")
    CUTOFF = _("cut-off %(cutoff)s")
    FUNCTIONAL = _("functional mean %(mean)s and deviation %(sd)s")
    INDEX = _("index %(operator)s %(critical)s")
    ALL = _("Change judged by %(parts)s; computed with Holdspace.")

    def of(self, **values: Value) -> "Sentence":
        """Return the code with what its words need."""
        return Sentence(self, values)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A code with its values; numbers are as they are, without rounding."""

    code: Why | Cited
    values: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.code % {name: _plain(value) for name, value in self.values.items()}


def _plain(value: Value) -> str:
    return f"{value:.15g}" if isinstance(value, float) else f"{value}"


class Refused(ValueError):
    """Something cannot be read or said, and why; its text is English."""

    def __init__(self, said: Sentence | str) -> None:
        super().__init__(str(said))
        self.said = said
