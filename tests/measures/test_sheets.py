"""Many sheets at once score like each of them by itself."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.hour.measures.instruments import library, load
from holdspace.hour.measures.scoring import (
    AnswerOutOfRange,
    AnswersRefused,
    WrongNumberOfAnswers,
    score,
)
from holdspace.hour.measures.sheets import score_sheets
from tests.measures.vectors_of import vectors_of

ASKED = [name for name, instrument in library().items() if instrument.items]


def same_as_each(name: str, sheets: list[list[int | None]]) -> None:
    instrument = load(name)
    found = score_sheets(instrument, np.array(sheets, dtype=float))
    for place, sheet in enumerate(sheets):
        alone = score(instrument, sheet)
        assert same(found.total[place], alone.total)
        assert found.answered[place] == alone.answered
        assert found.prorated[place] == alone.prorated
        for scale, values in found.subscales.items():
            assert same(values[place], alone.subscales[scale])


def same(many: Any, one: float | None) -> bool:
    return bool(np.isnan(many)) if one is None else bool(many == one)


@pytest.mark.parametrize("name", ASKED)
def test_every_vector_scores_the_same_among_others(name: str) -> None:
    same_as_each(name, [case["answers"] for case in vectors_of(name)["cases"]])


@given(st.data())
def test_sheets_score_like_one_sheet(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(ASKED))
    instrument = load(name)
    offered = [[each.value for each in instrument.options_of(item)] for item in instrument.items]
    sheet = st.tuples(*(st.none() | st.sampled_from(values) for values in offered))
    same_as_each(name, [list(each) for each in data.draw(st.lists(sheet, min_size=1, max_size=5))])


def test_no_sheets_are_no_scores() -> None:
    assert score_sheets(load("phq9"), np.empty((0, 9))).total.shape == (0,)


@pytest.mark.parametrize("shape", [(9,), (2, 8), (2, 9, 1)])
def test_an_array_of_another_shape_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(WrongNumberOfAnswers, match="PHQ-9 has 9 items"):
        score_sheets(load("phq9"), np.zeros(shape))


@pytest.mark.parametrize("answer", [-1, 4, 0.5, 1e9, np.inf])
def test_an_answer_that_is_not_offered_is_named_by_sheet_and_item(answer: float) -> None:
    sheets = np.zeros((3, 9))
    sheets[1, 4] = answer
    with pytest.raises(AnswerOutOfRange, match="Sheet 2: item 5 of PHQ-9 was answered"):
        score_sheets(load("phq9"), sheets)


def test_a_gap_between_answers_is_not_an_answer() -> None:
    with pytest.raises(AnswerOutOfRange, match="the answers are 0, 2, 4"):
        score_sheets(load("audit"), [[0] * 9 + [1]])


def test_what_is_scored_elsewhere_has_no_sheets() -> None:
    with pytest.raises(AnswersRefused, match="is scored elsewhere"):
        score_sheets(load("oq45"), [[1]])
