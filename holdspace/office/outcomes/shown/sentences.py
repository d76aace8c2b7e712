"""Signals in plain words: what was answered, and what is published about such answers.

A sentence restates numbers. It names no condition, praises and blames nobody, and recommends
nothing.
"""

from collections.abc import Callable, Mapping
from typing import Final

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from holdspace.hour.measures.instruments import ChangeRule, Direction, Instrument
from holdspace.hour.measures.sentences import in_words, number
from holdspace.office.outcomes.criteria import Criterion, Which
from holdspace.office.outcomes.queries import Raised, Usual
from holdspace.office.outcomes.rules import KIND_OF, Area, Finding, Kind
from holdspace.office.outcomes.statistics.alliance import Swing
from holdspace.office.outcomes.statistics.growth.fitting import Fit

TAGS: Final[Mapping[Finding, Promise]] = {
    Finding.SAFETY: gettext_lazy("Look first"),
    Finding.RUPTURE: gettext_lazy("Rating fell far"),
    Finding.WORSE: gettext_lazy("Reliably worse"),
    Finding.NOT_ON_TRACK: gettext_lazy("Not on the expected course"),
    Finding.DROP: gettext_lazy("Rating fell"),
    Finding.WATCH: gettext_lazy("At the edge of what is expected"),
    Finding.NO_CHANGE: gettext_lazy("No reliable change yet"),
    Finding.MISSING: gettext_lazy("Not answered"),
    Finding.REPAIR: gettext_lazy("Rating came back"),
    Finding.RECOVERED: gettext_lazy("Better, past the cut-off"),
    Finding.BETTER: gettext_lazy("Reliably better"),
}
KINDS: Final[Mapping[Kind, Promise]] = {
    Kind.SAFETY: gettext_lazy("Answers about safety"),
    Kind.CHANGE: gettext_lazy("Reliable change"),
    Kind.ALLIANCE: gettext_lazy("Ratings of the sessions"),
    Kind.EXPECTED: gettext_lazy("Expected course"),
    Kind.NO_CHANGE: gettext_lazy("No change yet"),
    Kind.MISSING: gettext_lazy("Missing answers"),
}
ABOUT: Final[Mapping[Kind, Promise]] = {
    Kind.SAFETY: gettext_lazy(
        "An answer that a person must look at, as the questionnaire's authors say. It stands on "
        "Today whether this is on or off."
    ),
    Kind.CHANGE: gettext_lazy(
        "The newest score differs from the first by more than chance alone would explain, by the "
        "rule published for the questionnaire (Jacobson and Truax 1991)."
    ),
    Kind.ALLIANCE: gettext_lazy(
        "A rating of a session lies one or two standard deviations below the ratings before it, or "
        "came back. Such limits are rules of thumb; both are stated (Gumz 2012)."
    ),
    Kind.EXPECTED: gettext_lazy(
        "The newest score is worse than those of 84 or of 90 in 100 clients who began with the "
        "same score, at the same session (expected response, Finch 2001)."
    ),
    Kind.NO_CHANGE: gettext_lazy(
        "By this session half of those who began with the same score had changed reliably. Some "
        "change late and well: in depression, some only after the sixth session."
    ),
    Kind.MISSING: gettext_lazy(
        "A questionnaire was given twice or more since the last answer, and was not answered. Our "
        "own rule; silence can mean many things."
    ),
}
AREAS: Final[Mapping[Area, Promise]] = {
    Area.SAFETY: gettext_lazy("Safety"),
    Area.ALLIANCE: gettext_lazy("What is between you"),
    Area.MOTIVATION: gettext_lazy("Motivation"),
    Area.LIFE: gettext_lazy("Life events and support"),
    Area.FIT: gettext_lazy("Whether this therapy fits"),
}
Said = Mapping[str, str]


def sentence(raised: Raised) -> str:
    """What a signal restates, in one sentence."""
    said = {name: number(value) for name, value in raised.signal.said.items()}
    said["name"] = raised.instrument.short_name
    return SENTENCES[raised.finding](said, raised.instrument)


def _safety(said: Said, _instrument: Instrument) -> str:
    return _("%(name)s: an answer about safety came in; nobody has looked at it yet.") % said


def _change(said: Said, instrument: Instrument) -> str:
    words = _("%(name)s was %(first)s at first and is %(last)s now: more than chance explains.")
    return f"{words % said} {better_is(instrument)}"


def _recovered(said: Said, instrument: Instrument) -> str:
    words = _(
        "%(name)s was %(first)s at first and is %(last)s now: more than chance explains, and "
        "past the cut-off at %(cut)s."
    )
    return f"{words % said} {better_is(instrument)}"


def _not_on_track(said: Said, instrument: Instrument) -> str:
    return _of_hundred(instrument) % {**said, "share": "90"}


def _watch(said: Said, instrument: Instrument) -> str:
    return _of_hundred(instrument) % {**said, "share": "84"}


