"""What the workbench shows of a result: tables, plots with their sentences, files."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from holdspace.cellar.ui.plots import Axis, Dots, Line, Plot, plot
from holdspace.hour.measures.sentences import number
from holdspace.office.outcomes.reading import Judged, Result
from holdspace.office.outcomes.shown.drawings import figure_for_paper
from holdspace.office.outcomes.shown.saying import citation, in_words, of_row
from holdspace.office.outcomes.statistics.change import Category, Group, PersonChange
from holdspace.office.outcomes.statistics.effects import Effect
from holdspace.office.outcomes.statistics.indices import Method
from holdspace.office.outcomes.statistics.report import effect_of
from holdspace.office.outcomes.statistics.table import Fault

SHOWN_PEOPLE: Final = 200
SHOWN_FAULTS: Final = 40
CATEGORIES: Final[dict[Category, Promise]] = {
    Category.RECOVERED: gettext_lazy("recovered"),
    Category.IMPROVED: gettext_lazy("reliably improved"),
    Category.UNCHANGED: gettext_lazy("no reliable change"),
    Category.DETERIORATED: gettext_lazy("reliably deteriorated"),
    Category.HARMED: gettext_lazy("deteriorated across the cut-off"),
}
METHODS: Final[dict[Method, str | Promise]] = {  # by their authors
    Method.JT: "Jacobson–Truax",
    Method.GLN: "Gulliksen–Lord–Novick",
    Method.HLL: "Hsu–Linn–Lord",
    Method.EN: "Edwards–Nunnally",
    Method.NK: "Nunnally–Kotsch",
    Method.HA: "Hageman–Arrindell",
    Method.HLM: gettext_lazy("Growth model (Speer–Greenbaum)"),
}


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """One group, or everybody: how many in each category, and the effect."""

    name: str
    n: int
    counts: Sequence[tuple[str, int, str]]  # of which category, how many, and in per cent
    effect: str


@dataclass(frozen=True, slots=True)
class ShownMethod:
    """What one method says, ready for a page."""

    name: str
    cutoff: str
    groups: Sequence[ShownGroup]
    people: Sequence[tuple[PersonChange, Promise]]  # with what their change is called
    more: int  # people who are in the file alone
    plot: Plot
    sentence: str
    citation: str


def shown(result: Result) -> list[ShownMethod]:
    """Every method that says something, in the order they were chosen."""
    return [
        ShownMethod(
            name=name_of(judged),
            cutoff=number(judged.found.cutoff),
            groups=[_group(judged, group) for group in judged.groups],
            people=[(one, CATEGORIES[one.category]) for one in judged.found.people[:SHOWN_PEOPLE]],
            more=max(0, len(judged.found.people) - SHOWN_PEOPLE),
            plot=_plot(judged),
            sentence=sentence(judged),
            citation=citation(judged.found.rule),
        )
        for judged in result.judged
    ]


def name_of(judged: Judged) -> str:
    """The method by its authors, or how change was judged without one."""
    if judged.method is None:
        return _("By points") if judged.found.rule.mid else _("By per cent")
    return str(METHODS[judged.method])


def sentence(judged: Judged) -> str:
    """What the plot shows, in words."""
    everybody = judged.groups[0]
    said = ngettext(
        "Of %(n)s person, %(improved)s improved reliably, %(recovered)s of them across the"
        " cut-off of %(cutoff)s; %(worse)s deteriorated.",
        "Of %(n)s people, %(improved)s improved reliably, %(recovered)s of them across the"
        " cut-off of %(cutoff)s; %(worse)s deteriorated.",
        everybody.n,
    )
    of = everybody.counts
    return said % {
        "n": everybody.n, "improved": of[Category.RECOVERED] + of[Category.IMPROVED],
        "recovered": of[Category.RECOVERED], "cutoff": number(judged.found.cutoff),
        "worse": of[Category.DETERIORATED] + of[Category.HARMED],
    }  # fmt: skip


def _group(judged: Judged, group: Group) -> ShownGroup:
    counts = [
        (str(CATEGORIES[one]), of, f"{100 * of / group.n:.0f} %")
        for one, of in group.counts.items()
    ]
    name = _("everybody") if group.name is None else group.name
    return ShownGroup(name, group.n, counts, effect_words(effect_of(judged.found, group.name)))


def effect_words(effect: Effect | None) -> str:
    """An effect with its interval, as people write it."""
    if effect is None:
        return "–"
    ends = (number(effect.low), number(effect.high))
    return _("%(g)s (%(low)s to %(high)s)") % {
        "g": number(effect.g), "low": ends[0], "high": ends[1]
    }  # fmt: skip


def _plot(judged: Judged) -> Plot:
    """Last over first scores: on the diagonal nothing has changed."""
    people = judged.found.people
    values = [value for one in people for value in (one.pre, one.post)]
    low, high = min(*values, judged.found.cutoff), max(*values, judged.found.cutoff)
    cutoff = judged.found.cutoff
    better = (Category.RECOVERED, Category.IMPROVED)
    worse = (Category.DETERIORATED, Category.HARMED)
    return plot(
        Axis(low, high, _("first score")),
        Axis(low, high, _("last score")),
        [
            Line([(low, low), (high, high)], _("no change"), "limit"),
            Line([(low, cutoff), (high, cutoff)], _("cut-off"), "third"),
        ],
        [
            Dots(
                _spots(people, (Category.UNCHANGED,)), str(CATEGORIES[Category.UNCHANGED]), "other"
            ),
            Dots(_spots(people, better), str(CATEGORIES[Category.IMPROVED])),
            Dots(_spots(people, worse), str(CATEGORIES[Category.DETERIORATED]), "mine"),
        ],
    )


def _spots(people: Sequence[PersonChange], among: Sequence[Category]) -> list[tuple[float, float]]:
    """Each place once, however many people are there."""
    return sorted({(one.pre, one.post) for one in people if one.category in among})


def faults(found: Sequence[Fault]) -> list[str]:
    """What is wrong in the first rows that could not be read."""
    return [of_row(fault) for fault in found[:SHOWN_FAULTS]]


def refusals(result: Result) -> list[tuple[str, str]]:
    """Methods that say nothing of these scores, by their authors, and why."""
    return [
        (str(METHODS[method]) if method else _("By points or per cent"), in_words(why))
        for method, why in result.refused.items()
    ]


# ------------------------------------------------------------------ files


def as_csv(result: Result) -> str:
    """Everybody by every method; a cell that a spreadsheet would take for a formula is quoted."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(
        ["method", "id", "group", "pre", "post", "change", "rci", "category",
         "crossed_without_reliable_change", "by_mid", "percent_change", "by_percent"]
    )  # fmt: skip
    for judged in result.judged:
        writer.writerows(_rows(judged))
    return out.getvalue()


