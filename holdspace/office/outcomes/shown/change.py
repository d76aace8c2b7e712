"""Sections about change and attendance."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdspace.hour.measures.sentences import number
from holdspace.office.outcomes.many_courses import FEWEST_CLIENTS, Change, Outcome, Side
from holdspace.office.outcomes.queries.service import Numbers
from holdspace.office.outcomes.shown.parts import (
    HIDDEN,
    Row,
    Section,
    hidden_words,
    percent,
    row_of,
    too_few,
)
from holdspace.office.outcomes.shown.sentences import checked, rule_source
from holdspace.office.outcomes.shown.small_numbers import Sum, in_all, of_change


def changed(of: Change, name: str, *, whole: bool) -> Section:
    """How scores on the measure of this name moved from first to last."""
    cutoff = of.cutoff
    if whole and of.n < FEWEST_CLIENTS:
        return Section(_("Change"), words=[too_few()])
    words = [_changed(of, name)]
    notes = [_("Every course with two scores or more is counted, from its first to its last.")]
    if cutoff is None:
        notes.append(_("No cut-off is published for it, so recovery is not counted."))
    else:
        said = _("A case is %(meaning)s (%(operator)s %(value)s). Source: %(source)s.") % {
            "meaning": cutoff.meaning, "operator": cutoff.operator,
            "value": number(cutoff.value), "source": cutoff.source,
        }  # fmt: skip
        notes.append(checked(said, verified=cutoff.verified))
    if of.rule is not None:
        notes.append(rule_source(of.rule))
    rows, has_hidden = _outcome_rows(of, whole=whole)
    return Section(
        _("Change"), words, head=[_("What became of it"), _("courses"), _("share (95 %)")],
        rows=rows, notes=notes + [hidden_words()] * has_hidden,
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
    shown = of_change(of, whole=whole)
    rows = [row_of(named[one], shown[one], of.share(one)) for one in of.outcomes]
    if of.rule:
        rows.append(row_of(_("improved, together"), shown[Sum.IMPROVED], of.improved))
    if of.cases >= (FEWEST_CLIENTS if whole else 1):
        recovery = None if shown[Sum.CASES] is None else of.recovery
        name = _("no longer a case, of those who began as one")
        rows.append(row_of(name, shown[Side.NO_LONGER], recovery))
    return rows, any(HIDDEN in row for row in rows)


def attended(of: Numbers, *, whole: bool) -> Section:
    """Who came, of the places at sessions that were kept or were not."""
    kept = of.attending
    counts = [kept.came, kept.stayed_away, kept.cancelled, kept.cancelled_for_them]
    names = [
        _("came"), _("did not come, or cancelled late"), _("cancelled with notice"),
        _("cancelled by the therapist, or a holiday"),
    ]  # fmt: skip
    shown = in_all(counts, whole=whole)
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
        rows=rows, notes=notes + [hidden_words()] * hidden,
    )  # fmt: skip
