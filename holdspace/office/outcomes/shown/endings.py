"""Sections about time: how therapies end, and by how many answers people were better."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdspace.cellar.ui.plots import Axis, Line, Plot, plot, steps
from holdspace.office.outcomes.many_courses import FEWEST_CLIENTS, Answered, Stayed
from holdspace.office.outcomes.shown.parts import (
    HIDDEN,
    Row,
    Section,
    hidden_words,
    percent,
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
    at = [float(one.step.session) for one in curve]
    going_on = [one.step.remaining for one in curve]
    planned = [one.ended_planned for one in curve]
    unplanned = [one.ended_unplanned for one in curve]
    return plot(
        Axis(0, max(2, at[-1]), _("sessions held")),
        Axis(0, 1, _("therapies, in per cent"), percent=True),
        [
            Line(_from(1.0, list(zip(at, going_on, strict=True))), _("going on")),
            Line(_from(0.0, list(zip(at, planned, strict=True))), _("ended as planned"), "third"),
            Line(_from(0.0, list(zip(at, unplanned, strict=True))), _("ended unplanned"), "second"),
        ],
    )


def _from(start: float, spots: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return steps([(0.0, start), *spots])


def answered(of: Answered, *, whole: bool) -> Section:
    """Dose and response, with what they cannot say."""
    title = _("How many answers until people were better")
    notes = [
        _("Counted in questionnaires answered, since a score is what shows change; where one is"
          " answered before each session, that is sessions."),
        _("People stop when they are well enough, or when they are not helped: how long somebody"
          " stayed is a result as much as a cause. Neither figure says what more sessions would"
          " do."),
        _("Howard et al., Am Psychol 1986;41:159; Barkham et al., J Consult Clin Psychol"
          " 2006;74:160; Stiles et al., Br J Psychiatry 2015;207:115."),
    ]  # fmt: skip
    curve = [one for one in of.steps if not whole or one.at_risk >= FEWEST_CLIENTS]
    if not curve or (whole and of.n < FEWEST_CLIENTS):
        return Section(title, [too_few() if whole else _("Nobody was reliably better yet.")])
    last = curve[-1]
    drawn = plot(
        Axis(0, max(2, last.session), _("questionnaires answered")),
        Axis(0, 1, _("reliably better at least once, in per cent"), percent=True),
        [
            Line(_from(0.0, [(one.session, 1 - one.remaining) for one in curve]), _("better")),
            Line(_from(0.0, [(one.session, 1 - one.high) for one in curve]), _("95 %"), "limit"),
            Line(_from(0.0, [(one.session, 1 - one.low) for one in curve]), "", "limit"),
        ],
    )
    return Section(
        title, _better_at_the_end(of, whole=whole), drawn, _answered_sentence(of),
        head=[_("By"), _("not better until then"), _("reliably better (95 %)")],
        rows=[
            [_("answer %s") % one.session, str(one.at_risk),
             f"{100 * (1 - one.remaining):.0f} % "
             f"({100 * (1 - one.high):.0f}–{100 * (1 - one.low):.0f})"]
            for one in thinned(curve)
        ],
        notes=notes,
    )  # fmt: skip


def _answered_sentence(of: Answered) -> str:
    if of.half is None:
        return _("Fewer than half of %(n)s people had been reliably better so far.") % {"n": of.n}
    return _("Half of %(n)s people had been reliably better by answer %(half)s.") % {
        "n": of.n, "half": of.half
    }  # fmt: skip


def _better_at_the_end(of: Answered, *, whole: bool) -> list[str]:
    """Shares better at the end among the shortest and the longest courses that many had."""
    levels = [
        one for one in of.levels
        if not whole or min(one.improved, one.n - one.improved) >= FEWEST_CLIENTS
    ]  # fmt: skip
    ends = [levels[0], levels[-1]] if len(levels) > 1 else levels
    return [
        _("Of those who answered %(times)s times, %(share)s %% were reliably better at the end.")
        % {"times": one.attended, "share": round(100 * one.share)}
        for one in ends
    ]
