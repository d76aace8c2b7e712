"""One's own courses beside a published cell of England's NHS Talking Therapies 2024–25."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from holdspace.hour.measures.instruments import load
from holdspace.hour.measures.sentences import number
from holdspace.office.outcomes.many_courses import (
    FEWEST_CLIENTS,
    Change,
    Outcome,
    Share,
    Side,
    share,
)
from holdspace.office.outcomes.shown.parts import HIDDEN, Row, Section, share_words
from holdspace.office.outcomes.shown.small_numbers import Sum, Told, of_change
from holdspace.office.outcomes.statistics.national import ATTRIBUTION, MEASURES, TOTAL, Cell, cells

JUDGED: Final = ("phq9", "gad7")  # by these England counts who improved, by the WSAS nobody
_COMPARED_BY_MEANS: Final = 4  # rows: courses, first and last scores, effect
USUAL: Final = ("Depression", "Counselling for Depression")


@dataclass(frozen=True, slots=True)
class Asked:
    """A cell that was chosen: a problem, a therapy, and the measure that is compared."""

    problem: str
    therapy: str
    measure: str

    @property
    def cell(self) -> Cell:
        return next(
            one for one in cells() if (one.problem, one.therapy) == (self.problem, self.therapy)
        )


def source() -> str:
    """Of what, where and when the figures are."""
    return _("NHS Talking Therapies, England, April 2024 to March 2025")


def address(name: str, of: Asked, *, whole: bool) -> str:
    """Where the same is asked for under another name."""
    whose = {"whose": "practice"} if whole else {}
    said = {"problem": of.problem, "treatment": of.therapy, "measure": of.measure, **whose}
    return f"{reverse(name)}?{urlencode(said)}"


def asked(said: Mapping[str, str]) -> Asked:
    """What an address asks for; what is not published is answered with a cell that is."""
    published = {(one.problem, one.therapy) for one in cells()}
    wanted = (said.get("problem", ""), said.get("treatment", ""))
    first = USUAL if USUAL in published else min(published)
    problem, therapy = wanted if wanted in published else _nearest(wanted[0], first)
    measure = said.get("measure", "")
    return Asked(problem, therapy, measure if measure in MEASURES else JUDGED[0])


def _nearest(problem: str, otherwise: tuple[str, str]) -> tuple[str, str]:
    """The largest cell of a problem for which the therapy asked for was not published."""
    of = [one for one in cells() if one.problem == problem]
    best = max(of, key=lambda one: one.courses, default=None)
    return (best.problem, best.therapy) if best else otherwise


def problems() -> list[tuple[str, str]]:
    """Every problem, with how the page writes it."""
    return [(one, named(one)) for one in sorted({one.problem for one in cells()})]


def therapies(problem: str) -> list[tuple[str, str]]:
    """What is published for a problem, where anybody was treated."""
    found = sorted(one.therapy for one in cells() if one.problem == problem and one.courses)
    return [(one, named(one)) for one in found]


def named(published: str) -> str:
    """The names are those of the source; only its word for all together is ours too."""
    return _("Total") if published == TOTAL else published


def section(of: Asked, own: Change | None, *, whole: bool) -> Section:
    """Both in one table, with what keeps them from being the same thing."""
    title = _("%(problem)s, %(therapy)s") % {
        "problem": named(of.problem), "therapy": named(of.therapy)
    }  # fmt: skip
    few = FEWEST_CLIENTS if whole else 1
    shown = None if own is None or own.n < few else own
    ours = _("The practice") if whole else _("You")
    return Section(
        title,
        [_words(of, shown, whole=whole)],
        head=[_("What"), ours, _("England, 2024–25")],
        rows=_rows(of, shown, whole=whole),
        notes=[*_notes(is_judged=of.measure in JUDGED), ATTRIBUTION],
    )


def _words(of: Asked, own: Change | None, *, whole: bool) -> str:
    """So many people, beside so many courses."""
    if own is None and whole:
        said = _("Fewer than five courses of the practice have two scores on the %(name)s."
                 " England had %(courses)s courses: %(problem)s, %(therapy)s.")  # fmt: skip
    elif own is None:
        said = _("None of your therapies that ended has two scores on the %(name)s."
                 " England had %(courses)s courses: %(problem)s, %(therapy)s.")  # fmt: skip
    elif whole:
        said = _("The practice's %(n)s people with two scores on the %(name)s, beside England's"
                 " %(courses)s courses: %(problem)s, %(therapy)s.")  # fmt: skip
    else:
        said = _("Your %(n)s people whose therapy ended, with two scores on the %(name)s, beside"
                 " England's %(courses)s courses: %(problem)s, %(therapy)s.")  # fmt: skip
    return said % {
        "n": own.n if own else 0, "name": load(of.measure).short_name,
        "courses": _thousands(of.cell.courses), "therapy": named(of.therapy),
        "problem": named(of.problem),
    }  # fmt: skip


def _rows(of: Asked, own: Change | None, *, whole: bool) -> list[Row]:
    cell, there = of.cell, of.cell.measures[of.measure]
    mine = _mine(own, whole=whole) if own else [HIDDEN] * 7
    theirs = [
        _thousands(cell.courses), _mean(there.start_mean), _mean(there.end_mean),
        _mean(there.effect_size, 2), _share(share(cell.improvement, cell.courses)),
        _share(share(cell.recovery, cell.cases)), _share(share(cell.deterioration, cell.courses)),
    ]  # fmt: skip
    names = [
        _("courses"), _("first score, on average"), _("last score, on average"),
        _("effect, in deviations of the first scores"), _("reliably improved"),
        _("recovered, of those who were cases"), _("reliably deteriorated"),
    ]  # fmt: skip
    rows: list[Row] = [list(row) for row in zip(names, mine, theirs, strict=True)]
    return rows if of.measure in JUDGED else rows[:_COMPARED_BY_MEANS]


def _mine(own: Change, *, whole: bool) -> Row:
    """The same of one's own courses; of the practice's no share that tells of few people."""
    shown, effect = of_change(own, whole=whole), own.effect

    def told(of: Share | None, *counts: Told) -> str:
        return _share(None if None in [shown[one] for one in counts] else of)

    return [
        str(own.n), _mean(own.first_mean), _mean(own.last_mean),
        _mean(effect.d if effect else None, 2), told(own.improved, Sum.IMPROVED),
        told(own.recovery, Side.NO_LONGER, Sum.CASES),
        told(own.deteriorated, Outcome.DETERIORATED),
    ]  # fmt: skip


def _thousands(count: int) -> str:
    return number_format(count, force_grouping=True)


def _mean(value: float | None, places: int = 1) -> str:
    return HIDDEN if value is None else number(round(value, places))


def _share(of: Share | None) -> str:
    return HIDDEN if of is None else share_words(of)


def _notes(*, is_judged: bool) -> Sequence[str]:
    counted = (
        _("England counts courses that ended after two appointments or more, and judges PHQ-9 and"
          " an anxiety measure together; here one measure is counted alone, by the rules that its"
          " authors or the NHS published. The people, the reasons for ending and the thresholds of"
          " entry differ: this is a place to begin thinking, not a test.")
        if is_judged else
        _("England counts courses that ended after two appointments or more. It publishes scores"
          " on this measure, but not who improved on it, so that is not compared. The people, the"
          " reasons for ending and the thresholds of entry differ: this is a place to begin"
          " thinking, not a test.")
    )  # fmt: skip
    return (
        _("A therapy here has no coded problem. All courses on this measure stand beside the cell"
          " that you choose, whatever brought these people."),
        counted,
    )  # fmt: skip
