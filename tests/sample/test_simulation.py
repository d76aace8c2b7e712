"""The model behind the sample's answers: its courses go where their labels say."""

from random import Random as Chance
from statistics import fmean

import pytest

from holdspace.front.sample.simulation import TRENDS, answers, severities
from holdspace.hour.measures.instruments import library
from holdspace.hour.measures.scoring import score


def totals(name: str, severity: float, times: int = 60) -> list[float]:
    chance = Chance(7)  # noqa: S311 - made-up answers
    found = [
        score(library()[name], answers(library()[name], severity, chance)) for _ in range(times)
    ]
    return [each.total for each in found if each.total is not None]


@pytest.mark.parametrize("name", ["phq9", "gad7"])
def test_more_severity_means_higher_scores_of_symptoms(name: str) -> None:
    assert fmean(totals(name, 0.2)) < fmean(totals(name, 0.5)) < fmean(totals(name, 0.8))


def test_more_severity_means_less_well_being() -> None:
    assert fmean(totals("rand36_ewb", 0.2)) > fmean(totals("rand36_ewb", 0.8))


def test_the_safety_item_is_seldom_endorsed() -> None:
    chance = Chance(3)  # noqa: S311 - made-up answers
    given = [answers(library()["phq9"], 0.5, chance)["q9"] for _ in range(400)]
    assert sum(bool(value) for value in given) < 20


@pytest.mark.parametrize(
    ("label", "goes"),
    [("improving", -1), ("slow", -1), ("sudden_gain", -1), ("relapse", -1), ("worsening", 1),
     ("steady", 0)],
)  # fmt: skip
def test_a_course_goes_where_its_label_says(label: str, goes: int) -> None:
    change = TRENDS[label](1.0) - TRENDS[label](0.0)
    assert (change > 0) - (change < 0) == goes


def test_a_relapse_was_better_in_between() -> None:
    assert TRENDS["relapse"](0.55) < TRENDS["relapse"](1.0)


def test_the_same_chances_give_the_same_course() -> None:
    once, again = (severities("slow", 0.5, 20, Chance(1)) for _ in range(2))  # noqa: S311
    assert once == again
    assert len(once) == 20
