"""A plot as paper takes it: the page's drawing with its colours in it, and its sentence."""

from django.template.loader import render_to_string

from holdspace.cellar.paper.drawing import for_paper
from holdspace.cellar.ui.plots import Plot


def figure_for_paper(drawn: Plot, sentence: str) -> dict[str, str]:
    """What `drawing` of the paper's base takes."""
    svg = render_to_string("ui/chart_plot.html", {"plot": drawn, "sentence": sentence})
    return {"svg": for_paper(svg), "sentence": sentence}
