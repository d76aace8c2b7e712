"""Change of each person against published figures, and what cannot be compared."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from holdspace.hour.measures.change import Norm
from holdspace.hour.measures.instruments import Direction
from holdspace.office.outcomes.statistics.change import (
    Assessment,
    Category,
    Cutoff,
    Mid,
    Rule,
    assess,
    constants,
    groups,
    reached,
)
from holdspace.office.outcomes.statistics.indices import (
    CannotCompare,
    Method,
    Reliability,
    Sample,
    indices,
    sample,
)
from holdspace.office.outcomes.statistics.table import Long, Pair
from tests.outcomes.files import claus, pairs, vectors

LOWER, HIGHER = Direction.HIGHER_WORSE, Direction.HIGHER_BETTER
C7 = vectors("indices")
HAMD = Rule(LOWER, Method.JT, Reliability(0.8), Cutoff.C, Norm(8, 8))
PLAIN = Rule(LOWER, Method.JT, Reliability(0.8))
TEN = [Pair(str(n), 20 + n, 10 + n) for n in range(10)]


def counted(found: Assessment) -> list[int]:
    return list(groups(found)[0].counts.values())


def described(**known: float) -> Sample:
    blank = {"n": 7, "mean_pre": 0, "sd_pre": 1, "mean_post": 0, "sd_post": 1, "correlation": 0}
    return Sample(**{**blank, **known})  # type: ignore[arg-type]


@pytest.mark.parametrize("case", C7["cases"], ids=lambda case: case["method"])
def test_c7_each_index_is_what_its_formula_gives(case: Mapping[str, Any]) -> None:
    found = indices(
        Method(case["method"]),
        np.array(C7["pre"], float),
        np.array(case["post"], float),
        of=described(**case["sample"]),
        reliability=Reliability(0.8),
    )
    assert found.tolist() == pytest.approx(case["index"], abs=5e-9)


def test_hageman_and_arrindells_index_is_what_its_formula_gives() -> None:
    """Formula and numbers of the package's test-calc_rci_ha.R, written out."""
    pre, post = np.array(C7["pre"], float), np.array([3.0, 2, 2, 2, 2, 2, 1])
    together = float(np.corrcoef(pre, post)[0, 1])
    of = described(mean_pre=10, sd_pre=5, mean_post=7, sd_post=6, correlation=together)
    sem = 5 * 0.2**0.5
    true, seen = 25 - sem**2 + 36 - sem**2 - 60 * together, 25 + 36 - 60 * together
    r = true / seen
    expected = ((post - pre) * r + (7 - 10) * (1 - r)) / (r**0.5 * 2**0.5 * sem)
    found = indices(Method.HA, pre, post, of=of, reliability=Reliability(0.8))
    assert found.tolist() == pytest.approx(expected.tolist(), rel=1e-12)


@pytest.mark.parametrize("case", vectors("classifications"), ids=lambda case: str(case["counts"]))
def test_c8_to_c13_published_classifications_are_reproduced(case: Mapping[str, Any]) -> None:
    rule = Rule(
        direction=LOWER,
        method=Method(case["method"]),
        reliability=Reliability(case["reliability"], case.get("after")),
        cutoff=Cutoff.C,
        functional=Norm(*case["functional"]),
    )
    found = assess(claus(case["score"]), rule)
    assert found.cutoff == pytest.approx(case["cutoff"], abs=0.05)
    assert counted(found) == case["counts"]


def test_c8_the_people_and_the_cut_off_are_as_published() -> None:
    found = assess(
        claus("bdi"), Rule(LOWER, Method.JT, Reliability(0.801), Cutoff.C, Norm(7.69, 7.52))
    )
    assert found.sample.n == 40
    assert found.sample.mean_pre == pytest.approx(35.475)
    assert found.sample.sd_pre == pytest.approx(8.1586, abs=5e-5)
    assert found.cutoff == pytest.approx(21.0166, abs=5e-5)


def test_c13_half_of_the_first_score() -> None:
    """Snapshot of cs_percentage in the package: 16 improved, 24 unchanged."""
    found = groups(assess(claus("hamd"), Rule(LOWER, percent=50)))[0]
    assert found.by_percent is not None
    assert list(found.by_percent.values()) == [16, 24, 0]


