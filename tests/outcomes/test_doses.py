"""Sections about doses: the model's curve, the good-enough level, and small numbers left out."""

from collections.abc import Iterator, Sequence

import pytest
from django.utils import translation

from holdspace.office.outcomes.many_courses import answered
from holdspace.office.outcomes.shown import doses
from holdspace.office.outcomes.statistics.dose import Course


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en-gb"):
        yield


def people(n: int, attended: int, improved_at: int | None) -> list[Course]:
    return [Course(attended, improved_at, improved_at_end=improved_at is not None)] * n


# Of the short therapies three in five are better, of the long ones two in five.
MANY = [
    *people(9, 2, 2), *people(6, 2, None), *people(6, 4, 3), *people(9, 4, None),
    *people(6, 8, 5), *people(9, 7, None),
]  # fmt: skip


def test_the_models_curve_stands_beside_what_was_seen() -> None:
    found = doses.answered(answered(MANY), whole=True)
    assert found.plot is not None
    assert [line.label for line in found.plot.lines] == ["better", "95 %", "", "the model"]
    assert found.words == ["By the model half are better by answer 5."]
    assert any("probit in the logarithm" in note for note in found.notes)
    assert any("what more sessions would do" in note for note in found.notes)


def test_the_model_guesses_no_half_beyond_what_was_seen() -> None:
    few_better = [*people(6, 5, 3), *people(6, 5, 4), *people(30, 5, None)]
    [words] = doses.answered(answered(few_better), whole=True).words
    assert words.endswith("when half would be, it could only guess.")


def test_without_two_times_of_change_there_is_no_model() -> None:
    found = doses.answered(answered([*people(6, 4, 3), *people(6, 4, None)]), whole=True)
    assert found.words == []
    assert found.plot is not None
    assert len(found.plot.lines) == 3


def test_lengths_are_put_together_and_compared_at_the_end() -> None:
    found = doses.good_enough(answered(MANY), whole=True)
    assert [row[:2] for row in found.rows] == [
        ["2 times", "15"], ["3 to 4 times", "15"], ["5 to 8 times", "15"]
    ]  # fmt: skip
    assert found.sentence == (
        "Of those who answered 2 times, 60 % were reliably better at the end; of those who"
        " answered 5 to 8 times, 40 %."
    )
    assert any("good-enough level" in note for note in found.notes)


def test_lengths_of_which_few_are_better_or_few_are_not_are_hidden() -> None:
    with_few = [*MANY, *people(7, 16, 3), *people(2, 16, None)]
    found = doses.good_enough(answered(with_few), whole=True)
    hidden = [list(row) for row in found.rows if row[1] == "–"]
    assert ["9 to 16 times", "–", "–"] in hidden
    assert len(hidden) == 2  # one alone would follow from the sums
    assert "not shown" in found.notes[-1]
    assert len(doses.good_enough(answered(with_few), whole=False).rows) == 4


@pytest.mark.parametrize(
    ("courses", "words"),
    [
        (people(4, 2, 2), "There are fewer than five"),
        (people(9, 2, 2), "Shown where of therapies of different lengths"),
        ([*people(4, 2, 2), *people(9, 4, None)], "Shown where of therapies of different lengths"),
        ([*people(9, 2, 2), *people(9, 2, None)], "Shown where of therapies of different lengths"),
    ],
)
def test_a_practice_with_too_few_is_told_so(courses: Sequence[Course], words: str) -> None:
    found = doses.good_enough(answered(courses), whole=True)
    assert found.words[0].startswith(words)
    assert found.plot is None


@pytest.mark.parametrize("courses", [people(9, 2, 2), [*people(9, 2, 2), *people(4, 9, None)]])
def test_ones_own_lengths_of_few_are_not_compared(courses: Sequence[Course]) -> None:
    [words] = doses.good_enough(answered(courses), whole=False).words
    assert words.startswith("Shown where five people or more answered about as often")
