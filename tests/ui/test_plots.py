"""Where the lines, steps and dots of a plot lie."""

from django.template.loader import render_to_string

from holdspace.cellar.ui.plots import Axis, Dots, Line, plot, steps

X, Y = Axis(0, 10, "sessions"), Axis(0, 1, "per cent", percent=True)


def test_a_line_runs_from_corner_to_corner() -> None:
    drawn = plot(X, Y, [Line([(0, 0), (10, 1)])])
    assert drawn.lines[0].path == "M44 232 L448 12"


def test_what_lies_beyond_an_axis_is_drawn_at_its_end() -> None:
    drawn = plot(X, Y, dots=[Dots([(99, -4)], kind="mine")])
    assert (drawn.dots[0].x, drawn.dots[0].y) == (448, 232)


def test_shares_are_written_in_hundredths() -> None:
    assert [tick.label for tick in plot(X, Y).up] == ["0", "50", "100"]
    assert [tick.label for tick in plot(X, Y).across] == ["0", "5", "10"]


def test_an_axis_without_length_still_draws() -> None:
    assert plot(Axis(3, 3, ""), Y, [Line([(3, 0.5)])]).lines[0].path == "M44 122"


def test_a_step_holds_its_value_until_the_next() -> None:
    assert steps([(0, 1), (2, 0.5), (3, 0.2)]) == [(0, 1), (2, 1), (2, 0.5), (3, 0.5), (3, 0.2)]
    assert steps([]) == []


def test_only_what_has_a_label_and_is_there_stands_in_the_legend() -> None:
    drawn = plot(X, Y, dots=[Dots([(1, 1)], "you", "mine"), Dots([], "others"), Dots([(2, 1)])])
    assert drawn.marks == [("mine", "you")]


def test_the_sentence_is_the_accessible_name_in_every_language() -> None:
    drawn = plot(X, Y, [Line([(0, 0.25)], "all")])
    shown = render_to_string("ui/figure.html", {"plot": drawn, "sentence": "Half came."})
    assert 'role="img" aria-label="Half came."' in shown
    assert "<figcaption" in shown