@pytest.mark.parametrize(
    ("score", "rule", "counts"),
    [
        ("who", Rule(HIGHER, percent=30), {None: [28, 9, 3]}),
        ("hamd", Rule(LOWER, percent=30), {"TAU": [6, 13, 0], "PA": [19, 2, 0]}),
        ("bdi", Rule(LOWER, mid=Mid(7, 7)), {"PA": [17, 4, 0]}),
    ],
)
def test_published_percentages_and_minimal_differences_are_reproduced(
    score: str, rule: Rule, counts: Mapping[str | None, list[int]]
) -> None:
    """Output in the package's reference of cs_percentage and its vignette on anchors."""
    found = groups(assess(claus(score, group="treatment"), rule))
    plain = {group.name: group.by_mid or group.by_percent for group in found}
    assert {name: list((plain[name] or {}).values()) for name in counts} == counts


@pytest.mark.parametrize(
    ("score", "direction", "norm", "counts"),
    [
        ("das", HIGHER, Norm(114.8, 17.8), [14, 5, 10, 1, 0]),
        ("gds", LOWER, None, [12, 4, 10, 0, 0]),
    ],
)
def test_the_couples_of_jacobson_1989_are_classified_in_both_directions(
    score: str, direction: Direction, norm: Norm | None, counts: list[int]
) -> None:
    """Norm of the DAS: Spanier 1976. The counts are recomputed by hand here, not published."""
    couples = pairs("jacobson_1989", Long("subject", "time", score), "pre", "post")
    cutoff = Cutoff.C if norm else Cutoff.A
    found = assess(couples, Rule(direction, Method.JT, Reliability(0.88), cutoff, norm))
    sign = 1 if direction is HIGHER else -1
    first = [pair.pre for pair in couples]
    mean, sd = float(np.mean(first)), float(np.std(first, ddof=1))
    needed = 1.96 * sd * (2 * 0.12) ** 0.5
    cut = (sd * 114.8 + 17.8 * mean) / (sd + 17.8) if norm else mean + sign * 2 * sd
    gains = [
        (sign * (p.post - p.pre), sign * (p.pre - cut), sign * (p.post - cut)) for p in couples
    ]
    recovered = sum(gain > needed and before < 0 < after for gain, before, after in gains)
    better, worse = (sum(sign * g > needed for g, *_ in gains) for sign in (1, -1))
    assert found.cutoff == pytest.approx(cut, rel=1e-12)
    assert counts == [recovered, better - recovered, len(gains) - better - worse, worse, 0]
    assert counted(found) == counts


def test_well_being_counts_upwards() -> None:
    who = assess(claus("who"), Rule(HIGHER, Method.JT, Reliability(0.86)))
    better = {one.person for one in who.people if one.category in {"recovered", "improved"}}
    assert better == {one.person for one in who.people if (one.index or 0) > 1.96}


def test_groups_are_counted_beside_everybody() -> None:
    everybody, tau, amplified = groups(assess(claus("hamd", group="treatment"), HAMD))
    assert (everybody.name, tau.name, amplified.name) == (None, "TAU", "PA")
    assert everybody.n == tau.n + amplified.n == 40
    for category in Category:
        assert everybody.counts[category] == tau.counts[category] + amplified.counts[category]
    assert everybody.by_mid is None


def test_cut_off_b_uses_the_functional_deviation() -> None:
    """Jacobson & Truax 1991; clinicalsignificance 2.1 takes the clinical one here."""
    rule = Rule(LOWER, Method.JT, Reliability(0.8), Cutoff.B, Norm(8, 3), clinical=Norm(25, 9))
    assert assess(TEN, rule).cutoff == pytest.approx(8 + 2 * 3)


def test_a_clinical_norm_moves_the_cut_off_and_not_the_index() -> None:
    own = assess(TEN, PLAIN)
    normed = assess(TEN, replace(PLAIN, clinical=Norm(40, 5)))
    assert normed.cutoff == 30
    assert [one.index for one in normed.people] == [one.index for one in own.people]


def test_over_the_cut_off_without_reliable_change_is_a_note() -> None:
    people = [Pair("A", 14, 12), Pair("B", 30, 30), Pair("C", 16, 16)]
    rule = Rule(LOWER, Method.JT, Reliability(0.8), Cutoff.C, Norm(5, 5), Norm(21, 5))
    noted = assess(people, rule)
    assert noted.cutoff == 13
    assert [(one.category, one.crossed) for one in noted.people] == [
        ("unchanged", True),
        ("unchanged", False),
        ("unchanged", False),
    ]


