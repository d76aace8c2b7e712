"""Pages of outcomes added up, as sections: words, a plot with its sentence, a table, notes.

The same sections stand on the page and on paper. Where `whole` is said, the numbers are the
practice's, and small ones are not shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdspace.cellar.ui.plots import Axis, Dots, Line, Plot, plot
from holdspace.hour.measures.instruments import load
from holdspace.hour.measures.sentences import number
from holdspace.office.outcomes.drawn import figure_for_paper
from holdspace.office.outcomes.queries.service import Numbers
from holdspace.office.outcomes.statistics.funnel import FEWEST as LARGE_ENOUGH
from holdspace.office.outcomes.statistics.funnel import Funnel, limits
from holdspace.office.outcomes.statistics.suppression import suppress
from holdspace.office.outcomes.surveyed import (
    FEWEST_CLIENTS,
    FEWEST_COLLEAGUES,
    Change,
    Colleagues,
    Outcome,
    Share,
    cutoff_of,
)

HIDDEN = "–"
Row = Sequence[str]


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

    def on_paper(self) -> dict[str, Any]:
        """As the template of the report takes it."""
        drawing = None if self.plot is None else figure_for_paper(self.plot, self.sentence)
        return {
            "title": self.title, "words": list(self.words), "drawing": drawing,
            "head": list(self.head), "rows": [list(row) for row in self.rows],
            "notes": list(self.notes),
        }  # fmt: skip


def sections(of: Numbers, *, whole: bool) -> list[Section]:
    """Everything that can be said from these numbers, in the order it is read."""
    found = []
    if of.change is not None and of.chosen is not None:
        found.append(changed(of.change, of.chosen.instrument, whole=whole))
    found.append(attended(of, whole=whole))
    if of.colleagues is not None:
        found.append(among(of.colleagues, whole=whole))
    return found


# ------------------------------------------------------------------ change


def changed(of: Change, instrument: str, *, whole: bool) -> Section:
    """How scores moved from first to last."""
    name, cutoff = load(instrument).short_name, cutoff_of(load(instrument))
    if whole and of.n < FEWEST_CLIENTS:
        return Section(_("Change"), words=[_too_few()])
    words = [_changed(of, name)]
    notes = [_("Every course with two scores or more is counted, from its first to its last.")]
    if cutoff is None:
        notes.append(_("No cut-off is published for it, so recovery is not counted."))
    else:
        notes.append(
            _("A case is %(meaning)s (%(operator)s %(value)s). Source: %(source)s.")
            % {"meaning": cutoff.meaning, "operator": cutoff.operator,
               "value": number(cutoff.value), "source": cutoff.source}
        )  # fmt: skip
    rows, has_hidden = _outcome_rows(of, whole=whole)
    return Section(
        _("Change"), words, head=[_("What became of it"), _("courses"), _("share (95 %)")],
        rows=rows, notes=notes + [_hidden_words()] * has_hidden,
    )  # fmt: skip


def _changed(of: Change, name: str) -> str:
    said = ngettext(
        "%(n)s course on the %(name)s went from %(first)s to %(last)s.",
        "%(n)s courses on the %(name)s went from %(first)s to %(last)s on average.",
        of.n,
    ) % {
        "n": of.n, "name": name, "first": number(round(of.first_mean, 1)),
        "last": number(round(of.last_mean, 1)),
    }  # fmt: skip
    if of.effect is None:
        return said
    ends = {"g": of.effect.g, "low": of.effect.low, "high": of.effect.high}
    effect = _("The effect is %(g)s standard deviations (95 %%: %(low)s to %(high)s).")
    return f"{said} {effect % {name: number(value) for name, value in ends.items()}}"


def _outcome_rows(of: Change, *, whole: bool) -> tuple[list[Row], bool]:
    """Counts by outcome; of the practice with small numbers left out."""
    named = {
        Outcome.RECOVERED: _("reliably improved, and across the cut-off"),
        Outcome.IMPROVED: _("reliably improved, not across it"),
        Outcome.UNCHANGED: _("no reliable change"),
        Outcome.DETERIORATED: _("reliably deteriorated"),
        Outcome.NOT_KNOWN: _("no rule is published"),
    }
    present = [one for one in Outcome if one is not Outcome.NOT_KNOWN or of.counts[one]]
    counts = [of.counts[one] for one in present]
    shown = shown_counts(counts) if whole else counts
    rows = [
        row_of(named[one], n, of.share(one)) for one, n in zip(present, shown, strict=True)
    ]
    better = (of.counts[Outcome.RECOVERED], of.counts[Outcome.IMPROVED])
    if not whole or all(n is not None for n in shown):
        rows.append(row_of(_("improved, together"), sum(better), of.improved))
    if of.cases >= (FEWEST_CLIENTS if whole else 1) and not (whole and 0 < of.cases - of.no_longer < FEWEST_CLIENTS):
        no_longer = None if whole and of.no_longer < FEWEST_CLIENTS else of.no_longer
        rows.append(
            row_of(_("no longer a case, of those who began as one"), no_longer, of.recovery)
        )
    return rows, any(n is None for n in shown)


def shown_counts(counts: Sequence[int]) -> list[int | None]:
    """One row of counts, small ones left out with as many more as that takes."""
    return suppress([counts])[0][: len(counts)]


def row_of(name: str, n: int | None, of: Share | None) -> Row:
    """A count with its share and interval, or a dash where it is not shown."""
    if n is None:
        return [name, HIDDEN, HIDDEN]
    return [name, str(n), "" if of is None else share_words(of)]


def share_words(of: Share) -> str:
    return _("%(share)s %% (%(low)s to %(high)s)") % {
        "share": round(100 * of.share), "low": round(100 * of.low), "high": round(100 * of.high)
    }  # fmt: skip


def _too_few() -> str:
    return _("There are fewer than five; nothing is shown of so few.")


def _hidden_words() -> str:
    return _("Numbers below five, and those from which they could be worked out, are not shown.")


# ------------------------------------------------------------------ attendance


def attended(of: Numbers, *, whole: bool) -> Section:
    """Who came, of the places at sessions that were kept or were not."""
    kept = of.attending
    counts = [kept.came, kept.stayed_away, kept.cancelled, kept.cancelled_for_them]
    names = [
        _("came"), _("did not come, or cancelled late"), _("cancelled with notice"),
        _("cancelled by the therapist, or a holiday"),
    ]  # fmt: skip
    shown = shown_counts(counts) if whole else counts
    total = sum(counts)
    words = ngettext(
        "%(n)s session was held.", "%(n)s sessions were held.", of.held
    ) % {"n": of.held}  # fmt: skip
    rows = [
        [name, HIDDEN if n is None else str(n), HIDDEN if n is None else percent(n, total)]
        for name, n in zip(names, shown, strict=True)
    ]
    notes = [_("Each place at a session counts: a couple's session has two.")]
    hidden = any(n is None for n in shown)
    return Section(
        _("Attendance"), [words], head=[_("Places at sessions"), _("number"), _("share")],
        rows=rows, notes=notes + [_hidden_words()] * hidden,
    )  # fmt: skip


def percent(n: int, of: int) -> str:
    return f"{100 * n / of:.0f} %" if of else "0 %"


# ------------------------------------------------------------------ among colleagues


def among(of: Colleagues, *, whole: bool) -> Section:
    """The funnel: whether anybody differs by more than chance. Nobody is named or ranked."""
    title = _("Between therapists") if whole else _("Among colleagues")
    drawn = of.funnel
    if drawn is None:
        few = _("Shown where %(n)s therapists have %(m)s courses or more each, and change has a"
                " published rule: among fewer, everybody would know who is who.")  # fmt: skip
        return Section(title, [few % {"n": FEWEST_COLLEAGUES, "m": FEWEST_CLIENTS}])
    words = [_spread_words(of), *([] if whole else _mine_words(of))]
    notes = [
        _("Dots are therapists whom nobody names, each with how many courses improved reliably."
          " Nothing here is a ranking: case loads differ, and most of what differs is chance."),
        _("Limits widened for over-dispersion: %(phi)s. Spiegelhalter, Stat Med 2005;24:1185.")
        % {"phi": number(round(drawn.dispersion, 2))},
    ]  # fmt: skip
    sentence = _funnel_sentence(drawn)
    return Section(
        title, words, plot=_funnel(drawn, None if whole else of.mine), sentence=sentence,
        head=[_("Courses"), _("95 % limits"), _("99.8 % limits")],
        rows=_limit_rows(drawn), notes=notes,
    )  # fmt: skip


def _funnel_sentence(drawn: Funnel) -> str:
    outside = sum(
        not one.limits.low_998 <= one.share <= one.limits.high_998 for one in drawn.points
    )
    said = ngettext(
        "Of %(n)s therapists with an average of %(share)s %% reliably improved, %(outside)s lies"
        " outside the 99.8 %% limits.",
        "Of %(n)s therapists with an average of %(share)s %% reliably improved, %(outside)s lie"
        " outside the 99.8 %% limits.",
        outside,
    )
    return said % {
        "n": len(drawn.points), "share": round(100 * drawn.centre), "outside": outside
    }  # fmt: skip


def _spread_words(of: Colleagues) -> str:
    if of.between is None:
        return _("How much lies between therapists cannot be said from these courses.")
    return _(
        "About %(share)s %% of what differs in gains, the first score taken out, lies between"
        " therapists; in studies it is about 5 %%."
    ) % {"share": round(100 * of.between.share)}


def _mine_words(of: Colleagues) -> list[str]:
    """One's own effect, pulled towards everybody's by how little so few courses can tell."""
    mine = None if of.between is None else of.between.therapists.get("0")
    if mine is None:
        return [_("You have too few courses on it to stand among the others.")]
    low, high = mine.effect - 1.96 * mine.error, mine.effect + 1.96 * mine.error
    said = _(
        "Yours gained %(effect)s points more than is usual from the same first score"
        " (95 %%: %(low)s to %(high)s; a negative number is less). It is drawn towards everybody's"
        " mean, since %(n)s courses tell %(reliability)s %% of it. Only you see this."
    )
    return [
        said % {
            "effect": number(round(mine.effect, 1)), "low": number(round(low, 1)),
            "high": number(round(high, 1)), "n": mine.n,
            "reliability": round(100 * mine.reliability),
        }
    ]  # fmt: skip


def _funnel(drawn: Funnel, mine: int | None) -> Plot:
    most = max(point.unit.n for point in drawn.points)
    sizes = sorted({*range(FEWEST_CLIENTS, most + 1, max(1, most // 40)), most})
    at = [limits(drawn.centre, n, dispersion=drawn.dispersion) for n in sizes]
    spots = [(float(point.unit.n), point.share) for point in drawn.points]
    own = [spots[mine]] if mine is not None else []

    def line(name: str) -> list[tuple[float, float]]:
        return [(n, getattr(one, name)) for n, one in zip(sizes, at, strict=True)]

    return plot(
        Axis(0, most, _("courses")),
        Axis(0, 1, _("reliably improved, in per cent"), percent=True),
        [
            Line([(0, drawn.centre), (most, drawn.centre)], _("all together")),
            Line(line("low_95"), _("95 % limits"), "third"), Line(line("high_95"), "", "third"),
            Line(line("low_998"), _("99.8 % limits"), "limit"),
            Line(line("high_998"), "", "limit"),
        ],
        [
            Dots([one for n, one in enumerate(spots) if n != mine], _("therapists"), "other"),
            Dots(own, _("you"), "mine"),
        ],
    )  # fmt: skip


def _limit_rows(drawn: Funnel) -> list[Row]:
    """The limits for a few sizes; no therapist has a row."""
    rows = []
    for n in (FEWEST_CLIENTS, 10, LARGE_ENOUGH, 50, 100):
        one = limits(drawn.centre, n, dispersion=drawn.dispersion)
        rows.append(
            [str(n), _between_words(one.low_95, one.high_95),
             _between_words(one.low_998, one.high_998)]
        )  # fmt: skip
    return rows


def _between_words(low: float, high: float) -> str:
    return _("%(low)s to %(high)s %%") % {"low": round(100 * low), "high": round(100 * high)}
