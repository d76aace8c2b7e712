"""Sections about time: how therapies end, and by how many answers people were better."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdspace.cellar.ui.plots import Axis, Line, plot, steps
from holdspace.office.outcomes.parts import (
    HIDDEN,
    Row,
    Section,
    hidden_words,
    percent,
    shown_counts,
    too_few,
)
from holdspace.office.outcomes.statistics.endings import Ended, Ending
from holdspace.office.outcomes.surveyed import FEWEST_CLIENTS, Answered, Stayed

MOST_ROWS = 12


def ended(of: Stayed, *, whole: bool) -> Section:
    """Planned and unplanned endings by sessions held, each beside the other."""
    title, total = _("How therapies end"), sum(of.counts.values())
    if total < (FEWEST_CLIENTS if whole else 1):
        return Section(title, [too_few() if whole else _("No session was held yet.")])
    names = {
        Ending.ONGOING: _("going on"), Ending.PLANNED: _("ended as planned"),
        Ending.UNPLANNED: _("ended unplanned"),
    }  # fmt: skip
    counts = [of.counts[one] for one in names]
    shown = shown_counts(counts) if whole else counts
    rows: list[Row] = [
        [name, *([HIDDEN, HIDDEN] if n is None else [str(n), percent(n, total)])]
        for name, n in zip(names.values(), shown, strict=True)
    ]
    has_hidden = any(n is None for n in shown)
    curve = [] if has_hidden else _enough(of.ended, whole=whole)
    notes = [
        _("A therapy counts as ended as planned where a session of the kind “ending” was held, or"
          " as many sessions as were agreed; else as unplanned. An unplanned ending may be a good"
          " one."),
        _("Kaplan & Meier 1958; competing endings by Aalen & Johansen 1978; therapies that go on"
          " count for as long as they have lasted."),
    ]  # fmt: skip
    if not curve:
        head = [_("Therapies"), _("number"), _("share")]
        return Section(title, head=head, rows=rows, notes=notes + [hidden_words()] * has_hidden)
    return _with_curve(Section(title, rows=rows, notes=notes), curve, total)


def _enough(found: Sequence[Ended], *, whole: bool) -> list[Ended]:
    """Of the practice the curve ends where fewer than five are left: single people would show."""
    return [one for one in found if not whole or one.step.at_risk >= FEWEST_CLIENTS]


def _with_curve(section: Section, curve: Sequence[Ended], total: int) -> Section:
    last = curve[-1]
    spots = [(float(one.step.session), one) for one in curve]
    sentence = ngettext(
        "Of %(n)s therapy, by session %(session)s an estimated %(planned)s %% had ended as planned,"
        " %(unplanned)s %% unplanned.",
        "Of %(n)s therapies, by session %(session)s an estimated %(planned)s %% had ended as"
        " planned, %(unplanned)s %% unplanned.",
        total,
    ) % {
        "n": total, "session": last.step.session, "planned": round(100 * last.ended_planned),
        "unplanned": round(100 * last.ended_unplanned),
    }  # fmt: skip
    drawn = plot(
        Axis(0, max(2, last.step.session), _("sessions held")),
        Axis(0, 1, _("therapies, in per cent"), percent=True),
        [
            Line(_from(1.0, [(s, one.step.remaining) for s, one in spots]), _("going on")),
            Line(_from(0.0, [(s, one.ended_planned) for s, one in spots]), _("ended as planned"), "third"),
            Line(_from(0.0, [(s, one.ended_unplanned) for s, one in spots]), _("ended unplanned"), "second"),
        ],
    )  # fmt: skip
    by_session = [
        [_("by session %s") % one.step.session, str(one.step.at_risk),
         f"{100 * one.step.remaining:.0f} % ({100 * one.step.low:.0f}–{100 * one.step.high:.0f})",
         f"{100 * one.ended_planned:.0f} %", f"{100 * one.ended_unplanned:.0f} %"]
        for one in thinned(curve)
    ]  # fmt: skip
    words = [
        _("%(name)s: %(n)s (%(share)s).") % {"name": row[0].capitalize(), "n": row[1], "share": row[2]}
        for row in section.rows
    ]  # fmt: skip
    return Section(
        section.title, words, drawn, sentence,
        head=[_("By"), _("there until then"), _("going on (95 %)"), _("as planned"), _("unplanned")],
        rows=by_session, notes=section.notes,
    )  # fmt: skip


def _from(start: float, spots: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return steps([(0.0, start), *spots])


def thinned[T](rows: Sequence[T]) -> list[T]:
    """At most a dozen of many rows, the first and the last among them."""
    if len(rows) <= MOST_ROWS:
        return list(rows)
    step = (len(rows) - 1) / (MOST_ROWS - 1)
    return [rows[round(n * step)] for n in range(MOST_ROWS)]
