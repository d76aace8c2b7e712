"""Scores and changes in plain words. A score is never a verdict, and never stands without these."""

from django.utils.formats import get_format
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from holdspace.hour.measures.change import Change, Kind
from holdspace.hour.measures.instruments import Cutoff, Direction, Instrument, Item
from holdspace.hour.measures.scoring import Score, WhyNot, band_of
from holdspace.hour.measures.wording import Wording

SMALL_NUMBERS = (
    gettext_lazy("no"), gettext_lazy("one"), gettext_lazy("two"), gettext_lazy("three"),
    gettext_lazy("four"), gettext_lazy("five"), gettext_lazy("six"), gettext_lazy("seven"),
    gettext_lazy("eight"), gettext_lazy("nine"),
)  # fmt: skip


def number(value: float) -> str:
    """A score as people write it: no trailing zeros, two places at most, their decimal mark."""
    mark = str(get_format("DECIMAL_SEPARATOR"))
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", mark)


def in_words(count: int) -> str:
    """A small count as a word."""
    return str(SMALL_NUMBERS[count]) if count < len(SMALL_NUMBERS) else str(count)


def question(said: Wording, item: Item) -> str:
    """The words of a question, or its number where they are not ours to give."""
    return said.texts[item.id] or _("Question %(number)s") % {"number": item.number}


def course_sentence(instrument: Instrument, change: Change | None, last: float | None) -> str:
    """What a course shows: now, from where, and whether chance alone would explain it."""
    name, most = instrument.short_name, number(instrument.range[1])
    if last is None:
        return _("%(name)s: no score yet.") % {"name": name}
    now = {"name": name, "last": number(last), "most": most}
    if change is None or change.first is None:
        return _("%(name)s: %(last)s of %(most)s, answered once so far.") % now
    from_start = _("%(name)s: %(last)s of %(most)s, from %(first)s at the start.") % {
        **now,
        "first": number(change.first),
    }
    return f"{from_start} {change_sentence(change)}"


def change_sentence(change: Change) -> str:
    """Whether chance alone would explain a difference, or that nobody can say."""
    if change.kind is Kind.NOT_KNOWN:
        return _("Whether that is more than chance is not known: no rule is published for it.")
    if change.difference == 0:
        return _("No difference.")
    if change.kind is Kind.NO_RELIABLE_CHANGE:
        return _("Chance alone could explain the difference.")
    return _("More than chance alone would explain.")


def change_source(change: Change | None) -> str:
    """Which rule was used, who published it, and whether that was checked."""
    if change is None or change.rule is None:
        return _("No rule for reliable change is published for this questionnaire.")
    rule = change.rule
    sentence = _("%(rule)s. Source: %(source)s.") % {"rule": rule.rule, "source": rule.source}
    if rule.verified:
        return sentence
    doubt = _("The figures were not checked at their source.")
    return f"{sentence} {doubt}"


def status_sentence(status: str) -> str:
    """What may be done with an instrument."""
    return {
        "own": _("free: words of our own or of the practice"),
        "ship": _("free to use, with its words"),
        "score": _("scored here; a practice with a licence loads its words"),
        "no": _("only a total scored elsewhere is typed"),
    }[status]


def why_not_given(instrument: Instrument) -> str:
    """Why an instrument cannot be given to anybody; nothing where it can."""
    if instrument.is_worded:
        return ""
    if instrument.is_total_only:
        return _("It cannot be given here. A total from a sheet scored elsewhere can be entered.")
    return _(
        "It cannot be given here, as its words are not loaded. Its answers, by number, or its "
        "total can be entered."
    )


def threshold(cutoff: Cutoff) -> str:
    """Where a cut-off lies, in words."""
    said = {
        ">=": _("%(value)s or more"), ">": _("above %(value)s"),
        "<=": _("%(value)s or less"), "<": _("below %(value)s"),
    }  # fmt: skip
    return said[cutoff.operator] % {"value": number(cutoff.value)}


def language_name(code: str) -> str:
    """What a language is called in the reader's own; its code where Django knows no name."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def direction_sentence(instrument: Instrument) -> str:
    """Which way is which."""
    low, high = (number(end) for end in instrument.range)
    ends = {"low": low, "high": high}
    if instrument.direction is Direction.HIGHER_BETTER:
        return _("From %(low)s to %(high)s; higher is better.") % ends
    return _("From %(low)s to %(high)s; lower is better.") % ends


def band_sentence(instrument: Instrument, total: float | None) -> str:
    """The published word for a total, with who published it; nothing where there is none."""
    band = band_of(instrument, total)
    if band is None or instrument.bands is None:
        return ""
    sentence = f"{band}; {instrument.bands.source}"
    if instrument.bands.verified:
        return sentence
    doubt = _("The figures were not checked at their source.")
    return f"{sentence}. {doubt}"


def score_sentence(instrument: Instrument, score: Score) -> str:
    """A score in words, or why there is none."""
    if score.total is None:
        return _no_score(score)
    words = _("%(total)s of %(most)s") % {
        "total": number(score.total), "most": number(instrument.range[1]),
    }  # fmt: skip
    if score.band:
        words = f"{words}: {score.band}"
    if score.prorated:
        prorated = _("prorated as published")
        words = f"{words} ({_missing(len(score.unanswered))}; {prorated})"
    return words


def scale_sentences(instrument: Instrument, score: Score) -> list[str]:
    """Each scale that has a figure, in words, and the total in another unit where there is one."""
    found = []
    for scale in instrument.scoring.subscales:
        value = score.subscales.get(scale.id)
        if value is not None:
            band = score.subscale_bands[scale.id]
            words = {"scale": scale.label, "value": number(value)}
            line = _("%(scale)s: %(value)s") % words
            found.append(f"{line} ({band})" if band else line)
    table = instrument.scoring.conversion
    if table is not None and score.converted is not None:
        words = {"scale": table.label, "value": number(score.converted)}
        line = _("%(scale)s: %(value)s") % words
        doubt = "" if table.verified else _("The figures were not checked at their source.")
        found.append(f"{line}. {doubt}".strip())
    return found


def _no_score(score: Score) -> str:
    if score.why_not is WhyNot.NOTHING_ANSWERED:
        return _("no score: nothing was answered")
    if score.why_not is WhyNot.NO_TOTAL:
        return _("it has no total")
    return _("no score: %(why)s") % {"why": _missing(len(score.unanswered))}


def _missing(count: int) -> str:
    return ngettext("%(count)s answer is missing", "%(count)s answers are missing", count) % {
        "count": in_words(count)
    }
