"""Scores against the vectors, and what must be true of every score."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.hour.measures.instruments import Instrument, library, load
from holdspace.hour.measures.scoring import (
    AgeOutOfRange,
    AnswerOutOfRange,
    FlagKind,
    Score,
    UnknownItem,
    WhyNot,
    WrongNumberOfAnswers,
    score,
)
from tests.measures.vectors_of import cases_of, vectors_of

IDS = sorted(library())
CASES = cases_of(*IDS)
NAMES = [f"{name}: {case['name']}" for name, case in CASES]
EDGES = [
    (name, total, label)
    for name in IDS
    for total, label in vectors_of(name).get("bands", {}).items()
]


def flags_of(result: Score) -> list[str]:
    return [f"{flag.kind} {flag.id}" for flag in result.flags]


@pytest.mark.parametrize(("name", "case"), CASES, ids=NAMES)
def test_a_total_is_as_published(name: str, case: Mapping[str, Any]) -> None:
    result = score(load(name), case["answers"])
    assert result.total == case["total"]
    assert result.prorated is case.get("prorated", False)
    assert result.why_not == case.get("why_not")
    assert result.band == case.get("band")
    assert result.subscales == case.get("subscales", {})


@pytest.mark.parametrize(("name", "case"), CASES, ids=NAMES)
def test_flags_and_rules_are_as_published(name: str, case: Mapping[str, Any]) -> None:
    result = score(load(name), case["answers"])
    assert flags_of(result) == case.get("flags", [])
    met = {rule.id: rule.met for rule in result.rules}
    assert met.items() >= case.get("rules", {}).items()
    counts = {rule.id: list(rule.counts) for rule in result.rules}
    assert counts.items() >= case.get("counts", {}).items()


@pytest.mark.parametrize(("name", "total", "label"), EDGES)
def test_a_band_begins_and_ends_where_published(name: str, total: int, label: str) -> None:
    instrument = load(name)
    most = instrument.options[-1].value
    answers = [min(most, max(0, total - most * place)) for place in range(len(instrument.items))]
    result = score(instrument, answers)
    assert (result.total, result.band) == (total, label)


def test_answers_by_item_score_like_answers_in_order() -> None:
    given_by_item = {"q1": 2, "q2": 2, "q3": 1, "q9": None}
    in_order = [2, 2, 1, None, None, None, None, None, None]
    assert score(load("phq9"), given_by_item) == score(load("phq9"), in_order)


def test_what_was_not_answered_is_named() -> None:
    result = score(load("phq9"), [0, 0, None, 0, 0, 0, 0, 0, None])
    assert result.unanswered == ("q3", "q9")
    assert (result.answered, result.of) == (7, 9)


def test_risk_is_unknown_when_its_item_is_left_out() -> None:
    assert score(load("phq9"), [0] * 8 + [None]).risk_unanswered
    assert not score(load("phq9"), [0] * 9).risk_unanswered


def test_risk_is_raised_without_a_total() -> None:
    result = score(load("phq9"), {"q9": 2})
    assert result.why_not is WhyNot.TOO_MANY_UNANSWERED
    [flag] = result.flags
    assert (flag.kind, flag.item, flag.value) == (FlagKind.SAFETY, "q9", 2)


def test_a_threshold_that_was_not_verified_raises_no_flag() -> None:
    assert "nhs_case" in {cutoff.id for cutoff in load("pcl5").cutoffs}
    assert flags_of(score(load("pcl5"), [4] * 8 + [0] * 12)) == ["cutoff case"]


def test_a_score_names_the_thresholds_it_was_read_by() -> None:
    result = score(load("phq9"), [0] * 9)
    assert (result.instrument, result.version, result.thresholds) == ("phq9", 1, "phq9-2026-11")


@pytest.mark.parametrize("answer", [-1, 4, 1.0, True, "1"])
def test_an_answer_that_is_not_offered_is_refused(answer: Any) -> None:
    with pytest.raises(AnswerOutOfRange, match="Item 2 of PHQ-9 was answered"):
        score(load("phq9"), [0, answer, 0, 0, 0, 0, 0, 0, 0])


@pytest.mark.parametrize("count", [0, 8, 10])
def test_too_few_or_too_many_answers_are_refused(count: int) -> None:
    with pytest.raises(WrongNumberOfAnswers, match=f"PHQ-9 has 9 items, and {count} answers"):
        score(load("phq9"), [0] * count)


def test_an_answer_to_an_unknown_item_is_refused() -> None:
    with pytest.raises(UnknownItem, match="PHQ-9 has no item “q10”"):
        score(load("phq9"), {"q10": 1})


@pytest.mark.parametrize(("name", "age"), [("phq9", 11), ("pcl5", 17)])
def test_an_age_the_instrument_is_not_made_for_is_flagged(name: str, age: int) -> None:
    instrument = load(name)
    answers = [0] * len(instrument.items)
    assert flags_of(score(instrument, answers, age=age)) == ["outside_ages ages"]
    assert flags_of(score(instrument, answers, age=age + 1)) == []


def test_an_instrument_for_every_age_flags_none() -> None:
    assert flags_of(score(load("session_rating"), [5, 5, 5, 5], age=7)) == []


@pytest.mark.parametrize("age", [-1, 131])
def test_an_impossible_age_is_refused(age: int) -> None:
    with pytest.raises(AgeOutOfRange, match="is not possible"):
        score(load("phq9"), [0] * 9, age=age)


@st.composite
def answered(draw: st.DrawFn) -> tuple[Instrument, list[int | None]]:
    instrument = load(draw(st.sampled_from(IDS)))
    answer = st.none() | st.sampled_from([option.value for option in instrument.options])
    count = len(instrument.items)
    return instrument, draw(st.lists(answer, min_size=count, max_size=count))


@given(answered())
def test_a_total_stays_within_its_range(example: tuple[Instrument, list[int | None]]) -> None:
    instrument, answers = example
    result = score(instrument, answers)
    low, high = instrument.range
    assert (result.total is None) is (result.why_not is not None)
    assert result.total is None or low <= result.total <= high
    assert (result.band is None) is (result.total is None or instrument.bands is None)


@given(answered(), st.data())
def test_a_total_follows_each_item_in_its_direction(
    example: tuple[Instrument, list[int | None]], data: st.DataObject
) -> None:
    instrument, answers = example
    place = data.draw(st.integers(0, len(answers) - 1))
    worth = instrument.scoring.worth[instrument.items[place].id]
    pair = data.draw(st.lists(st.sampled_from(sorted(worth)), min_size=2, max_size=2))
    poor, rich = sorted(pair, key=lambda answer: worth[answer])
    less, more = (
        score(instrument, [*answers[:place], value, *answers[place + 1 :]]).total
        for value in (poor, rich)
    )
    assert (less is None and more is None) or (less or 0) <= (more or 0)


@given(answered(), st.randoms())
def test_the_order_of_answers_does_not_matter_to_a_plain_sum(
    example: tuple[Instrument, list[int | None]], chance: Any
) -> None:
    instrument, answers = example
    same_worth = len({str(worth) for worth in instrument.scoring.worth.values()}) == 1
    shuffled = chance.sample(answers, len(answers)) if same_worth else answers
    assert score(instrument, shuffled).total == score(instrument, answers).total