def _of_hundred(instrument: Instrument) -> str:
    if instrument.direction is Direction.HIGHER_BETTER:
        return _(
            "%(name)s is %(last)s. Of 100 clients who began with %(first)s, %(share)s would have "
            "%(bound)s or more at session %(session)s."
        )
    return _(
        "%(name)s is %(last)s. Of 100 clients who began with %(first)s, %(share)s would have "
        "%(bound)s or less at session %(session)s."
    )


def _no_change(said: Said, _instrument: Instrument) -> str:
    return _(
        "%(name)s has not changed by more than chance up to session %(session)s; half of those "
        "who began with the same score had by session %(half_by)s."
    ) % said  # fmt: skip


def _missing(said: Said, _instrument: Instrument) -> str:
    times = {**said, "times": in_words(int(said["times"]))}
    return _("%(name)s was given %(times)s times since the last answer, and not answered.") % times


def _fell(said: Said, _instrument: Instrument) -> str:
    return _(
        "%(name)s fell from %(level)s to %(last)s: more than two standard deviations (%(step)s "
        "each)."
    ) % said  # fmt: skip


def _fell_a_little(said: Said, _instrument: Instrument) -> str:
    return _(
        "%(name)s fell from %(level)s to %(last)s: more than one standard deviation (%(step)s), "
        "fewer than two."
    ) % said  # fmt: skip


def _came_back(said: Said, _instrument: Instrument) -> str:
    return _("%(name)s had fallen to %(lowest)s and came back to %(last)s.") % said


SENTENCES: Final[Mapping[Finding, Callable[[Said, Instrument], str]]] = {
    Finding.SAFETY: _safety,
    Finding.RUPTURE: _fell,
    Finding.WORSE: _change,
    Finding.NOT_ON_TRACK: _not_on_track,
    Finding.DROP: _fell_a_little,
    Finding.WATCH: _watch,
    Finding.NO_CHANGE: _no_change,
    Finding.MISSING: _missing,
    Finding.REPAIR: _came_back,
    Finding.RECOVERED: _recovered,
    Finding.BETTER: _change,
}


def better_is(instrument: Instrument) -> str:
    """Which way is which."""
    if instrument.direction is Direction.HIGHER_BETTER:
        return _("Higher is better.")
    return _("Lower is better.")


# ------------------------------------------------------------------ where it comes from


def source(raised: Raised) -> str:
    """Whose statistics a signal rests on, and whether they were checked."""
    kind = KIND_OF[raised.finding]
    if kind is Kind.CHANGE:
        return rule_source(raised.instrument.reliable_change)
    if raised.usual is None or kind not in (Kind.EXPECTED, Kind.NO_CHANGE, Kind.ALLIANCE):
        return ""
    return usual_source(raised.usual)


def rule_source(rule: ChangeRule | None) -> str:
    """The published rule of reliable change; nothing where there is none."""
    if rule is None:
        return ""
    return checked(f"{rule.rule}. {rule.source}.", verified=rule.verified)


def usual_source(usual: Usual[Fit] | Usual[Swing]) -> str:
    """From how many courses, of whom, as of when."""
    if usual.made_at is None and usual.source:
        return _(
            "A stated reference, not this practice's own, which rests on assumptions: %(source)s."
        ) % {"source": usual.source}  # fmt: skip
    if usual.made_at is None:
        assumed = _(
            "Until this practice has 100 courses of ratings, a standard deviation of 12 hundredths "
            "of the scale is assumed."
        )
        return checked(assumed, verified=False)
    said = {
        "count": usual.courses,
        "on": formats.date_format(timezone.localdate(usual.made_at), "DATE_FORMAT"),
    }
    if isinstance(usual.made, Fit):
        return _(
            "Worked out from %(count)s courses in this practice, as of %(on)s (linear mixed model "
            "in the logarithm of the session)."
        ) % said  # fmt: skip
    return _("Worked out from %(count)s courses in this practice, as of %(on)s.") % said


WHICH: Final[Mapping[Which, Promise]] = {
    Which.PUBLISHED: gettext_lazy("the published cut-off"),
    Which.A: gettext_lazy("criterion a of Jacobson and Truax: two deviations from clients' mean"),
    Which.B: gettext_lazy(
        "criterion b of Jacobson and Truax: two deviations from the functional mean, by its own "
        "deviation"
    ),
    Which.C: gettext_lazy(
        "criterion c of Jacobson and Truax: halfway between both means, weighted by their spreads"
    ),
}


def criterion_sentence(criterion: Criterion) -> str:
    """Where the functional side begins, by which criterion, and who says so."""
    said = _("Cut-off at %(value)s by %(which)s. Source: %(source)s.") % {
        "value": number(criterion.value), "which": WHICH[criterion.which],
        "source": criterion.source,
    }  # fmt: skip
    return checked(said, verified=criterion.verified)


def checked(said: str, *, verified: bool) -> str:
    """What a source says, with whether its figures were seen there."""
    if verified:
        return said
    return f"{said} {_('The figures were not checked at their source.')}"
