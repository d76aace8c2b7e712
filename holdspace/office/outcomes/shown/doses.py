"""Sections about doses: by how many answers people were better, and how many gave how many.

Dose and response, with the model's curve, and the good-enough level: `statistics.dose`.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from holdspace.cellar.ui.plots import Axis, Dots, Line, Plot, plot
from holdspace.office.outcomes.many_courses import FEWEST_CLIENTS, Answered
from holdspace.office.outcomes.shown.parts import (
    HIDDEN,
    Row,
    Section,
    hidden_words,
    stepped,
    thinned,
    too_few,
)
from holdspace.office.outcomes.statistics.dose import Dose, Level, Probit
from holdspace.office.outcomes.statistics.endings import Step


def answered(of: Answered, *, whole: bool) -> Section:
    """Dose and response, with what they cannot say."""
    title = _("How many answers until people were better")
    dose = of.dose
    curve = [one for one in dose.steps if not whole or one.at_risk >= FEWEST_CLIENTS]
    if not curve or (whole and dose.n < FEWEST_CLIENTS):
        return Section(title, [too_few() if whole else _("Nobody was reliably better yet.")])
    model = [] if dose.probit is None else [_model_words(dose.probit, curve[-1].session)]
    notes = [
        _("Counted in questionnaires answered, since a score is what shows change; where one is"
          " answered before each session, that is sessions."),
        _("People stop when they are well enough, or when they are not helped: how long somebody"
          " stayed is a result as much as a cause. Neither figure says what more sessions would"
          " do."),
        _("The model’s curve is a probit in the logarithm of answers. It smooths what was seen, and"
          " is drawn no further than that."),
        _("Howard et al., Am Psychol 1986;41:159; Hansen, Lambert & Forman, Clin Psychol Sci Pract"
          " 2002;9:329."),
    ]  # fmt: skip
    return Section(
        title, model, _curves(dose, curve), _half_words(dose),
        head=[_("By"), _("not better until then"), _("reliably better (95 %)")],
        rows=[
            [_("answer %s") % one.session, str(one.at_risk),
             f"{100 * (1 - one.remaining):.0f} % "
             f"({100 * (1 - one.high):.0f}–{100 * (1 - one.low):.0f})"]
            for one in thinned(curve)
        ],
        notes=notes,
    )  # fmt: skip


def _curves(of: Dose, curve: Sequence[Step]) -> Plot:
    """What was seen, in steps with its limits, and the model's smooth curve."""
    last = curve[-1].session
    seen = [
        Line(stepped(0.0, [(one.session, 1 - one.remaining) for one in curve]), _("better")),
        Line(stepped(0.0, [(one.session, 1 - one.high) for one in curve]), _("95 %"), "limit"),
        Line(stepped(0.0, [(one.session, 1 - one.low) for one in curve]), "", "limit"),
    ]
    if of.probit is not None:
        places = [2 + (last - 2) * n / 40 for n in range(41)]
        smooth = [(place, of.probit.share(place)) for place in places]
        seen.append(Line(smooth, _("the model"), "second"))
    return plot(
        Axis(0, max(2, last), _("questionnaires answered")),
        Axis(0, 1, _("reliably better at least once, in per cent"), percent=True),
        seen,
    )


def _half_words(of: Dose) -> str:
    if of.half is None:
        return _("Fewer than half of %(n)s people had been reliably better so far.") % {"n": of.n}
    return _("Half of %(n)s people had been reliably better by answer %(half)s.") % {
        "n": of.n, "half": of.half
    }  # fmt: skip


def _model_words(of: Probit, last: int) -> str:
    """What the model says within what was seen; beyond that it would only guess."""
    if of.share(last) < 0.5:
        return _("By the model %(share)s %% are better by answer %(last)s; when half would be, it"
                 " could only guess.") % {
            "last": last, "share": round(100 * of.share(last))
        }  # fmt: skip
    return _("By the model half are better by answer %s.") % round(of.half)


