"""Sums of courses: the same in any order, additive over any partition, exact when moved."""

import json
from dataclasses import replace
from functools import reduce
from operator import add

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdspace.office.outcomes.statistics.growth.design import (
    Basis,
    CannotFit,
    CannotPredict,
    Covariate,
    Design,
)
from holdspace.office.outcomes.statistics.growth.fitting import Fit, fit
from holdspace.office.outcomes.statistics.growth.moments import Moments, patterns
from holdspace.office.outcomes.statistics.growth.rows import Rows, sums
from tests.outcomes.courses import courses, part

WHOLE = courses(90, seed=3, clusters=6)
KIND = np.asarray(["group", "individual", "couple"])[np.asarray(WHOLE.person) % 3]


def in_words(rows: Rows, kind: np.ndarray) -> Rows:
    return replace(rows, covariates={**rows.covariates, "kind": kind})


def same(one: Moments, two: Moments, to: float = 1e-9) -> None:
    """The same sums: about the same centre, and pattern by pattern."""
    two = two.around(one.centre)
    orders = [np.lexsort(m.tt.reshape(len(m.tt), -1).round(8).T) for m in (one, two)]
    assert one.covariates == two.covariates
    for name in ("tt", "ww", "bw", "bb", "yy"):
        mine, others = (getattr(m, name)[o] for m, o in zip((one, two), orders, strict=True))
        assert mine == pytest.approx(others, rel=to, abs=to * 1e3)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=90, max_size=90))
def test_sums_of_any_partition_of_people_make_the_sums_of_all(which: list[int]) -> None:
    rows = in_words(replace(WHOLE, cluster=None), KIND)
    place = np.asarray(which)[np.asarray(WHOLE.person)]
    parts = [sums(part(rows, place == k)) for k in sorted(set(place.tolist()))]
    whole = sums(rows)
    together = reduce(add, parts)
    same(whole, together)
    a, b = fit(whole), fit(together)
    assert b.coefficients == pytest.approx(a.coefficients, rel=1e-9, abs=1e-9)
    assert b.log_likelihood == pytest.approx(a.log_likelihood, rel=1e-9)


def test_therapists_who_are_in_both_parts_are_one() -> None:
    person = np.asarray(WHOLE.person)
    halves = [sums(part(WHOLE, person % 2 == k)) for k in (0, 1)]
    whole, together = fit(sums(WHOLE)), fit(halves[0] + halves[1])
    assert together.log_likelihood == pytest.approx(whole.log_likelihood, rel=1e-11)
    assert together.clusters is not None
    assert sorted(together.clusters) == sorted(whole.clusters or {})


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_rows_may_come_in_any_order(random: "np.random.Generator") -> None:
    order = list(range(len(np.asarray(WHOLE.person))))
    random.shuffle(order)
    same(sums(WHOLE), sums(part(WHOLE, order)))


def test_a_basis_of_the_level_alone_is_a_column_of_ones() -> None:
    assert Basis.LEVEL.rows([1, 2, 3]).tolist() == [[1], [1], [1]]


def test_labels_of_people_may_be_words_or_numbers_far_apart() -> None:
    person = np.asarray(WHOLE.person)
    told = sums(WHOLE)
    for labels in (person * 1_000_003, person * 2 - 7, [f"p{p}" for p in person], person * 0.5):
        same(told, sums(replace(WHOLE, person=labels)))


def test_another_centre_is_the_same_sums() -> None:
    moments = sums(WHOLE)
    moved = moments.around(moments.centre + 11)
    assert fit(moved).log_likelihood == pytest.approx(fit(moments).log_likelihood, rel=1e-11)
    assert moved.mean == pytest.approx(moments.mean, rel=1e-12)
    same(moments, moved)


@pytest.mark.parametrize("of", [WHOLE, replace(WHOLE, cluster=None)], ids=["three", "two"])
def test_sums_and_fits_are_read_back_as_they_were_written(of: Rows) -> None:
    moments = sums(in_words(of, KIND))
    again = Moments.from_json(json.loads(json.dumps(moments.to_json())))
    assert again.to_json() == moments.to_json()
    found = fit(again)
    read = Fit.from_json(json.loads(json.dumps(found.to_json())))
    assert read.to_json() == found.to_json()
    assert (read.standard_errors == found.standard_errors).all()


