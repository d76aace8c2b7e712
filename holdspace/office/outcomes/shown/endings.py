"""The section about how therapies end."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdspace.cellar.ui.plots import Axis, Line, Plot, plot
from holdspace.office.outcomes.many_courses import FEWEST_CLIENTS, Stayed
from holdspace.office.outcomes.shown.parts import (
    HIDDEN,
    Row,
    Section,
    hidden_words,
    percent,
    stepped,
    thinned,
    too_few,
)
from holdspace.office.outcomes.shown.small_numbers import in_all
from holdspace.office.outcomes.statistics.endings import Ended, Ending, Step


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
    shown = in_all(counts, whole=whole)
    rows: list[Row] = [
        [name, *([HIDDEN, HIDDEN] if n is None else [str(n), percent(n, total)])]
        for name, n in zip(names.values(), shown, strict=True)
    ]
    has_hidden = any(n is None for n in shown)
    curve = [] if has_hidden else _enough(of.ended, whole=whole)
    notes = [
        _("Where somebody said how a therapy ended, that counts: planned is what ended by"
          " agreement."),
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
    words = [f"{name.capitalize()}: {n} ({share})." for name, n, share in section.rows]
    return Section(
        section.title,
        words,
        _curve(curve),
        _curve_sentence(curve[-1], total),
        head=[
            _("By"), _("there until then"), _("going on (95 %)"), _("as planned"), _("unplanned"),
        ],
        rows=[
            [_("by session %s") % one.step.session, str(one.step.at_risk), _shares(one.step),
             f"{100 * one.ended_planned:.0f} %", f"{100 * one.ended_unplanned:.0f} %"]
            for one in thinned(curve)
        ],
        notes=section.notes,
    )  # fmt: skip


def _shares(step: Step) -> str:
    return f"{100 * step.remaining:.0f} % ({100 * step.low:.0f}–{100 * step.high:.0f})"


def _curve_sentence(last: Ended, total: int) -> str:
    return ngettext(
        "Of %(n)s therapy, by session %(session)s an estimated %(planned)s %% had ended as planned,"
        " %(unplanned)s %% unplanned.",
        "Of %(n)s therapies, by session %(session)s an estimated %(planned)s %% had ended as"
        " planned, %(unplanned)s %% unplanned.",
        total,
    ) % {
        "n": total, "session": last.step.session, "planned": round(100 * last.ended_planned),
        "unplanned": round(100 * last.ended_unplanned),
    }  # fmt: skip


def _curve(curve: Sequence[Ended]) -> Plot:
    going_on = [(one.step.session, one.step.remaining) for one in curve]
    planned = [(one.step.session, one.ended_planned) for one in curve]
    unplanned = [(one.step.session, one.ended_unplanned) for one in curve]
    return plot(
        Axis(0, max(2, curve[-1].step.session), _("sessions held")),
        Axis(0, 1, _("therapies, in per cent"), percent=True),
        [
            Line(stepped(1.0, going_on), _("going on")),
            Line(stepped(0.0, planned), _("ended as planned"), "third"),
            Line(stepped(0.0, unplanned), _("ended unplanned"), "second"),
        ],
    )