def good_enough(of: Answered, *, whole: bool) -> Section:
    """How those were at the end who answered so often: more is not simply better."""
    title = _("Better at the end, by how much was answered")
    if whole and of.dose.n < FEWEST_CLIENTS:
        return Section(title, [too_few()])
    large = [one for one in of.levels if one.n >= FEWEST_CLIENTS]
    shown = _without_few(of.levels) if whole else large
    if len(shown) < 2:
        few = (
            _("Shown where of therapies of different lengths five people or more are better, and"
              " five or more are not.")
            if whole else
            _("Shown where five people or more answered about as often, at more than one length.")
        )  # fmt: skip
        return Section(title, [few])
    rows = [_row(one, is_shown=one in shown) for one in (of.levels if whole else large)]
    has_hidden = len(shown) < len(rows)
    notes = [
        _("Many stay until they are well enough (the good-enough level). So shares that fall with"
          " length do not show that long therapies help less, and shares that rise do not show that"
          " more sessions would have helped."),
        _("Barkham et al., J Consult Clin Psychol 2006;74:160; Stiles, Barkham & Wheeler, Br J"
          " Psychiatry 2015;207:115."),
    ]  # fmt: skip
    return Section(
        title, [], _levels(shown), _ends_words(shown[0], shown[-1]),
        head=[_("Answered"), _("people"), _("better at the end (95 %)")],
        rows=rows,
        notes=notes + [hidden_words()] * has_hidden,
    )  # fmt: skip


def _without_few(levels: Sequence[Level]) -> list[Level]:
    """The lengths at which neither those better nor the others are few.

    Their sums are told elsewhere on the page. So what is left out is more than one length, and of
    all that is left out together neither are few.
    """
    by_size = sorted(levels, key=lambda one: min(_both([one])))
    left = {one.attended for one in by_size if min(_both([one])) < FEWEST_CLIENTS}
    for one in by_size:
        out = [each for each in levels if each.attended in left]
        if out and (len(out) == 1 or min(_both(out)) < FEWEST_CLIENTS):
            left.add(one.attended)
    return [one for one in levels if one.attended not in left]


def _both(levels: Sequence[Level]) -> tuple[int, int]:
    """How many were better, and how many were not."""
    better = sum(one.improved for one in levels)
    return better, sum(one.n for one in levels) - better


def _levels(shown: Sequence[Level]) -> Plot:
    return plot(
        Axis(0, shown[-1].attended, _("questionnaires answered, at most")),
        Axis(0, 1, _("reliably better at the end, in per cent"), percent=True),
        [
            Line([(one.attended, one.low) for one in shown], _("95 %"), "limit"),
            Line([(one.attended, one.high) for one in shown], "", "limit"),
        ],
        [Dots([(one.attended, one.share) for one in shown], _("better at the end"))],
    )


def _row(of: Level, *, is_shown: bool) -> Row:
    if not is_shown:
        return [_times(of.attended), HIDDEN, HIDDEN]
    share = f"{100 * of.share:.0f} % ({100 * of.low:.0f}–{100 * of.high:.0f})"
    return [_times(of.attended), str(of.n), share]


def _times(longest: int) -> str:
    """A length by which therapies are put together: twice, 3 to 4 times, 5 to 8 times."""
    shortest = longest // 2 + 1
    if shortest == longest:
        return _("%s times") % longest
    return _("%(least)s to %(most)s times") % {"least": shortest, "most": longest}


def _ends_words(first: Level, last: Level) -> str:
    """The shortest beside the longest."""
    return _(
        "Of those who answered %(few)s, %(share)s %% were reliably better at the end; of those who"
        " answered %(many)s, %(other)s %%."
    ) % {
        "few": _times(first.attended), "share": round(100 * first.share),
        "many": _times(last.attended), "other": round(100 * last.share),
    }  # fmt: skip
