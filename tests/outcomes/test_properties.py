"""What holds of change whatever the scores: symmetry, consistency, monotone categories."""

from dataclasses import replace

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from holdspace.hour.measures.change import Norm
from holdspace.hour.measures.instruments import Direction
from holdspace.office.outcomes.statistics.change import (
    Category,
    Cutoff,
    Mid,
    Rule,
    assess,
    cutoff_of,
    groups,
)
from holdspace.office.outcomes.statistics.indices import (
    CannotCompare,
    Method,
    Reliability,
)
from holdspace.office.outcomes.statistics.pairs import THRESHOLDS, Scored, judge
from holdspace.office.outcomes.statistics.table import Pair

LOWER, HIGHER = Direction.HIGHER_WORSE, Direction.HIGHER_BETTER
TOP = 60
ORDER = [
    Category.HARMED,
    Category.DETERIORATED,
    Category.UNCHANGED,
    Category.IMPROVED,
    Category.RECOVERED,
]
SCORE = st.integers(0, TOP)
PEOPLE = st.lists(st.tuples(SCORE, SCORE), min_size=3, max_size=25).map(
    lambda both: [Pair(str(n), pre, post) for n, (pre, post) in enumerate(both)]
)
FORMULAS = st.sampled_from([method for method in Method if method is not Method.HLM])
RULES = st.builds(
    lambda method, reliability, mean, sd: Rule(
        LOWER,
        method,
        Reliability(reliability),
        Cutoff.C,
        Norm(mean, sd),
        clinical=Norm(40, 9),
        mid=Mid(5, 4),
        best=0,
    ),
    FORMULAS,
    st.sampled_from([0.5, 0.7, 0.8, 0.9]),
    st.integers(2, 15),
    st.integers(4, 9),
)


def turned(people: list[Pair]) -> list[Pair]:
    return [Pair(one.person, TOP - one.pre, TOP - one.post) for one in people]


def usable(people: list[Pair], rule: Rule) -> None:
    try:
        assess(people, rule)
    except CannotCompare:
        reject()


@given(PEOPLE, RULES)
@settings(max_examples=150, deadline=None)
def test_turning_the_scale_round_changes_no_category(people: list[Pair], rule: Rule) -> None:
    usable(people, rule)
    assert rule.functional is not None
    other = replace(
        rule,
        direction=HIGHER,
        functional=Norm(TOP - rule.functional.mean, rule.functional.sd),
        clinical=Norm(TOP - 40, 9),
        best=TOP,
    )
    here, there = assess(people, rule), assess(turned(people), other)
    assert there.cutoff == pytest.approx(TOP - here.cutoff)
    for one, two in zip(here.people, there.people, strict=True):
        assert two.index == pytest.approx(-(one.index or 0), abs=1e-9)
        near = abs(abs(one.index or 0) - rule.critical) < 1e-6
        near |= min(abs(one.pre - here.cutoff), abs(one.post - here.cutoff)) < 1e-6
        if not near:
            assert (one.category, one.crossed, one.by_mid) == (
                two.category,
                two.crossed,
                two.by_mid,
            )


@given(PEOPLE, RULES)
@settings(max_examples=100, deadline=None)
def test_categories_agree_with_index_cut_off_and_counts(people: list[Pair], rule: Rule) -> None:
    usable(people, rule)
    found = assess(people, rule)
    for one in found.people:
        better = -(one.index or 0) > rule.critical
        worse = (one.index or 0) > rule.critical
        assert better is (one.category in {Category.RECOVERED, Category.IMPROVED})
        assert worse is (one.category in {Category.DETERIORATED, Category.HARMED})
        if one.category is Category.RECOVERED:
            assert one.pre > found.cutoff
        assert not (one.crossed and one.category is not Category.UNCHANGED)
    (everybody,) = groups(found)
    assert sum(everybody.counts.values()) == everybody.n == len(people)


@given(PEOPLE, RULES)
@settings(max_examples=100, deadline=None)
def test_of_those_who_began_alike_who_ends_better_is_not_judged_worse(
    people: list[Pair], rule: Rule
) -> None:
    usable(people, rule)
    found = assess(people, rule).people
    for one in found:
        for other in found:
            if one.pre == other.pre and one.post < other.post:
                assert ORDER.index(one.category) >= ORDER.index(other.category)


@given(PEOPLE, RULES, st.integers(1, 40), st.integers(-20, 20))
@settings(max_examples=100, deadline=None)
def test_the_unit_of_the_scale_does_not_matter(
    people: list[Pair], rule: Rule, times: int, plus: int
) -> None:
    usable(people, rule)
    assert rule.functional is not None
    moved = [Pair(one.person, one.pre * times + plus, one.post * times + plus) for one in people]
    other = replace(
        rule,
        functional=Norm(rule.functional.mean * times + plus, rule.functional.sd * times),
        clinical=Norm(40 * times + plus, 9 * times),
    )
    for one, two in zip(assess(people, rule).people, assess(moved, other).people, strict=True):
        assert two.index == pytest.approx(one.index, rel=1e-6, abs=1e-7)


@given(PEOPLE, RULES)
@settings(max_examples=50, deadline=None)
def test_nobodys_category_depends_on_the_order_of_the_file(people: list[Pair], rule: Rule) -> None:
    usable(people, rule)
    here = {one.person: one.category for one in assess(people, rule).people}
    there = {one.person: one.category for one in assess(people[::-1], rule).people}
    assert here == there


@given(PEOPLE, RULES)
@settings(max_examples=50, deadline=None)
def test_cut_off_c_lies_between_the_two_means(people: list[Pair], rule: Rule) -> None:
    usable(people, rule)
    assert rule.functional is not None
    cutoff = cutoff_of(rule, assess(people, rule).sample)
    assert rule.functional.mean <= cutoff <= 40


@given(*[st.integers(0, 27)] * 2, *[st.integers(0, 21)] * 2)
def test_a_pair_of_measures_never_says_two_things_at_once(
    phq: int, phq_last: int, gad: int, gad_last: int
) -> None:
    depression = Scored(THRESHOLDS["phq9"], phq, phq_last)
    found = judge(depression, Scored(THRESHOLDS["gad7"], gad, gad_last))
    assert not (found.improvement and found.deterioration)
    assert (found.recovery is None) is not found.case
    if found.reliable_recovery:
        assert found.recovery
        assert found.improvement
    back = judge(
        Scored(THRESHOLDS["phq9"], phq_last, phq), Scored(THRESHOLDS["gad7"], gad_last, gad)
    )
    assert (back.improvement, back.deterioration) == (found.deterioration, found.improvement)