def _rows(judged: Judged) -> Iterator[list[Any]]:
    method = judged.method.value if judged.method else "points or per cent"
    for one in judged.found.people:
        yield [
            method, _harmless(one.person), _harmless(one.group or ""), one.pre, one.post,
            one.change, one.index, one.category.value, one.crossed, one.by_mid,
            one.percent_change, one.by_percent,
        ]  # fmt: skip


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def on_paper(name: str, result: Result) -> dict[str, Any]:
    """The report as its template takes it."""
    head = [_("Group"), _("people"), *map(str, CATEGORIES.values()), _("effect (g)")]
    return {
        "name": name,
        "note": note(result),
        "methods": [
            {
                "name": one.name,
                "head": head,
                "groups": [
                    [group.name, str(group.n), *(f"{n} ({of})" for _name, n, of in group.counts),
                     group.effect]
                    for group in one.groups
                ],
                "drawing": figure_for_paper(one.plot, one.sentence),
                "citation": one.citation,
            }
            for one in shown(result)
        ],
    }  # fmt: skip


def note(result: Result) -> str:
    """Who was read and who was not."""
    return _(
        "%(n)s people have both scores; %(left_out)s have only one and are not counted;"
        " %(faults)s rows could not be read."
    ) % {
        "n": len(result.pairs), "left_out": len(result.left_out), "faults": len(result.faults)
    }  # fmt: skip
