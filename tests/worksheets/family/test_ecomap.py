"""A household and what is around it: drawn, told, compared over time, and refused when bad."""

import re
from dataclasses import replace
from itertools import combinations
from math import dist
from typing import Any
from xml.dom.minidom import parseString

import pytest

from holdspace.hour.worksheets.family.ecomap import (
    AROUND,
    MOST_SYSTEMS,
    Ecomap,
    Flow,
    Strength,
    System,
    as_text,
    changed,
    drawn,
    parse,
    to_plain,
)
from holdspace.hour.worksheets.family.refusal import CannotTell

TOLD: dict[str, Any] = {
    "told_by": "Eva",
    "date": "2026-11-24",
    "home": ["Eva", "Lena"],
    "systems": [
        {"id": "s1", "name": "School", "stress": True, "flow": "from_home"},
        {"id": "s2", "name": "Friends", "strength": "strong", "flow": "both"},
        {"id": "s3", "name": "Church", "strength": "tenuous", "notes": "at\nChristmas"},
        {"id": "s4", "name": "Work", "flow": "to_home"},
    ],
}


def picture(told: Ecomap) -> str:
    svg = drawn(told, "What is around us", say=str)
    parseString(svg)  # noqa: S318 -- our own
    return svg


def test_an_ecomap_goes_out_as_it_came_in() -> None:
    assert to_plain(parse(TOLD)) == TOLD


@pytest.mark.parametrize(
    ("systems", "field", "sentence"),
    [
        ([{"id": "s1"}, {"id": "s1"}], "systems", "Something is told twice here."),
        ([{"id": "s1", "flow": "up"}], "systems[0].flow", "This is not one of the choices."),
        ([{"id": "s1", "stress": 1}], "systems[0].stress", "Only yes or no fits here."),
        ([{"id": f"s{at}"} for at in range(25)], "systems", "At most 24 of these."),
    ],
)
def test_bad_input_is_refused_with_its_field(systems: Any, field: str, sentence: str) -> None:
    with pytest.raises(CannotTell) as refusal:
        parse({**TOLD, "systems": systems})
    assert (refusal.value.field, str(refusal.value)) == (field, sentence)


def test_it_is_told_in_lines() -> None:
    assert as_text(parse(TOLD), str).splitlines() == [
        "Eva, Lena",
        "School: there · stressful · takes energy",
        "Friends: strong · gives and takes energy",
        "Church: tenuous · at Christmas",
        "Work: there · gives energy",
    ]
    assert as_text(Ecomap(), str) == "The household"


def test_two_days_are_compared_in_lines() -> None:
    before = parse(TOLD)
    after = replace(
        before, systems=(System("s1", "School"), *before.systems[1:3], System("s9", "Court")),
    )  # fmt: skip
    assert changed(before, after, str) == [
        "Court: new", "School: there · stressful · takes energy → there", "Work: gone",
    ]  # fmt: skip


def test_each_kind_of_connection_has_its_pattern() -> None:
    svg = picture(parse(TOLD)).split('class="legend"')[0]
    assert [svg.count(f"stroke {one}") for one in Strength] == [1, 2, 1]
    assert svg.count("jagged") == 1
    assert svg.count('class="arrow"') == 4


def test_the_legend_stands_under_every_ecomap() -> None:
    assert "arrow: where energy flows" in picture(Ecomap())
    assert "The household" in picture(Ecomap())


@pytest.mark.parametrize("count", [1, 2, 8, MOST_SYSTEMS])
def test_no_circle_touches_another(count: int) -> None:
    systems = tuple(System(f"s{at}", "Health care of the region") for at in range(count))
    home = ("Eva", "A very long name that goes on and on", "Lena")
    svg = picture(Ecomap(home=home, systems=systems))
    found = re.findall(r'<circle cx="(-?[\d.]+)" cy="(-?[\d.]+)" r="52"', svg)
    centres = [(float(x), float(y)) for x, y in found]
    middle = float(re.findall(r'<circle r="([\d.]+)"', svg)[0])
    assert len(centres) == count
    assert all(dist(a, b) > 2 * AROUND for a, b in combinations(centres, 2))
    assert all(dist(a, (0, 0)) > middle + AROUND + 40 for a in centres)


@pytest.mark.parametrize("flow", Flow)
def test_every_flow_is_drawn(flow: Flow) -> None:
    assert "School" in picture(Ecomap(systems=(System("s1", "School", flow=flow),)))
