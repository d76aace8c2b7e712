"""Rows of a growth model from a file, and a fit as values and as text."""

import json
from dataclasses import replace

import numpy as np
import pytest

from holdspace.office.outcomes.statistics.growth.fitting import Method, fit
from holdspace.office.outcomes.statistics.growth.prediction import Course
from holdspace.office.outcomes.statistics.growth.reading import Ties, read
from holdspace.office.outcomes.statistics.growth.report import as_data, as_text, of_person
from holdspace.office.outcomes.statistics.growth.rows import Rows, sums
from holdspace.office.outcomes.statistics.table import Long, TableRefused, sheet
from tests.outcomes.courses import Dense, courses, published, relative

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


TWICE = "who,week,score\na,1,3\na,2,8\na,1.0,6\na,2,\nb,1,5"


@pytest.mark.parametrize(
    ("ties", "kept"),
    [
        (Ties.KEEP, [3, 8, 6, None, 5]),
        (Ties.MEAN, [4.5, 8, 5]),
        (Ties.FIRST, [3, 8, 5]),
        (Ties.LAST, [6, 8, 5]),
    ],
)
def test_several_scores_at_one_time_become_what_was_asked_for(
    ties: Ties, kept: list[float | None]
) -> None:
    found = read(sheet(TWICE), Long("who", "week", "score"), ties)
    scores = np.asarray(found.rows.score).tolist()
    assert [None if np.isnan(one) else one for one in scores] == kept
    assert (found.missing, found.tied) == (1, 2)


def test_several_scores_at_one_time_may_be_refused() -> None:
    with pytest.raises(TableRefused, match=r"Row 4: a has a score at 1.0 already \(row 2\)"):
        read(sheet(TWICE), Long("who", "week", "score"), Ties.REFUSE)


REPEATED = "who,week,score,by\na,1,3,x\na,1,3,y\na,1.0,3,x\nb,1,5,x"


@pytest.mark.parametrize("ties", [Ties.KEEP, Ties.MEAN])
def test_a_row_that_was_entered_twice_is_named(ties: Ties) -> None:
    with pytest.raises(TableRefused, match=r"^Row 4: It repeats row 2; take one of the two out\.$"):
        read(sheet(REPEATED), Long("who", "week", "score"), ties)


@pytest.mark.parametrize("ties", [Ties.FIRST, Ties.LAST])
def test_a_row_that_was_entered_twice_counts_once_where_one_is_chosen(ties: Ties) -> None:
    found = read(sheet(REPEATED), Long("who", "week", "score"), ties)
    assert np.asarray(found.rows.score).tolist() == [3, 5]


def test_scores_at_one_time_are_rows_of_the_model_like_any() -> None:
    """As nlme and lme4 take them: the likelihood is that of a matrix with a line for each."""
    plain = courses(25, seed=8)
    double = replace(plain, time=np.ceil(np.asarray(plain.time) / 2))
    found = fit(sums(double))
    dense = Dense(double, relative(found), is_reml=True)
    assert -2 * found.log_likelihood == pytest.approx(dense.deviance, rel=1e-9)
    assert found.coefficients == pytest.approx(dense.beta, rel=1e-7)


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
