"""Rows of a growth model from a file, and a fit as values and as text."""

import json

import numpy as np
import pytest

from holdspace.office.outcomes.statistics.growth.fitting import Method, fit
from holdspace.office.outcomes.statistics.growth.prediction import Course
from holdspace.office.outcomes.statistics.growth.reading import read
from holdspace.office.outcomes.statistics.growth.report import as_data, as_text, of_person
from holdspace.office.outcomes.statistics.growth.rows import Rows, sums
from holdspace.office.outcomes.statistics.table import Long, TableRefused, sheet
from tests.outcomes.courses import courses, published

HEADER = "who,week,score,age,kind,seen by"
COLUMNS = Long("who", "week", "score", "seen by", ("age", "kind"))


def test_numbers_are_numbers_and_words_are_words() -> None:
    text = f"{HEADER}\na,1,3,40,1,x\na,2,,40,1,x\nb,1,5.5,31,group,y"
    found = read(sheet(text), COLUMNS)
    assert (found.people, found.missing) == (("a", "b"), 1)
    assert list(np.asarray(found.rows.covariates["age"])) == [40.0, 40.0, 31.0]
    assert list(np.asarray(found.rows.covariates["kind"])) == ["1", "1", "group"]
    assert np.isnan(np.asarray(found.rows.score)).tolist() == [False, True, False]
    assert found.rows.cluster == ["x", "x", "y"]


def test_the_first_faults_are_named_and_the_others_counted() -> None:
    text = f"{HEADER}\na,1,3,,x,x\na,2,3,1,y,x\na,w,3,,x,y\n"
    with pytest.raises(TableRefused, match=r"^Row 2: age is missing.* There are 3 more faults.$"):
        read(sheet(text), COLUMNS)


def test_a_fit_of_three_levels_is_told_whole() -> None:
    rows = courses(300, seed=6, clusters=12)
    found = fit(sums(rows))
    data = as_data(found)
    assert data["therapists"] == 12
    own = np.flatnonzero(np.asarray(rows.person) == 3)
    course = Course(np.asarray(rows.time)[own].tolist(), np.asarray(rows.score)[own].tolist())
    known = {name: float(np.asarray(values)[own[0]]) for name, values in rows.covariates.items()}
    cluster = str(np.asarray(rows.cluster)[own[0]])
    told = of_person(found, course, known, cluster)
    assert told["therapist_effects"]["level"] == (found.clusters or {})[cluster].effect[0]
    assert len(told["fitted"]) == len(own)
    text = as_text({**data, "predicted": {"3": told}})
    assert "Between therapists: level SD" in text
    assert "\n3: level" in text
    assert json.loads(json.dumps(data)) == data


def test_a_singular_fit_of_the_level_alone_says_so() -> None:
    found = fit(published("Dyestuff2", "Batch", None, "Yield"), Method.ML)
    text = as_text(as_data(found))
    assert "Between people: level SD 0.000000\n" in text
    assert text.endswith("the fit is singular.")


def test_a_person_without_covariates_or_therapist_is_told_too() -> None:
    found = fit(sums(Rows(*(getattr(courses(50), name) for name in ("person", "time", "score")))))
    told = of_person(found, Course.first(20), {}, None)
    assert told["therapist_effects"] is None
    assert told["course"]["level"] == pytest.approx(
        found.coefficients[0] + told["effects"]["level"]
    )
