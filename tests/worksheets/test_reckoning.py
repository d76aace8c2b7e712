"""What is worked out: sleep, changes; and how it is shown."""

import pytest
from django.utils import translation

from holdspace.hour.worksheets import drawn, pages
from holdspace.hour.worksheets.library import current
from holdspace.hour.worksheets.reckoning import (
    change,
    hours_asleep,
    hours_in_bed,
    minutes_between,
    sleep_efficiency,
    worked_out,
)
from tests.worksheets.fill import filled

NIGHT = {"to_bed": "22:30", "tried": "23:00", "woke": "06:30", "up": "07:00", "until": "30",
         "awake": "60"}  # fmt: skip


def test_hours_go_over_midnight() -> None:
    assert minutes_between("23:15", "00:30") == 75
    assert hours_in_bed("22:30", "07:00") == 8.5


def test_sleep_by_time_in_bed() -> None:
    assert hours_asleep("23:00", "06:30", 30, 60) == 6.0
    assert sleep_efficiency("22:30", "23:00", "06:30", "07:00", 30, 60) == 71.0


@pytest.mark.parametrize(("up", "awake"), [("22:30", 0), ("07:00", 700), ("23:10", 0)])
def test_a_night_that_cannot_be_is_not_worked_out(up: str, awake: float) -> None:
    assert sleep_efficiency("22:30", "23:00", "06:30", up, 30, awake) is None


def test_more_awake_than_there_was_is_no_sleep_that_can_be_said() -> None:
    assert hours_asleep("23:00", "06:30", 30, 700) is None


def test_a_change_goes_down_below_nothing() -> None:
    assert change(8, 2) == -6
    assert worked_out("change", {"before": 8}) is None


def test_a_night_tells_its_efficiency_and_nights_are_drawn_by_it() -> None:
    form = current("sleep_diary")
    said = {f"nights.{row}.{name}": value for row in "ab" for name, value in NIGHT.items()}
    cells = filled(form, said)
    with translation.override("en"):
        page = pages.as_read(form, cells, "en")
        curves = drawn.curves(form, cells, "en")
    told = {line.label: line.words for line in page.parts[0].rows[0][1]}
    assert told["Sleep by time in bed"] == "71 %"
    assert [curve.label for curve in curves] == ["Sleep by time in bed", "Time asleep"]


def test_a_change_is_told_below_the_form() -> None:
    form = current("emdr_target")
    with translation.override("en"):
        page = pages.as_read(form, filled(form, {"sud_start": "8", "sud_end": "1"}), "en")
    assert (page.parts[-1].lines[0].label, page.parts[-1].lines[0].words) == (
        "Change in distress (SUD)", "-7",
    )  # fmt: skip
