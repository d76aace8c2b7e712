"""What is said about a file of scores, and how it is cited."""

import json
from dataclasses import replace

from holdspace.hour.measures.change import Norm
from holdspace.hour.measures.instruments import Direction
from holdspace.office.outcomes.statistics.change import Cutoff, Mid, Rule, assess
from holdspace.office.outcomes.statistics.indices import Method, Reliability
from holdspace.office.outcomes.statistics.report import as_data, as_text, citation
from holdspace.office.outcomes.statistics.table import Pair
from tests.outcomes.files import claus

RULE = Rule(
    Direction.HIGHER_WORSE,
    Method.JT,
    Reliability(0.8),
    Cutoff.C,
    Norm(8, 8),
    mid=Mid(5, 4),
    percent=50,
    best=0,
)
NOTED = [Pair("A", 14, 12), Pair("B", 30, 30), Pair("C", 1, 1)]


def test_everything_can_be_written_as_json() -> None:
    found = as_data(assess(claus("hamd", group="treatment"), RULE), ["4.0"])
    assert json.loads(json.dumps(found)) == found
    assert [group["group"] for group in found["groups"]] == [None, "TAU", "PA"]
    assert found["groups"][0]["counts"] == {
        "recovered": 26,
        "improved": 3,
        "unchanged": 10,
        "deteriorated": 1,
        "harmed": 0,
    }
    assert found["groups"][0]["by_percent"] == {"improved": 16, "unchanged": 24, "deteriorated": 0}
    assert (found["method"], found["better"], found["cutoff_type"]) == ("jt", "lower", "c")
    assert found["left_out"] == ["4.0"]
    assert found["people"][0]["change"] == -12


def test_the_text_names_everybody_and_what_was_used() -> None:
    told = as_text(assess(claus("hamd", group="treatment"), RULE), ["4.0"])
    assert "Everybody (40): 26 recovered, 3 improved, 10 unchanged, 1 deteriorated" in told
    assert "By points: " in told
    assert "By percentage: 16 improved, 24 unchanged, 0 deteriorated." in told
    assert "Cut-off c: 19.8870." in told
    assert "reliability 0.8" in told
    assert "Left out, with one score only: 4.0." in told


def test_notes_stand_beside_the_category() -> None:
    rule = replace(RULE, functional=Norm(5, 5), clinical=Norm(21, 5), percent=None, mid=None)
    told = as_text(assess(NOTED, rule))
    assert "unchanged, over the cut-off" in told
    assert "unchanged, no room to improve" in told
    assert "Left out" not in told


def test_a_group_without_spread_has_no_effect() -> None:
    people = [Pair("A", 9, 3, "one"), Pair("B", 5, 4, "two"), Pair("C", 5, 1, "two")]
    everybody, one, two = as_data(assess(people, Rule(Direction.HIGHER_BETTER, percent=10)))[
        "groups"
    ]
    assert everybody["effect"]["d"] < 0
    assert (one["effect"], two["effect"]) == (None, None)
    assert "Effect" in as_text(assess(people, Rule(Direction.HIGHER_BETTER, percent=10)))


def test_each_rule_has_its_citation() -> None:
    assert citation(RULE) == (
        "Change judged by Jacobson & Truax (1991), reliability 0.8, cut-off c, functional mean 8"
        " and deviation 8, index > 1.96; computed with Holdspace."
    )
    points = Rule(Direction.HIGHER_WORSE, mid=Mid(5, 4))
    assert (
        citation(points) == "Change judged by 5 and 4 points, cut-off a; computed with Holdspace."
    )
    assert "50 % of the first score" in citation(Rule(Direction.HIGHER_WORSE, percent=50))
    assert "growth model" in citation(Rule(Direction.HIGHER_WORSE, Method.HLM))