def broken(change: dict[str, object]) -> object:
    return {**sums(WHOLE).to_json(), **change}


@pytest.mark.parametrize(
    "kept",
    [
        {},
        [],
        broken({"basis": "week"}),
        broken({"yy": [1.0]}),
        broken({"yy": None}),
        broken({"centre": "x"}),
        broken({"tt": [[[float("nan")] * 2] * 2] * len(sums(WHOLE).tt)}),
        broken({"cells": {"labels": ["a"], "cluster": [3], "pattern": [0], "w": [], "b": []}}),
        broken({"cells": {"labels": ["a"], "cluster": [[0]], "pattern": [0], "w": [], "b": []}}),
    ],
)
def test_what_is_not_sums_is_refused(kept: dict[str, object]) -> None:
    with pytest.raises(CannotFit, match="not the sums of a growth model"):
        Moments.from_json(kept)


@pytest.mark.parametrize(
    "other",
    [
        sums(WHOLE, Basis.TIME),
        sums(replace(WHOLE, cluster=None)),
        sums(replace(WHOLE, covariates={})),
        sums(replace(WHOLE, covariates={"severity": KIND, "older": KIND})),
    ],
    ids=["basis", "therapists", "covariates", "kind of covariate"],
)
def test_sums_that_answer_different_questions_are_not_added(other: Moments) -> None:
    with pytest.raises(CannotFit, match="another basis"):
        sums(WHOLE) + other


def test_patterns_are_the_people_of_some_patterns_alone() -> None:
    moments = sums(WHOLE)
    keep = np.flatnonzero(moments.counts > 1)
    person, n = np.unique(np.asarray(WHOLE.person), return_counts=True)
    assert moments.people == len(person)
    few = moments.only(keep)
    assert few.people == round(float(moments.counts[keep].sum()))
    assert few.cells is None
    assert moments.scores == n.sum()


def test_patterns_are_told_apart_by_ten_digits() -> None:
    tt = np.asarray([[[2.0, 1.0], [1.0, 1.0]]] * 3)
    tt[1] *= 1 + 1e-13
    tt[2] *= 1 + 1e-6
    assert patterns(tt)[0].tolist() == [0, 0, 1]
    assert patterns(tt[:0])[0].tolist() == []


def test_words_are_dummies_beside_the_first_in_order() -> None:
    design = Design(
        Basis.LOG_TIME, (Covariate("kind", ("a", "b", "c")), Covariate("age")), ("age",)
    )
    assert design.names == (
        "level", "log_time", "kind[b]", "kind[b]:log_time", "kind[c]", "kind[c]:log_time", "age",
    )  # fmt: skip
    a = design.of_person({"kind": "c", "age": 40.0})
    assert a.tolist() == [[1, 0, 0, 0, 1, 0, 40], [0, 1, 0, 0, 0, 1, 0]]
    assert design.kept.tolist() == [0, 2, 3, 4]
    assert Design.from_json(design.to_json()) == design


@pytest.mark.parametrize(
    ("known", "why"),
    [({"age": 3}, "needs to know kind"), ({"kind": "z", "age": 3}, "knows no “z” as kind")],
)
def test_a_person_of_whom_too_little_is_known_cannot_be_predicted(
    known: dict[str, float | str], why: str
) -> None:
    design = Design(Basis.LEVEL, (Covariate("kind", ("a", "b")), Covariate("age")))
    with pytest.raises(CannotPredict, match=why):
        design.of_person(known)


def test_a_level_that_one_part_lacks_is_nought_there() -> None:
    rows = in_words(replace(WHOLE, cluster=None), KIND)
    is_couple = KIND == "couple"
    together = sums(part(rows, is_couple)) + sums(part(rows, ~is_couple))
    assert together.covariates[2].levels == ("couple", "group", "individual")
    same(sums(rows), together)
