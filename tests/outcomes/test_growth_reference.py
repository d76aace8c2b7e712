"""The stated course: its figures are the source's, its model gives them back, and it says so."""

import numpy as np
import pytest

from holdspace.office.outcomes.statistics.growth.fitting import Fit, Method, fit
from holdspace.office.outcomes.statistics.growth.prediction import Course, forecast
from holdspace.office.outcomes.statistics.growth.reference import _file, reference
from holdspace.office.outcomes.statistics.growth.rows import sums
from holdspace.office.outcomes.statistics.national import cells
from tests.outcomes.courses import courses

BOTH = pytest.mark.parametrize("instrument", ["phq9", "gad7"])


def figures(instrument: str) -> tuple[int, list[float]]:
    """Courses, and mean and deviation of first and last scores, from the published cells."""
    told = [c for c in cells() if "Total" not in (c.problem + c.therapy) and c.courses]
    of = [(c.courses, c.measures[instrument]) for c in told]
    whole = [(n, m) for n, m in of if None not in (m.start_mean, m.start_sd, m.end_mean, m.end_sd)]
    n = np.array([count for count, _ in whole], dtype=float)
    found: list[float] = []
    for when in ("start", "end"):
        mean, sd = (np.array([getattr(m, f"{when}_{x}") for _, m in whole]) for x in ("mean", "sd"))
        middle = n @ mean / n.sum()
        found += [middle, np.sqrt(n @ (sd**2 + (mean - middle) ** 2) / n.sum())]
    return int(n.sum()), found


@BOTH
def test_the_figures_are_those_of_the_published_cells(instrument: str) -> None:
    kept = _file()["courses"][instrument]
    count, told = figures(instrument)
    assert kept["count"] == count
    stated = [kept[when][what] for when in ("start", "end") for what in ("mean", "sd")]
    assert stated == pytest.approx(told, abs=1e-4)


@BOTH
def test_the_model_gives_the_figures_back(instrument: str) -> None:
    stated, kept = reference(instrument), _file()["courses"][instrument]
    assert stated is not None
    found = forecast(stated.fit, Course(), [1, 8])
    assert found.mean == pytest.approx([kept["start"]["mean"], kept["end"]["mean"]])
    assert found.deviation == pytest.approx([kept["start"]["sd"], kept["end"]["sd"]])
    assert not stated.fit.is_singular
    assert np.linalg.eigvalsh(stated.fit.between).min() > 0


def test_a_stated_course_says_that_it_is_one() -> None:
    stated = reference("phq9")
    assert stated is not None
    assert (stated.fit.method, stated.verified) == (Method.STATED, False)
    assert "520,707 courses" in stated.source
    assert len(stated.assumptions) == 5
    assert Fit.from_json(stated.fit.to_json()).to_json() == stated.fit.to_json()


def test_there_is_none_for_other_instruments_and_none_is_fitted() -> None:
    assert reference("core10") is None
    with pytest.raises(ValueError, match="stated"):
        fit(sums(courses(20)), Method.STATED)
