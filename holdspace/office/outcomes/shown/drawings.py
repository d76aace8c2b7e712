"""Drawings as paper takes them: a page's own with their colours, and words for their lines."""

from typing import Final

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from holdspace.cellar.paper.drawing import for_paper
from holdspace.cellar.ui.charts import Course
from holdspace.cellar.ui.plots import Plot

LOOKS: Final = {  # of lines, and of dots
    "": gettext_lazy("solid line"), "second": gettext_lazy("dashed line"),
    "third": gettext_lazy("dotted line"), "limit": gettext_lazy("thin line"),
}  # fmt: skip
DOTS: Final = {
    "": gettext_lazy("green dots"), "other": gettext_lazy("grey dots"),
    "mine": gettext_lazy("large red dots"),
}  # fmt: skip


def figure_for_paper(drawn: Plot, sentence: str) -> dict[str, str]:
    """What `drawing` of the paper's base takes."""
    svg = render_to_string("ui/chart_plot.html", {"plot": drawn, "sentence": sentence})
    return {"svg": for_paper(svg), "sentence": sentence, "legend": _legend(drawn)}


def course_for_paper(drawn: Course, sentence: str) -> dict[str, str]:
    """The chart of a course, with its sentence below it."""
    svg = render_to_string("ui/chart_course.html", {"course": drawn, "sentence": sentence})
    return {"svg": for_paper(svg), "sentence": sentence, "legend": str(_("Across: sessions."))}


def _legend(drawn: Plot) -> str:
    axes = _("Upwards: %(up)s. Across: %(across)s.") % {
        "up": drawn.y_label, "across": drawn.x_label
    }  # fmt: skip
    lines = [f"{LOOKS[one.kind]}: {one.label}" for one in drawn.lines if one.label]
    dots = [f"{DOTS[kind]}: {label}" for kind, label in drawn.marks]
    words = "; ".join([*lines, *dots])
    return f"{axes} {words[:1].upper()}{words[1:]}."