def test_harm_is_reliably_worse_and_over_the_cut_off() -> None:
    people = [Pair("A", 5, 40), Pair("B", 30, 60), Pair("C", 20, 20)]
    rule = Rule(LOWER, Method.JT, Reliability(0.8), Cutoff.C, Norm(5, 5), Norm(25, 5))
    assert [one.category for one in assess(people, rule).people] == [
        "harmed",
        "deteriorated",
        "unchanged",
    ]


def test_who_begins_too_low_could_not_have_improved() -> None:
    found = assess([*TEN, Pair("low", 3, 0)], replace(PLAIN, best=0))
    assert [one.room for one in found.people] == [True] * 10 + [False]
    assert all(one.room is None for one in assess(TEN, Rule(LOWER, percent=50, best=0)).people)


def test_the_comparison_is_strict_unless_the_rule_says_otherwise() -> None:
    people = [Pair("A", 30, 20), Pair("B", 20, 20)]
    exactly = {"A": -1.96, "B": 1.96}
    rule = Rule(LOWER, Method.HLM)
    strict = assess(people, rule, slopes=exactly)
    assert [one.category for one in strict.people] == ["unchanged", "unchanged"]
    least = assess(people, replace(rule, operator=">="), slopes=exactly)
    assert [one.category for one in least.people] == ["improved", "deteriorated"]
    assert constants(least)["comparison"] == ">="


def test_minimal_differences_count_when_they_are_reached() -> None:
    people = [Pair("A", 20, 15), Pair("B", 20, 15.1), Pair("C", 20, 23), Pair("D", 10, 12.9)]
    found = assess(people, Rule(LOWER, mid=Mid(5, 3)))
    assert [one.by_mid for one in found.people] == [
        "improved",
        "unchanged",
        "deteriorated",
        "unchanged",
    ]
    assert [one.index for one in found.people] == [None] * 4
    everybody = groups(found)[0]
    assert everybody.by_mid == {"improved": 1, "unchanged": 2, "deteriorated": 1}


def test_rounding_of_decimals_does_not_undo_a_difference() -> None:
    assert 0.1 + 0.2 - 0.3 != 0
    assert reached(5.1 - 0.1 - 1e-12, 5, 5) is Category.IMPROVED


def test_a_rule_of_points_is_joined_with_the_cut_off() -> None:
    """As cs_combined does it with mid_improvement and no reliability."""
    rule = Rule(LOWER, cutoff=Cutoff.C, functional=Norm(5, 5), clinical=Norm(21, 5), mid=Mid(5, 5))
    people = [Pair("A", 20, 8), Pair("B", 30, 24), Pair("C", 4, 20)]
    assert [one.category for one in assess(people, rule).people] == [
        "recovered",
        "improved",
        "harmed",
    ]


def test_a_percentage_of_nothing_is_not_stated_but_judged() -> None:
    people = [Pair("A", 0, 3), Pair("B", 0, 0), Pair("C", 10, 5), Pair("D", 10, 15)]
    found = assess(people, Rule(LOWER, percent=50)).people
    assert [one.percent_change for one in found] == [None, None, -50, 50]
    assert [one.by_percent for one in found] == [
        "deteriorated",
        "unchanged",
        "improved",
        "deteriorated",
    ]


def test_the_constants_say_what_was_used() -> None:
    by_nk = constants(assess(claus("hamd"), replace(HAMD, method=Method.NK)))
    assert by_nk["reliability_post"] == by_nk["reliability"] == 0.8
    by_ha = constants(assess(claus("hamd"), replace(HAMD, method=Method.HA, mid=Mid(3, 4))))
    assert (by_ha["critical"], by_ha["mid_deterioration"], by_ha["functional_mean"]) == (1.65, 4, 8)
    assert 0 < float(by_ha["reliability_of_differences"]) < 1
    without = constants(assess(TEN, Rule(LOWER, percent=50)))
    assert "reliability" not in without


def test_hageman_and_arrindells_shares_of_the_group_are_as_published() -> None:
    """Snapshot of cs_combined in the package: changed .90, functional .76."""
    found = constants(assess(claus("hamd"), replace(HAMD, method=Method.HA)))
    assert found["share_improved"] == pytest.approx(0.90, abs=5e-3)
    assert found["share_functional"] == pytest.approx(0.76, abs=5e-3)


