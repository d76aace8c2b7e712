"""The section about differences between therapists: a funnel in which nobody is named or ranked."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdspace.cellar.ui.plots import Axis, Dots, Line, Plot, plot
from holdspace.hour.measures.sentences import number
from holdspace.office.outcomes.many_courses import (
    FEWEST_COLLEAGUES,
    MINE,
    TABLED,
    Colleagues,
)
from holdspace.office.outcomes.shown.parts import Row, Section
from holdspace.office.outcomes.statistics.funnel import FEWEST as LARGE_ENOUGH
from holdspace.office.outcomes.statistics.funnel import Funnel


def among(of: Colleagues, *, whole: bool) -> Section:
    """The funnel: whether anybody differs by more than chance. Nobody is named or ranked."""
    title = _("Between therapists") if whole else _("Among colleagues")
    drawn = of.funnel
    if drawn is None:
        few = _("Shown where %(n)s therapists have %(m)s courses or more each, and change has a"
                " published rule: among fewer, everybody would know who is who.")  # fmt: skip
        return Section(title, [few % {"n": FEWEST_COLLEAGUES, "m": LARGE_ENOUGH}])
    words = [_spread_words(of), *([] if whole else _mine_words(of))]
    notes = [
        _("Dots are therapists whom nobody names, each with how many courses improved reliably."
          " Nothing here is a ranking: case loads differ, and most of what differs is chance."),
        _("Limits widened for over-dispersion: %(phi)s. Spiegelhalter, Stat Med 2005;24:1185.")
        % {"phi": number(round(drawn.dispersion, 2))},
    ]  # fmt: skip
    sentence = _funnel_sentence(drawn)
    return Section(
        title, words, plot=_funnel(of, None if whole else of.mine), sentence=sentence,
        head=[_("Courses"), _("95 % limits"), _("99.8 % limits")],
        rows=_limit_rows(of), notes=notes,
    )  # fmt: skip


def _funnel_sentence(drawn: Funnel) -> str:
    shown = [one for one in drawn.points if one.shown]
    outside = sum(not one.limits.low_998 <= one.share <= one.limits.high_998 for one in shown)
    said = ngettext(
        "Of %(n)s therapists with an average of %(share)s %% reliably improved, %(outside)s lies"
        " outside the 99.8 %% limits.",
        "Of %(n)s therapists with an average of %(share)s %% reliably improved, %(outside)s lie"
        " outside the 99.8 %% limits.",
        outside,
    )
    return said % {
        "n": len(shown), "share": round(100 * drawn.centre), "outside": outside
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
    mine = None if of.between is None else of.between.therapists.get(str(MINE))
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


def _funnel(of: Colleagues, mine: int | None) -> Plot:
    """Therapists of one size and share lie on one spot, which is drawn once."""
    points, centre = (of.funnel.points, of.funnel.centre) if of.funnel else ((), 0.0)
    most = max(point.unit.n for point in points)
    others = {(one.unit.n, one.share) for n, one in enumerate(points) if one.shown and n != mine}
    own = [] if mine is None else [(points[mine].unit.n, points[mine].share)]

    def line(name: str) -> list[tuple[float, float]]:
        return [(n, getattr(one, name)) for n, one in of.curve.items() if n <= most]

    return plot(
        Axis(0, most, _("courses")),
        Axis(0, 1, _("reliably improved, in per cent"), percent=True),
        [
            Line([(0, centre), (most, centre)], _("all together")),
            Line(line("low_95"), _("95 % limits"), "third"), Line(line("high_95"), "", "third"),
            Line(line("low_998"), _("99.8 % limits"), "limit"),
            Line(line("high_998"), "", "limit"),
        ],
        [Dots(sorted(others), _("therapists"), "other"), Dots(own, _("you"), "mine")],
    )  # fmt: skip


def _limit_rows(of: Colleagues) -> list[Row]:
    """The limits for a few sizes; no therapist has a row."""
    return [
        [str(n), _between_words(one.low_95, one.high_95), _between_words(one.low_998, one.high_998)]
        for n, one in of.curve.items()
        if n in TABLED
    ]


def _between_words(low: float, high: float) -> str:
    return _("%(low)s to %(high)s %%") % {"low": round(100 * low), "high": round(100 * high)}
