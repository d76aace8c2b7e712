"""Where the lines, dots and axes of small charts lie."""

import pytest

from holdspace.cellar.ui.charts import Point, course, even_steps, sparkline, whole_steps


def test_a_sparkline_runs_from_edge_to_edge() -> None:
    line = sparkline([0, 5, 10], 0, 10)
    assert line.path == "M3 31 L60 17 L117 3"
    assert line.end == Point(117, 3)


def test_a_missing_value_leaves_a_gap() -> None:
    line = sparkline([0, None, 10, 10], 0, 10)
    assert line.path == "M3 31 M79 3 L117 3"


def test_a_sparkline_of_nothing_has_no_end() -> None:
    assert sparkline([], 0, 10).end is None
    assert sparkline([None], 0, 10).path == ""


def test_one_value_is_a_dot() -> None:
    assert sparkline([10], 0, 10).end == Point(3, 3)


def test_a_value_outside_its_range_stays_on_the_drawing() -> None:
    assert sparkline([99], 0, 10).end == Point(3, 3)


def test_a_range_without_breadth_is_drawn_in_the_middle() -> None:
    assert sparkline([4], 4, 4).end == Point(3, 17)


def test_a_course_places_values_by_their_number() -> None:
    drawn = course([(1, 0), (5, 10)], 0, 10)
    first, last = drawn.dots
    assert (first.x, first.y) == (32, drawn.base)
    assert (last.x, last.y) == (drawn.right, 10)
    assert drawn.path == f"M32 {drawn.base:g} L{drawn.right:g} 10"


def test_only_the_last_value_is_marked_as_last() -> None:
    drawn = course([(2, 3), (1, 2), (3, None)], 0, 10)
    assert [dot.is_last for dot in drawn.dots] == [False, True]


def test_a_course_leaves_a_gap_for_a_missing_value() -> None:
    drawn = course([(1, 0), (2, None), (3, 10)], 0, 10)
    assert drawn.path.count("M") == 2
    assert "L" not in drawn.path


def test_a_band_goes_out_along_its_top_and_back_along_its_foot() -> None:
    drawn = course([(1, 5)], 0, 10, band=[(1, 0, 10), (3, 0, 10)])
    assert drawn.band == "M32 10 L312 10 L312 164 L32 164 Z"


def test_a_band_has_an_upper_and_a_lower_edge() -> None:
    drawn = course([(1, 5)], 0, 10, band=[(1, 0, 10), (3, 0, 10)])
    assert drawn.rims == ("M32 10 L312 10", "M32 164 L312 164")


def test_a_course_without_a_band_has_none() -> None:
    drawn = course([(1, 5)], 0, 10)
    assert (drawn.band, drawn.rims) == ("", ())


def test_a_mark_stands_between_two_numbers() -> None:
    drawn = course([(1, 5), (3, 5)], 0, 10, marks=[(2, "1"), (3.5, "2")])
    assert [tick.label for tick in drawn.across] == ["1", "2", "3", "4"]
    assert drawn.marks[0].at == drawn.across[1].at
    assert drawn.across[2].at < drawn.marks[1].at < drawn.across[3].at


def test_cut_lines_outside_the_range_are_left_out() -> None:
    drawn = course([(1, 5)], 0, 10, cuts=[(5, "middle"), (11, "beyond")])
    assert [(cut.at, cut.label) for cut in drawn.cuts] == [(87, "middle")]


def test_a_course_of_nothing_still_has_axes() -> None:
    drawn = course([], 0, 27)
    assert drawn.dots == ()
    assert [tick.label for tick in drawn.across] == ["1", "2"]
    assert [tick.label for tick in drawn.up] == ["0", "10", "20"]


@pytest.mark.parametrize(
    ("lo", "hi", "steps"),
    [
        (0, 40, [0, 10, 20, 30, 40]),
        (5, 35, [10, 20, 30]),
        (0, 1, [0, 0.5, 1]),
        (0, 4, [0, 1, 2, 3, 4]),
        (-1, 1, [-1, -0.5, 0, 0.5, 1]),
        (3, 3, [3]),
    ],
)
def test_values_on_the_axis_are_round(lo: float, hi: float, steps: list[float]) -> None:
    assert even_steps(lo, hi) == steps


@pytest.mark.parametrize(
    ("first", "last", "numbers"),
    [
        (1, 2, [1, 2]),
        (1, 6, [1, 2, 3, 4, 5, 6]),
        (1, 9, [1, 4, 6, 9]),
        (1, 20, [1, 5, 10, 15, 20]),
        (1, 250, [1, 50, 100, 150, 200, 250]),
        (1, 300, [1, 100, 200, 300]),
    ],
)
def test_numbers_along_the_foot_do_not_crowd(first: int, last: int, numbers: list[int]) -> None:
    assert whole_steps(first, last) == numbers