def test_the_growth_models_index_is_taken_as_it_comes() -> None:
    people = [Pair("A", 30, 10), Pair("B", 20, 20), Pair("C", 10, 10)]
    found = assess(people, Rule(LOWER, Method.HLM), slopes={"A": -2.5, "B": 2.5, "C": 0})
    assert [one.category for one in found.people] == ["improved", "deteriorated", "unchanged"]
    assert found.people[0].room is None


@pytest.mark.parametrize(
    ("people", "why"),
    [
        ([], "Nobody has both scores"),
        (TEN[:1], "Only one person has both scores"),
        ([Pair("A", 5, 1), Pair("B", 5, 2)], "All first scores are the same"),
        ([Pair("A", 0.1, 1), Pair("B", 0.1, 2), Pair("C", 0.1, 3)], "All first scores"),
        ([Pair("A", float("nan"), 1), Pair("B", 5, 2)], "no finite number"),
    ],
)
def test_scores_without_spread_cannot_be_compared(people: Sequence[Pair], why: str) -> None:
    with pytest.raises(CannotCompare, match=why):
        assess(people, PLAIN)


def test_the_same_last_scores_are_no_obstacle() -> None:
    people = [Pair("A", 5, 1), Pair("B", 9, 1), Pair("C", 30, 1)]
    assert assess(people, PLAIN).sample.correlation == 0
    assert assess(people, replace(PLAIN, method=Method.GLN)).people[2].category == "improved"


@pytest.mark.parametrize(
    ("people", "rule", "why"),
    [
        (TEN, replace(PLAIN, method=Method.HA), "Everybody changed by the same"),
        (
            [Pair("A", 1, 5), Pair("B", 9, 6), Pair("C", 20, 7)],
            Rule(LOWER, Method.HA, Reliability(0.5)),
            "differ by no more than their error",
        ),
        (
            [Pair("A", 0, 60), Pair("B", 10, 5), Pair("C", 20, 40)],
            Rule(LOWER, Method.HA, Reliability(0.5), Cutoff.C, Norm(1, 1)),
            "A deviation of 1 is no more than the error",
        ),
        ([Pair("A", -1, 5), Pair("B", 9, 6)], Rule(LOWER, percent=50), "A begins below 0"),
        (TEN, replace(HAMD, functional=Norm(30, 8)), "is not better than the clinical mean"),
        (TEN, replace(HAMD, direction=HIGHER), "is it lower or higher that is better"),
        (TEN, Rule(LOWER, Method.HLM), "needs a slope of everybody"),
    ],
)
def test_a_method_that_does_not_fit_the_scores_says_so(
    people: Sequence[Pair], rule: Rule, why: str
) -> None:
    with pytest.raises(CannotCompare, match=why):
        assess(people, rule)


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ({"method": Method.EN}, "Method en needs the measure's reliability"),
        ({}, "needs a reliability, a minimal difference or a percentage"),
        ({"percent": 50, "cutoff": Cutoff.B}, "Cut-off b needs the functional mean"),
        ({"percent": 50, "clinical": Norm(5, 0)}, "deviation above 0"),
        ({"percent": 50, "functional": Norm(float("inf"), 1)}, "deviation above 0"),
        ({"percent": 0}, "percentage of change is above 0"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(rule: Mapping[str, Any], why: str) -> None:
    with pytest.raises(CannotCompare, match=why):
        Rule(LOWER, **rule)


@pytest.mark.parametrize("reliability", [(1,), (-0.1,), (0.8, 1.2), (float("nan"),)])
def test_a_reliability_that_cannot_be_is_refused(reliability: tuple[float, ...]) -> None:
    with pytest.raises(CannotCompare, match="from 0 to below 1"):
        Reliability(*reliability)


def test_a_minimal_difference_is_above_0() -> None:
    with pytest.raises(CannotCompare, match="above 0"):
        Mid(5, 0)


def test_two_scores_are_not_enough_for_the_growth_model() -> None:
    two = np.array([1.0, 2.0])
    with pytest.raises(CannotCompare, match="every score of a person"):
        indices(Method.HLM, two, two, of=sample(two, two), reliability=Reliability(0.8))
