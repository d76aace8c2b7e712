"""What pages of outcomes are made of: sections of words, a plot with its sentence, a table, notes.

The same sections stand on the page and on paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from django.utils.translation import gettext as _

from holdspace.cellar.ui.plots import Plot, steps
from holdspace.office.outcomes.many_courses import Share
from holdspace.office.outcomes.shown.drawings import figure_for_paper

HIDDEN: Final = "–"
MOST_ROWS: Final = 12
Row = Sequence[str]
Any_row = TypeVar("Any_row")


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a page. The first cell of a row says what the others are about."""

    title: str
    words: Sequence[str] = ()
    plot: Plot | None = None
    sentence: str = ""
    head: Row = ()
    rows: Sequence[Row] = ()
    notes: Sequence[str] = field(default=())

    @property
    def lines(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Rows as a page writes them: what each is about, and its other cells with their names."""
        return [(row[0], list(zip(self.head[1:], row[1:], strict=True))) for row in self.rows]

    def on_paper(self) -> dict[str, Any]:
        """As the template of the report takes it."""
        drawing = None if self.plot is None else figure_for_paper(self.plot, self.sentence)
        return {
            "title": self.title, "words": list(self.words), "drawing": drawing,
            "head": list(self.head), "rows": [list(row) for row in self.rows],
            "notes": list(self.notes),
        }  # fmt: skip


def row_of(name: str, n: int | None, of: Share | None) -> Row:
    """A count with its share and interval, or a dash where it is not shown."""
    if n is None:
        return [name, HIDDEN, HIDDEN]
    return [name, str(n), "" if of is None else share_words(of)]


def share_words(of: Share) -> str:
    return _("%(share)s %% (%(low)s to %(high)s)") % {
        "share": round(100 * of.share), "low": round(100 * of.low), "high": round(100 * of.high)
    }  # fmt: skip


def too_few() -> str:
    return _("There are fewer than five; nothing is shown of so few.")


def hidden_words() -> str:
    return _("Numbers below five, and those from which they could be worked out, are not shown.")


def stepped(start: float, spots: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """A curve that begins at a share and holds each value until the next."""
    return steps([(0.0, start), *spots])


def percent(n: int, of: int) -> str:
    return f"{100 * n / of:.0f} %" if of else "0 %"


def thinned(rows: Sequence[Any_row]) -> list[Any_row]:
    """At most a dozen of many rows, the first and the last among them."""
    if len(rows) <= MOST_ROWS:
        return list(rows)
    step = (len(rows) - 1) / (MOST_ROWS - 1)
    return [rows[round(n * step)] for n in range(MOST_ROWS)]
